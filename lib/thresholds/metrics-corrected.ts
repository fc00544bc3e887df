import { DESIGNATION } from '../participants/rules.ts'
import { formatList, formatNumber } from '../shared/format.ts'
import { CATEGORY_CODES } from '../taxonomy/rules.ts'
import type { Facts, HoldingsFacts } from './facts.ts'
import { changeMeasured, held, type Metric } from './metrics-figures.ts'

const stated = (count: number | null): string => (count === null ? 'withheld' : formatNumber(count))
const change = (from: number | null, to: number | null): string => (from === null || to === null ? `${stated(from)} → ${stated(to)}` : changeMeasured(from, to))

type CategoryTotal = HoldingsFacts['totals'][number]
/** The least possible, where quantities are withheld. */
const least = (total: CategoryTotal): string => `${total.withheld > 0 ? 'at least ' : ''}${formatNumber(held(total))}`

/** Category by category what a corrected declaration states differently: 'I: 325 → 319, − 1.8 %'. */
const holdingsChanges = (before: HoldingsFacts, now: HoldingsFacts): string[] => {
  const totalIn = ({ totals }: HoldingsFacts, code: string) => totals.find(({ category }) => category === code)
  return CATEGORY_CODES.flatMap((code) => {
    const [from, to] = [totalIn(before, code), totalIn(now, code)]
    if (!from && !to) return []
    if (!from || !to) return [`${code}: ${from ? 'left out' : 'added'}`]
    if (held(from) === held(to) && from.withheld === to.withheld) return []
    return [`${code}: ${from.withheld + to.withheld > 0 ? `${least(from)} → ${least(to)}` : changeMeasured(held(from), held(to))}`]
  })
}

/** What the figures say differently; a correction of other words has none. */
const changesIn = (before: Facts, now: Facts): string[] => {
  if (before.kind === 'declaration.holdings' && now.kind === 'declaration.holdings') return holdingsChanges(before, now)
  if (before.kind === 'declaration.personnel' && now.kind === 'declaration.personnel') {
    return [['active', before.active, now.active] as const, ['special forces', before.specialForces, now.specialForces] as const]
      .flatMap(([what, from, to]) => (from === to ? [] : [`${what}: ${change(from, to)}`]))
  }
  if (before.kind === 'declaration.budget' && now.kind === 'declaration.budget') return before.total === now.total ? [] : [`${now.currency} ${change(before.total, now.total)}`]
  if ('quantity' in before && 'quantity' in now && before.quantity !== now.quantity) return [`quantity: ${change(before.quantity, now.quantity)}`]
  return []
}

const MOST = 6

/** Whoever was told of an earlier version is told of the correction, whatever else it causes. */
export const corrected: Metric = (_rule, { facts, participant, amended }, { correcting }) => {
  if (!amended || !correcting || correcting.told.length === 0) return []
  const changes = changesIn(correcting.facts, facts)
  const shown = changes.length > MOST ? [...changes.slice(0, MOST), `${changes.length - MOST} more`] : changes
  return [{
    category: 'category' in facts ? facts.category : null,
    measured: shown.length > 0 ? shown.join('; ') : 'figures unchanged', threshold: 'any correction',
    values: {
      participant: DESIGNATION[participant], number: correcting.number, before: String(correcting.version), version: String(correcting.version + 1),
      change: shown.length > 0 ? formatList(shown) : 'the figures are unchanged',
    },
  }]
}
