import type { CategoryTotal, HoldingLine } from '@/lib/filings/kinds/holdings.ts'
import { formatNumber, plural } from '@/lib/shared/format.ts'
import { CATEGORY_CODES } from '@/lib/taxonomy/rules.ts'

/** Headings of the tables of a declaration of holdings, on its page and on paper. */
export const HELD_LABEL = { category: 'Category', inService: 'In service', inStorage: 'In storage', total: 'Total' } as const
export const LINE_LABEL = { type: 'Type', category: 'Category', unit: 'Unit or formation', site: 'Site', inService: 'In service', inStorage: 'In storage' } as const

export const inOrder = <Row extends { category: HoldingLine['category'] }>(rows: readonly Row[]) =>
  rows.toSorted((a, b) => CATEGORY_CODES.indexOf(a.category) - CATEGORY_CODES.indexOf(b.category))

export const totalWords = ({ inService, inStorage, withheld }: CategoryTotal) => {
  const total = inService + inStorage
  if (withheld === 0) return formatNumber(total)
  return total === 0 ? 'withheld' : `at least ${formatNumber(total)}`
}

/** Of a category with withheld figures a sum is only what is stated; which of the two columns they are in, it does not say. */
export const partWords = (stated: number, total: CategoryTotal) => {
  if (total.withheld === 0) return formatNumber(stated)
  if (stated > 0) return `at least ${formatNumber(stated)}`
  return total.inService + total.inStorage === 0 ? 'withheld' : '0 or withheld'
}

export const withheldWords = ({ withheld }: CategoryTotal) => `${plural(withheld, 'figure')} withheld`
