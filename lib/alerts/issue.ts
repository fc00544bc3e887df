import { randomUUID } from 'node:crypto'
import type { Context } from '../auth/guard.ts'
import { database } from '../db/client.ts'
import { alerts, deliveries, notices } from '../db/schema.ts'
import { DISPATCH, enqueue } from '../jobs/queue.ts'
import type { Addressee, ParticipantCode } from '../participants/rules.ts'
import type { Alert, Severity } from '../thresholds/situation.ts'
import { CHANNELS, noticesFrom } from './rules.ts'

export type IssuedAlert = {
  id: string; rule: string; version: number; severity: Severity; recipients: Addressee[]; measured: string; threshold: string
  explanation: string; basis: string; reasons: { recipient: Addressee; reason: string }[]
}

const isEmailed = (addressee: Addressee): boolean => addressee !== 'observers' && addressee !== 'verifiers'

/** Writes alerts, one notice per addressee, its deliveries and the job that sends them: in the filing's transaction. */
export const issueAlerts = async (
  ctx: Context, filing: { id: string; participant: ParticipantCode; filedAt: string }, met: readonly Alert[],
): Promise<IssuedAlert[]> => {
  if (met.length === 0) return []
  const { id: filingId, participant, filedAt: issuedAt } = filing
  const written = met.map((alert) => ({ id: randomUUID(), alert }))
  const told = noticesFrom(met).map((notice) => ({ id: randomUUID(), ...notice }))
  await Promise.all([
    ctx.db.insert(alerts).values(written.map(({ id, alert }) => ({
      id, filingId, participant, rule: alert.rule, ruleVersion: alert.version, title: alert.title, severity: alert.severity,
      category: alert.category, measured: alert.measured, threshold: alert.threshold, basis: alert.basis, explanation: alert.explanation,
      told: alert.recipients, addressees: alert.recipients.map(({ recipient }) => recipient), issuedAt,
    }))),
    ctx.db.insert(notices).values(told.map(({ id, addressee, severity }) => ({
      id, filingId, participant, addressee, severity, issuedAt, historic: ctx.historic,
    }))),
  ])
  if (!ctx.historic) {
    await Promise.all([
      ctx.db.insert(deliveries).values(told.flatMap(({ id, addressee }) => CHANNELS.filter((channel) => channel === 'inbox' || isEmailed(addressee))
        .map((channel) => ({
          id: randomUUID(), noticeId: id, filingId, participant, addressee, channel, state: 'queued' as const, queuedAt: issuedAt, updatedAt: issuedAt,
        })))),
      enqueue(ctx.db, await database(), DISPATCH, [{ filingId }]),
    ])
  }
  return written.map(({ id, alert }) => ({
    id, rule: alert.rule, version: alert.version, severity: alert.severity, recipients: alert.recipients.map(({ recipient }) => recipient),
    measured: alert.measured, threshold: alert.threshold, explanation: alert.explanation, basis: alert.basis, reasons: alert.recipients,
  }))
}
