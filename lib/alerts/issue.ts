import { randomBytes, randomUUID } from 'node:crypto'
import type { Context } from '../auth/guard.ts'
import { into } from '../db/insert.ts'
import { alerts, deliveries, notices } from '../db/schema.ts'
import type { Addressee, ParticipantCode } from '../participants/rules.ts'
import type { Alert, Severity } from '../thresholds/situation.ts'
import { issuedLeaf } from './leaves.ts'
import { CHANNELS, noticesFrom } from './rules.ts'

export type IssuedAlert = {
  id: string; rule: string; version: number; severity: Severity; recipients: Addressee[]; measured: string; threshold: string
  explanation: string; basis: string; reasons: { recipient: Addressee; reason: string }[]
}

const isEmailed = (addressee: Addressee): boolean => addressee !== 'observers' && addressee !== 'verifiers'

/** Alerts, one notice per addressee and its deliveries, as rows for the filing's transaction. History sends nothing, so delivers nothing. */
export const alertRows = (ctx: Context, filing: { id: string; participant: ParticipantCode; filedAt: string }, met: readonly Alert[]) => {
  const { id: filingId, participant, filedAt: issuedAt } = filing
  const written = met.map((alert) => ({ id: randomUUID(), alert }))
  const told = noticesFrom(met).map((notice) => ({ id: randomUUID(), salt: randomBytes(32), ...notice }))
  const queued = { filingId, participant, state: 'queued' as const, queuedAt: issuedAt, updatedAt: issuedAt }
  const sent = ctx.historic ? [] : told.flatMap(({ id, addressee }) => CHANNELS.filter((channel) => channel === 'inbox' || isEmailed(addressee))
    .map((channel) => ({ id: randomUUID(), noticeId: id, addressee, channel, ...queued })))
  const issued: IssuedAlert[] = written.map(({ id, alert }) => ({
    id, rule: alert.rule, version: alert.version, severity: alert.severity, recipients: alert.recipients.map(({ recipient }) => recipient),
    measured: alert.measured, threshold: alert.threshold, explanation: alert.explanation, basis: alert.basis, reasons: alert.recipients,
  }))
  const alertRow = written.map(({ id, alert }) => ({
    id, filingId, participant, rule: alert.rule, ruleVersion: alert.version, title: alert.title, severity: alert.severity,
    category: alert.category, measured: alert.measured, threshold: alert.threshold, basis: alert.basis, explanation: alert.explanation,
    told: alert.recipients, addressees: alert.recipients.map(({ recipient }) => recipient), issuedAt,
  }))
  const noticeRow = told.map(({ id, addressee, severity, salt }) => ({ id, filingId, participant, addressee, severity, issuedAt, historic: ctx.historic, salt }))
  const inserts = met.length === 0 ? [] : [into(alerts, alertRow), into(notices, noticeRow), into(deliveries, sent)]
  const leaves = noticeRow.map((notice) => issuedLeaf(notice, alertRow.filter(({ addressees }) => addressees.includes(notice.addressee))))
  return { inserts, issued, leaves }
}
