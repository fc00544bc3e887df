import type { DeclaredKind } from '../filings/kinds/declared-fields.ts'
import type { Json } from '../log/canonical.ts'
import { formatList } from '../shared/format.ts'
import { quoted, type Row } from './cells.ts'
import type { Part } from './declared-heads.ts'
import { readDeclared } from './declared-reading.ts'
import type { SheetKind } from './declared-sheets.ts'
import { findHead, HEAD_ROWS, isWhole, type Head } from './head.ts'
import { NO_HEAD, readingOf, type Reading } from './reading.ts'
import { problemAt, refuseCell, refuseFile } from './refusal.ts'
import { MOST_CELLS, MOST_DECLARED_CELLS, readRows } from './sheet-rows.ts'
import { TEMPLATE_SHEET, TEMPLATE_VERSION } from './template-mark.ts'
import type { SheetPart, Workbook } from './workbook.ts'

type Headed = { sheet: SheetPart; head: Head | null; first: Row | undefined }
type Allowance = { left: number }

const firstRows = async (book: Workbook, sheet: SheetPart, cells: Allowance): Promise<Row[]> => {
  const rows: Row[] = []
  await readRows(book, sheet, (row) => rows.push(row), cells, HEAD_ROWS)
  return rows
}

/** A template of another version may mean other things by the same columns, and one of another kind does. */
const refuseOtherTemplates = async (kind: SheetKind, book: Workbook, cells: Allowance): Promise<void> => {
  const mark = book.sheets.find(({ name, isVisible }) => name === TEMPLATE_SHEET && !isVisible)
  const [row] = mark ? await firstRows(book, mark, cells) : []
  const [name, version] = [row?.cells[0]?.cell, row?.cells[1]?.cell]
  if (name?.is === 'text' && name.text !== kind) {
    throw refuseFile(`This workbook was made from the template of ${quoted(name.text)}, and is sent as ${quoted(kind)}. Send it there, or download the right template.`)
  }
  if (version && !(version.is === 'number' && version.value === TEMPLATE_VERSION)) {
    throw refuseFile('This workbook was made from a template of another version. Download the template anew and copy the lines into it.')
  }
}

/** The one visible sheet whose header names all columns; failing that, the one that comes nearest, to say what it lacks. */
const sheetToRead = (headed: readonly Headed[]): Headed & { head: Head } => {
  const whole = headed.filter(({ head }) => head && isWhole(head))
  if (whole.length > 1) {
    const names = formatList(whole.map(({ sheet }) => `“${sheet.name}”`))
    throw refuseFile(`${names} are headed as declarations of holdings, and only one can be meant. Remove or hide the others.`)
  }
  const best = whole[0] ?? headed.toSorted((a, b) => (b.head?.columns.size ?? 0) - (a.head?.columns.size ?? 0))[0]
  if (best?.head) return { ...best, head: best.head }
  const shown = headed.find(({ first }) => first) ?? headed[0]
  if (!shown) throw refuseFile('The workbook has no visible sheet.')
  throw refuseCell(problemAt(shown.sheet.name, shown.first?.row ?? 1, shown.first?.cells[0]?.column ?? 0, NO_HEAD))
}

/** The declaration in a workbook: its payload, or every cell that is wrong. */
export const readXlsx = async (book: Workbook, asOf: string | undefined): Promise<Reading> => {
  const cells: Allowance = { left: MOST_CELLS }
  await refuseOtherTemplates('declaration.holdings', book, cells)
  const headed: Headed[] = []
  for (const sheet of book.sheets.filter(({ isVisible }) => isVisible)) {
    const rows = await firstRows(book, sheet, cells)
    headed.push({ sheet, head: findHead(rows), first: rows[0] })
  }
  const { sheet, head } = sheetToRead(headed)
  const reading = readingOf(sheet.name, head, asOf)
  return reading.end(await readRows(book, sheet, reading.row, cells))
}

/** Of another kind: its fields and its list, from whichever visible sheets are headed as these are. */
export const readDeclaredXlsx = async (kind: DeclaredKind, book: Workbook, asOf: string | undefined): Promise<Reading<Record<string, Json>>> => {
  const cells: Allowance = { left: MOST_DECLARED_CELLS }
  await refuseOtherTemplates(kind, book, cells)
  const parts: Part[] = []
  for (const sheet of book.sheets.filter(({ isVisible }) => isVisible)) {
    const rows: Row[] = []
    const merged = await readRows(book, sheet, (row) => rows.push(row), cells)
    parts.push({ sheet: sheet.name, rows, merged })
  }
  return readDeclared(kind, parts, asOf)
}
