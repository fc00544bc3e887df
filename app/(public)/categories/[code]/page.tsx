import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { categoryLabel } from '@/app/payload-words.ts'
import { DataTable } from '@/app/ui/data-table.tsx'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { listHoldings } from '@/lib/analysis/queries.ts'
import { listFilings } from '@/lib/filings/queries.ts'
import { DESIGNATION, PARTICIPANTS } from '@/lib/participants/rules.ts'
import { plural } from '@/lib/shared/format.ts'
import { CATEGORIES, categoryOf, isCategory } from '@/lib/taxonomy/rules.ts'
import { CompiledNote } from '../../compiled-note.tsx'
import { holdingCells } from '../../declared-years.ts'
import { FILING_COLUMNS, plain } from '../../filing-columns.tsx'
import { YearTable } from '../../year-table.tsx'

type Props = { params: Promise<{ code: string }> }

const codeOf = async (params: Props['params']) => {
  const { code } = await params
  return isCategory(code) ? code : notFound()
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: categoryLabel(await codeOf(params)) })

const { number, participant, what, quantity, counterpart, stage, filed } = FILING_COLUMNS

export default async function CategoryPage({ params }: Props) {
  const code = await codeOf(params)
  const caller = await currentCaller()
  const [totals, newest] = await Promise.all([listHoldings(caller, { category: code }), listFilings(caller, { category: code, limit: 10 })])
  const rows = PARTICIPANTS.flatMap((who) => {
    const own = totals.filter((row) => row.participant === who)
    return own.length > 0 ? [{ key: who, name: <TextLink href={`/participants/${who}`}>{DESIGNATION[who]}</TextLink>, cells: holdingCells(own) }] : []
  })
  const silent = PARTICIPANTS.filter((who) => !rows.some(({ key }) => key === who)).map((who) => DESIGNATION[who])
  return <>
    <PageHeader breadcrumb={[{ href: '/rules#categories', label: 'Categories' }, { label: code === 'none' ? categoryOf(code).title : code }]} title={categoryLabel(code)} lead={categoryOf(code).definition} />
    <Section title="Declared, year by year" hint="Pieces in service and in storage, as of the newest declaration of each year; below each figure its change from the year declared before.">
      {rows.length > 0 ? <YearTable caption={`Declared holdings in ${categoryLabel(code)}`} first="Participant" rows={rows} />
        : <EmptyState title="Nobody has declared holdings in this category yet">What a declaration states, nil included, appears here as soon as it is filed.</EmptyState>}
      {rows.length > 0 && silent.length > 0 && <p className="mt-3 text-sm text-ink-3">Not declared by {silent.join(', ')}: that is no zero.</p>}
    </Section>
    <Section title="Newest filings" actions={<TextLink href={`/register?category=${code}`}>All {plural(newest.total, 'entry', 'entries')}</TextLink>}>
      <DataTable caption={`Newest filings in ${categoryLabel(code)}`} rows={newest.items} rowKey={({ entryId }) => entryId} columns={plain(number, participant, what, quantity, counterpart, stage, filed)}
        empty={<EmptyState title="Nothing has been filed yet">Acquisitions and disposals in this category appear here.</EmptyState>} />
      {newest.items.some(({ compiled }) => compiled) && <CompiledNote />}
    </Section>
    <Section title="Other categories">
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-md">
        {CATEGORIES.filter((other) => other.code !== code).map((other) => <li key={other.code}><TextLink href={`/categories/${other.code}`}>{categoryLabel(other.code)}</TextLink></li>)}
      </ul>
    </Section>
  </>
}
