import { categoryLabel } from '@/app/payload-words.ts'
import { DataTable } from '@/app/ui/data-table.tsx'
import { Disclosure } from '@/app/ui/disclosure.tsx'
import { Section } from '@/app/ui/section.tsx'
import { Sub } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatList, formatNumber } from '@/lib/shared/format.ts'
import { FLORENCE_CATEGORIES } from '@/lib/taxonomy/rules.ts'
import { inForceOn } from '@/lib/thresholds/rules.ts'
import { today, type Ceilings as Limits } from '../standing.ts'

type Limit = Limits[number]['ceilings'][number]

const Figure = ({ limit }: { limit: Limit | undefined }) => {
  if (!limit || limit.ceiling === null) return <span className="text-ink-3">not confirmed</span>
  return limit.confirmed ? formatNumber(limit.ceiling) : <>{formatNumber(limit.ceiling)}<Sub>not confirmed</Sub></>
}

const Source = ({ children }: { children: string }) =>
  (URL.canParse(children) ? <a href={children} rel="noreferrer">{new URL(children).hostname}</a> : children)

const OnRecord = ({ limits }: { limits: Limits }) => (
  <DataTable caption="Every ceiling on record"
    rows={limits.flatMap(({ participant, ceilings }) => ceilings.map((limit) => ({ participant, ...limit })))}
    rowKey={({ participant, category, validFrom }) => `${participant} ${category} ${validFrom}`} columns={[
      { key: 'participant', label: 'Participant', cell: ({ participant }) => DESIGNATION[participant] },
      { key: 'category', label: 'Category', keep: true, cell: ({ category }) => categoryLabel(category) },
      { key: 'ceiling', label: 'Ceiling', numeric: true, keep: true, cell: (limit) => <Figure limit={limit} /> },
      { key: 'valid', label: 'Valid', nowrap: true, cell: ({ validFrom, validTo }) => `${validFrom} to ${validTo ?? 'today'}` },
      {
        key: 'source', label: 'Source',
        cell: ({ source, note }) => <span className="wrap-anywhere"><Source>{source}</Source>{note && <Sub>{note}</Sub>}</span>,
      },
    ]} />
)

/** The limits of Dayton Annex 1-B, Article IV. What is not confirmed is not a zero, and no rule is tested on it. */
export const Ceilings = ({ limits }: { limits: Limits }) => {
  const isInForce = inForceOn(today())
  const outside = limits.filter(({ party }) => !party).map(({ participant }) => DESIGNATION[participant])
  return (
    <div id="ceilings" className="mb-10 scroll-mt-6">
      <Section title="Florence ceilings" hint="Dayton Annex 1-B, Article IV (Florence, 14 June 1996). Ceilings in force today, in pieces.">
        <DataTable caption="Florence ceilings in force" rows={limits.filter(({ party }) => party)} rowKey={({ participant }) => participant}
          columns={[
            {
              key: 'participant', label: 'Participant',
              cell: ({ participant: code }) => <TextLink href={`/participants/${code}`}>{DESIGNATION[code]}</TextLink>,
            },
            ...FLORENCE_CATEGORIES.map((wanted) => ({
              key: wanted, label: categoryLabel(wanted), numeric: true,
              cell: ({ ceilings }: Limits[number]) =>
                <Figure limit={ceilings.filter(isInForce).find(({ category }) => category === wanted)} />,
            })),
          ]} />
        <p className="mt-4 max-w-text text-md text-ink-2">
          {formatList(outside)} are not a party to that agreement: no ceiling applies to them, which is not a ceiling of zero. Where a
          ceiling is not confirmed, the rules on ceilings stay silent and say so.
        </p>
        <Disclosure summary="All ceilings on record, with their sources"><OnRecord limits={limits} /></Disclosure>
      </Section>
    </div>
  )
}
