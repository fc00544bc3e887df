import { and, asc, eq, gte, isNull, lte, or } from 'drizzle-orm'
import { query } from '../auth/guard.ts'
import { activities, entries } from '../db/schema.ts'
import type { Area } from '../geo/area.ts'
import { reference } from '../participants/queries.ts'
import { noticeAsked } from '../thresholds/rules.ts'
import { ListActivities } from './input.ts'
import type { Listed } from './rules.ts'

const MOST = 5000

/** What takes place in the days asked for, by its first day: notified, planned in calendars, and of history. Public. */
export const listActivities = query({
  name: 'activity.list', permission: 'register.read', input: ListActivities,
  run: async (ctx, { from, to, participant }): Promise<Listed[]> => {
    const found = await ctx.db.select({ row: activities, number: entries.number, compiled: entries.compiled, firstFiledAt: entries.firstFiledAt }).from(activities)
      .innerJoin(entries, eq(entries.filingId, activities.filingId))
      .where(and(
        to ? lte(activities.startsOn, to) : undefined, from ? or(isNull(activities.endsOn), gte(activities.endsOn, from)) : undefined,
        participant ? eq(activities.participant, participant) : undefined,
      ))
      .orderBy(asc(activities.startsOn), asc(entries.number), asc(activities.line)).limit(MOST)
    const { rules } = await reference(ctx)
    return found.map(({ row: { filingId, forces, area, ...row }, number, compiled, firstFiledAt }) => ({
      ...row, noticeAsked: row.noticeDays === null ? null : noticeAsked(rules, new Date(firstFiledAt).toISOString()), filing: { id: filingId, number }, forces: forces.split(' ').filter(Boolean), area: area ? (JSON.parse(area) as Area) : null, compiled,
    }))
  },
})
