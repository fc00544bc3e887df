import type { Obligation } from '@/lib/schedule/rules.ts'
import { plural } from '@/lib/shared/format.ts'

const WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve']

/** 'Two messages wait', 'One message waits', '31 messages wait' */
export const countWords = (count: number, one: string, many: string): string => `${WORDS[count] ?? count} ${count === 1 ? one : many}`

/** By UTC, as every time here. */
export const greeting = (hour: number): string => {
  if (hour >= 5 && hour < 12) return 'Good morning'
  return hour >= 12 && hour < 18 ? 'Good afternoon' : 'Good evening'
}

const isOwed = ({ state }: Obligation) => state === 'due' || state === 'upcoming' || state === 'late'
const lower = (title: string) => title.charAt(0).toLowerCase() + title.slice(1)

/** The obligation that comes next, in a sentence; that something is late is said first. */
export const dueSentence = (obligations: readonly Obligation[]): string => {
  const late = obligations.filter(({ state }) => state === 'late').at(-1)
  const next = obligations.find(({ state }) => state === 'due' || state === 'upcoming')
  const sentences = [
    late && `The ${lower(late.title)} as of ${late.asOf} is late by ${plural(-late.daysLeft, 'day')}.`,
    next && `The ${lower(next.title)} as of ${next.asOf} is due in ${plural(next.daysLeft, 'day')}.`,
  ]
  return sentences.filter(Boolean).join(' ')
}

export const owedFirst = (obligations: readonly Obligation[]): Obligation[] =>
  obligations.toSorted((a, b) => Number(isOwed(b)) - Number(isOwed(a)) || a.dueOn.localeCompare(b.dueOn))
