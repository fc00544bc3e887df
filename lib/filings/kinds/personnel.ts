import { z } from 'zod'
import { declared, defineKind, type Figure } from './kind.ts'
import { Compiled, day, isWithheld, isYearOnly, note, quantity, type Quantity, refusing } from './stated.ts'

export const SERVICES = ['land', 'air', 'naval', 'joint'] as const
export type Service = (typeof SERVICES)[number]
export const SERVICE_LABEL = {
  land: 'Land forces', air: 'Air force and air defence', naval: 'Naval forces', joint: 'Joint and common',
} as const satisfies Record<Service, string>

/** What is counted besides the services, all in persons. */
export const STRENGTHS = ['authorised', 'reserve', 'specialForces', 'paramilitary'] as const
export const STRENGTH_LABEL = {
  authorised: 'Authorised strength', reserve: 'Reserve', specialForces: 'Special forces', paramilitary: 'Paramilitary forces',
} as const satisfies Record<(typeof STRENGTHS)[number], string>

const strength = (what: string) => quantity(`${what}, in persons`)

export const PersonnelPayload = z.strictObject({
  asOf: day('the date of the declaration'),
  active: z.strictObject({
    land: strength('active strength of the land forces'), air: strength('active strength of the air force'),
    naval: strength('active strength of the naval forces'), joint: strength('active strength of joint and common units'),
  }, 'State the active strength by service: land, air, naval, joint.'),
  reserve: strength('strength of the reserve'),
  specialForces: strength('strength of special forces'),
  paramilitary: strength('strength of paramilitary forces'),
  authorised: strength('authorised strength'),
  /** Where a source knows the sum and not the services; and a series that counts paramilitary forces in. */
  activeTotal: strength('active strength').optional(),
  activeAndParamilitary: strength('active and paramilitary strength').optional(),
  remark: note(2000).optional(),
  compiled: Compiled.optional(),
}).superRefine((payload, ctx) => {
  const refuse = refusing(ctx)
  if (isYearOnly(payload.asOf)) refuse(['asOf'], 'State the full date of the declaration, YYYY-MM-DD.')
  if (payload.compiled) return
  for (const field of ['activeTotal', 'activeAndParamilitary'] as const) {
    if (payload[field] !== undefined) refuse([field], 'Only entries compiled from open sources state this. State the active strength by service.')
  }
})
export type PersonnelPayload = z.infer<typeof PersonnelPayload>

const known = (value: Quantity | undefined): number | null => (typeof value === 'number' ? value : null)

/** The sum over the services; null when one of them is withheld, since a part is no total. */
export const activeOf = ({ active, activeTotal }: PersonnelPayload): number | null => {
  if (activeTotal !== undefined) return known(activeTotal)
  const parts = SERVICES.map((service) => known(active[service]))
  return parts.every((part) => part !== null) ? parts.reduce<number>((sum, part) => sum + part!, 0) : null
}

const figuresOf = (payload: PersonnelPayload): Figure[] => [
  { figure: 'active', value: activeOf(payload), unit: 'persons', audience: 'public' },
  ...SERVICES.map((service): Figure => ({ figure: `active.${service}`, value: known(payload.active[service]), unit: 'persons', audience: 'participant' })),
  ...STRENGTHS.map((figure): Figure => ({ figure, value: known(payload[figure]), unit: 'persons', audience: 'participant' })),
  ...(payload.activeAndParamilitary === undefined ? []
    : [{ figure: 'activeAndParamilitary', value: known(payload.activeAndParamilitary), unit: 'persons', audience: 'public' } as const]),
]

const total = (payload: PersonnelPayload): string => {
  const active = activeOf(payload)
  if (active !== null) return `${active.toLocaleString('en-GB')} active`
  const all = known(payload.activeAndParamilitary)
  return all === null ? 'active strength withheld' : `${all.toLocaleString('en-GB')} active and paramilitary`
}

export const personnel = defineKind({
  kind: 'declaration.personnel',
  title: 'Declaration of personnel',
  verb: 'Declare personnel',
  help: 'As of a date: authorised and active strength by service, reserve, special and paramilitary forces, in persons.',
  schema: PersonnelPayload,
  audience: {
    asOf: 'public', activeTotal: 'public', activeAndParamilitary: 'public', compiled: 'public', remark: 'observer',
    active: 'participant', reserve: 'participant', specialForces: 'participant', paramilitary: 'participant', authorised: 'participant',
  },
  derive: (payload) => ({ strength: activeOf(payload) }),
  summary: (payload) => `Personnel as of ${payload.asOf}: ${total(payload)}`,
  previous: () => null,
  entry: (payload) => declared(payload.asOf, { quantity: activeOf(payload) }),
  facts: (payload) => ({ kind: 'declaration.personnel' as const, asOf: payload.asOf, active: activeOf(payload), specialForces: isWithheld(payload.specialForces) ? null : payload.specialForces }),
  lines: () => [],
  types: () => [],
  figures: figuresOf,
})
