import { ActivityFilter, Month } from '@/lib/activities/input.ts'
import { GROUP_LABEL } from '@/lib/activities/rules.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { beforeFrom, pageOf, readTyped, wrongInWords, type SearchParams } from '../typed.ts'

export const PAGE_SIZE = 50
export const VIEWS = ['list', 'month', 'map'] as const
export type View = (typeof VIEWS)[number]

const NAMES = ['participant', 'kind', 'from', 'to', 'month', 'view'] as const
type Name = (typeof NAMES)[number]
export type Given = Partial<Record<Name, string>>
const LABEL: Record<Name, string> = { participant: 'Participant', kind: 'What', from: 'From', to: 'To', month: 'Month', view: 'View' }

export const optionsOf = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))
export const OPTIONS = { participant: optionsOf(DESIGNATION), kind: optionsOf(GROUP_LABEL) }

const problemWith = (name: Name, typed: string): string | null => {
  if (name === 'view') return VIEWS.some((view) => view === typed) ? null : `State one of ${VIEWS.join(', ')}.`
  const parsed = (name === 'month' ? Month : ActivityFilter.shape[name]).safeParse(typed)
  return parsed.success ? null : parsed.error.issues[0]!.message
}

/** The filter in an address. What is not right is said, and the rest is shown. `asked` is what it narrows to; from and to as days. */
export const readFilter = (params: SearchParams) => {
  const read = readTyped(NAMES, params, problemWith)
  const { from, to } = ActivityFilter.pick({ from: true, to: true }).parse({ from: read.given.from, to: read.given.to })
  const { typed, problems, given } = from && to && to < from ? read.refusing('to', beforeFrom(from)) : read
  const { participant, kind } = given
  return {
    typed, given, asked: ActivityFilter.parse({ participant, kind, from: given.from, to: given.to }), view: (given.view ?? 'list') as View,
    wrong: wrongInWords(NAMES, LABEL, typed, problems), problems, page: pageOf(params.page), held: pageOf(params.held),
  }
}
export type Filter = ReturnType<typeof readFilter>

/** The page of activities with these filters: in each view, on each page. */
export const addressOf = (given: Given, more: { page?: number; held?: number } = {}): string => {
  const words = new URLSearchParams(Object.entries(given).filter(([name, value]) => value && !(name === 'view' && value === 'list')))
  for (const [name, page] of Object.entries(more)) if (page && page > 1) words.set(name, String(page))
  return words.size > 0 ? `/activities?${words}` : '/activities'
}
