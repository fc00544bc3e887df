import { describe, expect, test } from 'vitest'
import { distancesOf, positionAt } from '../../lib/geo/distance.ts'
import type { Area } from '../../lib/geo/area.ts'
import type { ActivityFacts, DeploymentFacts, UavFlightFacts } from '../../lib/thresholds/facts.ts'
import type { Situation } from '../../lib/thresholds/situation.ts'
import { assessed, met, mustMeet, situation, untested, whom } from './given.ts'

/** Near the Drina, some kilometres from Bosnia and Herzegovina; and Pasuljanske livade, far from every border. */
const DRINA: Area = { centre: [19.3, 44.4], radiusKm: 5 }
const INLAND: Area = { centre: [21.6, 43.95], radiusKm: 5 }
const BELGRADE: Area = { centre: [20.46, 44.6], radiusKm: 5 }

const activity = (more: Partial<ActivityFacts> = {}): ActivityFacts => ({
  kind: 'notification.activity', name: 'Vihor 2027', startsOn: '2027-06-01', endsOn: '2027-06-09', area: INLAND, personnel: 200, pieces: { I: 0, II: 0, III: 0 }, airborne: 0,
  liveFire: [], readiness: false, invited: ['AL', 'BA', 'HR', 'XK', 'ME', 'MK'], compiled: false, ...more,
})
const PLANNED: Partial<Situation> = { planned: { activities: [{ name: 'Vihor 2027', startsOn: '2027-06-01', endsOn: '2027-06-05' }] }, strength: null }
const judged = (facts: ActivityFacts, more: Partial<Situation> = {}, at = '2027-04-01T10:00:00Z') => assessed(facts, situation('RS', { ...PLANNED, ...more }), { filedAt: at })

type Figure = Partial<ActivityFacts>
const personnel = (count: number): Figure => ({ personnel: count })
const pieces = (category: 'I' | 'II' | 'III') => (count: number): Figure => ({ pieces: { I: 0, II: 0, III: 0, [category]: count } })
const airborne = (count: number): Figure => ({ airborne: count })

describe.each<[string, string, (count: number) => Figure, number]>([
  ['activity.notifiable', 'personnel', personnel, 1000], ['activity.notifiable', 'tanks', pieces('I'), 25], ['activity.notifiable', 'armoured combat vehicles', pieces('II'), 50],
  ['activity.notifiable', 'artillery pieces', pieces('III'), 25], ['activity.notifiable', 'in airborne, amphibious or heliborne assault', airborne, 300],
  ['activity.observable', 'personnel', personnel, 1500], ['activity.observable', 'tanks', pieces('I'), 40], ['activity.observable', 'armoured combat vehicles', pieces('II'), 80],
  ['activity.observable', 'artillery pieces', pieces('III'), 40], ['activity.observable', 'in airborne, amphibious or heliborne assault', airborne, 500],
])('%s by %s', (rule, words, figure, limit) => {
  test.each([[limit - 1, false], [limit, true], [limit + 1, true]] as const)('%i: met is %s', (count, isMet) => {
    const alert = met(judged(activity(figure(count))), rule)
    expect(alert !== undefined).toBe(isMet)
    if (alert) expect(alert.measured).toBe(`${count.toLocaleString('en-GB')} ${words}`)
  })
})

describe.each(['armed_uav', 'loitering_munition', 'missile', 'air_defence'])('live fire of %s', (fired) => {
  test('counts at any size', () => {
    const found = judged(activity({ personnel: 0, liveFire: [fired] }))
    expect(mustMeet(found, 'activity.notifiable').threshold).toBe('such live fire at any size')
    expect(mustMeet(found, 'activity.observable').recipients.map(({ recipient }) => recipient)).toEqual(['AL', 'BA', 'HR', 'XK', 'ME', 'MK', 'secretariat', 'observers'])
    expect(met(found, 'activity.uav_live_fire') !== undefined).toBe(fired === 'armed_uav' || fired === 'loitering_munition')
  })
})
test.each(['small_arms', 'direct_fire', 'artillery', 'aircraft', 'naval', 'short_range'])('live fire of %s counts by size only', (fired) => {
  expect(judged(activity({ personnel: 0, liveFire: [fired] })).alerts).toEqual([])
})

describe('a small army', () => {
  const strength = { active: 2350, asOf: '2026-01-01' }
  test('notifies from 30 % of its own declared active strength, where that is less than 1,000', () => {
    expect(met(judged(activity(personnel(704)), { strength }), 'activity.notifiable')).toBeUndefined()
    expect(mustMeet(judged(activity(personnel(705)), { strength }), 'activity.notifiable').threshold).toBe('705, 30 % of the 2,350 declared as of 2026-01-01 personnel')
  })
  test('a larger one from 1,000', () => {
    expect(met(judged(activity(personnel(999)), { strength: { active: 30_000, asOf: '2026-01-01' } }), 'activity.notifiable')).toBeUndefined()
  })
})

test('an alert says which regime asks for it', () => {
  const small = mustMeet(judged(activity(personnel(2400))), 'activity.notifiable')
  expect(small.explanation).toContain('It is below the thresholds of the Vienna Document 2011, such as 9,000 personnel')
  expect(mustMeet(judged(activity(personnel(9000))), 'activity.notifiable').explanation).toContain('It meets a threshold of the Vienna Document 2011 as well.')
  expect(mustMeet(judged(activity(personnel(9000))), 'activity.observable').explanation).toContain('such as 13,000 personnel')
})

test('what is withheld is said, and never counted as nil', () => {
  expect(untested(judged(activity({ personnel: null })), 'activity.notifiable')).toBe('not stated: the number of personnel')
  expect(mustMeet(judged(activity({ personnel: null, pieces: { I: 25, II: 0, III: null } })), 'activity.notifiable').measured).toBe('25 tanks')
})

describe('activity.late_notice', () => {
  const large = activity(personnel(2400))
  test.each([['2027-04-20T21:59:59Z', undefined], ['2027-04-20T22:00:00Z', '41 days'], ['2027-05-12T08:00:00Z', '20 days'], ['2027-06-03T08:00:00Z', '2 days after the start']])('filed at %s: %s', (at, measured) => {
    expect(met(judged(large, {}, at), 'activity.late_notice')?.measured).toBe(measured)
  })
  test('scenario 9: 2,400 in Croatia, filed 20 days before 1 June 2027, are 22 days short, and the neighbours are warned', () => {
    const alert = mustMeet(assessed(large, situation('HR', PLANNED), { filedAt: '2027-05-12T08:00:00Z' }), 'activity.late_notice')
    expect(alert).toMatchObject({ severity: 'warning', measured: '20 days', threshold: '42 days' })
    expect(alert.explanation).toContain('22 days short')
    expect(whom(alert)).toEqual(['BA', 'ME', 'RS', 'secretariat'])
  })
  test('a readiness exercise without warning, an amendment and what need not be notified are not late', () => {
    expect(met(judged(activity({ ...personnel(2400), readiness: true }), {}, '2027-06-01T04:00:00Z'), 'activity.late_notice')).toBeUndefined()
    expect(met(assessed(large, situation('RS', PLANNED), { filedAt: '2027-05-30T08:00:00Z', amended: true }), 'activity.late_notice')).toBeUndefined()
    expect(met(judged(activity(), {}, '2027-05-30T08:00:00Z'), 'activity.late_notice')).toBeUndefined()
  })
})

/** A circle whose nearest edge is so far from the other's territory: moved along the course to the nearest point. */
const circleAt = (from: Area, participant: 'BA', km: number): Area => {
  const { centre, radiusKm } = from as { centre: [number, number]; radiusKm: number }
  let area: Area = { centre, radiusKm }
  for (let round = 0; round < 40; round += 1) {
    const away: number = distancesOf(area)[participant].km - km
    if (Math.abs(away) < 0.001) break
    area = { centre: positionAt((area as { centre: [number, number] }).centre, 270, away), radiusKm }
  }
  return area
}

describe('activity.near_border', () => {
  const at = (km: number, count = 300) => met(judged(activity({ ...personnel(count), area: circleAt(BELGRADE, 'BA', km) })), 'activity.near_border')
  test('within 25 km, from 300 personnel: told to whose border it is, and to nobody else', () => {
    expect(at(25.2)).toBeUndefined()
    const alert = at(24.8)!
    expect(whom(alert)).toEqual(['BA', 'secretariat'])
    expect(alert.recipients[0]!.reason).toBe('the area is 25 km from its territory')
    expect(at(24.8, 299)).toBeUndefined()
    expect(at(1, 301)?.measured).toBe('301 personnel, 1 km from Bosnia and Herzegovina')
  })
  test('an area that reaches over the border lies on the territory', () => {
    const alert = mustMeet(judged(activity({ ...personnel(300), area: { centre: [19.1, 44.4], radiusKm: 5 } })), 'activity.near_border')
    expect(alert.recipients[0]).toEqual({ recipient: 'BA', reason: 'the area lies on its territory' })
  })
  test('says what it cannot test', () => {
    expect(untested(judged(activity({ area: null, personnel: 300 })), 'activity.near_border')).toBe('the area is not stated')
    expect(untested(judged(activity({ personnel: null, area: DRINA })), 'activity.near_border')).toBe('the number of personnel is not stated')
  })
})

describe('activity.unplanned', () => {
  const of = (planned: Situation['planned'], more: Partial<ActivityFacts> = {}) => met(judged(activity({ personnel: 1000, ...more }), { planned: planned ?? null }), 'activity.unplanned')
  test('is met where the calendar holds neither the name nor the days, and where none is filed', () => {
    expect(of({ activities: [{ name: 'Something else', startsOn: '2027-07-01', endsOn: '2027-07-05' }] })?.measured).toBe('not among the 1 activity of the calendar for 2027')
    expect(of(null)?.measured).toBe('no calendar filed for 2027')
    expect(whom(of(null)!)).toEqual(['secretariat'])
  })
  test('is not met by the same name in other letters, or by days that overlap', () => {
    expect(of({ activities: [{ name: 'VIHOR-2027', startsOn: '2027-10-01', endsOn: '2027-10-05' }] })).toBeUndefined()
    expect(of({ activities: [{ name: 'Something else', startsOn: '2027-06-09', endsOn: '2027-06-12' }] })).toBeUndefined()
    expect(of(null, { personnel: 999 })).toBeUndefined()
    expect(of(null, { readiness: true })).toBeUndefined()
  })
})

test('history that nobody notified is neither late nor a surprise, and told of by its size', () => {
  const { alerts } = judged(activity({ personnel: 2400, compiled: true, invited: null }), { planned: null }, '2027-06-09T12:00:00Z')
  expect(alerts.map(({ rule }) => rule)).toEqual(['activity.notifiable', 'activity.observable'])
})

describe('activity.deviation', () => {
  const before = activity({ personnel: 1000 })
  const changed = (more: Partial<ActivityFacts>) => met(assessed({ ...before, ...more }, situation('RS', {
    ...PLANNED, correcting: { number: 'RS-2027-0003', version: 1, told: ['BA', 'AL', 'secretariat'], facts: before },
  }), { amended: true }), 'activity.deviation')
  test.each<[string, Partial<ActivityFacts>, string | undefined]>([
    ['19.9 % more', { personnel: 1199 }, undefined], ['20 % more', { personnel: 1200 }, 'personnel 1,000 → 1,200, + 20 %'], ['fewer', { personnel: 500 }, undefined],
    ['three days later', { startsOn: '2027-06-04', endsOn: '2027-06-12' }, undefined], ['four days later', { startsOn: '2027-06-05', endsOn: '2027-06-13' }, 'dates moved by 4 days'],
    ['four days longer', { endsOn: '2027-06-13' }, 'dates moved by 4 days'],
    ['9 km on', { area: { centre: positionAt([21.6, 43.95], 90, 9), radiusKm: 5 } }, undefined], ['11 km on', { area: { centre: positionAt([21.6, 43.95], 90, 11), radiusKm: 5 } }, 'area moved by 11 km'],
  ])('%s', (_what, more, measured) => {
    expect(changed(more)?.measured).toBe(measured)
  })
  test('is told to whoever was told before', () => {
    expect(whom(changed({ personnel: 2000 })!)).toEqual(['AL', 'BA', 'secretariat'])
  })
})

describe('deployments', () => {
  const deployment = (more: Partial<DeploymentFacts> = {}): DeploymentFacts =>
    ({ kind: 'notification.deployment', sort: 'movement', name: '2nd Battalion', startsOn: '2027-06-01', area: INLAND, forces: ['RS'], personnel: 100, crosses: [], systems: [], ...more })
  const of = (rule: string, more: Partial<DeploymentFacts>, where: Partial<Situation> = {}) => met(assessed(deployment(more), situation('RS', where)), rule)

  test('foreign forces from 100, or with any listed system, are told to all', () => {
    expect(of('deployment.foreign', { forces: ['RU'], personnel: 99 })).toBeUndefined()
    expect(whom(of('deployment.foreign', { forces: ['RU'], personnel: 100 })!)).toEqual(['AL', 'BA', 'HR', 'XK', 'ME', 'MK', 'secretariat'])
    expect(of('deployment.foreign', { forces: ['RS'], personnel: 5000 })).toBeUndefined()
    expect(of('deployment.foreign', { forces: ['RU'], personnel: 20, systems: [{ category: 'E4', type: 'Pantsir', pieces: 1 }] })?.measured).toBe('1 Pantsir (E4)')
    expect(of('deployment.foreign', { forces: ['RU'], personnel: 20, systems: [{ category: 'I', type: 'T-72', pieces: 5 }] })).toBeUndefined()
  })

  test('a movement of 300 to within 50 km, or of 200 across a border, is told to whose border it is', () => {
    const near = { area: circleAt(BELGRADE, 'BA', 49) }
    expect(of('deployment.movement', { ...near, personnel: 299 })).toBeUndefined()
    expect(whom(of('deployment.movement', { ...near, personnel: 300 })!)).toContain('BA')
    expect(of('deployment.movement', { personnel: 300, area: INLAND })).toBeUndefined()
    expect(of('deployment.movement', { personnel: 199, crosses: ['MK'] })).toBeUndefined()
    expect(of('deployment.movement', { personnel: 200, crosses: ['MK'] })?.recipients[0]).toEqual({ recipient: 'MK', reason: 'the forces cross its border' })
  })

  test('a listed system is new once', () => {
    const system = { sort: 'new_system', systems: [{ category: 'E4', type: 'FK-3', pieces: 4 }] } as const
    expect(whom(of('deployment.new_system', system)!)).toEqual(['BA', 'HR', 'XK', 'ME', 'MK', 'secretariat'])
    expect(of('deployment.new_system', system, { deployedTypes: ['fk3'] })).toBeUndefined()
    expect(of('deployment.new_system', { ...system, systems: [{ category: 'II', type: 'Lazar 3', pieces: 4 }] })).toBeUndefined()
  })
})

describe('uav_flight.border', () => {
  const flight = (km: number) => {
    const facts: UavFlightFacts = { kind: 'notification.uav_flight', name: 'Drina watch', startsOn: '2027-06-01', endsOn: '2027-06-02', area: circleAt(BELGRADE, 'BA', km), armed: false }
    return met(assessed(facts, situation('RS')), 'uav_flight.border')
  }
  test('within 10 km of a border', () => {
    expect(flight(10.2)).toBeUndefined()
    expect(whom(flight(9.9)!)).toEqual(['BA', 'secretariat'])
  })
})
