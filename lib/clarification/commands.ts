import { randomBytes, randomUUID } from 'node:crypto'
import { asc, eq, like, sql } from 'drizzle-orm'
import { command, invalid, type Context } from '../auth/guard.ts'
import { takeTurn } from '../db/client.ts'
import { clarificationActs, clarifications, filings } from '../db/schema.ts'
import { tell } from '../messages/issue.ts'
import { reference } from '../participants/queries.ts'
import { addresseeName, PARTICIPANTS } from '../participants/rules.ts'
import { AppError } from '../shared/errors.ts'
import { formatDateTime } from '../shared/format.ts'
import { clocksAt } from './clocks.ts'
import { AskClarification, CallMeeting, CloseClarification, FindInsufficient, RecordMeeting, ReplyClarification, ShowClarification } from './input.ts'
import { actLeaf, askedLeaf } from './leaves.ts'
import { dueAfter, inUtc, isShown, mustBeInTurn, partyOf, stateOf, timelinessInWords, toldOf, type Act, type ActContent } from './rules.ts'
import { OUTCOME_LABEL } from './words.ts'

const pathOf = (id: string) => `/clarifications/${id}`

const mustBeTheirFiling = async (ctx: Context, id: string, asked: string): Promise<void> => {
  const [filing] = await ctx.db.select({ participant: filings.participant, number: filings.number }).from(filings).where(eq(filings.id, id))
  if (!filing) throw invalid([{ pointer: '/filing', message: 'There is no such filing. Leave it out to ask about something that was seen.' }])
  if (filing.participant !== asked) throw invalid([{ pointer: '/asked', message: `${filing.number} is a filing of ${addresseeName(filing.participant)}: ask that participant about it.` }])
}

const nextNumber = async (ctx: Context): Promise<string> => {
  const series = `${ctx.viewer.participant!}-C-${ctx.now.getUTCFullYear()}-`
  await takeTurn(ctx.db, series)
  const [row] = await ctx.db.select({ n: sql<number>`count(*)::int` }).from(clarifications).where(like(clarifications.number, `${series}%`))
  return series + String(row!.n + 1).padStart(4, '0')
}

/** Asks another participant. The clock runs from this instant in elapsed hours, through weekends and clock changes. */
export const askClarification = command({
  name: 'clarification.ask', permission: 'clarification.act', input: AskClarification,
  run: async (ctx, { asked, filing, observedOn, place, more, ...stated }) => {
    const asking = ctx.viewer.participant!
    const at = ctx.now.toISOString()
    if (asked === asking) throw invalid([{ pointer: '/asked', message: 'Another participant is asked, not your own.' }])
    if (observedOn && observedOn > at.slice(0, 10)) throw invalid([{ pointer: '/observedOn', message: `${observedOn} is still to come. State the day on which it was seen.` }])
    if (filing) await mustBeTheirFiling(ctx, filing, asked)
    const { hours } = clocksAt((await reference(ctx)).rules, at)
    const row = {
      id: randomUUID(), number: await nextNumber(ctx), asking, asked, filingId: filing ?? null, observedOn: observedOn ?? null, place: place || null, more: more || null, ...stated,
      at, dueAt: dueAfter(at, hours), by: ctx.viewer.userId!, byName: ctx.viewer.name, salt: randomBytes(32),
    }
    await ctx.db.insert(clarifications).values(row)
    const about = { matter: 'clarification' as const, subject: row.id, participant: asking, rule: null, path: pathOf(row.id), title: `${row.number}: ${addresseeName(asking)} asks ${addresseeName(asked)} for clarification` }
    const due = `The reply is due on ${formatDateTime(row.dueAt)}, ${hours} hours after it was asked.`
    const others = PARTICIPANTS.filter((code) => code !== asking && code !== asked)
    ctx.leaves.push(askedLeaf(row), ...await tell(ctx.db, [
      { ...about, step: 'asked', addressees: [asked], severity: 'warning', words: `${addresseeName(asking)} asks ${addresseeName(asked)}: ${row.title}. ${due}` },
      ...(row.shownToAll ? [{ ...about, step: 'asked, shown', addressees: [...others, 'secretariat' as const], severity: 'info' as const, words: `${addresseeName(asking)} asks ${addresseeName(asked)}, and shows all participants: ${row.title}. ${due}` }] : []),
    ], at))
    return { clarification: { id: row.id, number: row.number, asking, asked, state: 'waiting' as const, at, dueAt: row.dueAt } }
  },
  describe: (_input, { clarification }) => ({ subject: clarification.id, detail: { number: clarification.number } }),
})

const load = async (ctx: Context, id: string) => {
  await takeTurn(ctx.db, id)
  const [found] = await ctx.db.select().from(clarifications).where(eq(clarifications.id, id))
  if (!found) throw new AppError('not_found', 'There is no such request.')
  const acts = await ctx.db.select().from(clarificationActs).where(eq(clarificationActs.clarificationId, id)).orderBy(asc(clarificationActs.turn))
  return { asked: inUtc(found), acts: acts.map(inUtc) }
}
type Loaded = Awaited<ReturnType<typeof load>>

const SEVERITY = { replied: 'notice', insufficient: 'notice', meeting_called: 'warning', meeting_held: 'notice', shown: 'info', closed: 'info' } as const satisfies Record<Act, string>

/** `words`: what the others are told, after whose act it is. */
type Doing = { act: Act; content: (loaded: Loaded) => ActContent; words: (loaded: Loaded, dueAt: string | null) => string; meeting?: true }

const take = async (ctx: Context, id: string, { act, content, words, meeting }: Doing) => {
  const loaded = await load(ctx, id)
  const { asked, acts } = loaded
  const at = ctx.now.toISOString()
  const party = partyOf(asked, ctx.viewer.participant)
  if (!party) throw new AppError('forbidden', 'Only the two participants whose matter it is act on it; you may read it.')
  mustBeInTurn(act, party, stateOf(asked, acts, at))
  if (act === 'shown' && isShown(asked, acts)) throw new AppError('conflict', 'Every participant can read it already.')
  const dueAt = meeting ? dueAfter(at, clocksAt((await reference(ctx)).rules, at).meetingHours) : null
  const row = {
    id: randomUUID(), clarificationId: id, turn: acts.length + 1, act, participant: ctx.viewer.participant!, content: content(loaded), at, dueAt,
    by: ctx.viewer.userId!, byName: ctx.viewer.name, salt: randomBytes(32),
  }
  await ctx.db.insert(clarificationActs).values(row)
  const told = [...acts, row]
  ctx.leaves.push(actLeaf(row), ...await tell(ctx.db, [{
    matter: 'clarification', subject: id, step: `turn ${row.turn}`, participant: row.participant, addressees: toldOf(asked, row.participant, isShown(asked, told)),
    severity: SEVERITY[act], rule: null, path: pathOf(id), title: `${asked.number}: ${asked.title}`, words: `${addresseeName(row.participant)} ${words(loaded, dueAt)}`,
  }], at))
  return { clarification: { id, number: asked.number, asking: asked.asking, asked: asked.asked, state: stateOf(asked, told, at), at: asked.at, dueAt: dueAt ?? asked.dueAt }, act: { turn: row.turn, act, at } }
}

const told = (input: { id: string }, { act, clarification }: Awaited<ReturnType<typeof take>>) => ({ subject: input.id, detail: { number: clarification.number, turn: act.turn } })

/** Whatever was asked is answered, or withheld with a reason; a blank is no answer. */
const mustAnswerAll = ({ asked }: Loaded, answers: ActContent): void => {
  const wanted = [...asked.questions, ...(asked.more ? ['more'] : [])]
  const open = wanted.filter((question) => answers[question] === undefined)
  if (open.length > 0) throw invalid(open.map((question) => ({ pointer: `/answers/${question}`, message: 'Answer it, or withhold it with a reason. A blank is no answer.' })))
}
const stated = (content: Record<string, ActContent[string] | undefined>): ActContent =>
  Object.fromEntries(Object.entries(content).filter((entry): entry is [string, ActContent[string]] => entry[1] !== undefined && entry[1] !== ''))

export const replyClarification = command({
  name: 'clarification.reply', permission: 'clarification.act', input: ReplyClarification,
  run: (ctx, { id, answers, words }) => take(ctx, id, {
    act: 'replied',
    content: (loaded) => {
      mustAnswerAll(loaded, stated(answers))
      return stated({ ...answers, words })
    },
    words: ({ asked, acts }) => (acts.some(({ act }) => act === 'replied') ? `replies to ${asked.number} once more.` : `replies to ${asked.number}, ${timelinessInWords(ctx.now.toISOString(), asked.dueAt)}.`),
  }),
  describe: told,
})

export const findInsufficient = command({
  name: 'clarification.insufficient', permission: 'clarification.act', input: FindInsufficient,
  run: (ctx, { id, words }) => take(ctx, id, { act: 'insufficient', content: () => ({ words }), words: ({ asked }) => `finds the reply to ${asked.number} insufficient: ${words}` }),
  describe: told,
})

/** From here on every participant can read it all (Vienna Document 2011, chapter III: the meeting is open to all). */
export const callMeeting = command({
  name: 'clarification.meeting', permission: 'clarification.act', input: CallMeeting,
  run: (ctx, { id }) => take(ctx, id, {
    act: 'meeting_called', content: () => ({}), meeting: true,
    words: ({ asked }, dueAt) => `calls a meeting with ${addresseeName(asked.asked)} on ${asked.number}, “${asked.title}”, to be held by ${formatDateTime(dueAt!)}. Every participant can read the request and the replies.`,
  }),
  describe: told,
})

export const recordMeeting = command({
  name: 'clarification.meeting_held', permission: 'clarification.act', input: RecordMeeting,
  run: (ctx, { id, words }) => take(ctx, id, { act: 'meeting_held', content: () => ({ words }), words: ({ asked }) => `records the meeting on ${asked.number}: ${words}` }),
  describe: told,
})

export const showClarification = command({
  name: 'clarification.show', permission: 'clarification.act', input: ShowClarification,
  run: (ctx, { id }) => take(ctx, id, { act: 'shown', content: () => ({}), words: ({ asked }) => `shows all participants its request ${asked.number} to ${addresseeName(asked.asked)}, and what was replied.` }),
  describe: told,
})

export const closeClarification = command({
  name: 'clarification.close', permission: 'clarification.act', input: CloseClarification,
  run: (ctx, { id, outcome, words }) => take(ctx, id, { act: 'closed', content: () => ({ outcome, words }), words: ({ asked }) => `closes ${asked.number}. ${OUTCOME_LABEL[outcome]}: ${words}` }),
  describe: told,
})
