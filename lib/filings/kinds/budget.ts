import { z } from 'zod'
import { declared, defineKind, type Figure } from './kind.ts'
import { Compiled, Year, amount, day, fullDaysUnlessCompiled, lastDayOf, note, refusing } from './stated.ts'

export const BUDGET_BASES = ['adopted', 'executed', 'planned'] as const
export type BudgetBasis = (typeof BUDGET_BASES)[number]
export const BUDGET_BASIS_LABEL = { adopted: 'Adopted', executed: 'Executed', planned: 'Planned' } as const satisfies Record<BudgetBasis, string>

export const BUDGET_PARTS = ['personnel', 'operations', 'procurement', 'research'] as const
export const BUDGET_PART_LABEL = {
  personnel: 'Personnel', operations: 'Operations and maintenance', procurement: 'Procurement', research: 'Research and development',
} as const satisfies Record<(typeof BUDGET_PARTS)[number], string>

type Amount = z.infer<ReturnType<typeof amount>>
const known = (value: Amount | undefined): number | null => (typeof value === 'number' ? value : null)

export const BudgetPayload = z.strictObject({
  year: Year,
  basis: z.enum(BUDGET_BASES, `State the basis: one of ${BUDGET_BASES.join(', ')}.`),
  currency: z.string('State the currency by its ISO 4217 code.').regex(/^[A-Z]{3}$/, 'State the currency by its ISO 4217 code, such as EUR.'),
  total: amount('total of the defence budget'),
  personnel: amount('amount for personnel'),
  operations: amount('amount for operations and maintenance'),
  procurement: amount('amount for procurement'),
  research: amount('amount for research and development'),
  gdp: amount('gross domestic product of the year'),
  adoptedOn: day('the date of adoption').optional(),
  /** Where a source states the share alone: 0.025 is 2.5 %. */
  shareOfGdp: z.number('State the share as a number, such as 0.025.').min(0).max(1).optional(),
  remark: note(2000).optional(),
  compiled: Compiled.optional(),
}).superRefine((payload, ctx) => {
  const refuse = refusing(ctx)
  fullDaysUnlessCompiled(payload, { adoptedOn: payload.adoptedOn }, refuse)
  const [total, parts] = [known(payload.total), BUDGET_PARTS.map((part) => known(payload[part])).filter((part) => part !== null)]
  const sum = parts.reduce((all, part) => all + part, 0)
  if (total !== null && sum > total) refuse(['total'], `The parts come to ${sum.toLocaleString('en-GB')}, more than the total of ${total.toLocaleString('en-GB')}.`)
  const gdp = known(payload.gdp)
  if (gdp !== null && total !== null && gdp < total) refuse(['gdp'], 'The gross domestic product is less than the budget: state both in full units of the same currency.')
  if (payload.compiled) return
  if (payload.basis === 'adopted' && !payload.adoptedOn) refuse(['adoptedOn'], 'An adopted budget states the date of its adoption.')
  if (payload.shareOfGdp !== undefined) refuse(['shareOfGdp'], 'Only entries compiled from open sources state this. State the gross domestic product.')
})
export type BudgetPayload = z.infer<typeof BudgetPayload>

/** Budget over gross domestic product; null when either is withheld and no source states the share. */
export const shareOf = ({ total, gdp, shareOfGdp }: BudgetPayload): number | null => {
  const [amountOf, product] = [known(total), known(gdp)]
  return amountOf !== null && product ? amountOf / product : (shareOfGdp ?? null)
}

const figuresOf = (payload: BudgetPayload): Figure[] => [
  { figure: 'total', value: known(payload.total), unit: payload.currency, audience: 'public' },
  { figure: 'gdp', value: known(payload.gdp), unit: payload.currency, audience: 'public' },
  { figure: 'share', value: shareOf(payload), unit: 'of GDP', audience: 'public' },
  ...BUDGET_PARTS.map((figure): Figure => ({ figure, value: known(payload[figure]), unit: payload.currency, audience: 'observer' })),
]

const totalWords = ({ total, currency, shareOfGdp }: BudgetPayload): string => {
  if (typeof total === 'number') return `${currency} ${total.toLocaleString('en-GB')}`
  return shareOfGdp === undefined ? 'total withheld' : `${(shareOfGdp * 100).toLocaleString('en-GB', { maximumFractionDigits: 2 })} % of GDP`
}

export const budget = defineKind({
  kind: 'declaration.budget',
  title: 'Declaration of a defence budget',
  verb: 'Declare a budget',
  help: 'For a year, adopted, executed or planned: the total, what it is for, and the gross domestic product to hold it against.',
  schema: BudgetPayload,
  audience: {
    year: 'public', basis: 'public', currency: 'public', total: 'public', gdp: 'public', shareOfGdp: 'public', adoptedOn: 'public', compiled: 'public',
    personnel: 'observer', operations: 'observer', procurement: 'observer', research: 'observer', remark: 'observer',
  },
  derive: (payload) => ({ share: shareOf(payload) }),
  summary: (payload) => `${BUDGET_BASIS_LABEL[payload.basis]} defence budget ${payload.year}: ${totalWords(payload)}`,
  previous: () => null,
  entry: (payload) => declared(`${payload.year}-01-01`, { mode: payload.basis, doneOn: payload.adoptedOn && payload.basis === 'adopted' ? lastDayOf(payload.adoptedOn) : null }),
  facts: (payload) => ({
    kind: 'declaration.budget' as const, asOf: `${payload.year}-01-01`, year: payload.year, basis: payload.basis, currency: payload.currency, total: known(payload.total), share: shareOf(payload),
  }),
  lines: () => [],
  types: () => [],
  figures: figuresOf,
})
