import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Connection, Tx } from '../db/client.ts'
import { activities, declaredFigures, entries, filingPayloads, filings, filingViews, holdingLines, holdingTotals, invitations, knownTypes, verifications } from '../db/schema.ts'
import { leadingSignatures, statusFrom, type Signature } from '../verification/rules.ts'
import type { Json } from '../log/canonical.ts'
import { project } from './projections.ts'

const PROJECTIONS = { filingViews, entries, holdingLines, holdingTotals, knownTypes, declaredFigures, activities, invitations }
const BATCH = 200

export type Rebuilt = { filings: number } & Record<keyof typeof PROJECTIONS, number>

const iso = (at: string): string => new Date(at).toISOString()

/** Signatures under each of these versions, in the order in which they were given. */
const signaturesOf = async (tx: Tx, ids: string[]): Promise<Map<string, (Signature & { filingId: string })[]>> => {
  const found = await tx
    .select({
      filingId: verifications.filingId,
      decision: verifications.decision,
      verifierId: verifications.verifierId,
      verifierParticipant: verifications.verifierParticipant,
    })
    .from(verifications)
    .where(inArray(verifications.filingId, ids))
    .orderBy(asc(verifications.at))
  return Map.groupBy(found, ({ filingId }) => filingId)
}

/** Replays one batch of versions, in the order in which they were recorded. */
const replay = async (tx: Tx, ids: string[], firstFiledAt: Map<string, string>): Promise<void> => {
  const versions = await tx
    .select({ filing: filings, payload: filingPayloads.payload })
    .from(filings)
    .innerJoin(filingPayloads, eq(filingPayloads.filingId, filings.id))
    .where(inArray(filings.id, ids))
  const byId = new Map(versions.map((version) => [version.filing.id, version]))
  const signatures = await signaturesOf(tx, ids)
  for (const id of ids) {
    const { filing, payload } = byId.get(id)!
    const filedAt = iso(filing.filedAt)
    if (filing.version === 1) firstFiledAt.set(filing.entryId, filedAt)
    const signed = signatures.get(id) ?? []
    const version = {
      ...filing,
      filedAt,
      firstFiledAt: firstFiledAt.get(filing.entryId)!,
      payload: JSON.parse(payload) as Record<string, Json>,
    }
    await project(tx, version, statusFrom(signed), leadingSignatures(signed))
  }
}

/**
 * Drops every table made for reading and makes it again from what was filed and signed, by the functions that made it first. All in
 * one transaction: readers see the old ones until the new ones are there, and whoever wants to file or sign waits until then.
 */
export const rebuildProjections = (connection: Connection): Promise<Rebuilt> =>
  connection.transaction('owner', async (tx) => {
    await tx.execute(sql`lock table filings, verifications in share row exclusive mode`)
    for (const table of Object.values(PROJECTIONS)) await tx.delete(table)
    const order = (await tx.select({ id: filings.id }).from(filings).orderBy(asc(filings.recordedAt), asc(filings.version))).map(
      ({ id }) => id,
    )
    const firstFiledAt = new Map<string, string>()
    for (let start = 0; start < order.length; start += BATCH) await replay(tx, order.slice(start, start + BATCH), firstFiledAt)
    const made: Record<string, number> = { filings: order.length }
    for (const [name, table] of Object.entries(PROJECTIONS)) {
      const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(table)
      made[name] = row!.count
    }
    return made as Rebuilt
  })
