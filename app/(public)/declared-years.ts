import { figureAddress, totalAddress } from '@/app/places.ts'
import { SERVICE_LABEL, STRENGTH_LABEL } from '@/lib/filings/kinds/personnel.ts'
import { BUDGET_BASIS_LABEL, BUDGET_PART_LABEL, type BudgetBasis } from '@/lib/filings/kinds/budget.ts'
import type { DeclaredFigure, HoldingTotal } from '@/lib/analysis/queries.ts'
import { formatNumber, formatPercent } from '@/lib/shared/format.ts'
import { heldWords } from './standing.ts'
import { amountWords, type YearCell, type YearRow } from './year-table.tsx'

export const holdingCells = (totals: readonly HoldingTotal[]): YearCell[] =>
  totals.map((row) => ({ year: row.year, value: row.withheld > 0 ? null : row.total, words: heldWords(row), href: totalAddress(row.filing, row.category) }))

const SERVICES = Object.fromEntries(Object.entries(SERVICE_LABEL).map(([service, label]) => [`active.${service}`, label]))
const LABEL: Record<string, string> = {
  active: 'Active strength', activeAndParamilitary: 'Active and paramilitary', ...SERVICES, ...STRENGTH_LABEL,
  total: 'Defence budget', gdp: 'Gross domestic product', share: 'Share of gross domestic product', ...BUDGET_PART_LABEL,
}
const ORDER = Object.keys(LABEL)

const wordsOf = ({ figure, value, unit }: DeclaredFigure): string => {
  if (value === null) return 'withheld'
  if (figure === 'share') return formatPercent(value)
  return unit === 'persons' ? formatNumber(value) : amountWords(value)
}

/** Of sums that the public reads in place of their parts, and of what history states in one figure, the field has another name. */
const placeOf = ({ figure, compiled }: DeclaredFigure): string => {
  if (figure === 'active') return compiled ? 'activeTotal' : 'strength'
  return figure === 'share' && compiled ? 'shareOfGdp' : figure
}

const nameOf = ({ figure, mode, unit }: DeclaredFigure): string => {
  const basis = mode ? `, ${BUDGET_BASIS_LABEL[mode as BudgetBasis].toLowerCase()}` : ''
  return `${LABEL[figure] ?? figure}${basis}${unit === 'persons' || figure === 'share' ? '' : `, ${unit}`}`
}

/** A row for each series: of one figure, basis, unit and source, so that two sources are never one line. */
export const figureRows = (figures: readonly DeclaredFigure[]): YearRow[] => {
  // Of history, what its source does not state is no withholding.
  const stated = figures.filter(({ compiled, value }) => !compiled || value !== null)
  const series = Map.groupBy(stated, ({ figure, mode, unit, source }) => [figure, mode, unit, source].join('|'))
  return [...series].map(([key, own]) => ({
    key, name: nameOf(own[0]!), sub: own[0]!.source ?? undefined, order: ORDER.indexOf(own[0]!.figure),
    cells: own.map((row) => ({ year: row.year, value: row.value, words: wordsOf(row), href: figureAddress(row.filing, placeOf(row)) })),
  })).toSorted((a, b) => a.order - b.order || a.key.localeCompare(b.key))
}
