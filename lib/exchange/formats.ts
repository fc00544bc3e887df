/** What a number format does to a number: shows it as it is, or as something that a reader would take for another. */
export type Shown = 'plain' | 'number' | 'date' | 'percent' | 'scaled' | 'worded'

/** Formats that have no code of their own (ECMA-376 part 1, 18.8.30), those of the Far East included. */
const BUILT_IN: readonly [from: number, to: number, Shown][] = [
  [0, 1, 'plain'], [9, 10, 'percent'], [14, 22, 'date'], [27, 36, 'date'], [45, 47, 'date'], [49, 49, 'plain'], [50, 58, 'date'],
]
const builtIn = (id: number): Shown => BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2] ?? 'number'

/** Texts in quotes, escaped and padding characters, colours and conditions show no part of the number; [h] is elapsed time. */
const bare = (code: string): string =>
  code.replace(/"[^"]*"/g, '').replace(/[\\_*]./gs, '').replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')

/** What the format adds of its own to a positive number: a unit, or a word such as thousand. */
const addedText = (code: string): string =>
  (/^(?:"[^"]*"|\\.|[^";])*/s.exec(code)?.[0].match(/"[^"]*"|\\./gs) ?? []).join('').replace(/["\\]/g, '')

export const shownBy = (id: number, code: string | undefined): Shown => {
  if (code === undefined) return builtIn(id)
  if (/^(general|@|0)$/i.test(code)) return 'plain'
  const marks = bare(code.slice(0, 500)).replace(/general/gi, '')
  if (/[dmyhs]/i.test(marks)) return 'date'
  if (marks.includes('%')) return 'percent'
  if (/[0#?],+(?![,0#?])/.test(marks)) return 'scaled'
  return /[\p{L}\p{N}]/u.test(addedText(code.slice(0, 500))) ? 'worded' : 'number'
}

const DAY_MS = 86_400_000
/** Days since 30 December 1899, or since 1 January 1904 where the workbook says so. Null for a time of day. */
export const dayOf = (serial: number, from1904: boolean): string | null => {
  const days = serial + (from1904 ? 1462 : 0)
  if (!Number.isInteger(days) || days < 61 || days > 73_050) return null
  return new Date(Date.UTC(1899, 11, 30) + days * DAY_MS).toISOString().slice(0, 10)
}
