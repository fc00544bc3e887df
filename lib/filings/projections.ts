import { eq } from 'drizzle-orm'
import type { Tx } from '../db/client.ts'
import { insertTogether, into } from '../db/insert.ts'
import { activities, declaredFigures, entries, filingViews, holdingLines, holdingTotals, invitations, knownTypes } from '../db/schema.ts'
import { DESIGNATION, type ParticipantCode } from '../participants/rules.ts'
import { categoryOf, typeKey } from '../taxonomy/rules.ts'
import { countryName } from '../taxonomy/countries.ts'
import { viennaDay } from '../thresholds/metrics-projected.ts'
import type { VerificationStatus } from '../verification/rules.ts'
import { canonicalJson, type Json } from '../log/canonical.ts'
import { activityRows, hasActivities } from './activity-rows.ts'
import { hasInvitations, invitationRows } from './invitation-rows.ts'
import { AUDIENCES, viewFor, type Figure } from './kinds/kind.ts'
import { kindOf, type KindName } from './kinds/registry.ts'
import { totalsOf, type HoldingsPayload } from './kinds/holdings.ts'
import { searchText } from './rules.ts'
import type { Action } from './rules.ts'

/** A filed version, as the projections need it: the row of `filings` and the parsed payload. */
export type FiledVersion = {
  id: string; entryId: string; number: string; version: number; action: Action; kind: KindName; participant: ParticipantCode
  summary: string; filedAt: string; firstFiledAt: string; compiled: boolean; payload: Record<string, Json>; supersedes: string | null
}

/** The payload as each audience below the owner may read it. An audience that reads no more than the one before has no row. */
export const viewRows = (filing: FiledVersion): (typeof filingViews.$inferInsert)[] => {
  const kind = kindOf(filing.kind)
  const views = AUDIENCES.slice(0, 3).map((audience, rank) => ({ rank, view: canonicalJson(viewFor(kind, filing.payload, audience)) }))
  return views.filter(({ view }, index) => view !== views[index - 1]?.view)
    .map(({ rank, view }) => ({ filingId: filing.id, participant: filing.participant, rank, view }))
}

/** The list's row. A delivery without a date counts as made on the day of filing, as the thresholds read it. */
export const entryRow = (filing: FiledVersion, verification: VerificationStatus, signatures: number): typeof entries.$inferInsert => {
  const facts = kindOf(filing.kind).entry(filing.payload)
  const isDelivered = facts.stage === 'first_delivery' || facts.stage === 'incorporated'
  const doneOn = facts.doneOn ?? (isDelivered ? viennaDay(filing.filedAt) : null)
  const words = searchText([
    filing.number, DESIGNATION[filing.participant], facts.type, facts.category && categoryOf(facts.category).title, facts.category,
    facts.counterpart && countryName(facts.counterpart), facts.replaces, kindOf(filing.kind).title, filing.summary,
  ])
  return {
    entryId: filing.entryId, filingId: filing.id, number: filing.number, participant: filing.participant, kind: filing.kind,
    version: filing.version, status: filing.action === 'withdraw' ? 'withdrawn' : 'filed', ...facts, doneOn,
    typeKey: facts.type ? typeKey(facts.type) : null, summary: filing.summary, verification, signatures, compiled: filing.compiled,
    firstFiledAt: filing.firstFiledAt, filedAt: filing.filedAt, words,
  }
}

const typeRows = (filing: FiledVersion): (typeof knownTypes.$inferInsert)[] => {
  const seen = new Map(kindOf(filing.kind).types(filing.payload).map((one) => [`${typeKey(one.type)} ${one.category}`, one]))
  return [...seen.values()].map(({ category, type }) => ({
    typeKey: typeKey(type), category, participant: filing.participant, type, firstFilingId: filing.id, firstFiledAt: filing.filedAt,
  }))
}

const figureRows = (filing: FiledVersion): (typeof declaredFigures.$inferInsert)[] => {
  const kind = kindOf(filing.kind)
  if (!kind.figures || filing.action === 'withdraw') return []
  const { asOf, mode } = kind.entry(filing.payload)
  const about = { filingId: filing.id, participant: filing.participant, kind: filing.kind, asOf: asOf!, mode }
  return kind.figures(filing.payload).map(({ audience, ...figure }: Figure) => ({ ...about, ...figure, rank: AUDIENCES.indexOf(audience) }))
}

/** Everything made for reading from one filed version, as rows to insert; pure. */
export const projections = (filing: FiledVersion, verification: VerificationStatus = 'unverified', signatures = 0) => {
  const declares = filing.kind === 'declaration.holdings' && filing.action !== 'withdraw'
  const about = { filingId: filing.id, participant: filing.participant, asOf: filing.payload.asOf as string }
  return {
    entry: entryRow(filing, verification, signatures),
    inserts: [
      into(filingViews, viewRows(filing)),
      into(knownTypes, typeRows(filing), true),
      into(holdingLines, declares ? kindOf(filing.kind).lines(filing.payload).map((row, index) => ({ ...about, line: index + 1, ...row })) : []),
      into(holdingTotals, declares ? totalsOf(filing.payload as unknown as HoldingsPayload).map((row) => ({ ...about, ...row })) : []),
      into(declaredFigures, figureRows(filing)),
      into(activities, activityRows(filing)),
      into(invitations, invitationRows(filing)),
    ],
  }
}

/** Makes room for a later version: the list's row takes its facts, and the lines of the version before go. */
export const replaceVersion = async (tx: Tx, filing: FiledVersion, entry: typeof entries.$inferInsert): Promise<void> => {
  await tx.update(entries).set(entry).where(eq(entries.entryId, filing.entryId))
  if (!filing.supersedes) return
  if (kindOf(filing.kind).figures) await tx.delete(declaredFigures).where(eq(declaredFigures.filingId, filing.supersedes))
  if (hasActivities(filing.kind)) await tx.delete(activities).where(eq(activities.filingId, filing.supersedes))
  if (hasInvitations(filing.kind)) await tx.delete(invitations).where(eq(invitations.filingId, filing.supersedes))
  if (filing.kind !== 'declaration.holdings') return
  await tx.delete(holdingLines).where(eq(holdingLines.filingId, filing.supersedes))
  await tx.delete(holdingTotals).where(eq(holdingTotals.filingId, filing.supersedes))
}

/** Writes the projections of one version, as its filing does: for rebuilding them. */
export const project = async (tx: Tx, filing: FiledVersion, verification: VerificationStatus = 'unverified', signatures = 0): Promise<void> => {
  const { entry, inserts } = projections(filing, verification, signatures)
  if (filing.version > 1) await replaceVersion(tx, filing, entry)
  await insertTogether(tx, [...inserts, ...(filing.version === 1 ? [into(entries, [entry])] : [])])
}
