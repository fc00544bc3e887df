import { randomBytes, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { command, type Context } from '../auth/guard.ts'
import { entries, filings, verifications } from '../db/schema.ts'
import { AppError } from '../shared/errors.ts'
import { SignVerification } from './input.ts'
import { decidedLeaf, signedLeaf } from './leaves.ts'
import { isDecided, leadingSignatures, mustBeAbleToSign, statusFrom, type Signature } from './rules.ts'

const lockEntry = async (ctx: Context, filingId: string) => {
  const [filing] = await ctx.db.select({ entryId: filings.entryId, participant: filings.participant }).from(filings).where(eq(filings.id, filingId))
  if (!filing) throw new AppError('not_found', 'There is no such filing.')
  if (filing.participant === ctx.viewer.participant) throw new AppError('forbidden', 'A verifier never verifies the entries of their own participant.')
  const [entry] = await ctx.db.select({ entryId: entries.entryId, filingId: entries.filingId, number: entries.number, status: entries.status })
    .from(entries).where(eq(entries.entryId, filing.entryId)).for('update')
  if (!entry) throw new AppError('not_found', 'There is no such filing.')
  if (entry.filingId !== filingId) throw new AppError('conflict', `${entry.number} has a newer version. Verify that one.`)
  if (entry.status === 'withdrawn') throw new AppError('conflict', `${entry.number} has been withdrawn; there is nothing to verify.`)
  return { ...entry, participant: filing.participant }
}

/** One signature under a decision. The status follows from all signatures of the version; two that agree decide. */
export const signVerification = command({
  name: 'filing.verify', permission: 'filing.verify', input: SignVerification,
  run: async (ctx, { id, decision, remark }) => {
    const entry = await lockEntry(ctx, id)
    const signatures: Signature[] = await ctx.db.select({
      decision: verifications.decision, verifierId: verifications.verifierId, verifierParticipant: verifications.verifierParticipant,
    }).from(verifications).where(eq(verifications.filingId, id))
    const verifier = { userId: ctx.viewer.userId!, participant: ctx.viewer.participant }
    mustBeAbleToSign(verifier, entry.participant, signatures)
    const all = [...signatures, { decision, verifierId: verifier.userId, verifierParticipant: verifier.participant }]
    const status = statusFrom(all)
    const count = leadingSignatures(all)
    const at = ctx.now.toISOString()
    const signature = {
      id: randomUUID(), filingId: id, entryId: entry.entryId, participant: entry.participant, decision, remark: remark ?? null,
      verifierId: verifier.userId, verifierName: ctx.viewer.name, verifierParticipant: verifier.participant, affiliation: ctx.viewer.affiliation ?? '', at,
      salt: randomBytes(32),
    }
    await ctx.db.insert(verifications).values(signature)
    await ctx.db.update(entries).set({ verification: status, signatures: count }).where(eq(entries.entryId, entry.entryId))
    ctx.leaves.push(signedLeaf(signature), ...(isDecided(status) && status !== statusFrom(signatures) ? [decidedLeaf(signature, status)] : []))
    return { filing: { id, number: entry.number, participant: entry.participant }, decision, verification: status, signatures: count, signedAt: at }
  },
  describe: ({ id, decision }, value) => ({ subject: id, detail: { decision, verification: value.verification } }),
})
