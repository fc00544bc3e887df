import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { query } from '../auth/guard.ts'
import { entries, verifications } from '../db/schema.ts'
import { DECISION_LABEL, earlierOf } from './rules.ts'

/** Signatures under the versions of an entry, oldest first. The public sees the status only: row-level security leaves no row. */
export const listSignatures = query({
  name: 'verification.list', permission: 'register.read', input: z.strictObject({ entryId: z.uuid() }),
  run: async (ctx, { entryId }) => {
    const found = await ctx.db.select().from(verifications).where(eq(verifications.entryId, entryId)).orderBy(asc(verifications.at))
    return found.map(({ id, filingId, decision, remark, verifierName, affiliation, at, verifierId }) => ({
      id, filingId, decision, decisionLabel: DECISION_LABEL[decision], remark, verifierName, affiliation, at: new Date(at).toISOString(),
      own: verifierId === ctx.viewer.userId,
    }))
  },
})

/** What a verifier can sign: newest versions of others, undecided, signed neither by them nor by a colleague; those with one signature first. */
export const verificationQueue = query({
  name: 'verification.queue', permission: 'filing.verify', input: z.strictObject({ limit: z.int().min(1).max(200).default(50) }),
  run: async (ctx, { limit }) => {
    const mine = sql`exists (select 1 from verifications v where v.filing_id = ${entries.filingId}
      and (v.verifier_id = ${ctx.viewer.userId}::uuid or v.verifier_participant = ${ctx.viewer.participant}))`
    const others = ctx.viewer.participant ? ne(entries.participant, ctx.viewer.participant) : undefined
    const where = and(eq(entries.status, 'filed'), eq(entries.compiled, false), inArray(entries.verification, ['unverified', 'pending']), others, sql`not ${mine}`)
    const [items, [counted]] = await Promise.all([
      ctx.db.select({
        id: entries.filingId, number: entries.number, participant: entries.participant, kind: entries.kind, summary: entries.summary, category: entries.category,
        verification: entries.verification, signatures: entries.signatures, filedAt: entries.filedAt, compiled: entries.compiled,
        earlierVersion: entries.earlierVersion, earlierVerification: entries.earlierVerification,
      }).from(entries).where(where).orderBy(desc(entries.signatures), desc(entries.filedAt)).limit(limit),
      ctx.db.select({ total: sql<number>`count(*)::int` }).from(entries).where(where),
    ])
    return { items: items.map(({ earlierVersion, earlierVerification, ...item }) => ({ ...item, earlier: earlierOf({ earlierVersion, earlierVerification }), filedAt: new Date(item.filedAt).toISOString() })), total: counted?.total ?? 0 }
  },
})
