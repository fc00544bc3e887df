/** What stands in a cell, as far as it matters here. A blank cell is no cell. */
export type Cell =
  | { is: 'text'; text: string }
  /** `plain`: shown as it is stored, so that it may be taken for a text such as the unit “63”. */
  | { is: 'number'; value: number; plain: boolean }
  /** A number shown as a date: `day` when it is a whole day. */
  | { is: 'date'; day: string | null }
  | { is: 'formula' | 'boolean' | 'error' | 'percent' | 'scaled' | 'worded' }

/** Columns count from 0, as in lists; rows from 1, as people say them. */
export type Placed = { column: number; cell: Cell }
export type Row = { row: number; cells: Placed[] }
export type Area = { top: number; bottom: number; left: number; right: number }

/** 0 -> 'A', 26 -> 'AA' */
export const columnName = (column: number): string =>
  (column >= 26 ? columnName(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))
export const cellName = (column: number, row: number): string => `${columnName(column)}${row}`

/** 'D17' -> its place; null when it is none. */
export const placeOf = (name: string): { column: number; row: number } | null => {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(name) ?? []
  if (!letters || !digits) return null
  return { column: [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1, row: Number(digits) }
}

/** 'A1:C3' or 'A1' */
export const areaOf = (name: string): Area | null => {
  const [from, to] = name.split(':').map(placeOf)
  if (!from || to === null) return null
  const end = to ?? from
  return {
    top: Math.min(from.row, end.row), bottom: Math.max(from.row, end.row), left: Math.min(from.column, end.column), right: Math.max(from.column, end.column),
  }
}
export const areaName = ({ top, bottom, left, right }: Area): string => `${cellName(left, top)}:${cellName(right, bottom)}`

/** What a spreadsheet would run as a formula begins so, control characters included (OWASP ASVS 1.2.10). */
// eslint-disable-next-line no-control-regex -- a spreadsheet runs what begins so
export const RUNS_AS_FORMULA = /^'*[=+\-@\t\r\n\u0000＋－＝＠]/

/**
 * A text that a spreadsheet would run is kept a text by a leading apostrophe. One that begins with apostrophes before such a mark gets
 * one more, so that taking one away gives back what was written.
 */
export const neutral = (text: string): string => (RUNS_AS_FORMULA.test(text) ? `'${text}` : text)
/** The same for a cell that is stored as text, and so never run: only what reading would take away is added. */
export const kept = (text: string): string => (text.startsWith("'") ? neutral(text) : text)
export const asTyped = (text: string): string => (text.startsWith("'") && RUNS_AS_FORMULA.test(text) ? text.slice(1) : text)

const WHY_NOT: Record<Exclude<Cell['is'], 'text' | 'number'>, string> = {
  formula: 'This is a formula. Neither it nor its result is taken: copy the cell and paste it as a value.',
  date: 'The spreadsheet shows this as a date. Set the format of the cell to text and write it anew.',
  boolean: 'This is TRUE or FALSE. Write what is meant.',
  error: 'This is an error of the spreadsheet. Write the value in its place.',
  percent: 'This number is shown as a percentage. Set the format of the cell to General and write it anew.',
  worded: 'The format of this cell adds words to its number, which may say thousands. Set it to General and check the number.',
  scaled: 'The format of this cell shows its number divided by a thousand or more. Set it to General and check the number.',
}
export type Read<T> = { value: T } | { problem: string }
const NOT_AS_SHOWN = 'This is a number, and may be shown otherwise than it is stored. Set the format of the cell to text and write it anew.'
const refused = (problem: string): { problem: string } => ({ problem })

export const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`

const CONTROL = /[^\P{Cc}\t\n\r]/u
export const controlProblem = (text: string): string | null =>
  (CONTROL.test(text) ? 'The text holds a NUL or another control character. Remove it, or write the text anew.' : null)

/** A text, trimmed; undefined when blank. A whole number that is shown as it is stored is its digits: the unit “63”. */
export const readText = (cell: Cell | undefined): Read<string | undefined> => {
  if (!cell) return { value: undefined }
  if (cell.is === 'number') {
    const isExact = cell.plain && Number.isSafeInteger(cell.value)
    return isExact ? { value: String(cell.value) } : refused(NOT_AS_SHOWN)
  }
  if (cell.is !== 'text') return refused(WHY_NOT[cell.is])
  const problem = controlProblem(cell.text)
  return problem ? refused(problem) : { value: cell.text.trim() || undefined }
}

export const whyNot = (cell: Cell): string | null => (cell.is === 'text' || cell.is === 'number' ? null : WHY_NOT[cell.is])
