import { COLUMNS } from './holdings-cells.ts'
import type { Marks } from './holdings-table.tsx'
import type { OpenDraft } from './use-draft.ts'

/** A remark of an approver at its cell; one of a line as a whole is at column -1. */
export type Remarked = { readonly row: number; readonly column: number; readonly remark: string }

/** The cell of '/lines/12/inService', in a grid that was opened with these lines: its rows are numbered from 1 in their order. */
export const cellAt = (at: string): Omit<Remarked, 'remark'> | null => {
  const [, line, key] = /^\/lines\/(\d+)(?:\/(\w+))?/.exec(at) ?? []
  return line === undefined ? null : { row: Number(line) + 1, column: COLUMNS.findIndex((column) => column.key === key) }
}

export const remarkedIn = (remarks: OpenDraft['remarks']): Remarked[] =>
  remarks.flatMap(({ at, remark }) => {
    const cell = at === null ? null : cellAt(at)
    return cell ? [{ ...cell, remark }] : []
  })

/** The columns to mark, by row; a line as a whole is marked at its type. */
export const remarkMarks = (remarked: readonly Remarked[]): Marks =>
  new Map([...Map.groupBy(remarked, ({ row }) => row)].map(([row, own]) => [row, own.map(({ column }) => Math.max(0, column))]))
