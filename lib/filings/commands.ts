import { and, eq } from 'drizzle-orm'
import { command, type Context } from '../auth/guard.ts'
import { takenIndex } from '../db/client.ts'
import { drafts, filingPayloads, filings } from '../db/schema.ts'
import { AppError } from '../shared/errors.ts'
import { AmendFiling, DraftAt, FilingId, ReturnFiling, SaveDraft, SubmitFiling, WithdrawFiling } from './input.ts'
import { judgeWhole, type Judged, type Proposal } from './judge.ts'
import { canonicalJson, type Json } from '../log/canonical.ts'
import { newId, release, withProof, type FiledAnswer } from './release.ts'
import { remarksIn } from './remarks.ts'
import { mustAwaitApproval, mustBeOpen, mustNotReleaseOwn } from './rules.ts'

type Draft = typeof drafts.$inferSelect

const me = (ctx: Context) => ({ id: ctx.viewer.userId!, name: ctx.viewer.name })
/** Two versions of one entry at once: the unique index lets one through, the other hears it in words. */
const releaseOnce = async (...given: Parameters<typeof release>): Promise<FiledAnswer> => {
  try {
    return await release(...given)
  } catch (error) {
    const taken = takenIndex(error)
    if (taken && /filings_(supersedes|entry_version|number_version)/.test(taken)) throw new AppError('conflict', 'Someone filed a newer version of this entry meanwhile. Start from that one.')
    if (taken === 'entries_one_declaration') throw new AppError('conflict', 'A colleague filed a declaration for this date meanwhile. Amend that one.')
    throw error
  }
}

/** Files at once where one pair of eyes is enough; else keeps what was judged for the approver. */
const fileOrAwait = async (ctx: Context, judged: Judged, reason: string | null, draft: Draft | null): Promise<FiledAnswer> => {
  const id = draft?.id ?? newId()
  const at = ctx.now.toISOString()
  if (!ctx.viewer.fourEyes || ctx.historic) {
    if (draft) await ctx.db.update(drafts).set({ status: 'released', updatedAt: at }).where(eq(drafts.id, id))
    return releaseOnce(ctx, judged, id, draft ? { id: draft.draftedBy, name: draft.draftedByName } : me(ctx), reason)
  }
  const awaiting = { status: 'awaiting_approval' as const, payload: judged.payload, submittedAt: at, updatedAt: at, remark: null, remarks: [] }
  if (draft) await ctx.db.update(drafts).set({ ...awaiting, revision: draft.revision + 1 }).where(eq(drafts.id, id))
  else {
    await ctx.db.insert(drafts).values({
      ...awaiting, id, participant: judged.participant, kind: judged.kind, action: judged.action, basedOn: judged.basedOn, reason, revision: 1,
      draftedBy: ctx.viewer.userId!, draftedByName: ctx.viewer.name, createdAt: at,
    })
  }
  const number = judged.entry?.number ?? ''
  const filing = { id, kind: judged.kind, participant: judged.participant, number, version: (judged.entry?.version ?? 0) + 1, status: 'awaiting_approval', filedAt: null }
  return { filing, alerts: [], receipt: null }
}

const told = (answer: FiledAnswer) => ({
  subject: answer.filing.id,
  detail: { number: answer.filing.number, version: answer.filing.version, status: answer.filing.status, alerts: answer.alerts.length } as Record<string, Json>,
})

export const submitFiling = command({
  name: 'filing.submit', permission: 'filing.submit', input: SubmitFiling,
  run: async (ctx, input) => fileOrAwait(ctx, await judgeWhole(ctx, { ...input, action: 'file', basedOn: null }), null, null),
  describe: (_input, answer) => told(answer),
  receipt: withProof,
})

/** The filing that an amendment or a withdrawal by its id is about. Own ones only: others are not there. */
const ownFiling = async (ctx: Context, id: string) => {
  const [found] = await ctx.db.select({ kind: filings.kind, participant: filings.participant, payload: filingPayloads.payload })
    .from(filings).innerJoin(filingPayloads, eq(filingPayloads.filingId, filings.id))
    .where(and(eq(filings.id, id), eq(filings.participant, ctx.viewer.participant!)))
  if (!found) throw new AppError('not_found', 'There is no such filing of yours.')
  return { ...found, payload: JSON.parse(found.payload) as Record<string, Json> }
}

export const amendFiling = command({
  name: 'filing.amend', permission: 'filing.submit', input: AmendFiling,
  run: async (ctx, { id, payload, reason }) => {
    const { kind, participant } = await ownFiling(ctx, id)
    return fileOrAwait(ctx, await judgeWhole(ctx, { kind, participant, payload, action: 'amend', basedOn: id }), reason, null)
  },
  describe: (_input, answer) => told(answer),
  receipt: withProof,
})

export const withdrawFiling = command({
  name: 'filing.withdraw', permission: 'filing.submit', input: WithdrawFiling,
  run: async (ctx, { id, reason }) => {
    const filing = await ownFiling(ctx, id)
    return fileOrAwait(ctx, await judgeWhole(ctx, { ...filing, action: 'withdraw', basedOn: id }), reason, null)
  },
  describe: (_input, answer) => told(answer),
  receipt: withProof,
})

const lockDraft = async (ctx: Context, id: string): Promise<Draft> => {
  const [draft] = await ctx.db.select().from(drafts).where(and(eq(drafts.id, id), eq(drafts.participant, ctx.viewer.participant!))).for('update')
  if (!draft) throw new AppError('not_found', 'There is no such draft of yours.')
  return draft
}

/** What a draft proposes. A withdrawal restates what was filed, whatever its draft holds. */
const proposalOf = async (ctx: Context, { kind, participant, payload, action, basedOn }: Draft): Promise<Proposal> =>
  ({ kind, participant, action, basedOn, payload: action === 'withdraw' && basedOn ? (await ownFiling(ctx, basedOn)).payload : payload })

const mustBeAtRevision = (draft: Draft, revision: number): void => {
  if (draft.revision !== revision) {
    throw new AppError('conflict', `A colleague changed this draft meanwhile (revision ${draft.revision}). Reload to see their version; yours is kept in the form until then.`)
  }
}

/** Keeps a draft as typed, complete or not. The revision makes two editors notice each other. */
export const saveDraft = command({
  name: 'draft.save', permission: 'draft.write', input: SaveDraft,
  run: async (ctx, { id, revision, basedOn = null, reason = null, ...typed }) => {
    const at = ctx.now.toISOString()
    const participant = ctx.viewer.participant!
    if (revision === 0) {
      const [taken] = await ctx.db.select({ id: filings.id }).from(filings).where(eq(filings.id, id))
      const inserted = taken ? [] : await ctx.db.insert(drafts).values({
        id, participant, ...typed, basedOn, reason, status: 'draft', revision: 1, draftedBy: ctx.viewer.userId!, draftedByName: ctx.viewer.name,
        createdAt: at, updatedAt: at,
      }).onConflictDoNothing().returning({ id: drafts.id })
      if (inserted.length === 0) throw new AppError('conflict', 'This draft exists already. Reload to see it.')
      return { id, revision: 1, savedAt: at }
    }
    const draft = await lockDraft(ctx, id)
    mustBeOpen(draft.status)
    mustBeAtRevision(draft, revision)
    // Who rewrites a draft is its drafter from then on: four eyes mean that nobody releases what they wrote themselves.
    const isRewritten = canonicalJson(typed.payload) !== canonicalJson(draft.payload) || reason !== draft.reason
    const drafter = isRewritten ? { draftedBy: ctx.viewer.userId!, draftedByName: ctx.viewer.name } : {}
    await ctx.db.update(drafts).set({ ...drafter, payload: typed.payload, reason, revision: revision + 1, updatedAt: at }).where(eq(drafts.id, id))
    return { id, revision: revision + 1, savedAt: at }
  },
  describe: ({ id, kind }) => ({ subject: id, detail: { kind } }),
})

/** Sends a draft: to the approver where four eyes are asked for, else into the register. */
export const submitDraft = command({
  name: 'draft.submit', permission: 'filing.submit', input: DraftAt,
  run: async (ctx, { id, revision }) => {
    const draft = await lockDraft(ctx, id)
    mustBeOpen(draft.status)
    mustBeAtRevision(draft, revision)
    if (draft.action !== 'file' && draft.action !== 'stage' && (draft.reason ?? '').trim().length < 3) {
      throw new AppError('invalid', 'State the reason, in at least 3 characters.', [{ pointer: '/reason', message: 'State the reason, in at least 3 characters.' }])
    }
    return fileOrAwait(ctx, await judgeWhole(ctx, await proposalOf(ctx, draft)), draft.reason, draft)
  },
  describe: (_input, answer) => told(answer),
  receipt: withProof,
})

export const discardDraft = command({
  name: 'draft.discard', permission: 'draft.write', input: FilingId,
  run: async (ctx, { id }) => {
    const draft = await lockDraft(ctx, id)
    mustBeOpen(draft.status)
    await ctx.db.update(drafts).set({ status: 'discarded', updatedAt: ctx.now.toISOString() }).where(eq(drafts.id, id))
    return { id }
  },
  describe: ({ id }) => ({ subject: id }),
})

/** The second pair of eyes: judges once more, as the register stands now, and files. */
export const approveFiling = command({
  name: 'filing.approve', permission: 'filing.release', input: FilingId,
  run: async (ctx, { id }) => {
    const draft = await lockDraft(ctx, id)
    mustAwaitApproval(draft.status)
    mustNotReleaseOwn(draft.draftedBy, ctx.viewer.userId!)
    const judged = await judgeWhole(ctx, await proposalOf(ctx, draft))
    await ctx.db.update(drafts).set({ status: 'released', updatedAt: ctx.now.toISOString() }).where(eq(drafts.id, id))
    return releaseOnce(ctx, judged, id, { id: draft.draftedBy, name: draft.draftedByName }, draft.reason)
  },
  describe: (_input, answer) => told(answer),
  receipt: withProof,
})

export const returnFiling = command({
  name: 'filing.return', permission: 'filing.return', input: ReturnFiling,
  run: async (ctx, { id, remark, remarks }) => {
    const draft = await lockDraft(ctx, id)
    mustAwaitApproval(draft.status)
    const placed = remarksIn(draft.payload, remarks)
    await ctx.db.update(drafts).set({ status: 'returned', remark, remarks: placed, revision: draft.revision + 1, updatedAt: ctx.now.toISOString() }).where(eq(drafts.id, id))
    return { filing: { id, kind: draft.kind, participant: draft.participant, status: 'returned' }, remark, remarks }
  },
  describe: ({ id, remark, remarks }) => ({ subject: id, detail: { remark, remarks } }),
})

