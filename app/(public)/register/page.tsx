import type { Metadata } from 'next'
import { DataTable } from '@/app/ui/data-table.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Pagination, Showing } from '@/app/ui/pagination.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { registerFigures } from '@/lib/analysis/queries.ts'
import type { FILING_SORTS } from '@/lib/filings/input.ts'
import { listFilings } from '@/lib/filings/queries.ts'
import { CompiledNote } from '../compiled-note.tsx'
import { figuresOf, holdsWords, verifiedWords } from '../figures.ts'
import { FILING_COLUMNS } from '../filing-columns.tsx'
import { ActiveFilters, Filters } from './filters.tsx'
import { Nothing } from './nothing.tsx'
import { NotUsed } from '../not-used.tsx'
import type { SearchParams } from '../typed.ts'
import { activeFilters, addressOf, PAGE_SIZE, problemWords, readFilter } from './filter.ts'

type Sort = (typeof FILING_SORTS)[number]
type Props = { searchParams: Promise<SearchParams> }

// Numbers and days are asked for largest or newest first, names in the order of the alphabet.
const firstDirection = (by: string) => (['quantity', 'filedAt', 'number'].includes(by) ? 'desc' : 'asc')
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
    <NotUsed problems={wrong} />
    <Filters filter={filter} />
    <ActiveFilters filter={filter} />
    {items.length > 0 && <>
      <p className="mb-2 text-sm text-ink-3">
        <Showing {...shown} /> · <a href={addressOf('/register.csv', given, { sort })}>Download CSV</a> ·{' '}
        <a href={addressOf('/api/v1/filings', given, { sort })}>JSON</a>
      </p>
      <DataTable caption={`Filings, ${shown.from} to ${shown.to} of ${total}`} rows={items} rowKey={(entry) => entry.entryId}
        columns={Object.values(FILING_COLUMNS)} sorting={{
          by, dir: sort.startsWith('-') ? 'desc' : 'asc',
          href: (name, turned) => addressOf('/register', given, { sort: sortName(name, name === by ? turned : firstDirection(name)) }),
        }} />
      {pages > 1 && (
        <Pagination {...shown} page={page} pages={pages}
          previous={page > 1 ? addressOf('/register', given, { sort, page: page - 1 }) : undefined}
          next={page < pages ? addressOf('/register', given, { sort, page: page + 1 }) : undefined} />
      )}
      {items.some(({ compiled }) => compiled) && <CompiledNote />}
    </>}
    {items.length === 0 && <Nothing filter={filter} pages={pages} />}
  </>
}
