import { and, asc, eq, gte, inArray, lte, or, sql, type SQL } from 'drizzle-orm'
import { query, type Context } from '../auth/guard.ts'
import { may } from '../auth/policy.ts'
import { together } from '../db/client.ts'
import { entries, filingPayloads, invitationReplies, invitations, observationNotes, replyNames } from '../db/schema.ts'
import { kindOf } from '../filings/kinds/registry.ts'
import type { Json } from '../log/canonical.ts'
import { byDesignation, type ParticipantCode } from '../participants/rules.ts'
import { reference } from '../participants/queries.ts'
import type { ActivityFacts } from '../thresholds/facts.ts'
import { isToBeObserved } from '../thresholds/metrics-activities.ts'
import { viennaDay } from '../thresholds/metrics-projected.ts'
import { rulesInForce } from '../thresholds/rules.ts'
import { figuresOf, type Held } from './figures.ts'
import { Figures, ListInvitations, OfFiling } from './input.ts'
import { accepted, invitationsOf, mustBeThere, occasionOf, repliesOf, type Occasion } from './occasion.ts'
import { hasBegun, isLate, standingOf, takesReplies, type Invitation, type Reply } from './rules.ts'

type Replied = Reply & { entryId: string; participant: ParticipantCode }
const pair = (entryId: string, participant: string): string => `${entryId} ${participant}`

/** Each invitation with how it stands now. */
const stoodOf = async (ctx: Context, where: SQL | undefined) => {
  const found = await ctx.db.select({ invitation: invitations, number: entries.number }).from(invitations)
    .innerJoin(entries, eq(entries.filingId, invitations.filingId)).where(where)
  const entryIds = [...new Set(found.map(({ invitation }) => invitation.entryId))]
  const replies: Replied[] = entryIds.length === 0 ? [] : await ctx.db.select({
    entryId: invitationReplies.entryId, participant: invitationReplies.participant, answer: invitationReplies.answer, observers: invitationReplies.observers, at: invitationReplies.at,
  }).from(invitationReplies).where(inArray(invitationReplies.entryId, entryIds)).orderBy(asc(invitationReplies.at), invitationReplies.id)
  const byPair = Map.groupBy(replies, ({ entryId, participant }) => pair(entryId, participant))
  return found.map(({ invitation, number }) => {
    const own = (byPair.get(pair(invitation.entryId, invitation.invited)) ?? []).map((reply) => ({ ...reply, at: new Date(reply.at).toISOString() }))
    return { ...invitation, number, ...standingOf(ctx.now, invitation.replyBy, own), answerable: takesReplies(ctx.now, invitation.startsOn) }
  })
}
type Stood = Awaited<ReturnType<typeof stoodOf>>[number]

const ofParticipant = (participant: ParticipantCode | undefined, as: 'host' | 'invited' | undefined): SQL | undefined => {
  if (!participant) return undefined
  const [host, invited] = [eq(invitations.participant, participant), eq(invitations.invited, participant)]
  return as === 'host' ? host : as === 'invited' ? invited : or(host, invited)
}
const isOpen = ({ standing, answerable }: Stood): boolean => answerable && (standing === 'waiting' || standing === 'no_answer')

/** Invitations to observe, of newest versions, by the day on which answers are due. */
export const listInvitations = query({
  name: 'invitation.list', permission: 'invitation.read', input: ListInvitations,
  run: async (ctx, { participant, as, open }) => {
    const found = await stoodOf(ctx, ofParticipant(participant, as))
    const ordered = found.toSorted((a, b) => a.replyBy.localeCompare(b.replyBy) || a.number.localeCompare(b.number) || byDesignation(a.invited, b.invited))
    return ordered.filter((one) => open === undefined || isOpen(one) === (open === 'true')).map(({ filingId, entryId: _entry, participant: host, number, ...rest }) =>
      ({ filing: { id: filingId, number }, host, ...rest }))
  },
})

/** Names as row-level security leaves them: to the host, and to who sent them. */
const namesOf = async (ctx: Context, replyIds: readonly string[]) => {
  const found = replyIds.length === 0 ? [] : await ctx.db.select({ replyId: replyNames.replyId, names: replyNames.names }).from(replyNames).where(inArray(replyNames.replyId, [...replyIds]))
  return new Map(found.map(({ replyId, names }) => [replyId, names]))
}

const notesOf = async (ctx: Context, entryId: string) => {
  const acts = await ctx.db.select().from(observationNotes).where(eq(observationNotes.entryId, entryId)).orderBy(asc(observationNotes.at), observationNotes.id)
  const about = (id: string, act: string) => acts.filter((one) => one.about === id && one.act === act)
    .map(({ participant, words, at, byName }) => ({ participant, words, at: new Date(at).toISOString(), byName }))
  return acts.filter(({ act }) => act === 'note').map(({ id, participant, words, at, byName }) => ({
    id, participant, words: words!, at: new Date(at).toISOString(), byName,
    joined: about(id, 'joined').map((one) => ({ participant: one.participant, at: one.at, byName: one.byName })),
    comment: about(id, 'comment').map((one) => ({ words: one.words!, at: one.at, byName: one.byName }))[0] ?? null,
  }))
}

/** What the viewer may do here now; the commands ask again. */
const mayNow = (ctx: Context, { startsOn, host, status, filedAt }: Occasion, invited: readonly Invitation[], observing: readonly ParticipantCode[]) => {
  const me = may(ctx.viewer.role, 'observation.write') ? ctx.viewer.participant : null
  const wasThere = hasBegun(ctx.now, startsOn) && (status !== 'withdrawn' || viennaDay(filedAt) >= startsOn)
  return {
    answer: me !== null && invited.some((one) => one.invited === me) && takesReplies(ctx.now, startsOn),
    note: me !== null && me !== host && observing.includes(me) && wasThere,
    comment: me === host,
  }
}

/** All that is known of who observes one activity: newest version, whichever was asked about. */
export const observationOf = query({
  name: 'observation.read', permission: 'invitation.read', input: OfFiling,
  run: async (ctx, { id }) => {
    const occasion = mustBeThere(await occasionOf(ctx, id), 'There is no such activity.')
    const [invited, replies, notes] = await together([invitationsOf(ctx, occasion.filingId), repliesOf(ctx, occasion.entryId), notesOf(ctx, occasion.entryId)])
    const names = await namesOf(ctx, replies.map((reply) => reply.id))
    const replyBy = invited[0]?.replyBy ?? null
    const { filingId, number, version, status, host, name, startsOn, endsOn } = occasion
    return {
      filing: { id: filingId, number, version, status }, host, name, startsOn, endsOn, replyBy,
      invitations: invited.toSorted((a, b) => byDesignation(a.invited, b.invited)).map((one) => {
        const own = replies.filter(({ participant }) => participant === one.invited)
        return { participant: one.invited, ...standingOf(ctx.now, one.replyBy, own), names: names.get(own.at(-1)?.id ?? '') ?? null }
      }),
      replies: replies.map((reply) => ({
        id: reply.id, filing: reply.filingId, participant: reply.participant, answer: reply.answer, observers: reply.observers, words: reply.words, at: reply.at, byName: reply.byName,
        late: replyBy !== null && isLate(replyBy, reply.at), names: names.get(reply.id) ?? null,
      })),
      notes, may: mayNow(ctx, occasion, invited, accepted(replies)),
    }
  },
})

const yearOf = (year: number | undefined, day: typeof invitations.startsOn | typeof entries.fromYear): SQL | undefined => {
  if (year === undefined) return undefined
  return day === entries.fromYear ? eq(entries.fromYear, year) : and(gte(invitations.startsOn, `${year}-01-01`), lte(invitations.startsOn, `${year}-12-31`))
}

/** Activities that are over and were notified, not compiled: what each was and who came. */
const heldOf = async (ctx: Context, year: number | undefined, stood: readonly Stood[]): Promise<Held[]> => {
  const text = sql<string>`coalesce(${filingPayloads.payload}, (select v.view from filing_views v where v.filing_id = ${entries.filingId} order by v.rank desc limit 1), '{}')`
  const found = await ctx.db.select({ filingId: entries.filingId, host: entries.participant, firstFiledAt: entries.firstFiledAt, text }).from(entries)
    .leftJoin(filingPayloads, eq(filingPayloads.filingId, entries.filingId))
    .where(and(eq(entries.kind, 'notification.activity'), eq(entries.status, 'filed'), eq(entries.compiled, false), yearOf(year, entries.fromYear)))
  const { rules } = await reference(ctx)
  const today = viennaDay(ctx.now.toISOString())
  const invitedTo = Map.groupBy(stood, ({ filingId }) => filingId)
  return found.flatMap(({ filingId, host, firstFiledAt, text: stated }) => {
    const facts = kindOf('notification.activity').facts(JSON.parse(stated) as Record<string, Json>) as ActivityFacts
    if ((facts.endsOn ?? facts.startsOn) >= today) return []
    const rule = rulesInForce(rules, new Date(firstFiledAt).toISOString()).find(({ metric }) => metric === 'activity.observable')
    const own = invitedTo.get(filingId) ?? []
    return [{ host, observable: rule !== undefined && isToBeObserved(rule, facts), invites: own.length > 0, observed: own.some(({ standing }) => standing === 'accepted') }]
  })
}

/** Who invites whom, and who comes: of all years, or of activities that begin in one. */
export const observationFigures = query({
  name: 'observation.figures', permission: 'invitation.read', input: Figures,
  run: async (ctx, { year }) => {
    const stood = await stoodOf(ctx, yearOf(year, invitations.startsOn))
    return figuresOf(stood.map(({ participant: host, invited, standing }) => ({ host, invited, standing })), await heldOf(ctx, year, stood))
  },
})
