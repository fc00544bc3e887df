import type { Quantity } from '../filings/kinds/stated.ts'
import type { CategoryCode } from '../taxonomy/rules.ts'
import { readText, type Cell, type Read, type Row } from './cells.ts'
import { columnOf, readCategory } from './columns.ts'
import type { Head } from './head.ts'
import { readQuantity } from './quantities.ts'
import { isNilWord, type Field } from './words.ts'

export type Line = { category: CategoryCode; type: string; inService: Quantity; inStorage: Quantity; unit?: string; site?: string; remark?: string }
type Problem = { column: number; message: string }
/** What one row says: a line, a category that is nil, or what is wrong with it. */
export type LineRead = { line: Line } | { nil: CategoryCode } | { problems: Problem[] }

type Cells = (field: Field) => Cell | undefined
type Refuse = (field: Field, message: string) => undefined

const NOTES = ['unit', 'site', 'remark'] as const

/** “nil” in a column of its own; anything else in it is a problem. */
const readState = (cells: Cells, refuse: Refuse): boolean => {
  const read = readText(cells('state'))
  if ('problem' in read) return Boolean(refuse('state', read.problem))
  if (read.value === undefined || isNilWord(read.value)) return read.value !== undefined
  return Boolean(refuse('state', 'This column takes “nil” or nothing. Withheld stands with its reason in the quantity itself.'))
}

const zero = (cells: Cells, field: 'inService' | 'inStorage', isNil: boolean): Read<Quantity> =>
  (isNil && !cells(field) ? { value: 0 } : readQuantity(cells(field), columnOf(field).what))

type Stated = {
  type: string | undefined; inService: Quantity | undefined; inStorage: Quantity | undefined; notes: Partial<Record<(typeof NOTES)[number], string>>
}

const NIL_HAS_NO_TYPE = 'The row states nil, which is said of a category as a whole. Leave the type blank, or write 0 in both quantities.'
const OUTSIDE = 'Something stands here outside of the table, in a column without a heading. Remove it.'

/** A row without a type states its category as nil, and nothing else. */
const refuseBeside = ({ type, inService, inStorage, notes }: Stated, isNil: boolean, refuse: Refuse): void => {
  const isNothing = inService === 0 && inStorage === 0
  if (isNil && type !== undefined) refuse('type', NIL_HAS_NO_TYPE)
  if (isNil) for (const field of ['inService', 'inStorage'] as const) {
    const stated = { inService, inStorage }[field]
    if (stated !== 0 && stated !== undefined) refuse(field, 'The row states nil, and a quantity as well. Remove one of them.')
  }
  if (type === undefined && !isNil && !isNothing && inService !== undefined && inStorage !== undefined) {
    refuse('type', 'State the type or model. Only a category that is nil, 0 and 0, has none.')
  }
  if (type === undefined && (isNil || isNothing)) for (const field of NOTES) {
    if (notes[field] !== undefined) refuse(field, `A nil is said of a category as a whole and takes no ${field}. Remove it, or state the type.`)
  }
}

const valueOf = <T>(read: Read<T>, field: Field, refuse: Refuse): T | undefined => ('problem' in read ? refuse(field, read.problem) : read.value)

/** One row under the header. Every problem names its cell; a row with a problem gives nothing. */
export const readLine = ({ columns, aside }: Pick<Head, 'columns' | 'aside'>, { cells: placed }: Row): LineRead => {
  const problems: Problem[] = []
  const at = new Map(placed.map(({ column, cell }) => [column, cell]))
  const cells: Cells = (field) => at.get(columns.get(field) ?? -1)
  const refuse: Refuse = (field, message) => { problems.push({ column: columns.get(field) ?? 0, message }) }
  const known = new Set(columns.values())
  for (const { column } of placed) {
    if (!known.has(column) && !aside.has(column)) problems.push({ column, message: OUTSIDE })
  }
  const category = valueOf(readCategory(cells('category')), 'category', refuse)
  if (category === undefined && problems.every(({ column }) => column !== columns.get('category'))) refuse('category', 'Choose a category.')
  const isNil = readState(cells, refuse)
  const before = problems.length
  const type = valueOf(readText(cells('type')), 'type', refuse)
  const hasType = problems.length === before
  const inService = valueOf(zero(cells, 'inService', isNil), 'inService', refuse)
  const inStorage = valueOf(zero(cells, 'inStorage', isNil), 'inStorage', refuse)
  const texts = NOTES.map((field) => [field, valueOf(readText(cells(field)), field, refuse)] as const)
  const notes = Object.fromEntries(texts.filter(([, text]) => text !== undefined))
  if (hasType) refuseBeside({ type, inService, inStorage, notes }, isNil, refuse)
  if (problems.length > 0) return { problems }
  return type === undefined ? { nil: category! } : { line: { category: category!, type, inService: inService!, inStorage: inStorage!, ...notes } }
}
