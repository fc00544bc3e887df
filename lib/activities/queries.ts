import { and, asc, desc, eq, gte, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm'
import { query, type Context } from '../auth/guard.ts'
import { rows, together } from '../db/client.ts'
import { activities, entries, filings, filingViews } from '../db/schema.ts'
import type { Action } from '../filings/rules.ts'
import type { KindName } from '../filings/kinds/registry.ts'
import type { Area } from '../geo/area.ts'
import { reference } from '../participants/queries.ts'
import { PARTICIPANTS, type ParticipantCode } from '../participants/rules.ts'
import { cycleOfYear, stateOf } from '../schedule/rules.ts'
import { noticeAsked } from '../thresholds/rules.ts'
import { viennaDay } from '../thresholds/metrics-projected.ts'
import { ListActivities, ListCalendars, ListNews } from './input.ts'
import type { Listed } from './rules.ts'
import { heldAgainst, type YearCalendar } from './yearly.ts'

const MOST = 5000

/** By the first day; where there are too many, the earliest are left out. */
const listed = async (ctx: Context, ...conditions: (SQL | undefined)[]): Promise<Listed[]> => {
  const found = await ctx.db.select({ row: activities, number: entries.number, compiled: entries.compiled, firstFiledAt: entries.firstFiledAt }).from(activities)
    .innerJoin(entries, eq(entries.filingId, activities.filingId)).where(and(...conditions))
    .orderBy(desc(activities.startsOn), desc(entries.number), desc(activities.line)).limit(MOST)
  const rules = (await reference(ctx)).rules.filter(({ metric }) => metric === 'activity.late_notice')
  return found.toReversed().map(({ row: { filingId, forces, area, ...row }, number, compiled, firstFiledAt }) => ({
    ...row, noticeAsked: row.noticeDays === null ? null : noticeAsked(rules, new Date(firstFiledAt).toISOString()), filing: { id: filingId, number },
    forces: forces.split(' ').filter(Boolean), area: area ? (JSON.parse(area) as Area) : null, compiled,
  }))
}
const betweenDays = (from: string | undefined, to: string | undefined): (SQL | undefined)[] =>
  [to ? lte(activities.startsOn, to) : undefined, from ? or(isNull(activities.endsOn), gte(activities.endsOn, from)) : undefined]

/** What takes place in the days asked for, by its first day: notified, planned in calendars, and of history. Public. */
export const listActivities = query({
  name: 'activity.list', permission: 'register.read', input: ListActivities,
  run: (ctx, { from, to, participant }): Promise<Listed[]> =>
    listed(ctx, ...betweenDays(from, to), participant ? eq(activities.participant, participant) : undefined),
})

type Filed = { participant: ParticipantCode; id: string; number: string; filed_at: string }

/** The calendars filed for a year. What is compiled from open sources is nobody's calendar. */
const calendarsOf = (ctx: Context, year: number): Promise<Filed[]> => rows<Filed>(ctx.db, sql`
  select participant, filing_id as id, number, first_filed_at as filed_at from entries
   where kind = 'calendar.activities' and status = 'filed' and not compiled and as_of = ${`${year}-01-01`}::date`)

/** The exercises without warning among those that last into a year. */
const readinessIn = async (ctx: Context, year: number): Promise<Set<string>> => {
  const found = await rows<{ id: string }>(ctx.db, sql`select a.filing_id as id from activities a join filing_views v on v.filing_id = a.filing_id and v.rank = 0
    where a.kind = 'notification.activity' and a.starts_on <= ${`${year}-12-31`}::date and a.ends_on >= ${`${year}-01-01`}::date and v.view::jsonb->>'readiness' = 'true'`)
  return new Set(found.map(({ id }) => id))
}

/** Each participant's calendar for a year: whether and when it was filed, what of it was notified, and what was held outside it. Public. */
export const listCalendars = query({
  name: 'calendar.list', permission: 'register.read', input: ListCalendars,
  run: async (ctx, { year, participant }): Promise<YearCalendar[]> => {
    const calendar = eq(activities.kind, 'calendar.activities')
    const [filed, planned, others, readiness, { obligations }] = await together([
      calendarsOf(ctx, year), listed(ctx, calendar, eq(entries.asOf, `${year}-01-01`)),
      listed(ctx, sql`${activities.kind} <> 'calendar.activities'`, ...betweenDays(`${year}-01-01`, `${year}-12-31`)), readinessIn(ctx, year), reference(ctx),
    ])
    const cycle = cycleOfYear(obligations, 'calendar.annual', year)
    return (participant ? [participant] : PARTICIPANTS).map((code) => {
      const own = filed.find((one) => one.participant === code)
      const filing = own ? { id: own.id, number: own.number, filedAt: new Date(own.filed_at).toISOString() } : null
      const ofIt = (all: readonly Listed[]) => all.filter((one) => one.participant === code)
      return {
        participant: code, year, filing, due: cycle && { on: cycle.dueOn, ...stateOf(ctx.now, cycle.dueOn, filing?.filedAt ?? null) },
        ...heldAgainst(year, viennaDay(ctx.now.toISOString()), { filing, planned: ofIt(planned), listed: ofIt(others), readiness }),
      }
    })
  },
})

/** One filing about what takes place, as news: what anyone may read of it. */
export type ActivityNews = {
  id: string; number: string; version: number; action: Action; reason: string | null; kind: KindName; participant: ParticipantCode; summary: string
  filedAt: string; compiled: boolean
  /** The public view of the payload. */
  payload: { area?: Area; place?: string; activities?: { name: string; startsOn: string; endsOn: string; place: string }[] }
}
const ABOUT: KindName[] = ['notification.activity', 'notification.deployment', 'notification.uav_flight', 'calendar.activities']

/** The newest filings about what takes place, corrections and withdrawals among them. Public. */
export const listActivityNews = query({
  name: 'activity.news', permission: 'register.read', input: ListNews,
  run: async (ctx, { participant, limit }): Promise<ActivityNews[]> => {
    const { id, number, version, action, reason, kind, summary, filedAt, compiled } = filings
    const found = await ctx.db.select({ id, number, version, action, reason, kind, participant: filings.participant, summary, filedAt, compiled, view: filingViews.view }).from(filings)
      .leftJoin(filingViews, and(eq(filingViews.filingId, filings.id), eq(filingViews.rank, 0)))
      .where(and(inArray(filings.kind, ABOUT), participant ? eq(filings.participant, participant) : undefined))
      .orderBy(desc(filings.filedAt), asc(filings.number), desc(filings.version)).limit(limit)
    return found.map(({ view, ...filing }) => ({ ...filing, filedAt: new Date(filing.filedAt).toISOString(), payload: JSON.parse(view ?? '{}') as ActivityNews['payload'] }))
  },
})
