import { z } from 'zod'
import { declared, defineKind } from './kind.ts'
import { Category, Compiled, day, fullDaysUnlessCompiled, isYearOnly, note, refusing, text, yesOrNo, type Refuse } from './stated.ts'

/** Yearly reports on agreed norms: thesis ch. 5; OSCE PC.DEC/1202 for cyber; DoDD 3000.09 and AP I Art. 36 for the words on autonomy. */
const asOf = day('the date of the statement')
const mustBeFullDay = (value: string, refuse: Refuse): void => {
  if (isYearOnly(value)) refuse(['asOf'], 'State the full date of the statement, YYYY-MM-DD.')
}
/** None is said, not left open: an empty list alone is an omission. */
const nilOrSome = (list: readonly unknown[], nil: boolean | undefined, field: string, what: string, refuse: Refuse): void => {
  if (list.length === 0 && nil !== true) refuse([field], `Name at least one ${what}, or state nil.`)
  if (list.length > 0 && nil === true) refuse(['nil'], `Nil is stated, but a ${what} is named.`)
}

export const CYBER_CAPABILITY = ['yes', 'no', 'undisclosed'] as const
export const CYBER_CAPABILITY_LABEL = { yes: 'Yes', no: 'No', undisclosed: 'Not disclosed' } as const

export const CyberPayload = z.strictObject({
  asOf,
  capability: z.enum(CYBER_CAPABILITY, 'Say whether there is a military cyber capability: yes, no or undisclosed.'),
  command: note(200).optional(),
  doctrinePublic: yesOrNo('a doctrine is public'),
  legalBasis: text('the legal basis, or that there is none', 1000),
  parliamentaryOversight: yesOrNo('parliament oversees it'),
  contact: text('the contact that answers day and night', 300),
  pledge: yesOrNo('the participant pledges not to attack the critical infrastructure of others'),
  norms: text('how the agreed norms were kept in the year', 4000),
  reviewedOn: day('the date of the last neutral review').optional(),
  remark: note(2000).optional(),
  compiled: Compiled.optional(),
}).superRefine((payload, ctx) => {
  const refuse = refusing(ctx)
  mustBeFullDay(payload.asOf, refuse)
  fullDaysUnlessCompiled(payload, { reviewedOn: payload.reviewedOn }, refuse)
  if (payload.capability === 'yes' && !payload.command) refuse(['command'], 'Name the command that is responsible.')
})
export type CyberPayload = z.infer<typeof CyberPayload>

export const AUTONOMY_LEVELS = ['semi_autonomous', 'supervised', 'autonomous'] as const
export type AutonomyLevel = (typeof AUTONOMY_LEVELS)[number]
/** A working definition: none is agreed internationally. */
export const AUTONOMY_LEVEL_LABEL = {
  semi_autonomous: 'Semi-autonomous: engages only what a person picked', supervised: 'Supervised: a person can stop it',
  autonomous: 'Autonomous: selects and engages without further human action',
} as const satisfies Record<AutonomyLevel, string>

export const AutonomyPayload = z.strictObject({
  asOf,
  systems: z.array(z.strictObject({
    name: text('the name of the system', 80), category: Category,
    level: z.enum(AUTONOMY_LEVELS, `State the level of autonomy: one of ${AUTONOMY_LEVELS.join(', ')}.`),
    legalReview: yesOrNo('its legal review is done'), remark: note(500).optional(),
  }), 'State the systems as a list.').max(500, 'At most 500 systems.'),
  nil: z.boolean('State nil as true or false.').optional(),
  pledge: yesOrNo('the participant pledges to field none without a human in the loop'),
  remark: note(2000).optional(),
  compiled: Compiled.optional(),
}).superRefine((payload, ctx) => {
  const refuse = refusing(ctx)
  mustBeFullDay(payload.asOf, refuse)
  nilOrSome(payload.systems, payload.nil, 'systems', 'system', refuse)
})
export type AutonomyPayload = z.infer<typeof AutonomyPayload>

export const SURVEILLANCE_MODES = ['real_time', 'after_the_fact'] as const
export const SURVEILLANCE_MODE_LABEL = { real_time: 'In real time', after_the_fact: 'After the fact' } as const

export const SurveillancePayload = z.strictObject({
  asOf,
  uses: z.array(z.strictObject({
    system: text('the name of the system', 120),
    mode: z.enum(SURVEILLANCE_MODES, `State the mode: one of ${SURVEILLANCE_MODES.join(', ')}.`),
    faceRecognition: yesOrNo('it recognises faces'), site: note(120).optional(), remark: note(500).optional(),
  }), 'State the uses as a list.').max(500, 'At most 500 uses.'),
  nil: z.boolean('State nil as true or false.').optional(),
  parliamentToldOn: day('the date on which parliament was told').optional(),
  remark: note(2000).optional(),
  compiled: Compiled.optional(),
}).superRefine((payload, ctx) => {
  const refuse = refusing(ctx)
  mustBeFullDay(payload.asOf, refuse)
  fullDaysUnlessCompiled(payload, { parliamentToldOn: payload.parliamentToldOn }, refuse)
  nilOrSome(payload.uses, payload.nil, 'uses', 'use', refuse)
  if (payload.uses.length > 0 && !payload.parliamentToldOn) refuse(['parliamentToldOn'], 'State when parliament was told.')
})
export type SurveillancePayload = z.infer<typeof SurveillancePayload>

const common = { previous: () => null, lines: () => [], types: () => [] }
const counted = (count: number, one: string, many: string): string => (count === 0 ? 'nil' : `${count} ${count === 1 ? one : many}`)

export const cyber = defineKind({
  ...common,
  kind: 'statement.cyber',
  title: 'Statement on cyber capability',
  verb: 'State on cyber',
  help: 'Yearly: whether there is a military cyber capability, who answers for it, who can be reached, and how the norms were kept.',
  schema: CyberPayload,
  audience: {
    asOf: 'public', capability: 'public', command: 'public', doctrinePublic: 'public', legalBasis: 'public', parliamentaryOversight: 'public', pledge: 'public',
    norms: 'public', reviewedOn: 'public', compiled: 'public', remark: 'observer', contact: 'participant',
  },
  summary: (payload) => `Cyber capability as of ${payload.asOf}: ${CYBER_CAPABILITY_LABEL[payload.capability].toLowerCase()}`,
  entry: (payload) => declared(payload.asOf),
  facts: (payload) => ({ kind: 'statement.cyber' as const, asOf: payload.asOf }),
})

export const autonomy = defineKind({
  ...common,
  kind: 'statement.autonomy',
  title: 'Statement on weapons with autonomous functions',
  verb: 'State on autonomy',
  help: 'Yearly: each system that selects targets, how far a person decides, and whether its legal review is done.',
  schema: AutonomyPayload,
  audience: { asOf: 'public', nil: 'public', pledge: 'public', compiled: 'public', remark: 'observer', systems: 'participant' },
  derive: (payload) => ({ count: payload.systems.length }),
  summary: (payload) => `Autonomous functions as of ${payload.asOf}: ${counted(payload.systems.length, 'system', 'systems')}`,
  entry: (payload) => declared(payload.asOf, { quantity: payload.systems.length }),
  facts: (payload) => ({ kind: 'statement.autonomy' as const, asOf: payload.asOf }),
})

export const surveillance = defineKind({
  ...common,
  kind: 'statement.surveillance',
  title: 'Statement on biometric surveillance',
  verb: 'State on surveillance',
  help: 'Yearly: remote biometric identification by security forces, in real time or after the fact, and when parliament was told.',
  schema: SurveillancePayload,
  audience: { asOf: 'public', nil: 'public', parliamentToldOn: 'public', compiled: 'public', remark: 'observer', uses: 'participant' },
  within: { uses: { site: 'verifier' } },
  derive: (payload) => ({ count: payload.uses.length }),
  summary: (payload) => `Biometric surveillance as of ${payload.asOf}: ${counted(payload.uses.length, 'use', 'uses')}`,
  entry: (payload) => declared(payload.asOf, { quantity: payload.uses.length }),
  facts: (payload) => ({ kind: 'statement.surveillance' as const, asOf: payload.asOf }),
})
