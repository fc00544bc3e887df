import { and, desc, eq, lt } from 'drizzle-orm'
import type { Context } from '../auth/guard.ts'
import { together } from '../db/client.ts'
import { entries, filingPayloads, filings, notices } from '../db/schema.ts'
import type { Json } from '../log/canonical.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import type { Facts } from '../thresholds/facts.ts'
import type { Situation } from '../thresholds/situation.ts'
import { kindOf, type KindName } from './kinds/registry.ts'

/** A budget is held against the year before on the same basis; what else is declared, against the last one. */
const isFollowedBy = (facts: Facts) =>
  facts.kind === 'declaration.budget'
    ? and(eq(entries.asOf, `${facts.year - 1}-01-01`), eq(entries.mode, facts.basis))
    : lt(entries.asOf, (facts as { asOf: string }).asOf)

const LIKE: readonly KindName[] = ['declaration.personnel', 'declaration.budget']

/** What nobody filed was compiled from a source: figures of two sources are no series. */
const sourceOf = (payload: Record<string, Json>): Json => (payload.compiled as { source: string } | undefined)?.source ?? null

/** What the participant's declaration of this kind before this one states, for the rules that compare; null where there is none. */
export const earlierFacts = async (ctx: Context, participant: ParticipantCode, facts: Facts, payload: Record<string, Json>): Promise<Facts | null> => {
  if (!LIKE.includes(facts.kind)) return null
  const found = await ctx.db.select({ payload: filingPayloads.payload }).from(entries).innerJoin(filingPayloads, eq(filingPayloads.filingId, entries.filingId))
    .where(and(eq(entries.participant, participant), eq(entries.kind, facts.kind), eq(entries.status, 'filed'), isFollowedBy(facts)))
    .orderBy(desc(entries.asOf), desc(entries.filedAt)).limit(10)
  const before = found.map((row) => JSON.parse(row.payload) as Record<string, Json>).find((earlier) => sourceOf(earlier) === sourceOf(payload))
  return before ? kindOf(facts.kind).facts(before) : null
}

/** The version that an amendment takes the place of, and everyone who was told of any version of its entry. */
export const correctedBy = async (ctx: Context, kind: KindName, { entryId, filingId, number, version }: typeof entries.$inferSelect): Promise<Situation['correcting']> => {
  const [told, [sealed]] = await together([
    ctx.db.selectDistinct({ addressee: notices.addressee }).from(notices).innerJoin(filings, eq(filings.id, notices.filingId)).where(eq(filings.entryId, entryId)),
    ctx.db.select({ payload: filingPayloads.payload }).from(filingPayloads).where(eq(filingPayloads.filingId, filingId)),
  ])
  return sealed ? { number, version, told: told.map(({ addressee }) => addressee), facts: kindOf(kind).facts(JSON.parse(sealed.payload)) } : null
}
