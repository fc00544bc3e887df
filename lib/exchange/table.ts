import type { Json } from '../log/canonical.ts'
import { COLUMNS } from './columns.ts'
import type { OutCell } from './workbook-write.ts'

/** A declaration as far as somebody may read it, or as far as it has been typed: a draft may lack anything. */
export type Declared = { asOf: string | null; remark: string | null; lines: readonly Readonly<Record<string, Json>>[]; nil: readonly string[] }

const AS_OF = 'As of'
const REMARK = 'Remark'
export const NIL = 'nil'

const text = (value: string | null): OutCell => ({ value, style: 'text' })
const isWithheld = (value: Json | undefined): value is { withheld: string } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value.withheld === 'string'

/** Nil, blank and withheld stay three things: 0, nothing, and “withheld: reason”. */
const cellOf = (value: Json | undefined): OutCell => {
  if (typeof value === 'number') return { value, style: 'count' }
  if (isWithheld(value)) return text(`withheld: ${value.withheld}`)
  return text(typeof value === 'string' ? value : null)
}

const above = ({ asOf, remark }: Declared): OutCell[][] => [
  [{ value: AS_OF, style: 'label' }, text(asOf)],
  ...(remark ? [[{ value: REMARK, style: 'label' } as OutCell, text(remark)]] : []),
  [],
]

export type Table = { rows: OutCell[][]; head: number }

/** The sheet of a declaration: of which day, the header, its lines, and a row for each category that is nil. `head` counts from 1. */
export const tableOf = (declared: Declared): Table => {
  const start = above(declared)
  const header = COLUMNS.map((column): OutCell => ({ value: column.header, style: 'header' }))
  const lines = declared.lines.map((line) => COLUMNS.map(({ field }) => cellOf(line[field])))
  const nil = declared.nil.map((category) => [text(category), text(null), text(NIL), text(NIL)])
  return { rows: [...start, header, ...lines, ...nil], head: start.length + 1 }
}

type Total = { category: string; inService: number; inStorage: number; withheld: number }

/** What all may read of a declaration: sums by category. It lacks the types, so nobody takes it for a declaration. */
export const totalsTable = (asOf: string | null, totals: readonly Total[]): Table => {
  const names = ['Category', 'In service (pieces)', 'In storage (pieces)', 'Quantities withheld, not counted']
  const rows = totals.map((total) => [total.category, total.inService, total.inStorage, total.withheld].map(cellOf))
  const header = names.map((value): OutCell => ({ value, style: 'header' }))
  return { rows: [...above({ asOf, remark: null, lines: [], nil: [] }), header, ...rows], head: 3 }
}
