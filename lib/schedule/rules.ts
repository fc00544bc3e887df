import type { KindName } from '../filings/kinds/registry.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import { daysBetween } from '../shared/format.ts'

const OPENED = '2026-11-01'

/** What a participant owes for a cycle, by the default rulebook (Vienna Document practice: as of 1 January, due 15 December before). */
export type ObligationRule = {
  id: string; title: string; kind: KindName; asOfMonthDay: string; due: { yearOffset: number; monthDay: string }
  /** Nothing is owed whose due date lies before: the register was not open. */
  validFrom: string
}
export const OBLIGATION_RULES: readonly ObligationRule[] = [
  { id: 'holdings.annual', title: 'Annual declaration of holdings', kind: 'declaration.holdings', asOfMonthDay: '01-01', due: { yearOffset: -1, monthDay: '12-15' }, validFrom: OPENED },
  { id: 'holdings.midyear', title: 'Mid-year update of holdings', kind: 'declaration.holdings', asOfMonthDay: '07-01', due: { yearOffset: 0, monthDay: '07-31' }, validFrom: OPENED },
]

export const OBLIGATION_STATES = ['upcoming', 'due', 'filed', 'filed_late', 'late'] as const
export type ObligationState = (typeof OBLIGATION_STATES)[number]

export type Obligation = {
  id: string; participant: ParticipantCode; title: string; kind: KindName; asOf: string; dueOn: string; dueAt: string
  state: ObligationState; daysLeft: number; filing: { id: string; number: string; filedAt: string } | null; nil: boolean
}

const offsetOfVienna = (instant: Date): string => {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: 'Europe/Vienna', timeZoneName: 'longOffset' }).formatToParts(instant)
  return parts.find((part) => part.type === 'timeZoneName')!.value.replace('GMT', '') || '+00:00'
}

/** A due date ends at 23:59:59 Europe/Vienna; the instant in UTC, ISO. */
export const endOfDueDate = (date: string): string => {
  const roughly = new Date(`${date}T21:00:00Z`)
  return new Date(`${date}T23:59:59${offsetOfVienna(roughly)}`).toISOString()
}

/** Obligations whose cycle is near `now`: due within the next year, or due in the last one. */
export const obligationsAround = (now: Date): { rule: ObligationRule; asOf: string; dueOn: string }[] => {
  const year = now.getUTCFullYear()
  return [year - 1, year, year + 1].flatMap((cycle) => OBLIGATION_RULES.map((rule) => ({
    rule, asOf: `${cycle}-${rule.asOfMonthDay}`, dueOn: `${cycle + rule.due.yearOffset}-${rule.due.monthDay}`,
  }))).filter(({ rule, dueOn }) => dueOn >= rule.validFrom && Math.abs(daysBetween(now, `${dueOn}T00:00:00Z`)) <= 366)
}

export const stateOf = (now: Date, dueOn: string, filedAt: string | null): { state: ObligationState; daysLeft: number; dueAt: string } => {
  const dueAt = endOfDueDate(dueOn)
  const daysLeft = Math.floor((Date.parse(dueAt) - now.getTime()) / 86_400_000)
  if (filedAt) return { state: filedAt <= dueAt ? 'filed' : 'filed_late', daysLeft, dueAt }
  if (now.toISOString() > dueAt) return { state: 'late', daysLeft, dueAt }
  return { state: daysLeft <= 30 ? 'due' : 'upcoming', daysLeft, dueAt }
}
