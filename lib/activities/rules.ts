import type { Area } from '../geo/area.ts'
import type { KindName } from '../filings/kinds/registry.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import { plural } from '../shared/format.ts'
import { typeKey } from '../taxonomy/rules.ts'

/** What takes place, or is planned to, as calendars and maps show it. `line` is 0 for what is notified and 1 and on for what a calendar holds. */
export type Listed = {
  filing: { id: string; number: string }
  line: number
  participant: ParticipantCode
  kind: KindName
  name: string
  sort: string
  startsOn: string
  /** Null where no end is planned. */
  endsOn: string | null
  /** Known to the year only. */
  vague: boolean
  personnel: number | null
  forces: string[]
  place: string | null
  area: Area | null
  noticeDays: number | null
  /** How many were asked for when it was first notified. */
  noticeAsked: number | null
  compiled: boolean
}

/** What sort of its kind, as lists say it. */
export const SORT_LABEL: Readonly<Record<string, string>> = {
  exercise: 'Exercise', other: 'Other activity', movement: 'Movement of units', new_system: 'New system', foreign_forces: 'Foreign forces', foreign_base: 'Foreign base',
  armed: 'Armed UAV flights', unarmed: 'UAV flights',
}

export const isPlannedOnly = ({ kind }: Pick<Listed, 'kind'>): boolean => kind === 'calendar.activities'

const itself = ({ participant, name }: Pick<Listed, 'participant' | 'name'>): string => `${participant} ${typeKey(name)}`
/** Without what a calendar holds and its participant has notified since, under the same name. */
export const withoutNotified = (listed: readonly Listed[]): Listed[] => {
  const notified = new Set(listed.filter((one) => !isPlannedOnly(one)).map(itself))
  return listed.filter((one) => !isPlannedOnly(one) || !notified.has(itself(one)))
}

/** How what is listed stands on a day, YYYY-MM-DD. */
export type Phase = 'over' | 'now' | 'to come'
export const phaseOf = ({ startsOn, endsOn }: Pick<Listed, 'startsOn' | 'endsOn'>, day: string): Phase => {
  if (startsOn > day) return 'to come'
  return endsOn !== null && endsOn < day ? 'over' : 'now'
}

/** Whether the two have a day in common; what has no end lasts. */
export const overlap = (a: Pick<Listed, 'startsOn' | 'endsOn'>, b: Pick<Listed, 'startsOn' | 'endsOn'>): boolean =>
  (b.endsOn === null || a.startsOn <= b.endsOn) && (a.endsOn === null || b.startsOn <= a.endsOn)

/** '2027-06-01 to 2027-06-09', '2022', 'from 2027-03-01'. */
export const daysInWords = ({ startsOn, endsOn, vague }: Pick<Listed, 'startsOn' | 'endsOn' | 'vague'>): string => {
  if (vague) return startsOn.slice(0, 4)
  if (endsOn === null) return `from ${startsOn}`
  return endsOn === startsOn ? startsOn : `${startsOn} to ${endsOn}`
}

/** '20 days before, 22 fewer than 42'; null where no notice is owed. */
export const noticeInWords = ({ noticeDays, noticeAsked }: Pick<Listed, 'noticeDays' | 'noticeAsked'>): string | null => {
  if (noticeDays === null) return null
  const days = `${plural(noticeDays, 'day')} before`
  return isShort({ noticeDays, noticeAsked }) ? `${days}, ${noticeAsked! - noticeDays} fewer than ${noticeAsked!}` : days
}
export const isShort = ({ noticeDays, noticeAsked }: Pick<Listed, 'noticeDays' | 'noticeAsked'>): boolean =>
  noticeDays !== null && noticeAsked !== null && noticeDays < noticeAsked
