import { z } from 'zod'
import type { CategoryCode } from '../../taxonomy/rules.ts'
import { Category, Compiled, TypeName, day, isWithheld, isYearOnly, note, quantity, refusing } from './stated.ts'
import { declared, defineKind } from './kind.ts'

const HoldingLine = z.strictObject({
  category: Category,
  type: TypeName,
  inService: quantity('number in service'),
  inStorage: quantity('number in storage'),
  unit: note(120).optional(),
  site: note(120).optional(),
  remark: note(500).optional(),
})
export type HoldingLine = z.infer<typeof HoldingLine>

/** So that sums over all declarations stay integers of the database; the region holds some ten million small arms. */
const MAX_PIECES = 100_000_000
const pieces = (value: HoldingLine['inService']): number => (isWithheld(value) ? 0 : value)

export const HoldingsPayload = z.strictObject({
  asOf: day('the date of the declaration'),
  lines: z.array(HoldingLine, 'State the lines as a list.').max(20_000, 'At most 20,000 lines.'),
  nil: z.array(Category, 'State the categories with nothing held as a list.').default([]),
  remark: note(2000).optional(),
  compiled: Compiled.optional(),
}).superRefine((payload, ctx) => {
  const refuse = refusing(ctx)
  if (isYearOnly(payload.asOf)) refuse(['asOf'], 'State the full date of the declaration, YYYY-MM-DD.')
  if (payload.lines.length === 0 && payload.nil.length === 0) refuse(['lines'], 'State at least one line, or name the categories that are nil.')
  if (payload.lines.reduce((sum, line) => sum + pieces(line.inService) + pieces(line.inStorage), 0) > MAX_PIECES) {
    refuse(['lines'], 'The quantities add up to more than 100,000,000 pieces, which is implausible. Check them.')
  }
  const stated = new Set(payload.lines.filter((line) => line.inService !== 0 || line.inStorage !== 0).map((line) => line.category))
  payload.nil.forEach((category, index) => {
    if (stated.has(category)) refuse(['nil', index], `Category ${category} is declared nil, but lines state holdings in it.`)
    if (payload.nil.indexOf(category) !== index) refuse(['nil', index], `Category ${category} is named twice.`)
  })
})
export type HoldingsPayload = z.infer<typeof HoldingsPayload>

export type CategoryTotal = { category: CategoryCode; inService: number; inStorage: number; withheld: number }

/** Per category: sums over its lines, and how many of its quantities are withheld (never counted as zero). Nil categories are 0. */
export const totalsOf = (payload: HoldingsPayload): CategoryTotal[] => {
  const totals = new Map<CategoryCode, CategoryTotal>()
  const of = (category: CategoryCode) => {
    const total = totals.get(category) ?? { category, inService: 0, inStorage: 0, withheld: 0 }
    totals.set(category, total)
    return total
  }
  payload.nil.forEach(of)
  for (const line of payload.lines) {
    const total = of(line.category)
    if (isWithheld(line.inService)) total.withheld += 1
    else total.inService += line.inService
    if (isWithheld(line.inStorage)) total.withheld += 1
    else total.inStorage += line.inStorage
  }
  return [...totals.values()]
}

export const holdings = defineKind({
  kind: 'declaration.holdings',
  title: 'Declaration of holdings',
  verb: 'Declare holdings',
  help: 'As of a date, per category and type: what is in service and in storage; nil is stated, not left out.',
  schema: HoldingsPayload,
  audience: { asOf: 'public', nil: 'public', compiled: 'public', remark: 'observer', lines: 'participant' },
  within: { lines: { site: 'verifier' } },
  derive: (payload) => ({ totals: totalsOf(payload) }),
  summary: (payload) => {
    const stated = new Set([...payload.lines.map((line) => line.category), ...payload.nil]).size
    return `Holdings as of ${payload.asOf}: ${stated} ${stated === 1 ? 'category' : 'categories'}${payload.nil.length > 0 ? `, ${payload.nil.length} nil` : ''}`
  },
  previous: () => null,
  entry: (payload) => declared(payload.asOf, { quantity: totalsOf(payload).reduce((sum, total) => sum + total.inService + total.inStorage, 0) }),
  facts: (payload) => ({ kind: 'declaration.holdings' as const, asOf: payload.asOf, totals: totalsOf(payload) }),
  lines: (payload) => payload.lines.map((line) => ({
    category: line.category,
    type: line.type,
    inService: isWithheld(line.inService) ? null : line.inService,
    inStorage: isWithheld(line.inStorage) ? null : line.inStorage,
    unit: line.unit ?? null,
  })),
  types: (payload) => payload.lines.map(({ category, type }) => ({ category, type })),
})
