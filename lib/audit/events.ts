import { randomUUID } from 'node:crypto'
import type { Context } from '../auth/guard.ts'
import { auditEvents } from '../db/schema.ts'
import type { Json } from '../filings/canonical.ts'

export type AuditEvent = { type: string; outcome: 'done' | 'refused'; subject: string | null; detail: Record<string, Json> }

/** Who did what and when, in the transaction of what was done. The guard calls it for every command and every refusal. */
export const recordEvent = async (ctx: Context, event: AuditEvent): Promise<void> => {
  await ctx.db.insert(auditEvents).values({
    id: randomUUID(), at: new Date().toISOString(), ...event,
    userId: ctx.viewer.userId, role: ctx.viewer.role, participant: ctx.viewer.participant, requestId: ctx.requestId, ip: ctx.ip,
  })
}
