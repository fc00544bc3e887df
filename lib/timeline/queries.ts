import { and, desc, eq, inArray, lte, sql } from 'drizzle-orm'
import { SORT_LABEL } from '../activities/rules.ts'
import { query, type Context } from '../auth/guard.ts'
import { together } from '../db/client.ts'
import { UNDATED } from '../db/history-words.ts'
import { activities, entries, filings, filingViews, incidents } from '../db/schema.ts'
import { ACQUISITION_MODE_LABEL, type AcquisitionMode } from '../filings/kinds/acquisition.ts'
import { AGREEMENT_SORT_LABEL, AGREEMENT_STATUS_LABEL, ORGANISATION_LABEL, type AgreementPayload } from '../filings/kinds/agreement.ts'
import { KIND_NAMES } from '../filings/kinds/registry.ts'
import { takesPlace } from '../filings/kinds/words.ts'
import { byDesignation, isParticipant, type ParticipantCode } from '../participants/rules.ts'
import { formatNumber } from '../shared/format.ts'
import { countryName } from '../taxonomy/countries.ts'
import { viennaDay } from '../thresholds/metrics-projected.ts'
import { ListTimeline } from './input.ts'
import { INCIDENT_KIND_LABEL, isWithin, newestFirst, type TimelineEntry } from './rules.ts'

const MOST = 5000

/** The seven among the codes, each once and in their order; the rest by name. */
const partiesOf = (codes: readonly string[]): Pick<TimelineEntry, 'participants' | 'others'> => {
  const once = [...new Set(codes)]
  return { participants: once.filter((code): code is ParticipantCode => isParticipant(code)).toSorted(byDesignation), others: once.filter((code) => !isParticipant(code)).map(countryName) }
}

/** Of an entry, what its line in the timeline leads to. */
const LED_TO = { id: entries.filingId, number: entries.number, participant: entries.participant, compiled: entries.compiled }
const isInForce = eq(entries.status, 'filed')
const ofFiling = ({ id, number, compiled }: { id: string; number: string; compiled: boolean }) => ({ id, filing: { id, number }, compiled, source: null, note: null })

/** Agreements by what everyone may read of them. */
const agreementsOf = async (ctx: Context): Promise<TimelineEntry[]> => {
  const found = await ctx.db.select({ ...LED_TO, view: filingViews.view }).from(entries)
    .innerJoin(filingViews, and(eq(filingViews.filingId, entries.filingId), eq(filingViews.rank, 0)))
    .where(and(eq(entries.kind, 'agreement.defence'), isInForce)).orderBy(desc(entries.filedAt)).limit(MOST)
  return found.map(({ view, participant, ...led }) => {
    const { title, agreement, status, signedOn, partners = [], organisations = [] } = JSON.parse(view) as AgreementPayload
    const { participants, others } = partiesOf([participant, ...partners])
    return {
      ...ofFiling(led), sort: 'agreement', title, what: `${AGREEMENT_SORT_LABEL[agreement]}, ${AGREEMENT_STATUS_LABEL[status].toLowerCase()}`,
      date: signedOn ?? null, until: null, participants, others: [...others, ...organisations.map((one) => ORGANISATION_LABEL[one])], place: null,
    }
  })
}

/**
 * When an acquisition was first filed as contracted, which everyone may know; when it was signed, they may not. History is filed on days by
 * convention, of which only the year is known, or nothing.
 */
const filedOn = (filedAt: string, compiled: boolean): string | null => {
  const instant = new Date(filedAt)
  if (!compiled) return viennaDay(instant.toISOString())
  return instant.getTime() === Date.parse(UNDATED) ? null : String(instant.getUTCFullYear())
}

const acquisitionsOf = async (ctx: Context): Promise<TimelineEntry[]> => {
  const contracted = ctx.db.select({ entryId: filings.entryId, first: sql<string>`min(${filings.filedAt})`.as('first') }).from(filings)
    .innerJoin(filingViews, and(eq(filingViews.filingId, filings.id), eq(filingViews.rank, 0)))
    .where(and(eq(filings.kind, 'notification.acquisition'), sql`${filingViews.view}::jsonb ->> 'stage' = 'contracted'`)).groupBy(filings.entryId).as('contracted')
  const found = await ctx.db.select({ ...LED_TO, type: entries.type, quantity: entries.quantity, mode: entries.mode, counterpart: entries.counterpart, first: contracted.first })
    .from(entries).innerJoin(contracted, eq(contracted.entryId, entries.entryId)).where(isInForce).orderBy(desc(contracted.first)).limit(MOST)
  return found.map(({ type, quantity, mode, counterpart, first, participant, ...led }) => ({
    ...ofFiling(led), sort: 'acquisition', title: quantity === null ? type! : `${formatNumber(quantity)} ${type!}`, what: `Contracted: ${ACQUISITION_MODE_LABEL[mode as AcquisitionMode].toLowerCase()}`,
    date: filedOn(first, led.compiled), until: null, ...partiesOf([participant, ...(counterpart ? [counterpart] : [])]), place: null,
  }))
}

/** What has begun of what was notified; plans of calendars are not held yet. */
const activitiesOf = async (ctx: Context): Promise<TimelineEntry[]> => {
  const found = await ctx.db.select({ ...LED_TO, row: activities }).from(activities).innerJoin(entries, eq(entries.filingId, activities.filingId))
    .where(and(inArray(activities.kind, KIND_NAMES.filter(takesPlace)), lte(activities.startsOn, viennaDay(ctx.now.toISOString()))))
    .orderBy(desc(activities.startsOn)).limit(MOST)
  return found.map(({ row: { name, sort, startsOn, endsOn, vague, forces, place }, participant, ...led }) => ({
    ...ofFiling(led), sort: 'activity', title: name, what: SORT_LABEL[sort] ?? 'Activity', date: vague ? startsOn.slice(0, 4) : startsOn,
    until: vague || endsOn === startsOn ? null : endsOn, ...partiesOf([participant, ...forces.split(' ').filter(Boolean)]), place,
  }))
}

const incidentsOf = async (ctx: Context): Promise<TimelineEntry[]> =>
  (await ctx.db.select().from(incidents).limit(MOST)).map(({ id, happenedOn, year, title, parties, place, kind, source, note }) => ({
    id, sort: 'incident', title, what: INCIDENT_KIND_LABEL[kind] ?? kind, date: happenedOn ?? (year === null ? null : String(year)), until: null, ...partiesOf(parties), place,
    filing: null, compiled: true, source, note,
  }))

/** What is agreed, held, bought and reported in the region, newest first. What has been withdrawn is left out. Public. */
export const listTimeline = query({
  name: 'timeline.list', permission: 'register.read', input: ListTimeline,
  run: async (ctx, filter): Promise<TimelineEntry[]> => {
    const found = await together([agreementsOf(ctx), acquisitionsOf(ctx), activitiesOf(ctx), incidentsOf(ctx)])
    return found.flat().filter(isWithin(filter)).toSorted(newestFirst)
  },
})
