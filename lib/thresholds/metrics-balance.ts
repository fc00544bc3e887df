import { DESIGNATION, byDesignation, type ParticipantCode } from '../participants/rules.ts'
import { formatList, formatNumber } from '../shared/format.ts'
import type { CategoryCode } from '../taxonomy/rules.ts'
import { DECLARATION_WITHHOLDS, exceeds, figures, onAcquisition, units, type Metric } from './metrics-figures.ts'
import { OTHERS_WITHHELD, notesOn, projected, projectionOf } from './metrics-projected.ts'
import type { Situation } from './situation.ts'

type Neighbours = {
  /** Largest projected holdings among those with a declaration in the category, and whose they are. */
  largest: number
  holders: readonly ParticipantCode[]
  skipped: readonly ParticipantCode[]
  withholding: readonly ParticipantCode[]
}

const neighboursIn = (category: CategoryCode, situation: Situation): Neighbours | null => {
  const all = situation.neighbours.toSorted(byDesignation).map((code) => {
    const position = situation.positions[code]?.[category]
    return { code, pieces: projected(position), withholds: (position?.declaredWithheld ?? 0) + (position?.incomingWithheld ?? 0) > 0 }
  })
  const pieces = all.flatMap((neighbour) => neighbour.pieces ?? [])
  if (pieces.length === 0) return null
  const codes = (chosen: (neighbour: (typeof all)[number]) => boolean) => all.filter(chosen).map(({ code }) => code)
  return {
    largest: Math.max(0, ...pieces),
    holders: codes((neighbour) => neighbour.pieces === Math.max(...pieces)),
    skipped: codes((neighbour) => neighbour.pieces === null),
    withholding: codes((neighbour) => neighbour.pieces !== null && neighbour.withholds),
  }
}

const names = (codes: readonly ParticipantCode[]): string => formatList(codes.map((code) => DESIGNATION[code]))

const skippedNote = ({ skipped }: Neighbours): string[] => {
  const [has, is] = skipped.length === 1 ? ['has', 'is'] : ['have', 'are']
  return skipped.length === 0 ? [] : [`${names(skipped)} ${has} declared nothing in the category and ${is} not compared.`]
}

const withheldBy = (codes: readonly ParticipantCode[]): string =>
  `${names(codes)} ${codes.length === 1 ? 'withholds' : 'withhold'} quantities in the category`

const multiple = (after: number, { largest, holders }: Neighbours): string =>
  largest === 0 ? 'while no neighbour has any' : `${formatNumber(after / largest)} times the ${formatNumber(largest)} of ${names(holders)}`

/** Above `ratio` times every neighbour's projected holdings by this filing, and not before it. */
const balance: Metric = onAcquisition((rule, facts, subject, situation) => {
  const { category } = facts
  const limits = figures(rule, category, 'ratio', 'units')
  const projection = limits && projectionOf(facts, subject, situation)
  if (!limits || !projection) return null
  if ('why' in projection) return { category, ...projection }
  const { before, after, position } = projection
  if (position.declaredWithheld > 0) return { category, why: DECLARATION_WITHHOLDS }
  if (position.incomingWithheld > 0) return { category, why: OTHERS_WITHHELD }
  const neighbours = neighboursIn(category, situation)
  if (!neighbours) return { category, why: 'no neighbour has filed a declaration in the category' }
  const { largest, withholding } = neighbours
  if (after < limits.units || !exceeds(after, limits.ratio, largest) || exceeds(before, limits.ratio, largest)) return null
  if (withholding.length > 0) return { category, why: withheldBy(withholding) }
  const [from, to, ratio] = [formatNumber(before), formatNumber(after), formatNumber(limits.ratio)]
  const [comparison, minimum] = [multiple(after, neighbours), units(limits.units)]
  return {
    category, measured: `${from} → ${to}, ${comparison}`,
    threshold: `${ratio} times the largest projected holdings among neighbours, at least ${minimum}`,
    values: { participant: DESIGNATION[subject.participant], category, from, to, ratio, comparison, minimum },
    notes: [...skippedNote(neighbours), ...notesOn(position)],
  }
})

export const BALANCE_METRICS: Record<string, Metric> = { 'acquisition.balance': balance }
