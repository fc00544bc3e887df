import { and, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { query } from '../auth/guard.ts'
import { auditEvents } from '../db/schema.ts'

const blank = (value: unknown) => (value === '' ? undefined : value)

export const listEvents = query({
  name: 'audit.list', permission: 'audit.read',
  input: z.strictObject({
    outcome: z.preprocess(blank, z.enum(['done', 'refused']).optional()), type: z.preprocess(blank, z.string().regex(/^[a-z_.]{1,60}$/, 'State an event as it is written in the list, such as filing.submit.').optional()),
    page: z.preprocess(blank, z.coerce.number().int().min(1).max(10_000).default(1)), limit: z.preprocess(blank, z.coerce.number().int().min(1).max(200).default(100)),
  }),
  run: async (ctx, { outcome, type, page, limit }) => {
    const where = and(outcome && eq(auditEvents.outcome, outcome), type ? eq(auditEvents.type, type) : undefined)
    const [items, [counted]] = await Promise.all([
      ctx.db.select().from(auditEvents).where(where).orderBy(desc(auditEvents.at)).limit(limit).offset((page - 1) * limit),
      ctx.db.select({ total: sql<number>`count(*)::int` }).from(auditEvents).where(where),
    ])
    return { items: items.map((event) => ({ ...event, at: new Date(event.at).toISOString() })), total: counted?.total ?? 0 }
  },
})
