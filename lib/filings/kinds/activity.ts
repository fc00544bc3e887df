import { z } from 'zod'
import { Area } from '../../geo/area.ts'
import { PARTICIPANTS, type ParticipantCode } from '../../participants/rules.ts'
import type { RuleParams } from '../../thresholds/situation.ts'
import { abroad } from './abroad.ts'
import { Category, Compiled, Country, day, fullDaysUnlessCompiled, isYearOnly, lastDayOf, note, quantity, refuseTwice, refusing, text, yesOrNo, type Refuse } from './stated.ts'
import { declared, defineKind } from './kind.ts'
import { dayAfter } from '../../shared/format.ts'

export const ACTIVITY_SORTS = ['exercise', 'other'] as const
export const ACTIVITY_SORT_LABEL = { exercise: 'Exercise', other: 'Other activity' } as const satisfies Record<(typeof ACTIVITY_SORTS)[number], string>

/** What is fired. Those from `armed_uav` on count at any size: the thresholds name them. */
export const LIVE_FIRE = [
  'small_arms', 'direct_fire', 'artillery', 'aircraft', 'naval', 'short_range', 'armed_uav', 'loitering_munition', 'missile', 'air_defence',
] as const
export type LiveFire = (typeof LIVE_FIRE)[number]
export const LIVE_FIRE_LABEL = {
  small_arms: 'Small arms', direct_fire: 'Tanks and armoured vehicles', artillery: 'Artillery and mortars', aircraft: 'Manned aircraft', naval: 'Naval guns',
  short_range: 'Missiles or air defence of less than 25 km range', armed_uav: 'Armed UAVs', loitering_munition: 'Loitering munitions',
  missile: 'Missiles or rockets of 25 km range or more', air_defence: 'Air defence of 25 km range or more',
} as const satisfies Record<LiveFire, string>

/** A readiness exercise without warning lasts 72 hours at most (Vienna Document 2011, chapter V): three days on, at the latest. */
const READINESS_DAYS = 3
const DAY_MS = 86_400_000
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS

const Invitation = z.strictObject({
  invited: z.array(z.enum(PARTICIPANTS, `State each invited participant by its code: ${PARTICIPANTS.join(', ')}.`), 'State who is invited, by their codes, such as ["AL", "BA"].').min(1, 'Name at least one invited participant, or leave the invitation out.').max(6, 'At most six: every participant but your own.'),
  replyBy: day('the date by which replies are asked for'),
  programme: text('the programme for observers: where and when they arrive, what they see, who meets them', 4000),
}, 'State the invitation as {"invited": ["AL", "BA"], "replyBy": "2027-05-11", "programme": "…"}.')

export const ActivityPayload = z.strictObject({
  name: text('the name of the activity', 160),
  activity: z.enum(ACTIVITY_SORTS, `State what it is: one of ${ACTIVITY_SORTS.join(', ')}.`),
  startsOn: day('the first day'),
  endsOn: day('the last day').optional(),
  area: Area.optional(),
  place: note(200).optional(),
  forces: z.array(Country, 'State whose forces take part, by their two-letter codes, such as ["RS"].').min(1, 'State whose forces take part.').max(60, 'At most 60.'),
  personnel: quantity('number of personnel').optional(),
  /** Categories that are not named take no part. */
  equipment: z.partialRecord(Category, quantity('number of pieces'), 'State the equipment by category, such as {"I": 20, "II": 60}.').default({}),
  airborne: quantity('number of personnel in airborne, amphibious and heliborne assault').optional(),
  liveFire: z.array(z.enum(LIVE_FIRE, `State what is fired: one of ${LIVE_FIRE.join(', ')}.`), 'State the live fire as a list; an empty list is none.').max(LIVE_FIRE.length).optional(),
  readiness: yesOrNo('it is a readiness exercise without warning to those who take part').optional(),
  purpose: text('the purpose', 2000),
  observers: Invitation.optional(),
  lateReason: note(1000).optional(),
  compiled: Compiled.optional(),
}).superRefine((payload, ctx) => {
  const refuse = refusing(ctx)
  const { startsOn, endsOn } = payload
  fullDaysUnlessCompiled(payload, { startsOn, endsOn }, refuse)
  if (endsOn && lastDayOf(endsOn) < startsOn) refuse(['endsOn'], `The last day is before the first, ${startsOn}.`)
  refuseTwice(payload.forces, ['forces'], refuse)
  refuseTwice(payload.liveFire ?? [], ['liveFire'], refuse)
  refuseTwice(payload.observers?.invited ?? [], ['observers', 'invited'], refuse)
  if (payload.compiled) return
  refuseBlanks(payload, refuse)
  if (endsOn && payload.readiness && daysBetween(startsOn, endsOn) > READINESS_DAYS) {
    refuse(['readiness'], `A readiness exercise without warning lasts at most 72 hours; this one lasts from ${startsOn} to ${endsOn}.`)
  }
  const { observers } = payload
  if (observers && (isYearOnly(observers.replyBy) || observers.replyBy > startsOn)) {
    refuse(['observers', 'replyBy'], `Replies are needed before the first day, ${startsOn}.`)
  }
})
export type ActivityPayload = z.infer<typeof ActivityPayload>

/** What only history compiled from open sources may leave out, where no source states it. */
const NEEDED = {
  endsOn: 'State the last day.', area: 'Draw the area, or state it by its coordinates.',
  personnel: 'State the number of personnel: a whole number, 0 for nil, or withheld with a reason. A blank is not a nil.',
  airborne: 'State the number of personnel in airborne, amphibious and heliborne assault: 0 for nil, or withheld with a reason. A blank is not a nil.',
  liveFire: 'State what is fired; an empty list says that nothing is.', readiness: 'Say whether it is a readiness exercise without warning: true or false.',
} as const
const refuseBlanks = (payload: Partial<Record<keyof typeof NEEDED, unknown>>, refuse: Refuse): void => {
  for (const [field, message] of Object.entries(NEEDED)) {
    if (payload[field as keyof typeof NEEDED] === undefined) refuse([field], message)
  }
}

const known = (value: unknown): number | null => (typeof value === 'number' ? value : null)
/** A category that is not named takes no part; in history it may only be unknown. */
const piecesOf = ({ equipment, compiled }: ActivityPayload, category: 'I' | 'II' | 'III'): number | null => {
  const stated = equipment[category]
  return stated === undefined ? (compiled ? null : 0) : known(stated)
}

const when = ({ startsOn, endsOn }: ActivityPayload): string => (endsOn && endsOn !== startsOn ? `${startsOn} to ${endsOn}` : startsOn)

const factsOf = (payload: ActivityPayload) => ({
  kind: 'notification.activity' as const,
  name: payload.name,
  startsOn: payload.startsOn,
  endsOn: payload.endsOn ?? null,
  area: payload.area ?? null,
  personnel: known(payload.personnel),
  pieces: { I: piecesOf(payload, 'I'), II: piecesOf(payload, 'II'), III: piecesOf(payload, 'III') },
  airborne: known(payload.airborne),
  liveFire: payload.liveFire ?? [],
  readiness: payload.readiness ?? false,
  invited: payload.observers?.invited ?? null,
  compiled: payload.compiled !== undefined,
})

/** A notice comes before what it announces; a readiness exercise without warning is notified when it begins. */
const lateOf = ({ startsOn, readiness }: ActivityPayload, today: string | null) => {
  if (!today || startsOn >= today) return []
  const right = readiness ? 'A readiness exercise without warning is notified on its first day' : 'A notice comes before the first day'
  return [{ at: '/startsOn', message: `${startsOn} has passed. ${right}: state ${today} or later, or the first day of what is still to come.` }]
}

/** So many days to reply, or as many as are left before the first day (Vienna Document 2011, chapter VI: 21). */
const replyDay = (startsOn: string, today: string, days: number): string => {
  const [full, last] = [dayAfter(today, days), dayAfter(startsOn, -1)]
  if (full <= last) return full
  return last < today ? today : last
}
const figure = (params: RuleParams | undefined, name: string): number | null => (typeof params?.[name] === 'number' ? params[name] : null)

const selfInvited = ({ observers }: ActivityPayload, participant: ParticipantCode) => {
  const at = observers?.invited.indexOf(participant) ?? -1
  return at === -1 ? [] : [{ at: `/observers/invited/${at}`, message: 'Others are invited to observe, not your own participant. Take it out of the list.' }]
}

const lateOnes = ({ startsOn, lateReason }: ActivityPayload, params: RuleParams | undefined, today: string | null) => {
  const days = figure(params, 'days')
  if (!today || days === null || lateReason) return []
  return [{ at: '/lateReason', message: `This is ${daysBetween(today, startsOn)} days before the first day, and ${days} are asked for: notice was due on ${dayAfter(startsOn, -days)}. Say why it is short.` }]
}
const invitations = ({ startsOn, observers, readiness }: ActivityPayload, params: RuleParams | undefined, today: string | null) => {
  if (!params || readiness) return []
  if (!observers) {
    return [{ at: '/observers', message: 'At this size observers from every participant are invited, and the invitation is part of the notice: state who is invited, by when they reply, and the programme.' }]
  }
  const days = figure(params, 'replyDays')
  const first = today && days !== null ? replyDay(startsOn, today, days) : null
  return first && observers.replyBy < first
    ? [{ at: '/observers/replyBy', message: `Those invited have ${days} days to reply, or until the day before the start where that is nearer. State ${first} or later.` }] : []
}
const askedOf = (payload: ActivityPayload, met: ReadonlyMap<string, RuleParams>, today: string | null) =>
  [...lateOnes(payload, met.get('activity.late_notice'), today), ...invitations(payload, met.get('activity.observable'), today)]

export const activity = defineKind({
  kind: 'notification.activity',
  title: 'Notification of an activity',
  verb: 'Notify an activity',
  help: 'An exercise or another activity of forces: when, where, who, how many, and who is invited to observe.',
  schema: ActivityPayload,
  audience: {
    name: 'public', activity: 'public', startsOn: 'public', endsOn: 'public', area: 'public', place: 'public', forces: 'public', personnel: 'public', equipment: 'public',
    airborne: 'public', liveFire: 'public', readiness: 'public', compiled: 'public', purpose: 'observer', lateReason: 'observer', observers: 'participant',
  },
  summary: (payload) => `${payload.name}, ${when(payload)}${typeof payload.personnel === 'number' ? `, ${payload.personnel.toLocaleString('en-GB')} personnel` : ''}`,
  previous: () => null,
  entry: (payload) => declared('', {
    asOf: null, mode: payload.activity, fromYear: Number(payload.startsOn.slice(0, 4)),
    toYear: Number((payload.endsOn ?? payload.startsOn).slice(0, 4)),
  }),
  facts: factsOf,
  lines: () => [],
  types: () => [],
  countries: (payload) => payload.forces.map((code, index) => ({ at: `/forces/${index}`, code })),
  unfit: (payload, participant, today) => [...lateOf(payload, today), ...abroad(payload.area, participant), ...selfInvited(payload, participant)],
  asked: askedOf,
})
