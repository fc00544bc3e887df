import { movedKm } from '../geo/moved.ts'
import { byDesignation, DESIGNATION, PARTICIPANTS, type ParticipantCode } from '../participants/rules.ts'
import { formatList, formatNumber, formatPercent, plural } from '../shared/format.ts'
import { typeKey } from '../taxonomy/rules.ts'
import type { ActivityFacts } from './facts.ts'
import { changeMeasured, FROM_NONE, plainFigures, reaches, type Finding, type Metric, type NotMeasured } from './metrics-figures.ts'
import { nearMeasured, nearOf, within } from './near.ts'
import { noticeDays } from './notice.ts'
import type { Rule, Situation, Subject } from './situation.ts'

type Found = Finding | null
const onActivity = (measure: (rule: Rule, facts: ActivityFacts, subject: Subject, situation: Situation) => Found): Metric => (rule, subject, situation) => {
  if (subject.facts.kind !== 'notification.activity') return []
  const found = measure(rule, subject.facts, subject, situation)
  return found ? [found] : []
}

const LIVE_FIRE_WORDS: Record<string, string> = {
  armed_uav: 'armed UAVs', loitering_munition: 'loitering munitions', missile: 'missiles of 25 km range or more', air_defence: 'air defence of 25 km range or more',
}
const FORCE_WORDS = { personnel: 'personnel', I: 'tanks', II: 'armoured combat vehicles', III: 'artillery pieces', airborne: 'in airborne, amphibious or heliborne assault' } as const
type Force = keyof typeof FORCE_WORDS
const FORCES = Object.keys(FORCE_WORDS) as Force[]

const forceOf = ({ personnel, pieces, airborne }: ActivityFacts, force: Force): number | null =>
  ({ personnel, airborne, ...pieces })[force]

const limitOf = ({ params }: Rule, force: Force): number | null => {
  const { equipment } = params
  if (force === 'personnel' || force === 'airborne') return typeof params[force] === 'number' ? params[force] : null
  return typeof equipment === 'object' && !Array.isArray(equipment) ? ((equipment as Partial<Record<Force, number>>)[force] ?? null) : null
}

/** Thirty in a hundred of the host's own declared active strength, where that is less: a thousand is half of a small army. */
const personnelLimit = (rule: Rule, { strength }: Pick<Situation, 'strength'>): { limit: number; words: string } | null => {
  const limit = limitOf(rule, 'personnel')
  if (limit === null) return null
  const { share } = rule.params
  const own = typeof share === 'number' && strength ? Math.ceil(strength.active * share) : null
  if (own === null || own >= limit) return { limit, words: formatNumber(limit) }
  return { limit: own, words: `${formatNumber(own)}, ${formatPercent(share as number)} of the ${formatNumber(strength!.active)} declared as of ${strength!.asOf}` }
}

type Met = { measured: string[]; threshold: string[]; withheld: string[] }

/** Every figure of an activity that reaches its limit; any one is enough. What is withheld is named, and never counted as nil. */
const thresholdsMet = (rule: Rule, facts: ActivityFacts, situation: Pick<Situation, 'strength'>): Met => {
  const met: Met = { measured: [], threshold: [], withheld: [] }
  for (const force of FORCES) {
    const limit = force === 'personnel' ? personnelLimit(rule, situation) : { limit: limitOf(rule, force), words: formatNumber(limitOf(rule, force) ?? 0) }
    const stated = forceOf(facts, force)
    if (!limit || limit.limit === null) continue
    if (stated === null) met.withheld.push(FORCE_WORDS[force])
    else if (stated >= limit.limit) {
      met.measured.push(`${formatNumber(stated)} ${FORCE_WORDS[force]}`)
      met.threshold.push(`${limit.words} ${FORCE_WORDS[force]}`)
    }
  }
  const fired = facts.liveFire.filter((what) => listIn(rule, 'liveFire').includes(what)).map((what) => LIVE_FIRE_WORDS[what] ?? what)
  if (fired.length > 0) {
    met.measured.push(`live fire with ${formatList(fired)}`)
    met.threshold.push('such live fire at any size')
  }
  return met
}
const listIn = ({ params }: Rule, name: string): readonly string[] => (Array.isArray(params[name]) ? params[name] : [])

const NOT_ENOUGH = (withheld: readonly string[]): NotMeasured => ({ category: null, why: `not stated: the number of ${formatList(withheld)}` })

const VIENNA: Record<Force, string> = { personnel: 'vdPersonnel', I: 'vdTanks', II: 'vdVehicles', III: 'vdArtillery', airborne: 'vdAirborne' }
/** Which of the two regimes asks for it: those who read of a threshold take it for the Vienna Document's. */
const regimeNote = (rule: Rule, facts: ActivityFacts): string[] => {
  const limits = FORCES.map((force) => ({ stated: forceOf(facts, force), limit: rule.params[VIENNA[force]] })).filter(({ limit }) => typeof limit === 'number')
  if (limits.length === 0) return []
  const isMet = limits.some(({ stated, limit }) => stated !== null && stated >= (limit as number))
  const personnel = formatNumber(rule.params.vdPersonnel as number)
  return [isMet ? 'It meets a threshold of the Vienna Document 2011 as well.' : `It is below the thresholds of the Vienna Document 2011, such as ${personnel} personnel: this register’s own are lower.`]
}

const about = (facts: ActivityFacts, subject: Subject) => ({
  participant: DESIGNATION[subject.participant], name: facts.name,
  when: facts.endsOn && facts.endsOn !== facts.startsOn ? `${facts.startsOn} to ${facts.endsOn}` : facts.startsOn,
})

const size = (note: (rule: Rule, facts: ActivityFacts, subject: Subject) => string[]): Metric => onActivity((rule, facts, subject, situation) => {
  const { measured, threshold, withheld } = thresholdsMet(rule, facts, situation)
  if (measured.length === 0) return withheld.length > 0 ? NOT_ENOUGH(withheld) : null
  return {
    category: null, measured: measured.join('; '), threshold: threshold.join('; '),
    values: { ...about(facts, subject), forces: formatList(measured), threshold: formatList(threshold) },
    notes: [...regimeNote(rule, facts), ...note(rule, facts, subject)],
  }
})

const invitation = (_rule: Rule, { invited, readiness, compiled }: ActivityFacts, { participant }: Subject): string[] => {
  if (compiled) return []
  if (readiness) return ['It is a readiness exercise without warning, for which no invitation is asked.']
  if (!invited) return ['Nobody is invited.']
  const missing = PARTICIPANTS.filter((code) => code !== participant && !invited.includes(code))
  const names = (codes: readonly ParticipantCode[]) => formatList(codes.toSorted(byDesignation).map((code) => DESIGNATION[code]))
  return missing.length === 0 ? ['Every participant is invited.'] : [`Invited: ${names(invited)}. Not invited: ${names(missing)}, though the rule asks for every participant.`]
}

const isNotifiable = (rule: Rule, facts: ActivityFacts, situation: Situation): boolean => thresholdsMet(rule, facts, situation).measured.length > 0

const lateNotice: Metric = onActivity((rule, facts, subject, situation) => {
  const limits = plainFigures(rule, 'days')
  if (!limits || facts.readiness || facts.compiled || subject.amended || !isNotifiable(rule, facts, situation)) return null
  const days = noticeDays(facts.startsOn, subject.filedAt)
  if (days === null) return { category: null, why: 'the first day is known to the year only' }
  if (days >= limits.days) return null
  const [measured, threshold] = [days < 0 ? `${plural(-days, 'day')} after the start` : plural(days, 'day'), plural(limits.days, 'day')]
  return { category: null, measured, threshold, values: { ...about(facts, subject), days: measured, threshold, short: plural(limits.days - days, 'day') } }
})

const nearBorder: Metric = onActivity((rule, facts, subject) => {
  const limits = plainFigures(rule, 'km', 'personnel')
  if (!limits) return null
  if (!facts.area) return { category: null, why: 'the area is not stated' }
  if (facts.personnel === null) return { category: null, why: 'the number of personnel is not stated' }
  if (facts.personnel < limits.personnel) return null
  const near = within(facts.area, limits.km, subject.participant)
  if (near.length === 0) return null
  return {
    category: null, measured: `${formatNumber(facts.personnel)} personnel, ${nearMeasured(near)}`, threshold: `${formatNumber(limits.personnel)} personnel within ${limits.km} km`,
    values: { ...about(facts, subject), forces: `${formatNumber(facts.personnel)} personnel`, near: nearMeasured(near), km: String(limits.km) }, near: nearOf(near),
  }
})

const uavLiveFire: Metric = onActivity((rule, facts, subject) => {
  const fired = facts.liveFire.filter((what) => listIn(rule, 'liveFire').includes(what)).map((what) => LIVE_FIRE_WORDS[what] ?? what)
  if (fired.length === 0) return null
  return { category: null, measured: `live fire with ${formatList(fired)}`, threshold: 'any size', values: { ...about(facts, subject), fired: formatList(fired) } }
})

/** Planned under the same name, or for days that overlap: places and names change between a calendar and a notice. */
export const isPlanned = (
  { name, startsOn, endsOn }: Pick<ActivityFacts, 'name' | 'startsOn' | 'endsOn'>, planned: Pick<NonNullable<Situation['planned']>, 'activities'>,
): boolean => {
  const key = typeKey(name)
  return planned.activities.some((one) => (one.startsOn <= (endsOn ?? startsOn) && one.endsOn >= startsOn) || typeKey(one.name) === key)
}

const unplanned: Metric = onActivity((rule, facts, subject, situation) => {
  if (facts.readiness || facts.compiled || subject.amended || !isNotifiable(rule, facts, situation)) return null
  const year = facts.startsOn.slice(0, 4)
  const { planned } = situation
  if (planned && isPlanned(facts, planned)) return null
  const measured = planned ? `not among the ${plural(planned.activities.length, 'activity', 'activities')} of the calendar for ${year}` : `no calendar filed for ${year}`
  return { category: null, measured, threshold: 'in the calendar', values: { ...about(facts, subject), year, measured } }
})

const shift = (from: string | null, to: string | null): number => (from && to ? Math.abs(Date.parse(to) - Date.parse(from)) / 86_400_000 : 0)

/** An amendment that makes of a notified activity another one. */
const deviation: Metric = onActivity((rule, now, subject, { correcting }) => {
  const limits = plainFigures(rule, 'ratio', 'days', 'km')
  const before = correcting?.facts
  if (!limits || before?.kind !== 'notification.activity') return null
  const days = Math.max(shift(before.startsOn, now.startsOn), shift(before.endsOn, now.endsOn))
  const km = before.area && now.area ? movedKm(before.area, now.area) : 0
  const grew = before.personnel !== null && now.personnel !== null ? now.personnel - before.personnel : 0
  const found = [
    ...(grew > 0 && reaches(grew, limits.ratio, before.personnel!) ? [{ measured: `personnel ${changeMeasured(before.personnel!, now.personnel!)}`, threshold: formatPercent(limits.ratio) }] : []),
    ...(days > limits.days ? [{ measured: `dates moved by ${plural(days, 'day')}`, threshold: plural(limits.days, 'day') }] : []),
    ...(km > limits.km ? [{ measured: `area moved by ${formatNumber(Math.round(km))} km`, threshold: `${limits.km} km` }] : []),
  ]
  if (found.length === 0) return null
  const measured = found.map((one) => one.measured).join('; ')
  return {
    category: null, measured, threshold: found.map((one) => one.threshold).join('; '),
    values: { ...about(now, subject), number: correcting!.number, version: String(correcting!.version), changes: measured },
    notes: grew > 0 && before.personnel === 0 ? [FROM_NONE] : [],
  }
})

export const ACTIVITY_METRICS: Record<string, Metric> = {
  'activity.size': size(() => []),
  'activity.observable': size(invitation),
  'activity.late_notice': lateNotice,
  'activity.near_border': nearBorder,
  'activity.uav_live_fire': uavLiveFire,
  'activity.unplanned': unplanned,
  'activity.deviation': deviation,
}

/** Whether observers from every participant are to be invited to it, by a rule of that metric. A readiness exercise is free of it. */
export const isToBeObserved = (rule: Rule, facts: ActivityFacts): boolean => !facts.readiness && thresholdsMet(rule, facts, { strength: null }).measured.length > 0
