import type { startDeclaration } from '@/lib/declarations/queries.ts'
import { COLUMNS } from './holdings-cells.ts'
import type { Doc } from './holdings-grid.ts'

export type Start = Awaited<ReturnType<typeof startDeclaration>>
type Change = Start['carried'][number]

/** A change since the last declaration, and the cell that still says what it came to; null where none does. */
export type Carried = Change & { readonly cell: { readonly row: number; readonly column: number } | null }

type Named = { category: string; type: string; unit?: string | undefined; site?: string | undefined }
const keyOf = ({ category, type, unit = '', site = '' }: Named): string => JSON.stringify([category, type, unit, site])

/** Where each change stands. What was typed over it since is no longer its figure. */
export const carriedIn = (doc: Doc, { lines, carried }: Pick<Start, 'lines' | 'carried'>): Carried[] => {
  if (carried.length === 0) return []
  const rows = new Map(doc.rows.toReversed().map((row) => {
    const [type = '', , , unit, site] = row.cells
    return [keyOf({ category: row.category, type, unit, site }), row]
  }))
  return carried.map((change) => {
    const line = change.line === null ? undefined : lines[change.line]
    const row = line && rows.get(keyOf(line))
    const column = COLUMNS.findIndex(({ key }) => key === change.field)
    const isStill = row && line && change.field !== null && row.cells[column] === String(line[change.field])
    return { ...change, cell: isStill ? { row: row.id, column } : null }
  })
}

/** The columns to mark, by row. */
export const marksOf = (carried: readonly Carried[]): ReadonlyMap<number, readonly number[]> => {
  const cells = carried.flatMap(({ cell }) => (cell ? [cell] : []))
  return new Map([...Map.groupBy(cells, ({ row }) => row)].map(([row, own]) => [row, own.map(({ column }) => column)]))
}
