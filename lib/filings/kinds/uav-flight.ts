import { z } from 'zod'
import { Area } from '../../geo/area.ts'
import { abroad } from './abroad.ts'
import { declared, defineKind } from './kind.ts'
import { Compiled, TypeName, day, isYearOnly, note, quantity, refusing, text, yesOrNo } from './stated.ts'

/** By take-off weight (NATO classes): under 150 kg, 150 to 600 kg, above. */
export const UAV_CLASSES = ['I', 'II', 'III'] as const
export const UAV_CLASS_LABEL = { I: 'I, under 150 kg', II: 'II, 150 to 600 kg', III: 'III, above 600 kg' } as const satisfies Record<(typeof UAV_CLASSES)[number], string>

export const UavFlightPayload = z.strictObject({
  name: text('a name for the flight or series of flights', 160),
  startsOn: day('the first day'),
  endsOn: day('the last day'),
  area: Area,
  place: note(200).optional(),
  type: TypeName,
  uavClass: z.enum(UAV_CLASSES, `State the class by take-off weight: one of ${UAV_CLASSES.join(', ')}.`),
  aircraft: quantity('number of aircraft'),
  armed: yesOrNo('the aircraft carry weapons'),
  ceilingM: z.int('State the greatest height in metres above the ground, as a whole number.').min(0, 'A height cannot be negative.').max(30_000, 'State the height in metres; the register takes up to 30,000.').optional(),
  purpose: text('the purpose', 2000),
  compiled: Compiled.optional(),
}).superRefine(({ startsOn, endsOn }, ctx) => {
  const refuse = refusing(ctx)
  for (const [field, stated] of Object.entries({ startsOn, endsOn })) if (isYearOnly(stated)) refuse([field], 'State the full date, YYYY-MM-DD.')
  if (endsOn < startsOn) refuse(['endsOn'], `The last day is before the first, ${startsOn}.`)
})
export type UavFlightPayload = z.infer<typeof UavFlightPayload>

export const uavFlight = defineKind({
  kind: 'notification.uav_flight',
  title: 'Notification of UAV flights',
  verb: 'Notify UAV flights',
  help: 'Flights of unmanned aircraft near a border or a sensitive area: when, where, how many, armed or not.',
  schema: UavFlightPayload,
  audience: {
    name: 'public', startsOn: 'public', endsOn: 'public', area: 'public', place: 'public', uavClass: 'public', armed: 'public', compiled: 'public',
    type: 'participant', aircraft: 'participant', ceilingM: 'participant', purpose: 'observer',
  },
  summary: (payload) => `${payload.name}, ${payload.armed ? 'armed' : 'unarmed'} UAV flights, ${payload.startsOn === payload.endsOn ? payload.startsOn : `${payload.startsOn} to ${payload.endsOn}`}`,
  previous: () => null,
  entry: (payload) => declared('', { asOf: null, mode: payload.armed ? 'armed' : 'unarmed', fromYear: Number(payload.startsOn.slice(0, 4)), toYear: Number(payload.endsOn.slice(0, 4)) }),
  facts: (payload) => ({ kind: 'notification.uav_flight' as const, name: payload.name, startsOn: payload.startsOn, endsOn: payload.endsOn, area: payload.area, armed: payload.armed }),
  lines: () => [],
  types: () => [],
  unfit: ({ endsOn, area }, participant, today) => [
    ...(today && endsOn < today ? [{ at: '/endsOn', message: `${endsOn} has passed. A notice comes before the last flight: state ${today} or later.` }] : []),
    ...abroad(area, participant),
  ],
})
