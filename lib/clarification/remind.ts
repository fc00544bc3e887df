import { asc, eq, inArray, notExists, and } from 'drizzle-orm'
import type { Tx } from '../db/client.ts'
import { clarificationActs, clarifications, rules } from '../db/schema.ts'
import type { Message } from '../messages/rules.ts'
import type { Rule } from '../thresholds/situation.ts'
import { clocksAt, UNANSWERED } from './clocks.ts'
import { inUtc, promptsDue } from './rules.ts'

/** What clocks of requests have to say at `now`. As the worker, who reads all of them. */
export const clarificationPrompts = async (tx: Tx, now: Date): Promise<Message[]> => {
  const closed = tx.select().from(clarificationActs).where(and(eq(clarificationActs.clarificationId, clarifications.id), eq(clarificationActs.act, 'closed')))
  const open = await tx.select().from(clarifications).where(notExists(closed))
  if (open.length === 0) return []
  const ids = open.map(({ id }) => id)
  const acts = await tx.select().from(clarificationActs).where(inArray(clarificationActs.clarificationId, ids)).orderBy(asc(clarificationActs.turn))
  const versions = (await tx.select().from(rules).where(eq(rules.id, UNANSWERED))) as Rule[]
  const at = now.toISOString()
  return open.flatMap((row) => {
    const asked = inUtc(row)
    const { rule, ...clocks } = clocksAt(versions, asked.at)
    const done = acts.filter(({ clarificationId }) => clarificationId === row.id).map(inUtc)
    return promptsDue(row.number, asked, done, clocks, at).map(({ isRule, ...prompt }): Message => ({
      ...prompt, matter: 'clarification', subject: row.id, participant: null, path: `/clarifications/${row.id}`,
      ...(isRule ? { rule: { id: rule.id, version: rule.version }, severity: rule.severity } : { rule: null }),
    }))
  })
}
