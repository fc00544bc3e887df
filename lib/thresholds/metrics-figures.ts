import { formatNumber, formatPercent, plural } from '../shared/format.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import type { CategoryCode } from '../taxonomy/rules.ts'
import type { AcquisitionFacts, HoldingsFacts } from './facts.ts'
import type { Rule, RuleParams, Situation, Subject } from './situation.ts'

/** A rule that is met: what was measured and the limit, and what its sentence is filled with. `notes` follow that sentence. */
export type Measured = {
  category: CategoryCode | null
  measured: string
  threshold: string
  values: Record<string, string>
  notes?: readonly string[]
  /** Whom a place-bound rule addresses, each with the reason. */
  near?: ReadonlyMap<ParticipantCode, string>
}
/** What cannot be tested, and why. */
export type NotMeasured = { category: CategoryCode | null; why: string }
export type Finding = Measured | NotMeasured
/** Measures one rule on one filing. Nothing where the rule does not apply or is not met. */
export type Metric = (rule: Rule, subject: Subject, situation: Situation) => readonly Finding[]

type Found = Finding | null

export const onAcquisition =
  (measure: (rule: Rule, facts: AcquisitionFacts, subject: Subject, situation: Situation) => Found): Metric =>
  (rule, subject, situation) => {
    if (subject.facts.kind !== 'notification.acquisition') return []
    const found = measure(rule, subject.facts, subject, situation)
    return found ? [found] : []
  }

export type CategoryTotal = HoldingsFacts['totals'][number]
export const held = (total: CategoryTotal): number => total.inService + total.inStorage

/** One finding for each category that the declaration names. */
export const onEachCategory =
  (measure: (rule: Rule, total: CategoryTotal, facts: HoldingsFacts, subject: Subject, situation: Situation) => Found): Metric =>
  (rule, subject, situation) => {
    const { facts } = subject
    if (facts.kind !== 'declaration.holdings') return []
    return facts.totals.flatMap((total) => measure(rule, total, facts, subject, situation) ?? [])
  }

const isList = (param: RuleParams[string]): param is readonly string[] => Array.isArray(param)

/** Whether the rule lists the category. */
export const covers = (rule: Rule, category: CategoryCode): boolean => {
  const listed = rule.params.categories
  return listed !== undefined && isList(listed) && listed.includes(category)
}

const figure = (rule: Rule, name: string, category: CategoryCode): number | null => {
  const param = rule.params[name]
  if (param === undefined || isList(param)) return null
  return typeof param === 'number' ? param : (param[category] ?? null)
}

/** The rule's figures for a category; null when one is absent, and then the rule does not apply there. */
export const figures = <Name extends string>(rule: Rule, category: CategoryCode, ...names: Name[]): Record<Name, number> | null => {
  if (rule.params.categories !== undefined && !covers(rule, category)) return null
  const found = names.map((name) => [name, figure(rule, name, category)] as const)
  return found.every(([, value]) => value !== null) ? (Object.fromEntries(found) as Record<Name, number>) : null
}

/** The rule's figures that hold for no category in particular; null when one is absent, and then the rule does not apply. */
export const plainFigures = <Name extends string>(rule: Rule, ...names: Name[]): Record<Name, number> | null => {
  const found = names.map((name) => [name, rule.params[name]] as const)
  return found.every(([, value]) => typeof value === 'number') ? (Object.fromEntries(found) as Record<Name, number>) : null
}

// Quotients, not products: counts whose quotient is the ratio give the very double that the ratio is, while 0.07 * 100 is more than 7.
// From none, any increase exceeds every ratio.
export const reaches = (part: number, ratio: number, whole: number): boolean => part / whole >= ratio
export const exceeds = (part: number, ratio: number, whole: number): boolean => part / whole > ratio

export const units = (count: number): string => plural(count, 'unit')

/** '10 % and 2 units' */
export const ratioAndUnits = (ratio: number, count: number): string => `${formatPercent(ratio)} and ${units(count)}`

const changeOf = (from: number, to: number): string => formatPercent(Math.abs(to - from) / from)

/** '27 → 39, + 44.4 %'; from nothing there is no percentage: '0 → 12, from none' */
export const changeMeasured = (from: number, to: number): string => {
  const change = from === 0 ? 'from none' : `${to < from ? '−' : '+'} ${changeOf(from, to)}`
  return `${formatNumber(from)} → ${formatNumber(to)}, ${change}`
}

/** 'from 27 to 39, by 44.4 %', 'from none to 12' */
export const changeInWords = (from: number, to: number): string =>
  from === 0 ? `from none to ${formatNumber(to)}` : `from ${formatNumber(from)} to ${formatNumber(to)}, by ${changeOf(from, to)}`

export const FROM_NONE = 'Any increase from none meets the percentage.'
export const AT_LEAST = 'The figures are the least possible: quantities that are withheld are not counted.'
export const WITHHELD = 'quantity withheld'
export const DECLARATION_WITHHOLDS = 'the declaration withholds quantities in the category'
