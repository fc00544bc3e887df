import { z } from 'zod'
import { Category, Compiled, Country, TypeName, day, fullDaysUnlessCompiled, lastDayOf, quantity, refusing } from './stated.ts'
import { defineKind } from './kind.ts'

export const DISPOSAL_MODES = ['retirement', 'sale', 'donation', 'destruction'] as const
export type DisposalMode = (typeof DISPOSAL_MODES)[number]
export const DISPOSAL_MODE_LABEL = {
  retirement: 'Retirement', sale: 'Sale', donation: 'Donation', destruction: 'Destruction',
} as const satisfies Record<DisposalMode, string>

export const DisposalPayload = z.strictObject({
  category: Category,
  type: TypeName,
  quantity: quantity('quantity'),
  mode: z.enum(DISPOSAL_MODES, `State the mode: one of ${DISPOSAL_MODES.join(', ')}.`),
  recipient: Country.optional(),
  decidedOn: day('the date of the decision').optional(),
  completedOn: day('the date of completion').optional(),
  fromHoldings: z.boolean('State true or false.').optional(),
  purpose: z.string().trim().max(2000, 'At most 2000 characters.').optional(),
  compiled: Compiled.optional(),
}).superRefine((payload, ctx) => {
  const refuse = refusing(ctx)
  fullDaysUnlessCompiled(payload, { decidedOn: payload.decidedOn, completedOn: payload.completedOn }, refuse)
  if (payload.compiled === undefined) {
    if (!payload.decidedOn) refuse(['decidedOn'], 'State the date of the decision.')
    if ((payload.mode === 'sale' || payload.mode === 'donation') && !payload.recipient) refuse(['recipient'], 'State who receives it, by ISO code.')
  }
  if (payload.recipient && (payload.mode === 'retirement' || payload.mode === 'destruction')) {
    refuse(['recipient'], 'Retired or destroyed equipment has no recipient: leave this out, or choose sale or donation.')
  }
  if (payload.decidedOn && payload.completedOn && lastDayOf(payload.completedOn) < payload.decidedOn) {
    refuse(['completedOn'], `The completion is before the decision of ${payload.decidedOn}.`)
  }
})
export type DisposalPayload = z.infer<typeof DisposalPayload>

export const disposal = defineKind({
  kind: 'notification.disposal',
  title: 'Notification of a disposal',
  verb: 'Notify a disposal',
  help: 'What leaves holdings: retired, sold, donated or destroyed.',
  schema: DisposalPayload,
  audience: {
    category: 'public', type: 'public', quantity: 'public', mode: 'public', recipient: 'public', fromHoldings: 'public', compiled: 'public',
    decidedOn: 'observer', completedOn: 'observer', purpose: 'observer',
  },
  summary: (payload, country) => {
    const count = typeof payload.quantity === 'number' ? `${payload.quantity} ` : 'A withheld number of '
    return `${count}${payload.type}, ${DISPOSAL_MODE_LABEL[payload.mode].toLowerCase()}${payload.recipient ? ` to ${country(payload.recipient)}` : ''}`
  },
  previous: () => null,
  entry: (payload) => ({
    category: payload.category,
    type: payload.type,
    quantity: typeof payload.quantity === 'number' ? payload.quantity : null,
    delivered: null,
    counterpart: payload.recipient ?? null,
    stage: null,
    mode: payload.mode,
    replaces: null,
    fromYear: null,
    toYear: payload.completedOn ? Number(payload.completedOn.slice(0, 4)) : null,
    doneOn: payload.completedOn ? lastDayOf(payload.completedOn) : null,
    counted: payload.fromHoldings !== false,
    asOf: null,
  }),
  facts: (payload) => ({
    kind: 'notification.disposal' as const,
    category: payload.category,
    type: payload.type,
    quantity: typeof payload.quantity === 'number' ? payload.quantity : null,
    counted: payload.fromHoldings !== false,
    completedOn: payload.completedOn ?? null,
  }),
  lines: () => [],
  types: (payload) => [{ category: payload.category, type: payload.type }],
  countries: ({ recipient }) => (typeof recipient === 'string' ? [{ at: '/recipient', code: recipient }] : []),
})
