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

/** What readers ask for: the four sorts of what takes place. */
export const ACTIVITY_GROUPS = ['activity', 'deployment', 'flight', 'planned'] as const
export type ActivityGroup = (typeof ACTIVITY_GROUPS)[number]
export const GROUP_LABEL: Record<ActivityGroup, string> = {
  activity: 'Exercises and other activities', deployment: 'Deployments', flight: 'UAV flights', planned: 'Planned in calendars',
}
const GROUP_OF: Partial<Record<KindName, ActivityGroup>> = {
  'notification.activity': 'activity', 'notification.deployment': 'deployment', 'notification.uav_flight': 'flight', 'calendar.activities': 'planned',
}
export const groupOf = ({ kind }: Pick<Listed, 'kind'>): ActivityGroup => GROUP_OF[kind]!

const MOST_YEARS = 10
/** The participant, the name and the year, for each year that it lasts into: an exercise of the same name comes again. */
const inItsYears = ({ participant, name, startsOn, endsOn }: Named): string[] => {
  const first = Number(startsOn.slice(0, 4))
  const years = Math.min(MOST_YEARS, Number((endsOn ?? startsOn).slice(0, 4)) - first + 1)
  return Array.from({ length: years }, (_, index) => `${participant} ${first + index} ${typeKey(name)}`)
}
type Named = Pick<Listed, 'participant' | 'name' | 'startsOn' | 'endsOn'>
/** Finds what its participant has notified of what is planned: under the same name, in a year of its own. */
export const notifiedOf = <T extends Named & Pick<Listed, 'kind'>>(listed: readonly T[]): ((planned: Named) => T | null) => {
  const notified = new Map(listed.filter((one) => !isPlannedOnly(one)).flatMap((one) => inItsYears(one).map((key) => [key, one] as const)))
  return (planned) => inItsYears(planned).map((key) => notified.get(key)).find(Boolean) ?? null
}
/** Without what a calendar holds and its participant has notified since. */
export const withoutNotified = (listed: readonly Listed[]): Listed[] => {
  const notified = notifiedOf(listed)
  return listed.filter((one) => !isPlannedOnly(one) || !notified(one))
}

type Asked = { kind?: ActivityGroup | undefined; from?: string | undefined; to?: string | undefined }
/** What has a day between `from` and `to`, both counted in, and is of the sort asked for. */
export const narrowed = (listed: readonly Listed[], { kind, from, to }: Asked): Listed[] =>
  listed.filter((one) => (!kind || groupOf(one) === kind) && (!to || one.startsOn <= to) && (!from || one.endsOn === null || one.endsOn >= from))

/** How what is listed stands on a day, YYYY-MM-DD. */
export type Phase = 'over' | 'now' | 'to come'
export const phaseOf = ({ startsOn, endsOn }: Pick<Listed, 'startsOn' | 'endsOn'>, day: string): Phase => {
  if (startsOn > day) return 'to come'
  return endsOn !== null && endsOn < day ? 'over' : 'now'
}

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
