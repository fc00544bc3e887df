import { DESIGNATION } from '../participants/rules.ts'
import { formatNumber, formatPercent } from '../shared/format.ts'
import { categoryOf, type CategoryCode } from '../taxonomy/rules.ts'
import type { HoldingsFacts } from './facts.ts'
import {
  AT_LEAST, DECLARATION_WITHHOLDS, FROM_NONE, changeInWords, changeMeasured, covers, figures, held, onEachCategory, ratioAndUnits, reaches,
  units, type CategoryTotal, type Metric, type NotMeasured,
} from './metrics-figures.ts'
import type { Rule, Situation, Subject } from './situation.ts'

type Earlier = { asOf: string; pieces: number; withholds: boolean }

/** A category that the previous declaration does not name counts as never declared: no figure is not a nil. */
const earlierIn = (category: CategoryCode, { previous }: Situation): Earlier | null => {
  const pieces = previous?.totals[category]
  return previous && pieces !== undefined ? { asOf: previous.asOf, pieces, withholds: (previous.withheld?.[category] ?? 0) > 0 } : null
}

const notDeclaredBefore = (situation: Situation): string =>
  situation.previous ? `the declaration as of ${situation.previous.asOf} does not name the category` : 'no earlier declaration filed'
const EARLIER_WITHHOLDS = 'the previous declaration withholds quantities in the category'

const about = (category: CategoryCode, facts: HoldingsFacts, subject: Subject) => ({
  participant: DESIGNATION[subject.participant], category, categoryName: categoryOf(category).name, asOf: facts.asOf,
})

const growth: Metric = onEachCategory((rule, total, facts, subject, situation) => {
  const { category } = total
  const limits = figures(rule, category, 'ratio', 'units')
  if (!limits) return null
  const earlier = earlierIn(category, situation)
  if (!earlier) return { category, why: notDeclaredBefore(situation) }
  if (earlier.withholds) return { category, why: EARLIER_WITHHOLDS }
  const [from, to] = [earlier.pieces, held(total)]
  if (to <= from || to - from < limits.units || !reaches(to - from, limits.ratio, from)) {
    return total.withheld > 0 ? { category, why: DECLARATION_WITHHOLDS } : null
  }
  const threshold = ratioAndUnits(limits.ratio, limits.units)
  return {
    category, measured: changeMeasured(from, to), threshold,
    values: { ...about(category, facts, subject), change: changeInWords(from, to), since: earlier.asOf, threshold },
    notes: [...(from === 0 ? [FROM_NONE] : []), ...(total.withheld > 0 ? [AT_LEAST] : [])],
  }
})

/** Crosses a level: at or above it now; below it in the previous declaration, or never declared. */
const capability: Metric = onEachCategory((rule, total, facts, subject, situation) => {
  const { category } = total
  const limits = figures(rule, category, 'level')
  if (!limits) return null
  const earlier = earlierIn(category, situation)
  const now = held(total)
  if (earlier && earlier.pieces >= limits.level) return null
  if (now < limits.level) return total.withheld > 0 ? { category, why: DECLARATION_WITHHOLDS } : null
  if (earlier?.withholds) return { category, why: EARLIER_WITHHOLDS }
  const before = earlier ? `up from ${formatNumber(earlier.pieces)} as of ${earlier.asOf}` : 'the first figure that it declares there'
  return {
    category, measured: earlier ? `${formatNumber(earlier.pieces)} → ${formatNumber(now)}` : `${formatNumber(now)}, first declared`,
    threshold: `a level of ${units(limits.level)}`,
    values: { ...about(category, facts, subject), holdings: formatNumber(now), before, level: formatNumber(limits.level) },
    notes: total.withheld > 0 ? [AT_LEAST] : [],
  }
})

/** 'fall from 232 to 220, by 5.2 %' with what notifications account for: deliveries for a rise, disposals for a fall. */
const unexplainedIn = (total: CategoryTotal, earlier: Earlier, situation: Situation) => {
  const [from, to] = [earlier.pieces, held(total)]
  const { delivered, disposed, withheld } = situation.movements[total.category] ?? { delivered: 0, disposed: 0, withheld: 0 }
  const rise = to > from
  const accounted = rise ? delivered : disposed
  const words = rise ? { verb: 'rise', means: 'deliveries' } : { verb: 'fall', means: 'disposals' }
  return { from, to, accounted, withheld, left: Math.abs(to - from) - accounted, ...words }
}

const unexplained: Metric = onEachCategory((rule, total, facts, subject, situation) => {
  const { category } = total
  const limits = figures(rule, category, 'ratio', 'units')
  if (!limits) return null
  const earlier = earlierIn(category, situation)
  if (!earlier) return { category, why: notDeclaredBefore(situation) }
  if (earlier.withholds) return { category, why: EARLIER_WITHHOLDS }
  if (total.withheld > 0) return { category, why: DECLARATION_WITHHOLDS }
  const { from, to, accounted, withheld, left, verb, means } = unexplainedIn(total, earlier, situation)
  if (left <= 0 || left < limits.units || !reaches(left, limits.ratio, from)) return null
  if (withheld > 0) return { category, why: 'a delivery or disposal since the previous declaration withholds its quantity' }
  const threshold = `${units(limits.units)} and ${formatPercent(limits.ratio)}`
  return {
    category, measured: `${changeMeasured(from, to)}; ${units(left)} unexplained`, threshold,
    values: {
      ...about(category, facts, subject), verb, change: changeInWords(from, to), since: earlier.asOf, means,
      accounted: accounted === 0 ? 'none of it' : formatNumber(accounted), left: units(left), threshold,
    },
    notes: [],
  }
})

/** What the previous declaration names and this one leaves out is neither a figure nor a nil: said, since it would hide a fall. */
const leftOut = (rule: Rule, facts: HoldingsFacts, situation: Situation): NotMeasured[] => {
  const named = new Set(facts.totals.map(({ category }) => category))
  return Object.entries(situation.previous?.totals ?? {})
    .flatMap(([code, pieces]) => (pieces > 0 ? [code as CategoryCode] : []))
    .filter((category) => covers(rule, category) && !named.has(category))
    .map((category) => ({ category, why: `declared as of ${situation.previous!.asOf} and left out of this declaration` }))
}

const unexplainedOrLeftOut: Metric = (rule, subject, situation) => {
  const { facts } = subject
  return facts.kind === 'declaration.holdings' ? [...unexplained(rule, subject, situation), ...leftOut(rule, facts, situation)] : []
}

export const HOLDINGS_METRICS: Record<string, Metric> = {
  'holdings.growth': growth,
  'holdings.capability': capability,
  'holdings.unexplained': unexplainedOrLeftOut,
}
