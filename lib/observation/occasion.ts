import { asc, eq, sql } from 'drizzle-orm'
import type { Context } from '../auth/guard.ts'
import { entries, filingPayloads, filings, invitationReplies, invitations } from '../db/schema.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import { AppError } from '../shared/errors.ts'
import type { Invitation, Reply } from './rules.ts'

/** What is there to observe: a notified activity, as its newest version states it. */
export type Occasion = {
  entryId: string; filingId: string; number: string; version: number; host: ParticipantCode; status: string; filedAt: string; compiled: boolean
  name: string; startsOn: string; endsOn: string
}
export const NO_INVITATION = 'There is no invitation of yours here.'
/** Not invited and not there are the same. */
export const notInvited = (): AppError => new AppError('not_found', NO_INVITATION)

const STATED = sql<string>`coalesce(${filingPayloads.payload}, (select v.view from filing_views v where v.filing_id = ${entries.filingId} order by v.rank desc limit 1), '{}')`

/** By the id of any version; null where it is no activity. */
export const occasionOf = async (ctx: Context, id: string): Promise<Occasion | null> => {
  const [found] = await ctx.db.select({
    entryId: entries.entryId, filingId: entries.filingId, number: entries.number, version: entries.version, host: entries.participant, status: entries.status, kind: entries.kind,
    filedAt: entries.filedAt, compiled: entries.compiled, stated: STATED,
  }).from(filings).innerJoin(entries, eq(entries.entryId, filings.entryId)).leftJoin(filingPayloads, eq(filingPayloads.filingId, entries.filingId)).where(eq(filings.id, id))
  if (found?.kind !== 'notification.activity') return null
  const { stated, kind: _kind, filedAt, ...rest } = found
  const { name, startsOn, endsOn = startsOn } = JSON.parse(stated) as { name: string; startsOn: string; endsOn?: string }
  return { ...rest, filedAt: new Date(filedAt).toISOString(), name, startsOn, endsOn }
}

export const mustBeThere = <T>(found: T | null | undefined, message = NO_INVITATION): T => {
  if (!found) throw new AppError('not_found', message)
  return found
}

export const invitationsOf = (ctx: Context, filingId: string): Promise<Invitation[]> =>
  ctx.db.select().from(invitations).where(eq(invitations.filingId, filingId))

export type AnsweredBy = Reply & { participant: ParticipantCode }
/** All answers under an entry, oldest first. */
export const repliesOf = async (ctx: Context, entryId: string) => {
  const found = await ctx.db.select().from(invitationReplies).where(eq(invitationReplies.entryId, entryId)).orderBy(asc(invitationReplies.at), invitationReplies.id)
  return found.map(({ salt: _salt, ...reply }) => ({ ...reply, at: new Date(reply.at).toISOString() }))
}

/** Who observes: accepted last, whatever was answered before. */
export const accepted = (replies: readonly AnsweredBy[]): ParticipantCode[] =>
  [...Map.groupBy(replies, ({ participant }) => participant)].filter(([, own]) => own.at(-1)!.answer === 'accepted').map(([participant]) => participant)
