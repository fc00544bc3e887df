import { categoryLabel } from '@/app/payload-words.ts'
import { totalAddress } from '@/app/places.ts'
import { DataTable } from '@/app/ui/data-table.tsx'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { Section } from '@/app/ui/section.tsx'
import { Sub } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import { CATEGORY_CODES, isFlorenceCategory } from '@/lib/taxonomy/rules.ts'
import { heldWords, standings, today, type Ceilings, type Held } from '../../standing.ts'
import { StandingTable } from '../../standing-table.tsx'

const part = (stated: number, { withheld }: Held) =>
  (withheld > 0 && stated === 0 ? <span className="text-ink-3">withheld</span> : formatNumber(stated))

export const Holdings = ({ code, held, limits }: { code: ParticipantCode; held: readonly Held[]; limits: Ceilings }) => {
  const rest = held.filter(({ category }) => !isFlorenceCategory(category))
    .toSorted((a, b) => CATEGORY_CODES.indexOf(a.category) - CATEGORY_CODES.indexOf(b.category))
  return <>
    <Section title="Holdings and Florence ceilings"
      hint="Newest declared figure of each category; the line on a bar is the ceiling. A number leads to its declaration.">
      <StandingTable caption={`${DESIGNATION[code]}: holdings and Florence ceilings`} first="Category"
        rows={standings([code], held, limits, today())} name={({ category }) => categoryLabel(category)}
        text={({ category }) => categoryLabel(category)} />
    </Section>
    <Section title="Other declared holdings">
      <DataTable caption={`${DESIGNATION[code]}: other declared holdings`} rows={rest} rowKey={({ category }) => category} columns={[
        { key: 'category', label: 'Category', cell: ({ category }) => categoryLabel(category) },
        { key: 'service', label: 'In service', numeric: true, cell: (row) => part(row.inService, row) },
        { key: 'storage', label: 'In storage', numeric: true, cell: (row) => part(row.inStorage, row) },
        {
          key: 'total', label: 'Held', numeric: true, keep: true,
          cell: (row) => <><TextLink href={totalAddress(row.filing, row.category)}>{heldWords(row)}</TextLink><Sub>as of {row.asOf}</Sub></>,
        },
      ]} empty={(
        <EmptyState title="No other category is declared">A category without a declaration is not known, which is not zero.</EmptyState>
      )} />
    </Section>
  </>
}
