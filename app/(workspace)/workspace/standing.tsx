import type { latestHoldings } from '@/lib/analysis/queries.ts'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import { CATEGORIES, FLORENCE_CATEGORIES, type CategoryCode } from '@/lib/taxonomy/rules.ts'
import type { listCeilings } from '@/lib/thresholds/queries.ts'
import { inForceOn } from '@/lib/thresholds/rules.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Section } from '../../ui/section.tsx'
import { Sub } from '../../ui/table.tsx'
import { TextLink } from '../../ui/text-link.tsx'

type Held = Awaited<ReturnType<typeof latestHoldings>>[number]
type Limits = Awaited<ReturnType<typeof listCeilings>>[number]

const SHOWN: readonly CategoryCode[] = ['I', 'II', 'III', 'IVa', 'IVb', 'Va', 'VI', 'VIIa']
const titleOf = (code: CategoryCode) => CATEGORIES.find((category) => category.code === code)!.title

const limitOf = ({ party, ceilings }: Limits, category: CategoryCode, day: string) => {
  const row = ceilings.find((one) => one.category === category && inForceOn(day)(one))
  if (row?.ceiling != null && row.confirmed) return { ceiling: row.ceiling, words: `of ${formatNumber(row.ceiling)}` }
  if (!party) return { words: 'no ceiling' }
  return { words: FLORENCE_CATEGORIES.includes(category) ? 'ceiling unconfirmed' : 'no ceiling' }
}

/** Withheld is not nil: what is known is the least there can be. */
const heldWords = (total: number, withheld: number): string =>
  withheld === 0 ? formatNumber(total) : total === 0 ? 'withheld' : `${formatNumber(total)} or more`

type Props = { participant: ParticipantCode; holdings: readonly Held[]; limits: Limits; today: string }

// Where the participant stands: what it declared last, against the ceiling where one is confirmed.
export const Standing = ({ participant, holdings, limits, today }: Props) => {
  const rows = SHOWN.flatMap((category) => holdings.filter((held) => held.category === category))
  const newest = rows.reduce((latest, { asOf }) => (asOf > latest ? asOf : latest), '')
  const since = newest ? ` as of ${newest}` : ''
  const hint = limits.party
    ? `Declared holdings${since} and the Florence ceiling`
    : `Declared holdings${since}. ${DESIGNATION[participant]} is not a party to the Florence Agreement, so no ceiling applies.`
  return (
    <Section title={`${DESIGNATION[participant]} in the register`} hint={hint}>
      <DataTable
        caption="Declared holdings and ceilings"
        rows={rows}
        rowKey={({ category }) => category}
        empty={<EmptyState title="Nothing declared yet">Holdings appear here once a declaration is filed.</EmptyState>}
        columns={[
          {
            key: 'category',
            label: 'Category',
            cell: ({ category, total, asOf }) => (
              <>
                {titleOf(category)}
                {asOf !== newest && <Sub>as of {asOf}</Sub>}
                <Meter
                  label={titleOf(category)}
                  value={total}
                  ceiling={limitOf(limits, category, today).ceiling}
                  max={limitOf(limits, category, today).ceiling ?? Math.max(...rows.map((row) => row.total))}
                />
              </>
            ),
          },
          {
            key: 'held',
            label: 'Held',
            numeric: true,
            keep: true,
            cell: ({ category, total, withheld, filing }) => (
              <>
                <TextLink href={`/register/${filing}`}>{heldWords(total, withheld)}</TextLink>
                <Sub>{limitOf(limits, category, today).words}</Sub>
              </>
            ),
          },
        ]}
      />
    </Section>
  )
}
