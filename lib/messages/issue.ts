import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { database, type Connection, type Tx } from '../db/client.ts'
import { insertTogether, into } from '../db/insert.ts'
import { messages } from '../db/schema.ts'
import { enqueue, MESSAGE } from '../jobs/queue.ts'
import type { Leaf } from '../log/leaf.ts'
import { messageLeaf } from './leaves.ts'
import type { Message } from './rules.ts'

/** Messages as rows for the transaction of what they tell of, and the leaves that prove them. */
export const messageRows = (told: readonly Message[], at: string) => {
  const rows = told.map(({ rule, ...message }) => ({
    id: randomUUID(), ...message, rule: rule?.id ?? null, ruleVersion: rule?.version ?? null, at, salt: randomBytes(32),
  }))
  return { rows, inserts: rows.length > 0 ? [into(messages, rows)] : [], leaves: rows.map(messageLeaf) }
}

/** The jobs of their mails, and a sign to whoever has a page open: both take effect with the transaction. */
export const queueMessages = async (tx: Tx, connection: Connection, rows: readonly { id: string; addressees: readonly string[] }[]): Promise<void> => {
  if (rows.length === 0) return
  await enqueue(tx, connection, MESSAGE, rows.map(({ id }) => ({ messageId: id })), ({ messageId }) => messageId!)
  await tx.execute(sql`select pg_notify('batp_inbox', ${[...new Set(rows.flatMap(({ addressees }) => addressees))].join(',')})`)
}

/** Tells, in the transaction of an act, and leaves the proof to its caller: put the leaves behind those of the act. */
export const tell = async (tx: Tx, told: readonly Message[], at: string): Promise<Leaf[]> => {
  const { rows, inserts, leaves } = messageRows(told, at)
  await insertTogether(tx, inserts)
  await queueMessages(tx, await database(), rows)
  return leaves
}
