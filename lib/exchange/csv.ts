import type { DeclaredKind } from '../filings/kinds/declared-fields.ts'
import type { Json } from '../log/canonical.ts'
import { asTyped, type Cell, type Placed, type Row } from './cells.ts'
import { csvRows, DELIMITERS, type Delimiter } from './csv-rows.ts'
import { fieldsHeadIn, findPlan, noHead } from './declared-heads.ts'
import { readDeclared } from './declared-reading.ts'
import { formOf, type SheetKind } from './declared-sheets.ts'
import { decodeText } from './encodings.ts'
import { findHead, HEAD_ROWS, type Head } from './head.ts'
import { NO_HEAD, readingOf, type Reading } from './reading.ts'
import { problemAt, problemOf, refuseCell, refuseFile } from './refusal.ts'
import { MOST_DECLARED_CELLS } from './sheet-rows.ts'

/** Blank rows included. */
const MOST_ROWS = 200_000
const TOO_LONG = 'The file has far more rows than a declaration. Remove those that are blank.'

/** Values are texts here. What a spreadsheet would run is a formula, unless an apostrophe keeps it a text. */
const cellOf = (text: string): Cell | null => {
  if (text.trim() === '') return null
  return text.startsWith('=') ? { is: 'formula' } : { is: 'text', text: asTyped(text) }
}

const placed = (texts: readonly string[]): Placed[] => texts.flatMap((text, column): Placed[] => {
  const cell = cellOf(text)
  return cell ? [{ column, cell }] : []
})

const rowOf = (texts: readonly string[], row: number): Row => ({ row, cells: placed(texts) })

const AMBIGUOUS = 'The header can be parted by more than one mark. Use commas, semicolons or tabs, and one of them only.'

/** How a table is told by its header, and how many columns that names. */
type Layout<H> = { headIn: (rows: readonly Row[]) => { head: H; named: number } | null; noHead: string }

const HOLDINGS: Layout<Head> = {
  headIn: (rows) => {
    const head = findHead(rows)
    return head && { head, named: head.columns.size }
  },
  noHead: NO_HEAD,
}
const FIELDS: Layout<Row> = { headIn: fieldsHeadIn, noHead }

type Headed<H> = { delimiter: Delimiter; found: { head: H; named: number } | null; first: Row | undefined; problem: unknown }

const headWith = <H>(text: string, delimiter: Delimiter, { headIn }: Layout<H>): Headed<H> => {
  const rows: Row[] = []
  const headed = (problem: unknown): Headed<H> => ({ delimiter, found: headIn(rows), first: rows.find(({ cells }) => cells.length > 0), problem })
  try {
    for (const texts of csvRows(text, delimiter)) {
      rows.push(rowOf(texts, rows.length + 1))
      if (rows.length === HEAD_ROWS) break
    }
    return headed(null)
  } catch (problem) {
    if (!problemOf(problem)) throw problem
    return headed(problem)
  }
}

/** By the delimiter under which a header names most columns. Under a wrong one marks of quotation may seem not to match. */
const headOf = <H>(text: string, layout: Layout<H>): { delimiter: Delimiter; head: H } => {
  const tried = DELIMITERS.map((delimiter) => headWith(text, delimiter, layout))
  const [best, next] = tried.toSorted((a, b) => (b.found?.named ?? 0) - (a.found?.named ?? 0))
  if (!best?.found) {
    const readable = tried.find(({ problem }) => !problem)
    throw readable ? refuseCell(problemAt(null, readable.first?.row ?? 1, readable.first?.cells[0]?.column ?? 0, layout.noHead)) : tried[0]!.problem
  }
  if (next?.found?.named === best.found.named) throw refuseFile(AMBIGUOUS)
  return { delimiter: best.delimiter, head: best.found.head }
}

/** A first line by which Excel is told the delimiter is not shown there, and counts as no row. */
export const textOf = (bytes: Uint8Array, charset: string | null): string => decodeText(bytes, charset).replace(/^sep=[,;\t]\r?\n/i, '')

function* rowsOf(text: string, delimiter: Delimiter): Generator<Row> {
  let row = 0
  for (const texts of csvRows(text, delimiter)) {
    row += 1
    if (row > MOST_ROWS) throw refuseFile(TOO_LONG)
    yield rowOf(texts, row)
  }
}
/** The rows that hold anything, for tables that are read whole. */
const allRows = (text: string, delimiter: Delimiter): Row[] => {
  const rows: Row[] = []
  let left = MOST_DECLARED_CELLS
  for (const row of rowsOf(text, delimiter)) {
    if (row.cells.length > 0) rows.push(row)
    if ((left -= row.cells.length) < 0) throw refuseFile(TOO_LONG)
  }
  return rows
}

/** The declaration in a CSV: its payload, or every cell that is wrong, named as a spreadsheet would name it. */
export const readCsv = (bytes: Uint8Array, charset: string | null, asOf: string | undefined): Reading => {
  const text = textOf(bytes, charset)
  const { delimiter, head } = headOf(text, HOLDINGS)
  const reading = readingOf(null, head, asOf)
  for (const row of rowsOf(text, delimiter)) reading.row(row)
  return reading.end([])
}

/** Of another kind: its fields, and its list below them. */
export const readDeclaredCsv = (kind: DeclaredKind, bytes: Uint8Array, charset: string | null, asOf: string | undefined): Reading<Record<string, Json>> => {
  const text = textOf(bytes, charset)
  const { delimiter } = headOf(text, FIELDS)
  return readDeclared(kind, [{ sheet: null, rows: allRows(text, delimiter), merged: [] }], asOf)
}

/** By what mark the text is parted, and which of its rows are headers. */
export const headsOf = (kind: SheetKind, text: string): { delimiter: Delimiter; heads: number[] } => {
  if (kind === 'declaration.holdings') {
    const { delimiter, head } = headOf(text, HOLDINGS)
    return { delimiter, heads: [head.row] }
  }
  const { delimiter } = headOf(text, FIELDS)
  const { fields, list } = findPlan(formOf(kind), [{ sheet: null, rows: allRows(text, delimiter), merged: [] }])
  return { delimiter, heads: list ? [fields.row, list.row] : [fields.row] }
}
