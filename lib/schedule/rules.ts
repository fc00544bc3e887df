import type { KindName } from '../filings/kinds/registry.ts'
import { DESIGNATION, PARTICIPANTS, type Addressee, type ParticipantCode } from '../participants/rules.ts'
import { daysBetween, formatPercent, plural } from '../shared/format.ts'
import { viennaDay } from '../thresholds/metrics-projected.ts'
import type { Severity } from '../thresholds/situation.ts'
import type { ObligationRule } from './rulebook.ts'

export const OBLIGATION_STATES = ['upcoming', 'due', 'filed', 'filed_late', 'late'] as const
export type ObligationState = (typeof OBLIGATION_STATES)[number]

export type Obligation = {
  id: string; participant: ParticipantCode; rule: string; title: string; kind: KindName; asOf: string; dueOn: string; dueAt: string
  state: ObligationState; daysLeft: number
  /** Whole days, by the calendar in Vienna, between the due date and the filing, or today where nothing is filed; 0 in time. */
  daysLate: number
  filing: { id: string; number: string; filedAt: string } | null; nil: boolean; basis: string
}

const offsetOfVienna = (instant: Date): string => {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: 'Europe/Vienna', timeZoneName: 'longOffset' }).formatToParts(instant)
  return parts.find((part) => part.type === 'timeZoneName')!.value.replace('GMT', '') || '+00:00'
}

/** A due date ends at 23:59:59 Europe/Vienna, fractions of that second included; the instant in UTC, ISO. */
export const endOfDueDate = (date: string): string => {
  const roughly = new Date(`${date}T21:00:00Z`)
  return new Date(`${date}T23:59:59.999${offsetOfVienna(roughly)}`).toISOString()
}

/** Of every obligation the newest version whose `validFrom` is not after the due date. */
const inForce = (rules: readonly ObligationRule[], rule: ObligationRule, dueOn: string): boolean =>
  rule.validFrom <= dueOn && !rules.some((other) => other.id === rule.id && other.version > rule.version && other.validFrom <= dueOn)

export type Cycle = { rule: ObligationRule; asOf: string; dueOn: string }

const NEAR_DAYS = 366

/** Cycles near `now`: due within the next year, or due in the last one. What is due a while after an act of its own has no such day. */
export const cyclesAround = (now: Date, rules: readonly ObligationRule[]): Cycle[] => {
  const year = now.getUTCFullYear()
  return [year - 2, year - 1, year, year + 1, year + 2].flatMap((cycle) => rules.filter(({ dueMonthDay }) => dueMonthDay !== null).map((rule) => ({
    rule, asOf: `${cycle}-${rule.asOfMonthDay}`, dueOn: `${cycle + rule.dueYearOffset}-${rule.dueMonthDay}`,
  }))).filter(({ rule, dueOn }) => inForce(rules, rule, dueOn) && Math.abs(daysBetween(now, `${dueOn}T00:00:00Z`)) <= NEAR_DAYS)
}

/** When the obligation falls due that is as of a year's date; null where no version of it was in force by then. */
export const cycleOfYear = (rules: readonly ObligationRule[], id: string, year: number): Cycle | null =>
  rules.filter((rule) => rule.id === id && rule.dueMonthDay !== null)
    .map((rule) => ({ rule, asOf: `${year}-${rule.asOfMonthDay}`, dueOn: `${year + rule.dueYearOffset}-${rule.dueMonthDay}` }))
    .find(({ rule, dueOn }) => inForce(rules, rule, dueOn)) ?? null

/** The day that many months after a day; the last of the month where that day does not exist. */
export const monthsAfter = (day: string, months: number): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** When a filing is due whose date counts from an act that it names, such as the adoption of a budget. */
export const cycleOfFiling = (rules: readonly ObligationRule[], kind: KindName, asOf: string, namedDay: string): Cycle | null => {
  const [rule] = rules.filter((each) => each.kind === kind && each.monthsAfter !== null).toSorted((a, b) => b.version - a.version)
    .filter((each) => monthsAfter(namedDay, each.monthsAfter!) >= each.validFrom)
  return rule ? { rule, asOf, dueOn: monthsAfter(namedDay, rule.monthsAfter!) } : null
}

export type Standing = Pick<Obligation, 'state' | 'daysLeft' | 'daysLate' | 'dueAt'>

const wholeDays = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

export const stateOf = (now: Date, dueOn: string, filedAt: string | null): Standing => {
  const dueAt = endOfDueDate(dueOn)
  const daysLeft = Math.floor((Date.parse(dueAt) - now.getTime()) / 86_400_000)
  const met = filedAt ?? now.toISOString()
  const daysLate = met > dueAt ? Math.max(1, wholeDays(dueOn, viennaDay(met))) : 0
  const standing = { daysLeft, daysLate, dueAt }
  if (filedAt) return { state: daysLate > 0 ? 'filed_late' : 'filed', ...standing }
  if (daysLate > 0) return { state: 'late', ...standing }
  return { state: daysLeft <= 30 ? 'due' : 'upcoming', ...standing }
}

/** How many met the obligation in time, of those whose due date has passed or who have filed; null while that is nobody. */
export const punctualityOf = (obligations: readonly Pick<Obligation, 'state'>[]): { onTime: number; of: number; words: string } | null => {
  const settled = obligations.filter(({ state }) => state === 'filed' || state === 'filed_late' || state === 'late')
  if (settled.length === 0) return null
  const onTime = settled.filter(({ state }) => state === 'filed').length
  return { onTime, of: settled.length, words: `${onTime} of ${settled.length} on time, ${formatPercent(onTime / settled.length)}` }
}

/** Days before (negative) and after the due date on which a participant is reminded of what it has not filed. */
export const REMINDER_DAYS = [-30, -14, -7, -1, 1, 7, 30] as const

export type Reminder = {
  obligation: string; participant: ParticipantCode; rule: string; title: string; asOf: string; dueOn: string; days: number
  severity: Severity; addressees: Addressee[]; words: string
}
/** From how many days after the due date on an omission is a notice, and a warning to every participant (rule declaration.overdue). */
export type Overdue = { noticeDays: number; warningDays: number }

const gravityOf = (days: number, { noticeDays, warningDays }: Overdue): Severity =>
  (days >= warningDays ? 'warning' : days >= noticeDays ? 'notice' : 'info')

/** Before the due date the participant alone is reminded; after it the secretariat is told too, and in the end everyone. */
const addresseesOf = (participant: ParticipantCode, days: number, { warningDays }: Overdue): Addressee[] =>
  (days < 0 ? [participant] : days >= warningDays ? [...PARTICIPANTS, 'secretariat'] : [participant, 'secretariat'])

/** `passed`: whole days since the due date, negative before it. */
const reminderWords = ({ participant, title, asOf, dueOn }: Obligation, passed: number): string => {
  const what = `the ${title.charAt(0).toLowerCase()}${title.slice(1)} as of ${asOf}`
  return passed < 0
    ? `${DESIGNATION[participant]} has not yet filed ${what}. It is due on ${dueOn}, in ${plural(-passed, 'day')}; the day ends at 23:59:59 in Vienna.`
    : `${DESIGNATION[participant]} has not filed ${what}. It was due on ${dueOn}, ${plural(passed, 'day')} ago.`
}

/**
 * What to remind of now. Of the days that have come, only the latest: after an outage nobody is told yesterday's reminder beside today's.
 * `sent` names what was reminded of before, as 'obligation days'.
 */
export const remindersDue = (now: Date, obligations: readonly Obligation[], sent: ReadonlySet<string>, overdue: Overdue): Reminder[] => {
  const today = viennaDay(now.toISOString())
  return obligations.flatMap((obligation): Reminder[] => {
    if (obligation.filing) return []
    const passed = wholeDays(obligation.dueOn, today)
    const days = REMINDER_DAYS.findLast((day) => day <= passed)
    if (days === undefined || (days < 0 && passed > -1) || sent.has(`${obligation.id} ${days}`)) return []
    const { id, participant, rule, title, asOf, dueOn } = obligation
    return [{
      obligation: id, participant, rule, title, asOf, dueOn, days, severity: days < 0 ? 'info' : gravityOf(days, overdue),
      addressees: addresseesOf(participant, days, overdue), words: reminderWords(obligation, passed),
    }]
  })
}
