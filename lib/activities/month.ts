import { dayAfter } from '../shared/format.ts'
import type { Listed } from './rules.ts'

type Span = Pick<Listed, 'startsOn' | 'endsOn' | 'vague'>
type Ended = Span & { endsOn: string }

/** What has a first and a last day stands on its days; the rest is named in words. */
export const isDrawn = <T extends Span>(one: T): one is T & Ended => !one.vague && one.endsOn !== null

/** YYYY-MM, so many months later, or earlier where negative. */
export const monthAfter = (month: string, months: number): string => {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}
export const firstDayOf = (month: string): string => `${month}-01`
export const lastDayOf = (month: string): string => dayAfter(firstDayOf(monthAfter(month, 1)), -1)

/** 0 for Monday, 6 for Sunday. */
const weekday = (day: string): number => (new Date(day).getUTCDay() + 6) % 7

/** The week's number (ISO 8601): the first of a year is the one that holds its first Thursday. */
export const weekNumber = (day: string): number => {
  const thursday = dayAfter(day, 3 - weekday(day))
  return 1 + Math.floor((Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / (7 * 86_400_000))
}

/** The weeks, Monday first, that have a day in the month. */
export const weeksOf = (month: string): string[][] => {
  const [first, last] = [firstDayOf(month), lastDayOf(month)]
  const weeks: string[][] = []
  for (let monday = dayAfter(first, -weekday(first)); monday <= last; monday = dayAfter(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => dayAfter(monday, index)))
  }
  return weeks
}

/** One activity in one week: the day of the week it begins on, 0 to 6, and over how many days it goes on. */
export type Bar<T> = { item: T; at: number; span: number; begins: boolean; ends: boolean }
export type Week<T> = {
  number: number
  days: string[]
  /** Bars that do not touch each other, line by line. */
  lines: Bar<T>[][]
  /** For each day how many have found no place in the lines. */
  more: number[]
}

const barIn = <T extends Ended>(item: T, [monday, , , , , , sunday]: readonly string[]): Bar<T> => {
  const [begins, ends] = [item.startsOn >= monday!, item.endsOn <= sunday!]
  const at = begins ? weekday(item.startsOn) : 0
  return { item, at, span: (ends ? weekday(item.endsOn) : 6) - at + 1, begins, ends }
}

const freeFrom = (line: readonly Bar<unknown>[] | undefined): number => {
  const last = line?.at(-1)
  return last ? last.at + last.span : 0
}

const weekOf = <T extends Ended>(days: string[], items: readonly T[], most: number): Week<T> => {
  const week: Week<T> = { number: weekNumber(days[0]!), days, lines: [], more: [0, 0, 0, 0, 0, 0, 0] }
  const bars = items.filter(({ startsOn, endsOn }) => startsOn <= days[6]! && endsOn >= days[0]!).map((item) => barIn(item, days))
  for (const bar of bars.toSorted((a, b) => a.at - b.at || b.span - a.span)) {
    const line = Array.from({ length: most }, (_, index) => index).find((index) => freeFrom(week.lines[index]) <= bar.at)
    if (line !== undefined) (week.lines[line] ??= []).push(bar)
    else for (let day = bar.at; day < bar.at + bar.span; day++) week.more[day]!++
  }
  return week
}

/** A month as its weeks, with at most so many bars beneath each other on a day. */
export const monthOf = <T extends Span>(month: string, listed: readonly T[], most: number): Week<T & Ended>[] => {
  const drawn = listed.filter(isDrawn)
  return weeksOf(month).map((days) => weekOf(days, drawn, most))
}

/** How many take place in each month of a year, from January. */
export const countByMonth = (listed: readonly Span[], year: string): number[] => {
  const counts = Array.from({ length: 12 }, () => 0)
  for (const { startsOn, endsOn } of listed.filter(isDrawn)) {
    if (startsOn.slice(0, 4) > year || endsOn.slice(0, 4) < year) continue
    const first = startsOn.slice(0, 4) < year ? 1 : Number(startsOn.slice(5, 7))
    const last = endsOn.slice(0, 4) > year ? 12 : Number(endsOn.slice(5, 7))
    for (let month = first; month <= last; month++) counts[month - 1]!++
  }
  return counts
}

/** The nearest months before and after that hold anything. */
export const monthsBeside = (listed: readonly Span[], month: string): { before: string | null; after: string | null } => {
  const [first, last] = [firstDayOf(month), lastDayOf(month)]
  let before: string | null = null
  let after: string | null = null
  for (const { startsOn, endsOn } of listed.filter(isDrawn)) {
    const latest = endsOn < first ? endsOn.slice(0, 7) : monthAfter(month, -1)
    const soonest = startsOn > last ? startsOn.slice(0, 7) : monthAfter(month, 1)
    if (startsOn < first && (before === null || latest > before)) before = latest
    if (endsOn > last && (after === null || soonest < after)) after = soonest
  }
  return { before, after }
}
