import { DESIGNATION } from '../participants/rules.ts'
import { formatNumber, formatPercent } from '../shared/format.ts'
import { categoryOf, type CategoryCode } from '../taxonomy/rules.ts'
import {
  AT_LEAST, DECLARATION_WITHHOLDS, covers, figures, held, onAcquisition, onEachCategory, reaches, units, type Metric,
} from './metrics-figures.ts'
import { OTHERS_WITHHELD, notesOn, projectionOf } from './metrics-projected.ts'
import type { Situation, Subject } from './situation.ts'

/**
 * The limit under Dayton Annex 1-B, Article IV, in pieces. A participant that is not a party has none, which is not zero; one that
 * nobody confirmed is not tested against: in both cases the reason is stated instead of a false "within the ceiling".
 */
const ceilingOf = (category: CategoryCode, subject: Subject, situation: Situation): number | { why: string } => {
  const participant = DESIGNATION[subject.participant]
  if (!situation.florenceParty) return { why: `${participant} is not a party to that agreement (Dayton Annex 1-B Art. IV)` }
  const row = situation.ceilings[category]
  if (!row?.confirmed || row.ceiling === null) {
    return { why: `No confirmed Florence ceiling of ${participant} for ${categoryOf(category).name} is on record` }
  }
  return row.ceiling
}

const about = (category: CategoryCode, subject: Subject, holdings: number, ceiling: number) => ({
  participant: DESIGNATION[subject.participant],
  category,
  categoryName: categoryOf(category).name,
  holdings: formatNumber(holdings),
  ceiling: formatNumber(ceiling),
  excess: formatNumber(holdings - ceiling),
  share: ceiling === 0 ? 'all' : formatPercent(holdings / ceiling),
})

const over = (holdings: number, ceiling: number): string => `${formatNumber(holdings)}, ${units(holdings - ceiling)} above the ceiling`
const ceilingInWords = (ceiling: number): string => `the ceiling of ${formatNumber(ceiling)}`

const projectedCeiling: Metric = onAcquisition((rule, facts, subject, situation) => {
  const { category } = facts
  const projection = covers(rule, category) ? projectionOf(facts, subject, situation) : null
  if (!projection) return null
  const ceiling = ceilingOf(category, subject, situation)
  if (typeof ceiling !== 'number') return { category, ...ceiling }
  if ('why' in projection) return { category, ...projection }
  const { after, position } = projection
  if (after <= ceiling) {
    if (position.declaredWithheld > 0) return { category, why: DECLARATION_WITHHOLDS }
    return position.incomingWithheld > 0 ? { category, why: OTHERS_WITHHELD } : null
  }
  return {
    category, measured: over(after, ceiling), threshold: ceilingInWords(ceiling), values: about(category, subject, after, ceiling),
    notes: notesOn(position),
  }
})

const declaredCeiling: Metric = onEachCategory((rule, total, facts, subject, situation) => {
  const { category } = total
  if (!covers(rule, category)) return null
  const ceiling = ceilingOf(category, subject, situation)
  if (typeof ceiling !== 'number') return { category, ...ceiling }
  const holdings = held(total)
  if (holdings <= ceiling) return total.withheld > 0 ? { category, why: DECLARATION_WITHHOLDS } : null
  return {
    category, measured: over(holdings, ceiling), threshold: ceilingInWords(ceiling),
    values: { ...about(category, subject, holdings, ceiling), asOf: facts.asOf },
    notes: total.withheld > 0 ? [AT_LEAST] : [],
  }
})

/** Near the ceiling and not above it: what is withheld may lift it above, so then it is not tested. */
const nearCeiling: Metric = onEachCategory((rule, total, facts, subject, situation) => {
  const { category } = total
  const limits = figures(rule, category, 'share')
  if (!limits) return null
  const ceiling = ceilingOf(category, subject, situation)
  if (typeof ceiling !== 'number') return { category, ...ceiling }
  const holdings = held(total)
  if (holdings > ceiling) return null
  if (total.withheld > 0) return { category, why: DECLARATION_WITHHOLDS }
  if (holdings === 0 || !reaches(holdings, limits.share, ceiling)) return null
  const values = about(category, subject, holdings, ceiling)
  const threshold = `${formatPercent(limits.share)} of ${ceilingInWords(ceiling)}`
  const measured = `${values.holdings}, ${values.share} of the ceiling`
  return { category, measured, threshold, values: { ...values, asOf: facts.asOf, threshold } }
})

export const CEILING_METRICS: Record<string, Metric> = {
  'acquisition.projected_ceiling': projectedCeiling,
  'holdings.over_ceiling': declaredCeiling,
  'holdings.near_ceiling': nearCeiling,
}
