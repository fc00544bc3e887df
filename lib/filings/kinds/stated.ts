import { z } from 'zod'
import { CATEGORY_CODES } from '../../taxonomy/rules.ts'

/**
 * How a filing states things. Nil (0), withheld (with a reason) and blank (refused) are three different things in every
 * quantity and value; the messages say which of the three was meant to be there.
 */
const REASON = 'Say why it is withheld, in 3 to 300 characters.'
export const Withheld = z.strictObject({ withheld: z.string(REASON).trim().min(3, REASON).max(300, REASON) })
export type Withheld = z.infer<typeof Withheld>

export const isWithheld = (value: unknown): value is Withheld => typeof value === 'object' && value !== null && 'withheld' in value

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === ''

const quantityProblem = (value: unknown, what: string): string => {
  if (isBlank(value)) return `State the ${what}: a whole number, 0 for nil, or withheld with a reason. A blank is not a nil.`
  if (isWithheld(value)) return REASON
  if (typeof value === 'string') return `State the ${what} as a number, not as text.`
  if (typeof value === 'number' && !Number.isInteger(value)) return `The ${what} is a whole number.`
  return `State the ${what} as a whole number, or as {"withheld": "reason"}.`
}

/** A count of items, units: pieces. */
export const quantity = (what: string) =>
  z.union([
    z.int().min(0, `The ${what} cannot be negative.`).max(10_000_000, `The ${what} is implausibly large; the register takes up to 10,000,000.`), Withheld,
  ], { error: (issue) => quantityProblem(issue.input, what) })
export type Quantity = number | Withheld

const amountProblem = (value: unknown, what: string): string => {
  if (isBlank(value)) return `State the ${what}: an amount in full units, 0 for nil, or withheld with a reason. A blank is not a nil.`
  if (isWithheld(value)) return REASON
  if (typeof value === 'string') return `State the ${what} as a number, not as text.`
  return `State the ${what} as a number, or as {"withheld": "reason"}.`
}

/** An amount of money in full units of the currency that is stated beside it. */
export const amount = (what: string) =>
  z.union([z.number().min(0, `The ${what} cannot be negative.`).max(1e15, `The ${what} is implausibly large.`), Withheld], { error: (issue) => amountProblem(issue.input, what) })

export const Money = z.strictObject({
  amount: z.number('State the amount as a number.').min(0, 'The amount cannot be negative.').max(1e13, 'The amount is implausibly large.'),
  currency: z.string('State the currency by its ISO 4217 code.').regex(/^[A-Z]{3}$/, 'State the currency by its ISO 4217 code, such as EUR.'),
})

/** A contract value in full units of its currency, or withheld. */
export const Value = z.union([Money, Withheld], {
  error: (issue) => {
    if (isBlank(issue.input)) return 'State the value with its currency, or withheld with a reason. A blank is not a nil.'
    if (isWithheld(issue.input)) return REASON
    const money = issue.input as { amount?: unknown; currency?: unknown }
    if (typeof money === 'object' && typeof money.amount === 'number' && money.amount < 0) return 'The amount cannot be negative.'
    if (typeof money === 'object' && 'amount' in money && typeof money.amount !== 'number') return 'State the amount as a number.'
    if (typeof money === 'object' && typeof money.amount === 'number') return 'State the currency by its ISO 4217 code, such as EUR.'
    return 'State the value as {"amount": 2700000000, "currency": "EUR"}, or as {"withheld": "reason"}.'
  },
})
export type Value = z.infer<typeof Value>

const categoryProblem = (value: unknown): string => {
  if (isBlank(value)) return 'Choose a category.'
  const stated = typeof value === 'string' ? `“${value.slice(0, 40)}” is not a category of the register.` : 'State the category by its code.'
  return `${stated} Use one of ${CATEGORY_CODES.join(', ')}.`
}
export const Category = z.enum(CATEGORY_CODES, { error: (issue) => categoryProblem(issue.input) })

const isDay = (text: string): boolean => {
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
export const isYearOnly = (text: string): boolean => /^(19|20)\d\d$/.test(text)

/** A day as YYYY-MM-DD. A bare year passes only in entries compiled from open sources (`compiledOnly`). */
export const day = (what: string) =>
  z.string(`State ${what} as a date, YYYY-MM-DD.`)
    .refine((text) => isDay(text) || isYearOnly(text), `State ${what} as a date that exists, YYYY-MM-DD.`)
    .meta({ format: 'date' })

/** The last day that a date can mean: a bare year ends on 31 December. */
export const lastDayOf = (date: string): string => (isYearOnly(date) ? `${date}-12-31` : date)

/** Yes or no, said: nothing is assumed of what is left out. */
export const yesOrNo = (what: string) => z.boolean(`Say whether ${what}: true or false.`)

export const note = (max: number) => z.string().trim().max(max, `At most ${max} characters.`)

export const text = (what: string, max: number) =>
  z.string(`State ${what}.`).trim().min(1, `State ${what}.`).max(max, `At most ${max} characters.`)

const ONE_LINE = /^[^\p{Cc}\u2028-\u202e\u2066-\u2069]*$/u
/** What stands in summaries, subjects of mail and lists. Marks that turn the direction of writing could make it read as another. */
export const oneLine = (what: string, max: number) => text(what, max).refine((line) => ONE_LINE.test(line), `State ${what} in one line, without control characters.`)
export const TypeName = oneLine('the type or model', 80)

/** Country by ISO 3166-1 alpha-2 (XK user-assigned, EU for a joint programme). The list itself is checked by the form and by `isCountry`. */
export const Country = z.string('State the country by its ISO code.').regex(/^[A-Z]{2}$/, 'State the country by its two-letter ISO code, such as FR.')

/** Marks an entry that nobody filed: history compiled from open sources for demonstration. Only the loader may state it. */
export const Compiled = z.strictObject({ source: text('the source', 600), note: z.string().trim().max(1000).optional() })

export const Year = z.int('State a year.').min(1950, 'State a year from 1950.').max(2100, 'State a year up to 2100.')

export type Refuse = (path: (string | number)[], message: string) => void
/** Adds a problem at its place: for what no single field shows. */
export const refusing = (ctx: z.RefinementCtx): Refuse => (path, message) => ctx.addIssue({ code: 'custom', path, message, input: undefined })

/** Each that a list names a second time. `how`: what was done with it twice. */
export const refuseTwice = (list: readonly string[], path: (string | number)[], refuse: Refuse, how = 'named'): void =>
  list.forEach((one, index) => {
    if (list.indexOf(one) !== index) refuse([...path, index], `“${one}” is ${how} twice.`)
  })

/** What every kind's dates must keep to: full days unless compiled. Adds a problem for each that does not. */
export const fullDaysUnlessCompiled = (
  payload: { compiled?: unknown }, fields: Record<string, string | undefined>, refuse: Refuse,
): void => {
  if (payload.compiled !== undefined) return
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined && isYearOnly(value)) refuse([field], 'State the full date, YYYY-MM-DD. A year alone is accepted only in entries compiled from open sources.')
  }
}
