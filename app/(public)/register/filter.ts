import { categoryLabel } from '@/app/payload-words.ts'
import { STAGE_LABEL } from '@/lib/filings/kinds/acquisition.ts'
import { FILING_SORTS, FilingFilter } from '@/lib/filings/input.ts'
import { KIND_NAMES } from '@/lib/filings/kinds/registry.ts'
import { KIND_WORDS } from '@/lib/filings/kinds/words.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { CATEGORIES } from '@/lib/taxonomy/rules.ts'
import { VERIFICATION_LABEL } from '@/lib/verification/rules.ts'
import { beforeFrom, pageOf, readTyped, textOf, wrongInWords, type SearchParams } from '../typed.ts'

export const PAGE_SIZE = 50
const NAMES = ['q', 'participant', 'kind', 'category', 'stage', 'verification', 'status', 'from', 'to'] as const
export type FilterName = (typeof NAMES)[number]
type Given = Partial<Record<FilterName, string>>
type Sort = (typeof FILING_SORTS)[number]

const KIND_LABEL = Object.fromEntries(KIND_NAMES.map((kind) => [kind, KIND_WORDS[kind].plural]))
const CATEGORY_LABEL = Object.fromEntries(CATEGORIES.map(({ code }) => [code, categoryLabel(code)]))
export const OPTIONS: Partial<Record<FilterName, Record<string, string>>> = {
  participant: DESIGNATION, kind: KIND_LABEL, category: CATEGORY_LABEL, stage: STAGE_LABEL, verification: VERIFICATION_LABEL,
  status: { filed: 'Filed', withdrawn: 'Withdrawn' },
}
const NAME_LABEL: Record<FilterName, string> = {
  q: 'Search', participant: 'Participant', kind: 'Kind', category: 'Category', stage: 'Stage', verification: 'Verification',
  status: 'Status', from: 'Filed from', to: 'Filed to',
}

const problemWith = (name: FilterName, typed: string): string | null => {
  const parsed = FilingFilter.shape[name].safeParse(typed)
  return parsed.success ? null : parsed.error.issues[0]!.message
}

/** The filter in an address. What is not right is said and left out of the list, never a page that fails. */
export const readFilter = (params: SearchParams) => {
  const read = readTyped(NAMES, params, problemWith)
  const [from, to] = [FilingFilter.shape.from.safeParse(read.typed.from).data, FilingFilter.shape.to.safeParse(read.typed.to).data]
  const { typed, given, problems } = from && to && to < from ? read.refusing('to', beforeFrom(from)) : read
  const sort = FILING_SORTS.find((known) => known === textOf(params.sort)) ?? '-filedAt'
  return { typed, given, problems, sort, page: pageOf(params.page) }
}

export const addressOf = (path: string, given: Given, more: { sort?: Sort; page?: number } = {}): string => {
  const words = new URLSearchParams(given as Record<string, string>)
  if (more.sort && more.sort !== '-filedAt') words.set('sort', more.sort)
  if (more.page && more.page > 1) words.set('page', String(more.page))
  return words.size > 0 ? `${path}?${words}` : path
}

/** 'Participant: Serbia', with the filter that remains without it. */
export const activeFilters = (given: Given): { name: FilterName; words: string; without: Given }[] =>
  NAMES.flatMap((name) => {
    const value = given[name]
    if (value === undefined) return []
    const { [name]: _dropped, ...without } = given
    return [{ name, words: `${NAME_LABEL[name]}: ${OPTIONS[name]?.[value] ?? (name === 'q' ? `“${value}”` : value)}`, without }]
  })

export const problemWords = (typed: Given, problems: Given): string[] => wrongInWords(NAMES, NAME_LABEL, typed, problems)
