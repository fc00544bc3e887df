import { randomBytes } from 'node:crypto'
import { and, eq, inArray, or } from 'drizzle-orm'
import { command, type Context } from '../auth/guard.ts'
import { acknowledgements, alerts, notices } from '../db/schema.ts'
import type { Addressee } from '../participants/rules.ts'
import { AppError } from '../shared/errors.ts'
import { AcknowledgeAlert } from './input.ts'
import { acknowledgedLeaf } from './leaves.ts'

/** What the viewer receives as: their participant, or the body they belong to. */
export const addresseesOf = ({ viewer: { role, participant } }: Pick<Context, 'viewer'>): Addressee[] => {
  const body: Addressee[] = role === 'secretariat' ? ['secretariat'] : role === 'observer' ? ['observers'] : role === 'verifier' ? ['verifiers'] : []
  return participant ? [participant, ...body] : body
}

/** An alert or the notice it came in: one acknowledgement stands for the whole message, with name and time. */
export const acknowledgeAlert = command({
  name: 'alert.acknowledge', permission: 'alert.acknowledge', input: AcknowledgeAlert,
  run: async (ctx, { id }) => {
    const mine = addresseesOf(ctx)
    const filingOf = ctx.db.select({ filingId: alerts.filingId }).from(alerts).where(eq(alerts.id, id))
    const [notice] = await ctx.db.select().from(notices)
      .where(and(inArray(notices.addressee, mine), or(eq(notices.id, id), inArray(notices.filingId, filingOf)))).limit(1)
    if (!notice) throw new AppError('not_found', 'There is no such alert for you.')
    const at = ctx.now.toISOString()
    const acknowledged = {
      noticeId: notice.id, addressee: notice.addressee, participant: notice.participant, userId: ctx.viewer.userId!, name: ctx.viewer.name, at,
      salt: randomBytes(32),
    }
    const inserted = await ctx.db.insert(acknowledgements).values(acknowledged).onConflictDoNothing().returning({ at: acknowledgements.at })
    if (inserted.length > 0) {
      ctx.leaves.push(acknowledgedLeaf(acknowledged))
      return { id: notice.id, filing: notice.filingId, addressee: notice.addressee, acknowledgedAt: at, acknowledgedBy: ctx.viewer.name }
    }
    const [first] = await ctx.db.select().from(acknowledgements).where(eq(acknowledgements.noticeId, notice.id))
    return { id: notice.id, filing: notice.filingId, addressee: notice.addressee, acknowledgedAt: new Date(first!.at).toISOString(), acknowledgedBy: first!.name }
  },
  describe: (_input, value) => ({ subject: value.filing, detail: { addressee: value.addressee } }),
})
