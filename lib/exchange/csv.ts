import { asTyped, type Cell, type Placed, type Row } from './cells.ts'
import { csvRows, DELIMITERS, type Delimiter } from './csv-rows.ts'
import { decodeText } from './encodings.ts'
import { findHead, HEAD_ROWS, type Head } from './head.ts'
import { NO_HEAD, readingOf, type Reading } from './reading.ts'
import { problemAt, problemOf, refuseCell, refuseFile } from './refusal.ts'

/** Blank rows included. */
const MOST_ROWS = 200_000

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

type Headed = { delimiter: Delimiter; head: Head | null; first: Row | undefined; problem: unknown }

const headWith = (text: string, delimiter: Delimiter): Headed => {
  const rows: Row[] = []
  const headed = (problem: unknown): Headed => ({ delimiter, head: findHead(rows), first: rows.find(({ cells }) => cells.length > 0), problem })
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
export const headOf = (text: string): { delimiter: Delimiter; head: Head } => {
  const tried = DELIMITERS.map((delimiter) => headWith(text, delimiter))
  const [best, next] = tried.toSorted((a, b) => (b.head?.columns.size ?? 0) - (a.head?.columns.size ?? 0))
  if (!best?.head) {
    const readable = tried.find(({ problem }) => !problem)
    throw readable ? refuseCell(problemAt(null, readable.first?.row ?? 1, readable.first?.cells[0]?.column ?? 0, NO_HEAD)) : tried[0]!.problem
  }
  if (next?.head?.columns.size === best.head.columns.size) throw refuseFile(AMBIGUOUS)
  return { delimiter: best.delimiter, head: best.head }
}

/** A first line by which Excel is told the delimiter is not shown there, and counts as no row. */
export const textOf = (bytes: Uint8Array, charset: string | null): string => decodeText(bytes, charset).replace(/^sep=[,;\t]\r?\n/i, '')

/** The declaration in a CSV: its payload, or every cell that is wrong, named as a spreadsheet would name it. */
export const readCsv = (bytes: Uint8Array, charset: string | null, asOf: string | undefined): Reading => {
  const text = textOf(bytes, charset)
  const { delimiter, head } = headOf(text)
  const reading = readingOf(null, head, asOf)
  let row = 0
  for (const texts of csvRows(text, delimiter)) {
    row += 1
    if (row > MOST_ROWS) throw refuseFile('The file has far more rows than a declaration. Remove those that are blank.')
    reading.row(rowOf(texts, row))
  }
  return reading.end([])
}
