import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Tx } from './client.ts'

type Insert = { table: PgTable; rows: Record<string, unknown>[]; ignoreConflict: boolean }

/** Rows for one table of `insertTogether`. All rows state the same columns; those left out take their defaults. */
export const into = <T extends PgTable>(table: T, rows: T['$inferInsert'][], ignoreConflict = false): Insert => ({ table, rows, ignoreConflict })

const texts = new WeakMap<PgTable, Map<string, { before: string; after: string }>>()

/** The statement for one table and set of columns; its rows travel as one JSON parameter, so its text never varies with their number. */
const textOf = ({ table, rows, ignoreConflict }: Insert): { before: string; after: string } => {
  const known = texts.get(table) ?? new Map<string, { before: string; after: string }>()
  texts.set(table, known)
  const key = Object.keys(rows[0]!).join(',') + String(ignoreConflict)
  const found = known.get(key)
  if (found) return found
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name in rows[0]!).map(([, column]) => column)
  const names = columns.map((column) => `"${column.name}"`).join(', ')
  const types = columns.map((column) => `"${column.name}" ${column.getSQLType()}`).join(', ')
  const text = {
    before: `insert into "${getTableName(table)}" (${names}) select ${names} from jsonb_to_recordset(`,
    after: `::jsonb) as r(${types})${ignoreConflict ? ' on conflict do nothing' : ''}`,
  }
  known.set(key, text)
  return text
}

const asJson = ({ table, rows }: Insert): string => {
  const columns = getTableColumns(table)
  return JSON.stringify(rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) =>
    [columns[name]!.name, value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value]))))
}

/**
 * Inserts into several tables in one statement, so in one trip to the database: foreign keys are checked when all of it is
 * there, whatever the order. What a filing writes is nine tables; nine trips would cost more than the work in them.
 */
export const insertTogether = async (tx: Tx, inserts: Insert[]): Promise<void> => {
  const parts = inserts.filter(({ rows }) => rows.length > 0).map((insert, index) => {
    const { before, after } = textOf(insert)
    return sql`${sql.raw(`i${index} as (${before}`)}${asJson(insert)}${sql.raw(`${after})`)}`
  })
  if (parts.length > 0) await tx.execute(sql`with ${sql.join(parts, sql`, `)} select 1`)
}
