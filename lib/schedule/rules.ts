import type { KindName } from '../filings/kinds/registry.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import { daysBetween, formatPercent } from '../shared/format.ts'
import { viennaDay } from '../thresholds/metrics-projected.ts'
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
