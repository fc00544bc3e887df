import { cellsOf, EMPTY, kept, lineOf, problemIn, statedIn, WIDTH, type Cells, type Stated } from './holdings-cells.ts'
import type { Block } from './holdings-tsv.ts'

export type Row = {
  /** Stays with the row wherever it moves, for as long as the page is open. */
  readonly id: number
  readonly category: string
  readonly cells: Cells
  /** By column; all null on an empty row, which is not a line yet and is not filed. */
  readonly problems: readonly (string | null)[]
  readonly inService: Stated
  readonly inStorage: Stated
  /** The line of the payload, made once: thousands of them are asked for whenever typing pauses. */
  readonly line: Readonly<Record<string, unknown>>
}

/** What is declared: rows kept in the order of their categories, and the categories stated to be nil. */
export type Doc = {
  readonly codes: readonly string[]
  readonly rows: readonly Row[]
  readonly nil: readonly string[]
  readonly nextId: number
}

const CLEAN: readonly null[] = EMPTY.map(() => null)
export const isEmpty = ({ cells }: Pick<Row, 'cells'>): boolean => cells.every((cell) => cell === '')

export const rowOf = (id: number, category: string, typed: Cells): Row => {
  const cells = EMPTY.map((_, column) => kept(column, typed[column] ?? ''))
  const problems = isEmpty({ cells }) ? CLEAN : cells.map((cell, column) => problemIn(column, cell))
  return { id, category, cells, problems, inService: statedIn(cells[1]!), inStorage: statedIn(cells[2]!), line: lineOf(category, cells) }
}

/** Categories that the register does not know stand first, so that they are seen. */
export const rankOf = (codes: readonly string[], category: string): number => codes.indexOf(category)

const holdsSomething = (row: Row): boolean => !isEmpty(row) && (row.inService !== 0 || row.inStorage !== 0)

/** In the order of the categories; a category with holdings is not nil. */
const settled = (doc: Doc, rows: readonly Row[], nil = doc.nil, nextId = doc.nextId): Doc => {
  const held = new Set(rows.filter(holdsSomething).map(({ category }) => category))
  const wanted = [...new Set(nil)].filter((code) => !held.has(code)).toSorted((a, b) => rankOf(doc.codes, a) - rankOf(doc.codes, b))
  return { ...doc, rows: rows.toSorted((a, b) => rankOf(doc.codes, a.category) - rankOf(doc.codes, b.category)), nil: wanted, nextId }
}

type Given = { lines?: unknown; nil?: unknown }

export const docOf = (codes: readonly string[], { lines, nil }: Given): Doc => {
  const given = (Array.isArray(lines) ? lines : []) as Record<string, unknown>[]
  const rows = given.map((line, index) => rowOf(index + 1, String(line.category ?? ''), cellsOf(line)))
  const named = (Array.isArray(nil) ? nil : []).filter((code) => typeof code === 'string')
  return settled({ codes, rows: [], nil: [], nextId: 1 }, rows, named, rows.length + 1)
}

type Filed = { lines: readonly Row['line'][]; nil: readonly string[]; ids: readonly number[] }

/** What would be filed, and which row each line is. */
export const statedOf = ({ rows, nil }: Doc): Filed => {
  const filed = rows.filter((row) => !isEmpty(row))
  return { lines: filed.map(({ line }) => line), nil, ids: filed.map(({ id }) => id) }
}

/** New text by row id and column; rows that are named gain nothing else. */
export type Texts = ReadonlyMap<number, ReadonlyMap<number, string>>

export const withTexts = (doc: Doc, texts: Texts): Doc =>
  settled(doc, doc.rows.map((row) => {
    const own = texts.get(row.id)
    return own ? rowOf(row.id, row.category, row.cells.map((cell, column) => own.get(column) ?? cell)) : row
  }))

/** Puts rows of cells into a category, after one of its rows or at its end. */
export const withRows = (doc: Doc, category: string, cells: readonly Cells[], after?: number): Doc => {
  const added = cells.map((own, index) => rowOf(doc.nextId + index, category, own))
  const own = doc.rows.findLastIndex((row) => (after === undefined ? row.category === category : row.id === after))
  const place = own === -1 ? doc.rows.length : own + 1
  return settled(doc, doc.rows.toSpliced(place, 0, ...added), doc.nil, doc.nextId + added.length)
}

export const withoutRows = (doc: Doc, ids: ReadonlySet<number>): Doc => settled(doc, doc.rows.filter(({ id }) => !ids.has(id)))

export const moved = (doc: Doc, ids: ReadonlySet<number>, category: string): Doc =>
  settled(doc, [...doc.rows.filter(({ id }) => !ids.has(id)), ...doc.rows.filter(({ id }) => ids.has(id)).map(({ id, cells }) => rowOf(id, category, cells))])

/** Nil takes away the category's empty rows: nothing is held, so nothing is listed. */
export const withNil = (doc: Doc, wanted: readonly string[], isNil: boolean): Doc => {
  if (!isNil) return settled(doc, doc.rows, doc.nil.filter((code) => !wanted.includes(code)))
  return settled(doc, doc.rows.filter((row) => !(isEmpty(row) && wanted.includes(row.category))), [...doc.nil, ...wanted])
}

/** Categories that are neither lined nor nil. Those in `besides` are stated elsewhere or cover nothing of their own. */
export const undeclared = (doc: Doc, besides: readonly string[]): string[] => {
  const named = new Set([...doc.nil, ...besides, ...doc.rows.filter((row) => !isEmpty(row)).map(({ category }) => category)])
  return doc.codes.filter((code) => !named.has(code))
}

const HEADINGS = /^(category|code)$/i

/** Rows that carry their category in the first of seven columns: by that code, whatever its case. Null where the block is none of these. */
export const byCategory = (codes: readonly string[], block: Block): { category: string; cells: Cells }[] | null => {
  const rows = (HEADINGS.test(block[0]?.[0]?.trim() ?? '') ? block.slice(1) : block).filter((row) => row.some((cell) => cell.trim() !== ''))
  const known = new Map(codes.map((code) => [code.toLowerCase(), code]))
  const isKnown = (row: readonly string[]) => known.has(row[0]!.trim().toLowerCase())
  const isWide = rows.some((row) => row.length > WIDTH)
  if (rows.length === 0 || !(isWide ? rows.some(isKnown) : rows.every((row) => row.length > 2 && isKnown(row)))) return null
  return rows.map(([code = '', ...cells]) => ({ category: known.get(code.trim().toLowerCase()) ?? code.trim(), cells }))
}

export const withCategorised = (doc: Doc, given: readonly { category: string; cells: Cells }[]): Doc => {
  const added = given.map(({ category, cells }, index) => rowOf(doc.nextId + index, category, cells))
  return settled(doc, [...doc.rows, ...added], doc.nil, doc.nextId + added.length)
}

export type Total = { category: string; lines: number; inService: number; inStorage: number; withheld: number; unread: number }

const add = (total: Total, key: 'inService' | 'inStorage', value: Stated): void => {
  if (typeof value === 'number') total[key] += value
  else if (value) total.withheld += 1
  else total.unread += 1
}

/** Sums per category; withheld quantities and those that cannot be read are counted apart, never as zero. */
export const totalsIn = (doc: Pick<Doc, 'rows' | 'nil'>): ReadonlyMap<string, Total> => {
  const totals = new Map<string, Total>()
  const of = (category: string) => {
    const total = totals.get(category) ?? { category, lines: 0, inService: 0, inStorage: 0, withheld: 0, unread: 0 }
    totals.set(category, total)
    return total
  }
  doc.nil.forEach(of)
  for (const row of doc.rows) {
    if (isEmpty(row)) continue
    const total = of(row.category)
    total.lines += 1
    add(total, 'inService', row.inService)
    add(total, 'inStorage', row.inStorage)
  }
  return totals
}
