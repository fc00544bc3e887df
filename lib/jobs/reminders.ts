import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { anonymousCaller } from '../auth/guard.ts'
import { rows, takeTurn, type Connection, type Tx } from '../db/client.ts'
import { reminders, rules } from '../db/schema.ts'
import { appendLeaves } from '../log/append.ts'
import { mustSign, openedLog, publishAll } from '../log/publish.ts'
import { DESIGNATION, FOOTNOTE } from '../participants/rules.ts'
import { reminderLeaf, type StoredReminder } from '../schedule/leaves.ts'
import { listObligations } from '../schedule/queries.ts'
import { remindersDue, type Overdue } from '../schedule/rules.ts'
import { rulesInForce } from '../thresholds/rules.ts'
import type { Rule } from '../thresholds/situation.ts'
import { startRounds } from './rounds.ts'

const EVERY_MS = 10 * 60_000

/** How the days of an overdue declaration weigh: figures of the rule as it stands; with none in force no day is grave. */
const overdueOf = async (tx: Tx, at: string): Promise<Overdue> => {
  const [rule] = rulesInForce((await tx.select().from(rules).where(eq(rules.id, 'declaration.overdue'))) as Rule[], at)
  return rule ? rule.params as Overdue : { noticeDays: Infinity, warningDays: Infinity }
}

/**
 * Reminds of what is owed as of `now`, each day of an obligation once, whoever else does the same at this moment. The reminder, its entry
 * of the log and the jobs of its mails are of one transaction. `tell` queues the mails.
 */
export const remindOnce = async (connection: Connection, now: Date, tell: (tx: Tx, ids: string[]) => Promise<void>): Promise<StoredReminder[]> => {
  const obligations = await listObligations({ ...anonymousCaller(), now }, {})
  // Nothing official is written that could not be signed.
  mustSign(await openedLog())
  const made = await connection.transaction('batp_worker', async (tx) => {
    await takeTurn(tx, 'batp-reminders')
    const sent = await rows<{ key: string }>(tx, sql`select obligation || ' ' || days as key from reminders`)
    const at = now.toISOString()
    const due = remindersDue(now, obligations, new Set(sent.map(({ key }) => key)), await overdueOf(tx, at))
    if (due.length === 0) return []
    const stored = due.map((reminder): StoredReminder => ({ ...reminder, id: randomUUID(), at }))
    await tx.insert(reminders).values(stored)
    await tell(tx, stored.map(({ id }) => id))
    await tx.execute(sql`select pg_notify('batp_inbox', ${[...new Set(stored.flatMap(({ addressees }) => addressees))].join(',')})`)
    await appendLeaves(tx, stored.map(reminderLeaf))
    return stored
  })
  if (made.length > 0) await publishAll()
  return made
}

/** One mail for one reminder; what is owed, since when, and where to file it. */
export const reminderMail = ({ words, title, participant, dueOn, days }: StoredReminder, baseUrl: string): { subject: string; text: string } => {
  const state = days < 0 ? `due on ${dueOn}` : `overdue since ${dueOn}`
  const text = `${words}\n\nFile it, or state nil: ${baseUrl}/workspace\nHow all participants stand: ${baseUrl}/punctuality\n`
  return { subject: `${DESIGNATION[participant]}: ${title}, ${state}`, text: text.includes(DESIGNATION.XK) ? `${text}\n${FOOTNOTE}\n` : text }
}

export const startReminding = (connection: Connection, tell: (tx: Tx, ids: string[]) => Promise<void>): (() => Promise<void>) => startRounds({
  firstMs: 15_000, everyMs: EVERY_MS, round: async () => (await remindOnce(connection, new Date(), tell)).length, did: 'reminded', failed: 'could not remind',
})
