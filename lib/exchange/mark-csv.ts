import { asTyped } from './cells.ts'
import { headOf, textOf } from './csv.ts'
import { csvRows } from './csv-rows.ts'
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
 * The user's own table with a column that says what is wrong in each row. What is wrong above or in the header stands in the row under it:
 * a row put in between would move all others away from their names.
 */
export const markCsv = async (bytes: Uint8Array, charset: string | null, reading: Reading): Promise<string> => {
  const text = textOf(bytes, charset)
  const { delimiter, head } = headOf(text)
  const rows = [...csvRows(text, delimiter)]
  const at = columnFor(rows[head.row - 1]!, rows.reduce((most, row) => Math.max(most, row.length), 0))
  const said = Map.groupBy(reading.problems, ({ row }) => Math.max(row ?? 0, head.row + 1))
  const more = moreProblems(reading)
  const length = Math.max(rows.length, ...said.keys())
  const marked = Array.from({ length }, (_, index) => {
    const cells = Array.from({ length: Math.max(at + 1, rows[index]?.length ?? 0) }, (_, column) => asTyped(rows[index]?.[column] ?? ''))
    const problems = (said.get(index + 1) ?? []).map(({ cell, message }) => (cell ? `${cell}: ${message}` : message))
    cells[at] = index + 1 === head.row ? PROBLEMS_HEADER : problems.join(' ')
    return cells
  })
  return csvText(more ? [...marked, [...Array.from({ length: at }, () => ''), more]] : marked, delimiter)
}
