import type { Leaf } from '../log/leaf.ts'
import { canonicalJson, commitment, type Json } from '../log/canonical.ts'

const iso = (at: string): string => new Date(at).toISOString()

export type StoredNotice = { id: string; filingId: string; addressee: string; severity: string; issuedAt: string; historic: boolean; salt: Uint8Array }
export type StoredAlert = {
  id: string; rule: string; ruleVersion: number; title: string; severity: string; category: string | null; measured: string; threshold: string
  basis: string; explanation: string; told: readonly { recipient: string; reason: string }[]
}

/** What one addressee was told: the filing, and each alert with the reason that concerned them. */
const contentOf = (notice: StoredNotice, alerts: readonly StoredAlert[]): Json => ({
  filing: notice.filingId, addressee: notice.addressee, severity: notice.severity, historic: notice.historic,
  alerts: alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ told, ...alert }) => ({
    id: alert.id, rule: alert.rule, version: alert.ruleVersion, title: alert.title, severity: alert.severity, category: alert.category,
    measured: alert.measured, threshold: alert.threshold, basis: alert.basis, explanation: alert.explanation,
    reasons: told.filter(({ recipient }) => recipient === notice.addressee).map(({ reason }) => reason),
  })),
})

/** That an addressee was told, what, and when. `alerts` are those of the notice's filing that name the addressee. */
export const issuedLeaf = (notice: StoredNotice, alerts: readonly StoredAlert[]): Leaf => ({
  type: 'alert.issued', id: notice.id, participant: notice.addressee, at: iso(notice.issuedAt),
  commitment: commitment(notice.salt, canonicalJson(contentOf(notice, alerts))),
})

export type StoredAcknowledgement = { noticeId: string; addressee: string; userId: string; name: string; at: string; salt: Uint8Array }

/** That an addressee has read it, who did, and when. */
export const acknowledgedLeaf = ({ noticeId, addressee, userId, name, at, salt }: StoredAcknowledgement): Leaf => ({
  type: 'alert.acknowledged', id: noticeId, participant: addressee, at: iso(at),
  commitment: commitment(salt, canonicalJson({ addressee, by: { id: userId, name } })),
})
