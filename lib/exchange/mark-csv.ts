import { asTyped } from './cells.ts'
import { headsOf, textOf } from './csv.ts'
import { csvRows } from './csv-rows.ts'
import type { SheetKind } from './declared-sheets.ts'
import { PROBLEMS_HEADER } from './head.ts'
import { moreProblems } from './problem-rows.ts'
import type { Reading } from './reading.ts'
import { wordKey } from './words.ts'
import { csvText } from './write.ts'

/** Where the problems are written: in the column of an earlier copy, else behind all others. */
const columnFor = (header: readonly string[], width: number): number => {
  const own = header.findIndex((text) => wordKey(text) === wordKey(PROBLEMS_HEADER))
  return own === -1 ? width : own
}

/**
 * The user's own table with a column that says what is wrong in each row. What is wrong above or in a header stands in the row under it:
 * a row put in between would move all others away from their names.
 */
export const markCsv = async (kind: SheetKind, bytes: Uint8Array, charset: string | null, reading: Reading<unknown>): Promise<string> => {
  const text = textOf(bytes, charset)
  const { delimiter, heads } = headsOf(kind, text)
  const first = heads[0]!
  const rows = [...csvRows(text, delimiter)]
  const at = columnFor(rows[first - 1]!, rows.reduce((most, row) => Math.max(most, row.length), 0))
  const under = (row: number): number => (heads.includes(row) ? row + 1 : row)
  const said = Map.groupBy(reading.problems, ({ row }) => under(Math.max(row ?? 0, first)))
  const more = moreProblems(reading)
  const length = Math.max(rows.length, ...said.keys())
  const marked = Array.from({ length }, (_, index) => {
    const cells = Array.from({ length: Math.max(at + 1, rows[index]?.length ?? 0) }, (_, column) => asTyped(rows[index]?.[column] ?? ''))
    const problems = (said.get(index + 1) ?? []).map(({ cell, message }) => (cell ? `${cell}: ${message}` : message))
    cells[at] = heads.includes(index + 1) ? PROBLEMS_HEADER : problems.join(' ')
    return cells
  })
  return csvText(more ? [...marked, [...Array.from({ length: at }, () => ''), more]] : marked, delimiter)
}
