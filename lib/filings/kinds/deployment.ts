import { z } from 'zod'
import { Area } from '../../geo/area.ts'
import { PARTICIPANTS } from '../../participants/rules.ts'
import { declared, defineKind } from './kind.ts'
import { Category, Compiled, Country, TypeName, day, fullDaysUnlessCompiled, lastDayOf, note, quantity, refusing, text } from './stated.ts'

export const DEPLOYMENT_SORTS = ['movement', 'new_system', 'foreign_forces', 'foreign_base'] as const
export type DeploymentSort = (typeof DEPLOYMENT_SORTS)[number]
export const DEPLOYMENT_SORT_LABEL = {
  movement: 'Movement of own units', new_system: 'Deployment of a new system', foreign_forces: 'Foreign forces on the territory', foreign_base: 'Foreign base on the territory',
} as const satisfies Record<DeploymentSort, string>

const System = z.strictObject({ category: Category, type: TypeName, quantity: quantity('number of pieces') })

export const DeploymentPayload = z.strictObject({
  sort: z.enum(DEPLOYMENT_SORTS, `State what is deployed: one of ${DEPLOYMENT_SORTS.join(', ')}.`),
  name: text('the unit, the system or the force, by its name', 160),
  startsOn: day('the first day'),
  /** Left out where no end is planned. */
  endsOn: day('the last day').optional(),
  area: Area.optional(),
  place: note(200).optional(),
  /** Whose forces they are: where they are not the participant's own, they are foreign forces on its territory. */
  forces: z.array(Country, 'State whose forces they are, by their two-letter codes.').min(1, 'State whose forces they are.').max(60, 'At most 60.'),
  personnel: quantity('number of personnel').optional(),
  systems: z.array(System, 'State the systems as a list; an empty list is none.').max(200, 'At most 200 systems.'),
  /** Borders that the forces themselves cross. */
  crosses: z.array(z.enum(PARTICIPANTS, `State each participant whose border is crossed by its code: ${PARTICIPANTS.join(', ')}.`)).max(6).optional(),
  purpose: text('the purpose', 2000),
  compiled: Compiled.optional(),
}).superRefine((payload, ctx) => {
  const refuse = refusing(ctx)
  const { startsOn, endsOn } = payload
  fullDaysUnlessCompiled(payload, { startsOn, endsOn }, refuse)
  if (endsOn && lastDayOf(endsOn) < startsOn) refuse(['endsOn'], `The last day is before the first, ${startsOn}.`)
  if (payload.sort === 'new_system' && payload.systems.length === 0) refuse(['systems'], 'Name the system that is deployed.')
  if (payload.compiled) return
  if (!payload.area) refuse(['area'], 'Draw the area, or state it by its coordinates.')
  if (payload.personnel === undefined) refuse(['personnel'], 'State the number of personnel: a whole number, 0 for nil, or withheld with a reason. A blank is not a nil.')
})
export type DeploymentPayload = z.infer<typeof DeploymentPayload>

const known = (value: unknown): number | null => (typeof value === 'number' ? value : null)

export const deployment = defineKind({
  kind: 'notification.deployment',
  title: 'Notification of a deployment',
  verb: 'Notify a deployment',
  help: 'Own units that move, systems deployed for the first time, foreign forces and bases on the territory.',
  schema: DeploymentPayload,
  audience: {
    sort: 'public', name: 'public', startsOn: 'public', endsOn: 'public', area: 'public', place: 'public', forces: 'public', personnel: 'public', crosses: 'public', compiled: 'public',
    systems: 'participant', purpose: 'observer',
  },
  summary: (payload) => `${payload.name}, ${DEPLOYMENT_SORT_LABEL[payload.sort].toLowerCase()}, from ${payload.startsOn}`,
  previous: () => null,
  entry: (payload) => declared('', {
    asOf: null, mode: payload.sort, fromYear: Number(payload.startsOn.slice(0, 4)),
    toYear: payload.endsOn ? Number(payload.endsOn.slice(0, 4)) : null,
  }),
  facts: (payload) => ({
    kind: 'notification.deployment' as const, sort: payload.sort, name: payload.name, startsOn: payload.startsOn, area: payload.area ?? null,
    forces: payload.forces, personnel: known(payload.personnel), crosses: payload.crosses ?? [],
    systems: payload.systems.map(({ category, type, quantity: pieces }) => ({ category, type, pieces: known(pieces) })),
  }),
  lines: () => [],
  types: () => [],
  countries: (payload) => payload.forces.map((code, index) => ({ at: `/forces/${index}`, code })),
})
