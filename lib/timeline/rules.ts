import type { ParticipantCode } from '../participants/rules.ts'

/** What a timeline of the region is made of: three sorts of filings, and incidents that nobody filed. */
export const TIMELINE_SORTS = ['agreement', 'incident', 'activity', 'acquisition'] as const
export type TimelineSort = (typeof TIMELINE_SORTS)[number]
export const TIMELINE_SORT_LABEL = {
  agreement: 'Agreement', incident: 'Incident', activity: 'Activity', acquisition: 'Acquisition',
} as const satisfies Record<TimelineSort, string>

export const INCIDENT_KIND_LABEL: Readonly<Record<string, string>> = {
  arms: 'Arms trade', attack: 'Attack', border: 'Border', clash: 'Clash', cyber: 'Cyber', deployment: 'Deployment', drone: 'Drones', policy: 'Policy', political: 'Political',
}

export type TimelineEntry = {
  /** Of the filing, or of the incident: 'I11'. */
  id: string
  sort: TimelineSort
  /** YYYY-MM-DD; YYYY where only the year is known; null where not even that is stated. */
  date: string | null
  /** The last day, where it is another than the first. */
  until: string | null
  title: string
  /** What it is of its sort, and how it stands: 'Bilateral agreement, in force'. */
  what: string
  /** All of the seven that it is between, alike: who filed does not come first. */
  participants: ParticipantCode[]
  /** Other countries and organisations, by name. */
  others: string[]
  place: string | null
  filing: { id: string; number: string } | null
  compiled: boolean
  /** Of incidents: who reports it, and what else they say. */
  source: string | null
  note: string | null
}

export type TimelineFilter = { participant?: ParticipantCode | undefined; sort?: TimelineSort | undefined; from?: number | undefined; to?: number | undefined }

const yearOf = ({ date }: Pick<TimelineEntry, 'date'>): number | null => (date === null ? null : Number(date.slice(0, 4)))

/** What is of no known year lies in no period. */
export const isWithin = ({ participant, sort, from, to }: TimelineFilter) => (entry: TimelineEntry): boolean => {
  const year = yearOf(entry)
  return (!participant || entry.participants.includes(participant)) && (!sort || entry.sort === sort)
    && (from === undefined || (year !== null && year >= from)) && (to === undefined || (year !== null && year <= to))
}

/** Newest first. What is known to the year only comes after the days of that year, what is of no year last. */
export const newestFirst = (a: TimelineEntry, b: TimelineEntry): number => {
  const [left, right] = [a.date ?? '', b.date ?? '']
  if (left === right) return TIMELINE_SORTS.indexOf(a.sort) - TIMELINE_SORTS.indexOf(b.sort) || (a.title < b.title ? -1 : a.title > b.title ? 1 : a.id < b.id ? -1 : 1)
  return left < right ? 1 : -1
}

export type Month = { month: string | null; entries: TimelineEntry[] }
export type ChronicleYear = { year: string | null; count: number; months: Month[] }

/** By year and month, in the order given; a null month or year holds what is not known more nearly. */
export const chronicle = (entries: readonly TimelineEntry[]): ChronicleYear[] =>
  [...Map.groupBy(entries, ({ date }) => date?.slice(0, 4) ?? null)].map(([year, own]) => ({
    year, count: own.length,
    months: [...Map.groupBy(own, ({ date }) => (date && date.length > 4 ? date.slice(0, 7) : null))].map(([month, of]) => ({ month, entries: of })),
  }))

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
/** '2025-04' as 'April'. */
export const monthName = (month: string): string => MONTHS[Number(month.slice(5, 7)) - 1]!

/** Whether the note of an incident says that someone denies it, or that nobody could check it. */
export const isDisputed = ({ note }: Pick<TimelineEntry, 'note'>): boolean => note !== null && /\bden(y|ies|ied)\b|\bdisputed\b|not independently verified|\balleged/i.test(note)
