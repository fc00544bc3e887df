import { randomUUID } from 'node:crypto'
import type { Context } from '../auth/guard.ts'
import { insertTogether, into } from '../db/insert.ts'
import { auditEvents } from '../db/schema.ts'
import type { Json } from '../log/canonical.ts'

export type AuditEvent = { type: string; outcome: 'done' | 'refused'; subject: string | null; detail: Record<string, Json> }

/** Who did what and when, as a row for the transaction of what was done. The guard writes one for every command and every refusal. */
export const eventRow = (ctx: Context, event: AuditEvent) => into(auditEvents, [{
  id: randomUUID(), at: new Date().toISOString(), ...event,
  userId: ctx.viewer.userId, role: ctx.viewer.role, participant: ctx.viewer.participant, requestId: ctx.requestId, ip: ctx.ip,
}])

export const recordEvent = (ctx: Context, event: AuditEvent): Promise<void> => insertTogether(ctx.db, [eventRow(ctx, event)])
