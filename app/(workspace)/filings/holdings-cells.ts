/** The columns of the grid, in the order in which a ministry's own sheets have them. A row's category is its group. */
export const COLUMNS = [
  { key: 'type', label: 'Type', numeric: false, most: 80 },
  { key: 'inService', label: 'In service', numeric: true, most: 320 },
  { key: 'inStorage', label: 'In storage', numeric: true, most: 320 },
  { key: 'unit', label: 'Unit', numeric: false, most: 120 },
  { key: 'site', label: 'Site', numeric: false, most: 120 },
  { key: 'remark', label: 'Remark', numeric: false, most: 500 },
] as const
export type ColumnKey = (typeof COLUMNS)[number]['key']
export const WIDTH = COLUMNS.length
export const REMARK = WIDTH - 1

/** A row as typed: text in every cell, so that nothing typed is ever lost to a conversion. */
export type Cells = readonly string[]
export const EMPTY: Cells = COLUMNS.map(() => '')

/** A quantity as the register reads it: pieces, withheld with a reason, or (undefined) not yet one of the two. */
export type Stated = number | { withheld: string } | undefined

const MOST_PIECES = 10_000_000
const WITHHELD = /^(?:withheld|w)\s*(?::\s*([^]*))?$/i
const WHOLE = /^\d+$/
const SPACED = /^\d{1,3}(?:[ \u00a0\u202f]\d{3})+$/
const SEPARATED = /^\d{1,3}(?:[.,’']\d{3})+$/
const FRACTION = /^\d+[.,]\d+$/

export const reasonOf = (text: string): string | null => {
  const found = WITHHELD.exec(text.trim())
  return found ? (found[1] ?? '').trim() : null
}

/** `1 234` is 1234 and `nil` is 0; `1.234` is left as typed, since it may be a thousand or a fraction. */
export const numberIn = (text: string): number | null => {
  const plain = text.trim()
  if (/^nil$/i.test(plain)) return 0
  return WHOLE.test(plain) || SPACED.test(plain) ? Number(plain.replaceAll(/\D/g, '')) : null
}

export const statedIn = (text: string): Stated => {
  const reason = reasonOf(text)
  if (reason !== null) return { withheld: reason }
  return numberIn(text) ?? undefined
}

/** Digit by digit: a number of the size that is meant, without the marks that can be read in two ways. */
const digitsOf = (text: string): string => text.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, '')

const NO_REASON = 'Say why it is withheld, in 3 to 300 characters, such as “withheld: operational security”.'

const quantityProblem = (text: string): string | null => {
  const plain = text.trim()
  if (plain === '') return 'A blank is not a nil: type a whole number, 0 for nil, or “withheld: reason”.'
  const reason = reasonOf(plain)
  if (reason !== null) return reason.length < 3 || reason.length > 300 ? NO_REASON : null
  const number = numberIn(plain)
  if (number !== null) return number > MOST_PIECES ? 'This is implausibly large; the register takes up to 10,000,000.' : null
  if (SEPARATED.test(plain)) return `“${plain}” can be read in two ways: a thousand or a fraction. Type ${digitsOf(plain)} if that is meant.`
  if (FRACTION.test(plain)) return `“${plain}” is not a whole number. Type ${/[.,]0+$/.test(plain) ? plain.split(/[.,]/)[0]! : 'one'}.`
  if (/^[-−]\s*\d/.test(plain)) return 'A quantity cannot be negative. Type a whole number, or 0 for nil.'
  return `“${plain.slice(0, 24)}” is not a quantity. Type a whole number, 0 for nil, or “withheld: reason”.`
}

const typeProblem = (text: string): string | null => {
  if (text.trim() === '') return 'State the type or model.'
  return text.length > 80 ? 'At most 80 characters.' : null
}

/** What is wrong with a cell and what would be right; null where nothing is. */
export const problemIn = (column: number, text: string): string | null => {
  if (column === 0) return typeProblem(text)
  if (COLUMNS[column]!.numeric) return quantityProblem(text)
  return text.length > COLUMNS[column]!.most ? `At most ${COLUMNS[column]!.most} characters.` : null
}

/** A cell as it is kept: trimmed, in one line but for remarks, and numbers without their spaces. */
export const kept = (column: number, typed: string): string => {
  const text = (column === REMARK ? typed : typed.replaceAll(/[\s\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu, ' ')).trim()
  if (!COLUMNS[column]!.numeric) return text
  const reason = reasonOf(text)
  if (reason !== null) return `withheld: ${reason}`
  return String(numberIn(text) ?? text)
}

const textOf = (value: unknown): string => {
  if (typeof value === 'object' && value !== null && 'withheld' in value) return `withheld: ${String(value.withheld)}`
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** A line of a payload, complete or not, as cells. */
export const cellsOf = (line: Readonly<Record<string, unknown>>): Cells => COLUMNS.map(({ key }) => textOf(line[key]))

/** Cells as a line of a payload: what is blank is left out, and what is not a quantity stays as typed, so that its refusal can name it. */
export const lineOf = (category: string, cells: Cells): Record<string, unknown> => {
  const line: Record<string, unknown> = { category }
  for (const [column, { key, numeric }] of COLUMNS.entries()) {
    const text = cells[column]!
    if (text !== '') line[key] = numeric ? (statedIn(text) ?? text) : text
  }
  return line
}
