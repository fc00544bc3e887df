import { categoryLabel } from '@/app/payload-words.ts'
import { TextLink } from '@/app/ui/text-link.tsx'
import { DESIGNATION, PARTICIPANTS, type ParticipantCode } from '@/lib/participants/rules.ts'
import { formatList } from '@/lib/shared/format.ts'
import { FLORENCE_CATEGORIES } from '@/lib/taxonomy/rules.ts'
import { standings, today, type Ceilings, type Held, type Standing } from './standing.ts'
import { StandingTable } from './standing-table.tsx'

const largest = (rows: readonly Standing[]) => Math.max(1, ...rows.map(({ held, ceiling }) => Math.max(held?.total ?? 0, ceiling ?? 0)))

const Name = ({ code }: { code: ParticipantCode }) =>
  <TextLink href={`/participants/${code}`} className="text-ink no-underline hover:underline">{DESIGNATION[code]}</TextLink>

/** A small table for each category, so that the seven can be compared within it. */
export const RegionalHoldings = ({ held, limits }: { held: readonly Held[]; limits: Ceilings }) => {
  const all = standings(PARTICIPANTS, held, limits, today())
  const outside = limits.filter(({ party }) => !party).map(({ participant }) => DESIGNATION[participant])
  return (
    <div className="mt-5 grid gap-x-12 gap-y-9 md:grid-cols-2 lg:grid-cols-3">
      {FLORENCE_CATEGORIES.map((category) => {
        const rows = all.filter((row) => row.category === category)
        return (
          <div key={category} className="keep min-w-0">
            <h3>{categoryLabel(category)}</h3>
            <StandingTable caption={`${categoryLabel(category)}: holdings and ceilings`} first="Participant" rows={rows} max={largest(rows)}
              name={({ participant }) => <Name code={participant} />}
              text={({ participant }) => DESIGNATION[participant]} />
          </div>
        )
      })}
      <div className="min-w-0 text-sm text-ink-3">
        <h3 className="text-ink">How to read this</h3>
        <p>{formatList(outside)} are not a party to that agreement, so no ceiling applies to them. “No confirmed ceiling” means that a
          ceiling exists and no confirmed figure of it was found. Neither is a zero, and no ceiling rule is tested where the figure is
          missing.</p>
        <p>“Withheld” is a figure that the filing keeps back with a reason, “not declared” one that no declaration states. Armed unmanned
          aircraft are reported beside these categories, not counted in them.</p>
        <p>Ceilings as of {today()}. <TextLink href="/rules#ceilings">All ceilings and their sources</TextLink></p>
      </div>
    </div>
  )
}
