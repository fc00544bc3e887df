import { arrayOverlaps, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { addresseesOf } from '../alerts/commands.ts'
import { query } from '../auth/guard.ts'
import { rows } from '../db/client.ts'
import { messages } from '../db/schema.ts'
import { addresseeName } from '../participants/rules.ts'

/** What the viewer was told of matters between participants, newest first: of all of them, or of one. */
export const listMessages = query({
  name: 'message.list', permission: 'alert.read',
  input: z.strictObject({ subject: z.uuid().optional(), limit: z.int().min(1).max(200).default(20) }),
  run: async (ctx, { subject, limit }) => {
    const mine = addresseesOf(ctx)
    if (mine.length === 0) return []
    const found = await ctx.db.select().from(messages)
      // Who told others of their own act reads what they were told, of one matter.
      .where(subject ? eq(messages.subject, subject) : arrayOverlaps(messages.addressees, mine))
      .orderBy(desc(messages.at), messages.id).limit(limit)
    return found.map(({ salt: _salt, ...message }) => ({ ...message, at: new Date(message.at).toISOString(), told: message.addressees.map(addresseeName) }))
  },
})

/** How many requests wait for the reply of the viewer's participant, and how many messages it was told: pages show the one and notice the other. */
export const countWaiting = query({
  name: 'message.waiting', permission: 'alert.read', input: z.strictObject({}),
  run: async (ctx) => {
    const [mine, own] = [addresseesOf(ctx), ctx.viewer.participant]
    if (mine.length === 0) return { requests: 0, messages: 0 }
    const [row] = await rows<{ requests: number; messages: number }>(ctx.db, sql`select
      (select count(*) from clarifications c where c.asked = ${own} and not exists (
         select 1 from clarification_acts a where a.clarification_id = c.id and a.act in ('replied', 'closed')))::int as requests,
      (select count(*) from messages m where m.addressees && string_to_array(${mine.join(',')}, ','))::int as messages`)
    return row!
  },
})
