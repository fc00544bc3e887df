import { randomBytes, randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { command, type Context } from '../auth/guard.ts'
import { takenIndex, takeTurn } from '../db/client.ts'
import { insertTogether, into } from '../db/insert.ts'
import { invitationReplies, observationNotes, replyNames } from '../db/schema.ts'
import { tell } from '../messages/issue.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import { AppError } from '../shared/errors.ts'
import { viennaDay } from '../thresholds/metrics-projected.ts'
import { AnswerInvitation, CommentNote, JoinNote, WriteNote } from './input.ts'
import { answeredLeaf, noteLeaf } from './leaves.ts'
import { answeredMessage, commentMessage, noteMessage } from './messages.ts'
import { accepted, invitationsOf, mustBeThere, notInvited, occasionOf, repliesOf, type Occasion } from './occasion.ts'
import { hasBegun, isLate, takesReplies, type NoteAct } from './rules.ts'

const NO_NOTE = 'There is no such note.'
const signedBy = (ctx: Context) => ({ at: ctx.now.toISOString(), by: ctx.viewer.userId!, byName: ctx.viewer.name, salt: randomBytes(32) })

const invitationFor = async (ctx: Context, id: string, participant: ParticipantCode) => {
  const occasion = await occasionOf(ctx, id)
  if (!occasion || occasion.host === participant || occasion.compiled) throw notInvited()
  if (occasion.status === 'withdrawn') throw new AppError('conflict', `${occasion.number} has been withdrawn; there is nothing to observe.`)
  const invitation = mustBeThere((await invitationsOf(ctx, occasion.filingId)).find(({ invited }) => invited === participant))
  if (takesReplies(ctx.now, occasion.startsOn)) return { occasion, invitation }
  throw new AppError('conflict', `${occasion.name} began on ${occasion.startsOn}, and answers were taken until that day ended. Write to the host.`)
}

/** An answer takes the place of an earlier one, which stays readable. It is to the newest version, whichever was named. */
export const answerInvitation = command({
  name: 'invitation.answer', permission: 'invitation.answer', input: AnswerInvitation,
  run: async (ctx, { id, answer, observers: names, words }) => {
    const participant = ctx.viewer.participant!
    const { occasion: { entryId, filingId, host, name, number }, invitation } = await invitationFor(ctx, id, participant)
    await takeTurn(ctx.db, `observation ${entryId}`)
    const isFirst = !(await repliesOf(ctx, entryId)).some((reply) => reply.participant === participant)
    const reply = { id: randomUUID(), entryId, filingId, host, participant, answer, observers: names.length, words: words ?? null, ...signedBy(ctx) }
    const late = isLate(invitation.replyBy, reply.at)
    await insertTogether(ctx.db, [into(invitationReplies, [reply])])
    // In a statement of its own: the policy of the names asks for the reply.
    await insertTogether(ctx.db, [into(replyNames, names.length > 0 ? [{ replyId: reply.id, host, participant, names }] : [])])
    const told = await tell(ctx.db, answeredMessage(reply, name, isFirst, late), reply.at)
    ctx.leaves.push(answeredLeaf(reply, names), ...told)
    return { id: reply.id, filing: { id: filingId, number, participant: host }, answer, observers: names.length, late, answeredAt: reply.at }
  },
  // Who is sent is for the host and the sender alone.
  describe: ({ answer, observers }, { filing }) => ({ subject: filing.id, detail: { answer, observers: observers.length } }),
})

/** When there was something to observe: it began, and was not withdrawn before it did. */
const mustHaveBegun = (ctx: Context, { name, number, startsOn, status, filedAt }: Occasion): void => {
  if (!hasBegun(ctx.now, startsOn)) throw new AppError('conflict', `${name} begins on ${startsOn}. What was observed is written from that day on.`)
  if (status === 'withdrawn' && viennaDay(filedAt) < startsOn) throw new AppError('conflict', `${number} was withdrawn before it began; there was nothing to observe.`)
}

const observers = async (ctx: Context, occasion: Occasion): Promise<ParticipantCode[]> => {
  const [replies, invited] = [await repliesOf(ctx, occasion.entryId), await invitationsOf(ctx, occasion.filingId)]
  const observing = accepted(replies)
  const me = ctx.viewer.participant!
  if (observing.includes(me)) return observing
  if (!replies.some(({ participant }) => participant === me) && !invited.some((one) => one.invited === me)) throw notInvited()
  throw new AppError('forbidden', 'Who accepted the invitation writes of what was observed, and joins in it. Your participant did not accept.')
}

const record = async (ctx: Context, { entryId, filingId, host }: Occasion, act: NoteAct, about: string | null, words: string | null) => {
  const note = { id: randomUUID(), entryId, filingId, host, participant: ctx.viewer.participant!, act, about, words, ...signedBy(ctx) }
  try {
    await ctx.db.insert(observationNotes).values(note)
  } catch (error) {
    // Each joins in a note, and comments on it, once.
    if (takenIndex(error) === 'observation_notes_once') throw new AppError('conflict', act === 'joined' ? 'Your participant has joined in this note already.' : 'You have commented on this note already.')
    throw error
  }
  ctx.leaves.push(noteLeaf(note))
  return note
}

const answerOf = ({ id, participant, act, about, at }: Awaited<ReturnType<typeof record>>, { filingId, number, host }: Occasion) =>
  ({ id, filing: { id: filingId, number, participant: host }, participant, act, about, at })

/** What observers of one participant saw, in words. Others who were there may join in it. */
export const writeNote = command({
  name: 'observation.note', permission: 'observation.write', input: WriteNote,
  run: async (ctx, { id, words }) => {
    const occasion = mustBeThere(await occasionOf(ctx, id))
    if (occasion.host === ctx.viewer.participant) throw new AppError('forbidden', 'Observers write of what they saw; the host comments on it.')
    const observing = await observers(ctx, occasion)
    mustHaveBegun(ctx, occasion)
    const note = await record(ctx, occasion, 'note', null, words)
    ctx.leaves.push(...await tell(ctx.db, noteMessage(note, occasion.name, observing.filter((code) => code !== note.participant)), note.at))
    return answerOf(note, occasion)
  },
  describe: (_input, { filing, id }) => ({ subject: filing.id, detail: { note: id } }),
})

const noteAt = async (ctx: Context, id: string) => {
  const [note] = await ctx.db.select({ participant: observationNotes.participant, filingId: observationNotes.filingId })
    .from(observationNotes).where(and(eq(observationNotes.id, id), eq(observationNotes.act, 'note')))
  const { participant, filingId } = mustBeThere(note, NO_NOTE)
  return { writer: participant, occasion: mustBeThere(await occasionOf(ctx, filingId), NO_NOTE) }
}

/** Makes a note one of several participants. */
export const joinNote = command({
  name: 'observation.join', permission: 'observation.write', input: JoinNote,
  run: async (ctx, { id }) => {
    const { writer, occasion } = await noteAt(ctx, id)
    await observers(ctx, occasion)
    if (writer === ctx.viewer.participant) throw new AppError('conflict', 'This note is your own; others join in it.')
    return answerOf(await record(ctx, occasion, 'joined', id, null), occasion)
  },
  describe: ({ id }, { filing }) => ({ subject: filing.id, detail: { note: id } }),
})

/** The host's word on a note: once, beside it. */
export const commentNote = command({
  name: 'observation.comment', permission: 'observation.write', input: CommentNote,
  run: async (ctx, { id, words }) => {
    const { writer, occasion } = await noteAt(ctx, id)
    if (occasion.host !== ctx.viewer.participant) throw new AppError('forbidden', 'Only the host comments on what was observed.')
    const comment = await record(ctx, occasion, 'comment', id, words)
    const joined = await ctx.db.select({ participant: observationNotes.participant }).from(observationNotes).where(and(eq(observationNotes.about, id), eq(observationNotes.act, 'joined')))
    ctx.leaves.push(...await tell(ctx.db, commentMessage(comment, occasion.name, [writer, ...joined.map(({ participant }) => participant)]), comment.at))
    return answerOf(comment, occasion)
  },
  describe: ({ id }, { filing }) => ({ subject: filing.id, detail: { note: id } }),
})
