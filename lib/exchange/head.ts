import { formatList } from '../shared/format.ts'
import { columnName, quoted, readText, type Cell, type Placed, type Row } from './cells.ts'
import { NEEDED } from './columns.ts'
import { fieldOf, labelOf, wordKey, type Field, type Label } from './words.ts'

/** The header is looked for in as many rows. */
export const HEAD_ROWS = 20
/** What a marked copy of a CSV is given beside the table; reading passes it over. */
export const PROBLEMS_HEADER = 'Problems'

export type Found = { column: number; row: number; cell: Cell | undefined }
export type Head = {
  row: number
  /** Where each field stands. */
  columns: ReadonlyMap<Field, number>
  /** Columns that are passed over on purpose, or that have been complained about. */
  aside: ReadonlySet<number>
  labels: Partial<Record<Label, Found>>
  problems: { row: number; column: number; message: string }[]
}

const headingOf = ({ cell }: Placed): string | null => (cell.is === 'text' && cell.text.trim() !== '' ? cell.text.trim() : null)
const fieldsIn = (row: Row): number => new Set(row.cells.map((placed) => fieldOf(headingOf(placed) ?? '')).filter(Boolean)).size

/** “As of” and “Remark” above the header: a label, and what stands next to it. */
const labelsAbove = (rows: readonly Row[]): Pick<Head, 'labels' | 'problems'> => {
  const labels: Head['labels'] = {}
  const problems: Head['problems'] = []
  for (const { row, cells } of rows) for (const [at, placed] of cells.entries()) {
    const label = labelOf(headingOf(placed) ?? '')
    const next = cells[at + 1]
    if (!label) continue
    if (labels[label]) problems.push({ row, column: placed.column, message: `${quoted(headingOf(placed)!)} stands above the header twice. Keep one.` })
    labels[label] ??= { column: next?.column ?? placed.column + 1, row, cell: next?.cell }
  }
  return { labels, problems }
}

const problemOf = (placed: Placed, columns: ReadonlyMap<Field, number>): string => {
  const heading = headingOf(placed)
  if (!heading) return 'A heading is a text. Write the name of the column.'
  const field = fieldOf(heading)
  const known = NEEDED.find((column) => column.field === field)?.header ?? heading
  if (field) return `${quoted(heading)} heads the column ${known} once more: column ${columnName(columns.get(field)!)} has it already. Keep one.`
  return `${quoted(heading)} is not a column of a declaration of holdings. Remove the column, or rename it.`
}

const headAt = (row: Row, above: readonly Row[]): Head => {
  const columns = new Map<Field, number>()
  const aside = new Set<number>()
  const { labels, problems } = labelsAbove(above)
  for (const placed of row.cells) {
    const field = fieldOf(headingOf(placed) ?? '')
    if (field && !columns.has(field)) columns.set(field, placed.column)
    else {
      aside.add(placed.column)
      if (wordKey(headingOf(placed) ?? '') !== wordKey(PROBLEMS_HEADER)) problems.push({ row: row.row, column: placed.column, message: problemOf(placed, columns) })
    }
  }
  const missing = NEEDED.filter(({ field }) => !columns.has(field)).map(({ header }) => header)
  if (missing.length > 0) {
    const next = (row.cells.at(-1)?.column ?? -1) + 1
    problems.push({ row: row.row, column: next, message: `The header does not name ${formatList(missing)}. Add ${missing.length === 1 ? 'the column' : 'these columns'}.` })
  }
  return { row: row.row, columns, aside, labels, problems }
}

/** The row of the first rows that names most of the columns; null where none names two. */
export const findHead = (rows: readonly Row[]): Head | null => {
  const first = rows.filter(({ row }) => row <= HEAD_ROWS)
  const best = first.toSorted((a, b) => fieldsIn(b) - fieldsIn(a) || a.row - b.row)[0]
  return best && fieldsIn(best) >= 2 ? headAt(best, first.filter(({ row }) => row < best.row)) : null
}

export const isWhole = ({ columns }: Head): boolean => NEEDED.every(({ field }) => columns.has(field))

const DOTTED = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?$/

/** A day above the header: a date of the spreadsheet, 2026-01-01, or 1.1.2026. With slashes nobody knows which is the month. */
export const readDay = (cell: Cell | undefined): { value: string | undefined } | { problem: string } => {
  if (cell?.is === 'date') return cell.day ? { value: cell.day } : { problem: 'State a day without a time, as YYYY-MM-DD.' }
  const read = readText(cell)
  if ('problem' in read || read.value === undefined) return read
  const [, day, month, year] = DOTTED.exec(read.value) ?? []
  if (year) return { value: `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` }
  if (/^\d{4}-\d\d-\d\d$/.test(read.value)) return { value: read.value }
  return { problem: `${quoted(read.value)} is not a date that can be read in one way only. Write it as YYYY-MM-DD.` }
}
