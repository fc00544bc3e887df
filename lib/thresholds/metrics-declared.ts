import { DESIGNATION } from '../participants/rules.ts'
import { formatNumber, formatPercent } from '../shared/format.ts'
import type { BudgetFacts, Facts, PersonnelFacts } from './facts.ts'
import { changeInWords, changeMeasured, plainFigures, reaches, type Finding, type Metric } from './metrics-figures.ts'
import type { Rule, Situation, Subject } from './situation.ts'

type Compared<F> = { now: F; before: F; rule: Rule; subject: Subject }

const notMeasured = (why: string): Finding => ({ category: null, why })

/** Holds a declaration against the one before it of the same kind; says so where there is none. */
const against = <K extends Facts['kind']>(kind: K, none: (facts: Extract<Facts, { kind: K }>) => string, measure: (compared: Compared<Extract<Facts, { kind: K }>>) => Finding | null): Metric =>
  (rule: Rule, subject: Subject, { earlierDeclared }: Situation) => {
    const now = subject.facts as Extract<Facts, { kind: K }>
    if (now.kind !== kind) return []
    if (earlierDeclared?.kind !== kind) return [notMeasured(none(now))]
    const found = measure({ now, before: earlierDeclared as typeof now, rule, subject })
    return found ? [found] : []
  }

/** Up by a share and by a number of persons; from none, any increase exceeds every share. */
const strengthGrowth = (what: string, of: (facts: PersonnelFacts) => number | null): Metric =>
  against('declaration.personnel', () => 'no earlier declaration of personnel filed', ({ now, before, rule, subject }) => {
    const limits = plainFigures(rule, 'ratio', 'persons')
    if (!limits) return null
    const [to, from] = [of(now), of(before)]
    if (to === null) return notMeasured(`the declaration withholds ${what} or a part of it`)
    if (from === null) return notMeasured(`the declaration as of ${before.asOf} withholds ${what} or a part of it`)
    if (to - from < limits.persons || !reaches(to - from, limits.ratio, from)) return null
    const threshold = `${formatPercent(limits.ratio)} and ${formatNumber(limits.persons)} persons`
    return {
      category: null, measured: changeMeasured(from, to), threshold,
      values: { participant: DESIGNATION[subject.participant], since: before.asOf, asOf: now.asOf, change: changeInWords(from, to), threshold },
    }
  })

const yearBefore = ({ year, basis }: BudgetFacts): string => `no ${basis} budget for ${year - 1} filed`

const budgetGrowth: Metric = against('declaration.budget', yearBefore, ({ now, before, rule, subject }) => {
  const limits = plainFigures(rule, 'ratio')
  if (!limits || now.basis !== 'adopted') return null
  if (now.total === null || before.total === null) return notMeasured(`the total for ${now.total === null ? now.year : before.year} is withheld`)
  if (now.currency !== before.currency) return notMeasured(`stated in ${now.currency}, the year before in ${before.currency}`)
  if (now.total <= before.total || !reaches(now.total - before.total, limits.ratio, before.total)) return null
  const threshold = formatPercent(limits.ratio)
  return {
    category: null, measured: `${now.currency} ${changeMeasured(before.total, now.total)}`, threshold,
    values: {
      participant: DESIGNATION[subject.participant], year: String(now.year), before: String(before.year), currency: now.currency,
      change: changeInWords(before.total, now.total), threshold,
    },
  }
})

const budgetShare: Metric = against('declaration.budget', yearBefore, ({ now, before, rule, subject }) => {
  const limits = plainFigures(rule, 'share')
  if (!limits) return null
  if (now.share === null || before.share === null) return notMeasured(`the share of gross domestic product for ${now.share === null ? now.year : before.year} cannot be worked out`)
  if (now.share < limits.share || before.share >= limits.share) return null
  const threshold = formatPercent(limits.share)
  return {
    category: null, measured: `${formatPercent(before.share)} → ${formatPercent(now.share)} of GDP`, threshold,
    values: {
      participant: DESIGNATION[subject.participant], year: String(now.year), before: String(before.year),
      from: formatPercent(before.share), to: formatPercent(now.share), threshold,
    },
  }
})

export const DECLARED_METRICS: Record<string, Metric> = {
  'personnel.growth': strengthGrowth('active strength', ({ active }) => active),
  'personnel.special_forces': strengthGrowth('the strength of special forces', ({ specialForces }) => specialForces),
  'budget.growth': budgetGrowth,
  'budget.share': budgetShare,
}
