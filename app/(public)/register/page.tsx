import type { Metadata } from 'next'
import { ButtonLink } from '@/app/ui/button.tsx'
import { DataTable } from '@/app/ui/data-table.tsx'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { Notice } from '@/app/ui/notice.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Pagination, Showing } from '@/app/ui/pagination.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { registerFigures } from '@/lib/analysis/queries.ts'
import type { FILING_SORTS } from '@/lib/filings/input.ts'
import { listFilings } from '@/lib/filings/queries.ts'
import { figuresOf, holdsWords, verifiedWords } from '../figures.ts'
import { FILING_COLUMNS } from '../filing-columns.tsx'
import { ActiveFilters, Filters } from './filters.tsx'
import { activeFilters, addressOf, PAGE_SIZE, problemWords, readFilter, type SearchParams } from './filter.ts'

type Sort = (typeof FILING_SORTS)[number]
type Props = { searchParams: Promise<SearchParams> }

// Numbers and days are asked for largest or newest first, names in the order of the alphabet.
const DESCENDING_FIRST = ['quantity', 'filedAt', 'number']
const sortName = (by: string, direction: 'asc' | 'desc') => `${direction === 'desc' ? '-' : ''}${by}` as Sort

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const active = activeFilters(readFilter(await searchParams).given)
  return { title: active.length > 0 ? `Register, ${active.map(({ words }) => words).join(', ')}` : 'Register' }
}

export default async function RegisterPage({ searchParams }: Props) {
  const filter = readFilter(await searchParams)
  const { typed, given, problems, sort, page } = filter
  const caller = await currentCaller()
  const [{ items, total }, figures] = await Promise.all([
    listFilings(caller, { ...given, sort, page, limit: PAGE_SIZE }), registerFigures(caller, {}),
  ])
  const from = (page - 1) * PAGE_SIZE + 1
  const pages = Math.ceil(total / PAGE_SIZE)
  const by = sort.replace('-', '')
  const shown = { from, to: from + items.length - 1, total }
  const wrong = problemWords(typed, problems)
  const summary = figuresOf(figures)
  return <>
    <PageHeader title="The register" lead={<>
      Every filing of the seven participants, as filed: {holdsWords(summary)}. {verifiedWords(summary)}
    </>} />
    {wrong.length > 0 && (
      <Notice tone="warn" title={wrong.length === 1 ? 'One filter is not used' : `${wrong.length} filters are not used`}>
        <ul>{wrong.map((problem) => <li key={problem}>{problem}</li>)}</ul>
      </Notice>
    )}
    <Filters filter={filter} />
    <ActiveFilters filter={filter} />
    {items.length > 0 && <>
      <p className="mb-2 text-sm text-ink-3">
        <Showing {...shown} /> · <a href={addressOf('/register.csv', given, { sort })}>Download CSV</a> · <a href={addressOf('/api/v1/filings', given, { sort })}>JSON</a>
      </p>
      <DataTable caption={`Filings, ${shown.from} to ${shown.to} of ${total}`} rows={items} rowKey={(entry) => entry.entryId} columns={Object.values(FILING_COLUMNS)} sorting={{
        by, dir: sort.startsWith('-') ? 'desc' : 'asc',
        href: (name, direction) => addressOf('/register', given, { sort: sortName(name, name !== by && DESCENDING_FIRST.includes(name) ? 'desc' : direction) }),
      }} />
      <Pagination {...shown} page={page} pages={pages}
        previous={page > 1 ? addressOf('/register', given, { sort, page: page - 1 }) : undefined}
        next={page < pages ? addressOf('/register', given, { sort, page: page + 1 }) : undefined} />
      {items.some(({ compiled }) => compiled) && (
        <p className="mt-4 max-w-text text-sm text-ink-3">
          Entries marked “compiled” come from open sources for demonstration and are not official filings; each names its source. Source: SIPRI, press, thesis.
        </p>
      )}
    </>}
    {items.length === 0 && (total > 0
      ? <EmptyState title={`There is no page ${page}`} actions={<ButtonLink href={addressOf('/register', given, { sort })}>Go to the first page</ButtonLink>}>
          The list has {pages === 1 ? 'one page' : `${pages} pages`}.
        </EmptyState>
      : <EmptyState title={Object.keys(given).length > 0 ? 'No filing matches' : 'Nothing has been filed yet'}
          actions={Object.keys(given).length > 0 && <ButtonLink href="/register">Show all filings</ButtonLink>}>
          {Object.keys(given).length > 0
            ? 'Remove a filter above, or search for the beginning of a word: “raf” finds Rafale.'
            : 'What the participants file appears here as soon as it is stored.'}
        </EmptyState>)}
  </>
}
