import { and, asc, desc, eq, gt, inArray, lt, or } from 'drizzle-orm'
import { query, type Context } from '../auth/guard.ts'
import { may } from '../auth/policy.ts'
import { clarificationActs, clarifications, filings, outages } from '../db/schema.ts'
import { AppError } from '../shared/errors.ts'
import { ClarificationId, ListClarifications } from './input.ts'
import { ACTS, clockOf, inUtc, isShown, mayAct, minutesLate, partyOf, stateOf, type Act } from './rules.ts'

const iso = (at: string) => new Date(at).toISOString()
type Row = { clarification: typeof clarifications.$inferSelect; number: string | null; summary: string | null }
type ActRow = typeof clarificationActs.$inferSelect

const viewOf = (ctx: Context, { clarification: { salt: _salt, by: _by, filingId, ...row }, number, summary }: Row, found: readonly ActRow[]) => {
  const asked = inUtc(row)
  const acts = found.map(({ id, turn, act, participant, content, byName, at, dueAt }) => inUtc({ id, turn, act, participant, content, byName, at, dueAt }))
  const now = ctx.now.toISOString()
  const state = stateOf(asked, acts, now)
  const party = partyOf(asked, ctx.viewer.participant)
  const reply = acts.find(({ act }) => act === 'replied')
  const shown = isShown(asked, acts)
  return {
    ...asked, filing: filingId && number ? { id: filingId, number, summary: summary! } : null, shown, state, party, clock: clockOf(asked, acts),
    /** Whole minutes of the first reply after its due time; null while there is none. */
    lateMinutes: reply ? minutesLate(reply.at, asked.dueAt) : null,
    may: may(ctx.viewer.role, 'clarification.act') ? ACTS.filter((act: Act) => mayAct(act, party, state) && !(act === 'shown' && shown)) : [],
    acts,
  }
}
export type ClarificationView = ReturnType<typeof viewOf>

const actsOf = async (ctx: Context, ids: string[]): Promise<Map<string, ActRow[]>> => {
  if (ids.length === 0) return new Map()
  const found = await ctx.db.select().from(clarificationActs).where(inArray(clarificationActs.clarificationId, ids)).orderBy(asc(clarificationActs.turn))
  return Map.groupBy(found, ({ clarificationId }) => clarificationId)
}
const columns = { clarification: clarifications, number: filings.number, summary: filings.summary }
const MOST = 500

/** Requests that the viewer may read, newest first: their own, those to them, and what is shown to all. */
export const listClarifications = query({
  name: 'clarification.list', permission: 'clarification.read', input: ListClarifications,
  run: async (ctx, { participant, state, filing }) => {
    const found = await ctx.db.select(columns).from(clarifications).leftJoin(filings, eq(filings.id, clarifications.filingId))
      .where(and(
        participant ? or(eq(clarifications.asking, participant), eq(clarifications.asked, participant)) : undefined,
        filing ? inArray(clarifications.filingId, ctx.db.select({ id: filings.id }).from(filings).where(inArray(filings.entryId, ctx.db.select({ id: filings.entryId }).from(filings).where(eq(filings.id, filing))))) : undefined,
      ))
      .orderBy(desc(clarifications.at), desc(clarifications.number)).limit(MOST)
    const acts = await actsOf(ctx, found.map(({ clarification }) => clarification.id))
    return found.map((row) => viewOf(ctx, row, acts.get(row.clarification.id) ?? []))
      .filter((view) => !state || (state === 'open' ? view.state !== 'closed' : view.state === state))
  },
})

/** One request with all that was done, and when the register was down while its clocks ran. */
export const getClarification = query({
  name: 'clarification.get', permission: 'clarification.read', input: ClarificationId,
  run: async (ctx, { id }) => {
    const [found] = await ctx.db.select(columns).from(clarifications).leftJoin(filings, eq(filings.id, clarifications.filingId)).where(eq(clarifications.id, id))
    if (!found) throw new AppError('not_found', 'There is no such request.')
    const view = viewOf(ctx, found, (await actsOf(ctx, [id])).get(id) ?? [])
    const until = view.clock.stoppedAt ?? ctx.now.toISOString()
    const down = await ctx.db.select().from(outages).where(and(gt(outages.toAt, view.at), lt(outages.fromAt, until))).orderBy(asc(outages.fromAt))
    return { ...view, outages: down.map(({ fromAt, toAt }) => ({ from: iso(fromAt), to: iso(toAt) })) }
  },
})
