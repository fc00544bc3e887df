import { z } from 'zod'
import {
  Category, Compiled, Country, Value, Withheld, TypeName, Year, day, fullDaysUnlessCompiled, isWithheld, lastDayOf, quantity, text, refusing,
} from './stated.ts'
import { defineKind } from './kind.ts'

/** The life of an acquisition (DOMAIN of CITAAC extended upstream): each stage is filed as a version of the same entry. */
export const STAGES = ['planned', 'contracted', 'first_delivery', 'incorporated'] as const
export type Stage = (typeof STAGES)[number]
export const STAGE_LABEL = {
  planned: 'Planned', contracted: 'Contracted', first_delivery: 'First delivery', incorporated: 'Incorporated',
} as const satisfies Record<Stage, string>

export const ACQUISITION_MODES = ['purchase', 'donation', 'lease', 'national_production', 'upgrade'] as const
export type AcquisitionMode = (typeof ACQUISITION_MODES)[number]
export const ACQUISITION_MODE_LABEL = {
  purchase: 'Purchase', donation: 'Donation', lease: 'Lease', national_production: 'National production', upgrade: 'Upgrade',
} as const satisfies Record<AcquisitionMode, string>

export const EFFECTS = ['replaces', 'adds'] as const
export const EFFECT_LABEL = { replaces: 'Replaces existing equipment', adds: 'Adds to holdings' } as const

export const AcquisitionPayload = z.strictObject({
  stage: z.enum(STAGES, `State the stage: one of ${STAGES.join(', ')}.`),
  category: Category,
  type: TypeName,
  quantity: quantity('quantity'),
  delivered: quantity('number delivered so far').optional(),
  supplier: z.union([Country, Withheld], 'State the supplier by its two-letter ISO code, such as FR, or withheld with a reason.'),
  mode: z.enum(ACQUISITION_MODES, `State the mode: one of ${ACQUISITION_MODES.join(', ')}.`),
  decidedOn: day('the date of the decision').optional(),
  signedOn: day('the date of signature').optional(),
  deliveredOn: day('the date of delivery').optional(),
  deliveries: z.strictObject({ from: Year, to: Year }, 'State the delivery years as {"from": 2028, "to": 2029}.').optional(),
  value: Value,
  effect: z.enum(EFFECTS, 'State whether it replaces existing equipment or adds to holdings.'),
  replaces: TypeName.optional(),
  purpose: text('the purpose', 2000),
  previous: z.uuid('State the id of the filing of the earlier stage.').toLowerCase().optional(),
  compiled: Compiled.optional(),
}).superRefine((payload, ctx) => {
  const refuse = refusing(ctx)
  fullDaysUnlessCompiled(payload, { decidedOn: payload.decidedOn, signedOn: payload.signedOn, deliveredOn: payload.deliveredOn }, refuse)
  if (payload.compiled === undefined) {
    if (payload.stage === 'planned' && !payload.decidedOn) refuse(['decidedOn'], 'A planned acquisition states the date of the government decision.')
    if (payload.stage !== 'planned' && !payload.signedOn) refuse(['signedOn'], 'From the contract on, state the date of signature.')
    if (payload.stage === 'contracted' && !payload.deliveries) refuse(['deliveries'], 'A contract states the first and the last year of delivery.')
  }
  if (payload.deliveries && payload.deliveries.to < payload.deliveries.from) refuse(['deliveries', 'to'], 'The last delivery year is before the first.')
  if (payload.signedOn && payload.deliveries && payload.deliveries.from < Number(payload.signedOn.slice(0, 4))) {
    refuse(['deliveries', 'from'], `Deliveries begin before the signature of ${payload.signedOn}. State ${payload.signedOn.slice(0, 4)} or later.`)
  }
  if (payload.signedOn && payload.deliveredOn && lastDayOf(payload.deliveredOn) < payload.signedOn) {
    refuse(['deliveredOn'], `The delivery is before the signature of ${payload.signedOn}.`)
  }
  if (payload.decidedOn && payload.signedOn && lastDayOf(payload.signedOn) < payload.decidedOn) {
    refuse(['signedOn'], `The signature is before the decision of ${payload.decidedOn}.`)
  }
  const { delivered } = payload
  if (typeof delivered === 'number' && typeof payload.quantity === 'number' && delivered > payload.quantity) {
    refuse(['delivered'], `More is delivered (${delivered}) than the quantity stated (${payload.quantity}).`)
  }
  if (payload.stage === 'first_delivery' && delivered === undefined) refuse(['delivered'], 'State how many have been delivered so far, or withheld with a reason.')
  if (payload.stage === 'first_delivery' && delivered === 0) refuse(['delivered'], 'A first delivery delivers at least one.')
  if ((payload.stage === 'planned' || payload.stage === 'contracted') && typeof delivered === 'number' && delivered > 0) {
    refuse(['delivered'], 'Something is delivered: file it as first delivery or incorporated.')
  }
  if (payload.effect === 'replaces' && !payload.replaces) refuse(['replaces'], 'State the type that it replaces, or say that it adds to holdings.')
  if (payload.effect === 'adds' && payload.replaces) refuse(['replaces'], 'It adds to holdings, so nothing is replaced: leave this out or choose “replaces”.')
  if (payload.category === 'E5' && payload.quantity !== 0 && !isWithheld(payload.quantity)) {
    refuse(['quantity'], 'A cyber capability is stated, not counted: withhold the quantity with the reason “not counted”.')
  }
})
export type AcquisitionPayload = z.infer<typeof AcquisitionPayload>

/** How many of `payload` are delivered: all when incorporated, else as stated; null when withheld. */
export const deliveredOf = (payload: AcquisitionPayload): number | null => {
  if (payload.delivered !== undefined) return typeof payload.delivered === 'number' ? payload.delivered : null
  if (payload.stage === 'incorporated') return typeof payload.quantity === 'number' ? payload.quantity : null
  return 0
}

export const acquisition = defineKind({
  kind: 'notification.acquisition',
  title: 'Notification of an acquisition',
  verb: 'Notify an acquisition',
  help: 'What is planned, contracted, delivered or incorporated: one entry, a version for each stage.',
  schema: AcquisitionPayload,
  audience: {
    stage: 'public', category: 'public', type: 'public', quantity: 'public', delivered: 'public', supplier: 'public', mode: 'public',
    deliveries: 'public', effect: 'public', replaces: 'public', previous: 'public', compiled: 'public',
    decidedOn: 'observer', signedOn: 'observer', deliveredOn: 'observer', purpose: 'observer', value: 'participant',
  },
  summary: (payload, country) => {
    const count = typeof payload.quantity === 'number' ? `${payload.quantity} ` : 'A withheld number of '
    const supplier = typeof payload.supplier === 'string' ? ` from ${country(payload.supplier)}` : ''
    const delivered = payload.stage === 'first_delivery' && typeof payload.delivered === 'number' ? `, ${payload.delivered} delivered` : ''
    return `${count}${payload.type}${supplier}, ${STAGE_LABEL[payload.stage].toLowerCase()}${delivered}`
  },
  previous: (payload) => payload.previous ?? null,
  entry: (payload) => ({
    category: payload.category,
    type: payload.type,
    quantity: typeof payload.quantity === 'number' ? payload.quantity : null,
    delivered: deliveredOf(payload),
    counterpart: typeof payload.supplier === 'string' ? payload.supplier : null,
    stage: payload.stage,
    mode: payload.mode,
    replaces: payload.replaces ?? null,
    fromYear: payload.deliveries?.from ?? null,
    toYear: payload.deliveries?.to ?? null,
    doneOn: payload.deliveredOn ? lastDayOf(payload.deliveredOn) : null,
    counted: payload.mode !== 'upgrade',
    asOf: null,
  }),
  facts: (payload) => ({
    kind: 'notification.acquisition' as const,
    stage: payload.stage,
    category: payload.category,
    type: payload.type,
    quantity: typeof payload.quantity === 'number' ? payload.quantity : null,
    delivered: deliveredOf(payload),
    counted: payload.mode !== 'upgrade',
    signedOn: payload.signedOn ?? null,
    deliveredOn: payload.deliveredOn ?? null,
  }),
  lines: () => [],
  types: (payload) => [{ category: payload.category, type: payload.type }],
  countries: ({ supplier }) => (typeof supplier === 'string' ? [{ at: '/supplier', code: supplier }] : []),
})
