import { inArray } from 'drizzle-orm'
import { clarificationPrompts } from '../clarification/remind.ts'
import { takeTurn, type Connection, type Tx } from '../db/client.ts'
import { insertTogether } from '../db/insert.ts'
import { messages } from '../db/schema.ts'
import { appendLeaves } from '../log/append.ts'
import { mustSign, openedLog, publishAll } from '../log/publish.ts'
import { messageRows, queueMessages } from '../messages/issue.ts'
import type { StoredMessage } from '../messages/leaves.ts'
import type { Message } from '../messages/rules.ts'
import { invitationReminders } from '../observation/remind.ts'
import { beatOnce } from './pulse.ts'
import { startRounds } from './rounds.ts'

/** What is due to be told of one sort of matter as of `now`, whether or not it has been told: each step of a subject is told once. */
export type Source = (tx: Tx, now: Date) => Promise<Message[]>
const SOURCES: readonly Source[] = [invitationReminders, clarificationPrompts]
const EVERY_MS = 60_000

const keyOf = ({ subject, step }: Pick<Message, 'subject' | 'step'>): string => `${subject} ${step}`

const untold = async (tx: Tx, due: readonly Message[]): Promise<Message[]> => {
  if (due.length === 0) return []
  const before = await tx.select({ subject: messages.subject, step: messages.step }).from(messages).where(inArray(messages.subject, [...new Set(due.map(({ subject }) => subject))]))
  const told = new Set(before.map(keyOf))
  return due.filter((message) => !told.has(keyOf(message)))
}

/**
 * Tells what is due in the register's own name, each step once, whoever else does the same at this moment. The messages, their entries of
 * the log and the jobs of their mails are of one transaction: a crash before its end leaves none of them, and the next round tells.
 */
export const promptOnce = async (connection: Connection, now: Date, sources: readonly Source[] = SOURCES): Promise<StoredMessage[]> => {
  // Before the transaction: PGlite has one session, so within it opening the log would wait for ever.
  const log = await openedLog()
  const made = await connection.transaction('batp_worker', async (tx) => {
    await takeTurn(tx, 'batp-prompts')
    const due: Message[] = []
    for (const source of sources) due.push(...await source(tx, now))
    const { rows, inserts, leaves } = messageRows(await untold(tx, due), now.toISOString())
    if (rows.length === 0) return []
    // Nothing official is written that could not be signed.
    mustSign(log)
    await insertTogether(tx, inserts)
    await queueMessages(tx, connection, rows)
    await appendLeaves(tx, leaves)
    return rows
  })
  if (made.length > 0) await publishAll()
  return made
}

export const startPrompting = (connection: Connection): (() => Promise<void>) => startRounds({
  firstMs: 10_000, everyMs: EVERY_MS, did: 'told what is due', failed: 'could not tell what is due',
  round: async () => {
    const now = new Date()
    const outage = await beatOnce(connection, now)
    return (await promptOnce(connection, now)).length + (outage ? 1 : 0)
  },
})
