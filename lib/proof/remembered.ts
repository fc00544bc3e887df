import { sql, type SQL } from 'drizzle-orm'
import { rows, type Tx } from '../db/client.ts'
import type { Reading } from '../log/publish.ts'
import type { Finding } from './finding.ts'

/** What was found in one part of the register, and what the checks of other parts need of it. `isOpen`: it rests on what is still to be checked. */
export type Part<T> = { findings: Finding[]; answer: T; isOpen?: boolean }

/**
 * The parts in which nothing was found, each under the fingerprint of its rows. Kept by a process, for itself: what a file or a table
 * told of earlier checks, whoever holds the database could have written.
 */
export type Memory = Map<string, { fingerprint: string; answer: unknown }>

/**
 * A query for SHA-256 over all rows `t` of each source ("table t where ..."), whole: `record_send` writes every column under its type
 * and its length, so different rows are different bytes. In the order of those bytes, whatever order the rows are found in.
 */
export const fingerprintOf = (sources: readonly SQL[], ahead: SQL = sql``): SQL => {
  const each = sources.map((source) => sql`sha256(coalesce((select string_agg(r, ''::bytea order by r) from (select record_send(t) as r from ${source}) s), ''))`)
  return sql`${ahead} select encode(sha256(${sql.join(each, sql` || `)}), 'hex') as fingerprint`
}

/** The rows of a table that belong to those of `ids` (a query for each `id` once). One look into an index each: the planner would rather read the whole table. */
export const belongingTo = (ids: SQL, table: string, column: string): SQL =>
  sql`(${ids}) b cross join lateral (select x.* from ${sql.identifier(table)} x where x.${sql.identifier(column)} = b.id offset 0) t`

/** Of ids, from one up to another; null: without end. */
export type Range = { from: string | null; to: string | null }
export const EVERYTHING: Range = { from: null, to: null }

/**
 * Ranges of about 256 filings that cover every id there could be. A range begins where the hash of a filing's own id says so: one filing
 * more is in one range more or less, and leaves the others as they were.
 */
export const rangesOfFilings = async (read: Reading): Promise<Range[]> => {
  const starts = await read((tx) => rows<{ id: string }>(tx, sql`select id::text as id from filings where get_byte(sha256(uuid_send(id)), 0) = 0 order by filings.id`))
  const ends = [null, ...starts.map(({ id }) => id), null]
  return ends.slice(1).map((to, at) => ({ from: ends[at]!, to }))
}

export const within = (column: SQL, { from, to }: Range): SQL =>
  sql`${from === null ? sql`true` : sql`${column} >= ${from}::uuid`} and ${to === null ? sql`true` : sql`${column} < ${to}::uuid`}`

type Question = {
  read: Reading
  /** Without one everything is verified, and nothing remembered. */
  memory?: Memory | undefined
  key: string
  /** On what the check depends beside its rows. */
  given?: string
  /** A query for one, over all rows that `verify` reads. */
  fingerprint: SQL
}

/**
 * Verifies a part unless its rows are, byte for byte, those in which nothing was found before. One snapshot for the fingerprint and for
 * what is verified: rows changed in between, and back, would be remembered as good.
 */
export const remembered = <T>({ read, memory, key, given = '', fingerprint }: Question, verify: (tx: Tx) => Promise<Part<T>>): Promise<Part<T>> =>
  read(async (tx) => {
    await tx.execute(sql`set transaction isolation level repeatable read, read only`)
    if (!memory) return verify(tx)
    const [found] = await rows<{ fingerprint: string }>(tx, fingerprint)
    const [known, now] = [memory.get(key), `${found!.fingerprint} ${given}`]
    if (known?.fingerprint === now) return { findings: [], answer: known.answer as T }
    const part = await verify(tx)
    if (part.findings.length === 0 && !part.isOpen) memory.set(key, { fingerprint: now, answer: part.answer })
    else memory.delete(key)
    return part
  })
