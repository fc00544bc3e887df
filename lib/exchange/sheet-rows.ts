import { areaOf, asTyped, cellName, placeOf, type Area, type Cell, type Placed, type Row } from './cells.ts'
import { dayOf } from './formats.ts'
import { problemAt, refuseCell, refuseFile } from './refusal.ts'
import type { SheetPart, Workbook } from './workbook.ts'
import { ENOUGH, readEscapes, readXml, type Attributes } from './xml.ts'
import { unpacked } from './zip.ts'

/** Cells of one file, and rows of one sheet, blank ones with a format included: far beyond 20,000 lines. */
export const MOST_CELLS = 500_000
/** Of a file that is read whole before it is understood: far beyond 2,000 units. */
export const MOST_DECLARED_CELLS = 200_000
const MOST_ROWS = 200_000
const LAST_ROW = 1_048_576
const MOST_MERGED = 10_000
/** Results that formulas spill over other cells: each cell is held against each. */
const MOST_SPILLED = 100
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/
const TOO_MUCH = 'The sheet has far more rows and cells than a declaration, most of them blank. Copy the table into a new, empty workbook and send that.'
const BAD_TEXT = '\u0000'

type Open = { column: number; row: number; type: string; style: number; value: string; text: string; isFormula: boolean; isBad: boolean }

const within = ({ top, bottom, left, right }: Area, column: number, row: number): boolean =>
  row >= top && row <= bottom && column >= left && column <= right

/** A text, unless it is blank. */
const textCell = (text: string): Cell | null => (text.trim() === '' ? null : { is: 'text', text: asTyped(text) })

const numberCell = (value: number, shown: Workbook['shown'][number], from1904: boolean): Cell => {
  if (shown === 'date') return { is: 'date', day: dayOf(value, from1904) }
  return shown === 'percent' || shown === 'scaled' || shown === 'worded' ? { is: shown } : { is: 'number', value, plain: shown === 'plain' }
}

/** What the cell holds; null when it is blank, undefined when it cannot be understood. */
const cellOf = ({ type, style, value, text, isFormula, isBad }: Open, { strings, shown, from1904 }: Workbook): Cell | null | undefined => {
  if (isFormula) return { is: 'formula' }
  if (isBad) return { is: 'text', text: BAD_TEXT }
  if (type === 'inlineStr') return textCell(readEscapes(text))
  if (type === 's') {
    const string = /^\d{1,7}$/.test(value) ? strings[Number(value)] : undefined
    return string === undefined ? undefined : textCell(string ?? BAD_TEXT)
  }
  if (value === '' && type !== 'str') return null
  if (type === 'str') return textCell(readEscapes(value))
  if (type === 'b') return { is: 'boolean' }
  if (type === 'e') return { is: 'error' }
  if (type === 'd') return { is: 'date', day: /^\d{4}-\d\d-\d\d(T00:00(:00(\.0+)?)?)?$/.test(value) ? value.slice(0, 10) : null }
  const number = NUMBER.test(value) ? Number(value) : Number.NaN
  if (type !== 'n' || !Number.isFinite(number)) return undefined
  return numberCell(number, style === 0 ? (shown[0] ?? 'plain') : (shown[style] ?? 'number'), from1904)
}

/**
 * The rows of a sheet that hold anything, in order, and the areas that are merged. A cell or a row that stands twice or out of order is
 * refused: two programs would read two tables.
 */
export const readRows = async (
  book: Workbook, sheet: SheetPart, onRow: (row: Row) => void, cells: { left: number }, lastRow = Infinity,
): Promise<Area[]> => {
  const entry = book.zip.entries.get(sheet.part)
  if (!entry) throw refuseFile(`The sheet “${sheet.name.slice(0, 40)}” is missing from the file. Save the workbook anew.`)
  const merged: Area[] = []
  const spilled: Area[] = []
  const path: string[] = []
  let [row, column, rows, isIn] = [0, -1, 0, false]
  let found: Placed[] = []
  let cell: Open | null = null

  const refuse = (message: string) => refuseCell(problemAt(sheet.name, Math.max(row, 1), Math.max(column, 0), message))
  const openRow = ({ r }: Attributes): void => {
    const next = r === undefined ? row + 1 : Number(r)
    column = -1
    if (!Number.isInteger(next) || next <= row || next > LAST_ROW) throw refuse('The rows of the sheet stand twice or out of order. Save the workbook anew.')
    if (next > lastRow) throw ENOUGH
    if ((rows += 1) > MOST_ROWS) throw refuse(TOO_MUCH)
    row = next
    found = []
  }
  const openCell = ({ r, t = 'n', s = '0' }: Attributes): void => {
    const place = r === undefined ? { column: column + 1, row } : placeOf(r)
    if ((cells.left -= 1) < 0) throw refuse(TOO_MUCH)
    if (!place || place.row !== row || place.column <= column) throw refuse('The cells of this row stand twice or out of order. Save the workbook anew.')
    column = place.column
    const isFormula = spilled.some((area) => within(area, column, row))
    cell = { column, row, type: t, style: Number(s), value: '', text: '', isFormula, isBad: false }
  }
  const closeCell = (): void => {
    const read = cell && cellOf(cell, book)
    if (read === undefined) throw refuse(`The cell ${cellName(column, row)} is damaged. Write it anew, and save the workbook.`)
    if (read) found.push({ column, cell: read })
    cell = null
  }
  const openFormula = ({ ref }: Attributes): void => {
    cell!.isFormula = true
    const area = ref ? areaOf(ref) : null
    if (area) spilled.push(area)
    if (spilled.length > MOST_SPILLED) throw refuse('The sheet is full of formulas. Paste their values in their place.')
  }
  const openMerged = ({ ref }: Attributes): void => {
    const area = ref ? areaOf(ref) : null
    if (area) merged.push(area)
    if (!area || merged.length > MOST_MERGED) throw refuseFile('The sheet has merged cells that cannot be read. Unmerge all cells.')
  }

  const open = (name: string, attributes: Attributes): void => {
    path.push(name)
    if (path.length === 2) isIn = name === 'sheetData'
    if (isIn && name === 'row' && path.length === 3) openRow(attributes)
    else if (isIn && name === 'c' && path.length === 4) openCell(attributes)
    else if (cell && name === 'f') openFormula(attributes)
    else if (name === 'mergeCell') openMerged(attributes)
  }
  const close = (name: string): void => {
    const depth = path.length
    path.pop()
    if (isIn && name === 'c' && depth === 4) closeCell()
    else if (isIn && name === 'row' && depth === 3 && found.length > 0) onRow({ row, cells: found })
  }
  const text = (piece: string): void => {
    if (!cell) return
    const name = path.at(-1)
    if (name === 'v' && path.length === 5) cell.value += piece
    else if (name === 't' && !path.includes('rPh')) cell.text += piece
  }
  const badCharacter = (): boolean => {
    if (cell) cell.isBad = true
    return Boolean(cell)
  }
  await readXml(unpacked(book.zip, entry), { open, close, text, badCharacter })
  return merged
}
