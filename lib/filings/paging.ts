import { sql, type SQL } from 'drizzle-orm'
import { entries } from '../db/schema.ts'
import { AppError } from '../shared/errors.ts'
import type { FILING_SORTS } from './input.ts'

type Sort = (typeof FILING_SORTS)[number]

/** Never null, so that a row can be compared with the one before it. */
const COLUMNS: Record<string, SQL> = {
  filedAt: sql`${entries.filedAt}`,
  participant: sql`${entries.participant}`,
  type: sql`coalesce(${entries.type}, '')`,
  // A declaration states quantities by category; their sum over categories is no quantity to sort by.
  quantity: sql`case when ${entries.kind} = 'declaration.holdings' then -1 else coalesce(${entries.quantity}, -1) end`,
  number: sql`${entries.number}`,
}
const CASTS: Record<string, SQL> = { filedAt: sql`::timestamptz`, quantity: sql`::integer` }

export const sortOf = (sort: Sort): { name: string; column: SQL; direction: 'asc' | 'desc' } => {
  const name = sort.replace('-', '')
  return { name, column: COLUMNS[name]!, direction: sort.startsWith('-') ? 'desc' : 'asc' }
}

export const encodeCursor = (position: [string, string]): string => Buffer.from(JSON.stringify(position)).toString('base64url')

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NUL = '\u0000'

export const decodeCursor = (cursor: string): [string, string] => {
  try {
    const [value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[]
    if (typeof value === 'string' && !value.includes(NUL) && typeof id === 'string' && ID.test(id)) return [value, id]
  } catch { /* falls through to the refusal */ }
  throw new AppError('invalid', 'This is not a cursor that the register gave.', [{ pointer: '/cursor', message: 'Leave it out to start from the first page.' }])
}

/** The position in its column as the database takes it; null when it is of another column. */
const positionIn = (name: string, value: string): string | null => {
  if (name === 'filedAt') return /^(19|20)\d\d-/.test(value) && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : null
  if (name === 'quantity') return /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) < 2 ** 31 ? value : null
  return value
}

/** Rows after the last one of the page before, in the list's order. */
export const keysetAfter = (sort: Sort, [value, id]: [string, string]): SQL => {
  const { name, column, direction } = sortOf(sort)
  const at = positionIn(name, value)
  if (at === null) throw new AppError('invalid', 'This cursor is of a list sorted otherwise.', [{ pointer: '/cursor', message: 'Leave it out to start from the first page.' }])
  const position = sql`(${at}${CASTS[name] ?? sql``}, ${id}::uuid)`
  return direction === 'desc' ? sql`(${column}, ${entries.entryId}) < ${position}` : sql`(${column}, ${entries.entryId}) > ${position}`
}
