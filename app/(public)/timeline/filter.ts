import { ListTimeline } from '@/lib/timeline/input.ts'
import type { TimelineFilter } from '@/lib/timeline/rules.ts'

const NAMES = ['participant', 'sort', 'from', 'to'] as const
type Name = (typeof NAMES)[number]
export type SearchParams = Record<string, string | string[] | undefined>

const wordIn = (value: string | string[] | undefined): string => (Array.isArray(value) ? value.at(-1) : value)?.trim() ?? ''

/** The filter in an address. What is not right is said and left out, never a page that fails. */
export const readFilter = (params: SearchParams) => {
  const typed = Object.fromEntries(NAMES.map((name) => [name, wordIn(params[name])])) as Record<Name, string>
  const problems: Partial<Record<Name, string>> = {}
  const given: TimelineFilter = {}
  for (const name of NAMES) {
    const parsed = ListTimeline.shape[name].safeParse(typed[name])
    if (parsed.success) Object.assign(given, { [name]: parsed.data })
    else problems[name] = parsed.error.issues[0]!.message
  }
  if (given.from !== undefined && given.to !== undefined && given.to < given.from) problems.to = `This is before ${given.from}. State that year or a later one.`
  return { typed, given, problems, isAsked: NAMES.some((name) => typed[name] !== '') }
}
