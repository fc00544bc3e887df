import type { ParticipantCode } from '../participants/rules.ts'
import type { Standing } from '../schedule/rules.ts'
import { isPlanned } from '../thresholds/metrics-activities.ts'
import { notifiedOf, phaseOf, type Listed } from './rules.ts'

/** `notified`: its notice, under the same name. `passed`: its days are over. */
export type PlannedOne = { planned: Listed; notified: Listed | null; passed: boolean }

/** What one participant planned for a year, held against what it has notified. */
export type YearCalendar = {
  participant: ParticipantCode
  year: number
  /** By when the calendar was owed, and how that stands; null where nothing was owed for that year. */
  due: ({ on: string } & Standing) | null
  filing: { id: string; number: string; filedAt: string } | null
  planned: PlannedOne[]
  /** Notified activities that the calendar does not hold; null where no calendar is filed, since there is nothing to hold them against. */
  outside: Listed[] | null
  /** Compiled from open sources, without any notice. */
  compiled: number
}

/** `readiness`: ids of the filings of exercises without warning, which no calendar can hold. */
type Known = { filing: YearCalendar['filing']; planned: readonly Listed[]; listed: readonly Listed[]; readiness: ReadonlySet<string> }

/**
 * An activity is in the calendar under the same name, or for days that overlap: names and places change between the two. Only the name says
 * that what is planned has been notified.
 */
export const heldAgainst = (year: number, day: string, { filing, planned, listed, readiness }: Known): Pick<YearCalendar, 'planned' | 'outside' | 'compiled'> => {
  const ofYear = listed.filter(({ kind, startsOn }) => kind === 'notification.activity' && startsOn.startsWith(`${year}-`))
  const notices = listed.filter(({ compiled }) => !compiled)
  const notified = notifiedOf(notices)
  const activities = planned.map(({ name, startsOn, endsOn }) => ({ name, startsOn, endsOn: endsOn ?? startsOn }))
  const isOutside = (one: Listed): boolean => !one.compiled && !readiness.has(one.filing.id) && !isPlanned(one, { activities })
  return {
    planned: planned.map((one) => ({ planned: one, notified: notified(one), passed: phaseOf(one, day) === 'over' })),
    outside: filing ? ofYear.filter(isOutside) : null,
    compiled: ofYear.filter(({ compiled }) => compiled).length,
  }
}
