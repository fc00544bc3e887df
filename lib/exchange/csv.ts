import type { CsvError } from 'csv-parse'
import type { AppError } from '../shared/errors.ts'
import { asTyped, type Cell, type Placed, type Row } from './cells.ts'
import { decodeText } from './encodings.ts'
import { findHead, HEAD_ROWS, type Head } from './head.ts'
import { NO_HEAD, readingOf, type Reading } from './reading.ts'
import { problemAt, problemOf, refuseCell, refuseFile } from './refusal.ts'

const DELIMITERS = [',', ';', '\t'] as const
export type Delimiter = (typeof DELIMITERS)[number]
/** A row of 64 cells as long as they may be is shorter. */
const LONGEST_ROW = 200_000
/** Blank rows included. */
const MOST_ROWS = 200_000

/** Values are texts here. What a spreadsheet would run is a formula, unless an apostrophe keeps it a text. */
const cellOf = (text: string): Cell | null => {
  if (text.trim() === '') return null
  return text.startsWith('=') ? { is: 'formula' } : { is: 'text', text: asTyped(text) }
}

export const placed = (texts: readonly string[]): Placed[] => texts.flatMap((text, column): Placed[] => {
  const cell = cellOf(text)
  return cell ? [{ column, cell }] : []
})

const QUOTES = 'The quotation marks of this cell do not match. A cell that holds one is written in quotation marks, with two for each inside.'

const refusedBy = (error: CsvError & { records?: number; column?: number }): AppError => {
  const [row, column] = [(error.records ?? 0) + 1, typeof error.column === 'number' ? error.column : 0]
  const isLong = error.code === 'CSV_MAX_RECORD_SIZE'
  return refuseCell(problemAt(null, row, column, isLong ? 'This row is longer than any row of a declaration. A quotation mark in it may not be closed.' : QUOTES))
}

/** Rows as a spreadsheet counts them: a line break within quotation marks begins none. `onRow` answers false when it has seen enough. */
export const eachRow = async (text: string, delimiter: Delimiter, onRow: (texts: string[], row: number) => void, to = -1): Promise<void> => {
  const { parse, CsvError } = await import('csv-parse/sync')
  let row = 0
  const on_record = (texts: string[]): null => {
    row += 1
    if (row > MOST_ROWS) throw refuseFile('The file has far more rows than a declaration. Remove those that are blank.')
    onRow(texts, row)
    return null
  }
  try {
    parse(text, { delimiter, relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'], max_record_size: LONGEST_ROW, on_record, ...(to > 0 ? { to } : {}) })
  } catch (error) {
    throw error instanceof CsvError ? refusedBy(error) : error
  }
}

const rowOf = (texts: readonly string[], row: number): Row => ({ row, cells: placed(texts) })

type Headed = { delimiter: Delimiter; head: Head | null; problem: unknown }

const headWith = async (text: string, delimiter: Delimiter): Promise<Headed> => {
  const rows: Row[] = []
  try {
    await eachRow(text, delimiter, (texts, row) => rows.push(rowOf(texts, row)), HEAD_ROWS)
    return { delimiter, head: findHead(rows), problem: null }
  } catch (problem) {
    if (!problemOf(problem)) throw problem
    return { delimiter, head: findHead(rows), problem }
  }
}

/** By the delimiter under which a header names most columns. */
export const headOf = async (text: string): Promise<{ delimiter: Delimiter; head: Head }> => {
  const tried: Headed[] = []
  for (const delimiter of DELIMITERS) tried.push(await headWith(text, delimiter))
  const [best, next] = tried.toSorted((a, b) => (b.head?.columns.size ?? 0) - (a.head?.columns.size ?? 0))
  if (!best?.head) throw tried.find(({ problem }) => problem)?.problem ?? refuseCell(problemAt(null, 1, 0, NO_HEAD))
  if (next?.head?.columns.size === best.head.columns.size) throw refuseFile('The header can be parted by more than one mark. Use commas, semicolons or tabs, and one of them only.')
  return { delimiter: best.delimiter, head: best.head }
}

/** The declaration in a CSV: its payload, or every cell that is wrong, named as a spreadsheet would name it. */
export const readCsv = async (bytes: Uint8Array, charset: string | null, asOf: string | undefined): Promise<Reading> => {
  const text = decodeText(bytes, charset)
  const { delimiter, head } = await headOf(text)
  const reading = readingOf(null, head, asOf)
  await eachRow(text, delimiter, (texts, row) => reading.row(rowOf(texts, row)))
  return reading.end([])
}
