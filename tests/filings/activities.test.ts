import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { rows } from '../../lib/db/client.ts'
import { amendFiling, withdrawFiling } from '../../lib/filings/commands.ts'
import { previewFiling } from '../../lib/filings/queries.ts'
import type { KindName } from '../../lib/filings/kinds/registry.ts'
import type { ParticipantCode } from '../../lib/participants/rules.ts'
import { filed, refusalOf } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import type { Payload } from '../support/factories.ts'

const register = useRegister()

type Body = { kind: KindName; participant: ParticipantCode; payload: Payload }
/** Inland, one for each. */
const AREAS: Partial<Record<ParticipantCode, Payload>> = {
  AL: { centre: [20, 40.8], radiusKm: 5 }, ME: { centre: [19.1, 42.75], radiusKm: 5 }, MK: { centre: [21.6, 41.5], radiusKm: 5 },
}
const invitedBy = ({ observers }: Payload, participant: ParticipantCode): Payload =>
  (observers ? { observers: { ...(observers as Payload), invited: ['AL', 'BA', 'HR', 'XK', 'ME', 'MK', 'RS'].filter((code) => code !== participant) } } : {})
const exampleOf = (name: string, participant: ParticipantCode, more: Payload = {}): Body => {
  const { kind, payload } = FILING_EXAMPLES[name]!.value as Body
  return { kind, participant, payload: { ...payload, ...('area' in payload && AREAS[participant] ? { area: AREAS[participant] } : {}), ...invitedBy(payload, participant), ...more } }
}
/** The exercise of scenario 9: 2,400 troops from 1 June 2027. */
const LARGE = { name: 'Durmitor 27', forces: ['ME'], personnel: 2400, liveFire: [], equipment: { I: 12, II: 30 } }
const INVITATION = { invited: ['AL', 'BA', 'HR', 'XK', 'MK', 'RS'], replyBy: '2027-05-31', programme: 'Arrival on 31 May; two days on the range.' }
const AT = new Date('2027-05-12T08:00:00Z')
const problemsOf = async (work: Promise<unknown>) => (await refusalOf(work)).fields.map(({ pointer, message }) => `${pointer} ${message}`)
const activitiesOf = (filingId: string) => rows<{ name: string; line: number; notice_days: number | null; starts_on: string; area: string | null }>(register().owner,
  sql`select name, line, notice_days, starts_on::text, area from activities where filing_id = ${filingId} order by line`)

describe('scenario 9: twenty days, not forty-two', () => {
  const short = { ...LARGE, observers: INVITATION }

  test('is refused without a reason, with the day on which notice was due', async () => {
    expect(await problemsOf(filed(exampleOf('activity', 'ME', { ...short, observers: { ...INVITATION, invited: ['AL'] } }), AT))).toEqual([
      '/payload/lateReason This is 20 days before the first day, and 42 are asked for: notice was due on 2027-04-20. Say why it is short.',
    ])
  })

  test('with one it is accepted, marked for good, and the neighbours are warned', async () => {
    const { filing, alerts } = await filed(exampleOf('activity', 'ME', { ...short, lateReason: 'The range was free earlier than planned.' }), AT)
    expect(alerts.find(({ rule }) => rule === 'activity.late_notice')).toMatchObject({ severity: 'warning', measured: '20 days', threshold: '42 days', explanation: expect.stringContaining('22 days short') })
    expect(alerts.find(({ rule }) => rule === 'activity.notifiable')!.explanation).toContain('below the thresholds of the Vienna Document 2011, such as 9,000 personnel')
    expect(await activitiesOf(filing.id)).toMatchObject([{ name: 'Durmitor 27', line: 0, notice_days: 20, starts_on: '2027-06-01' }])
    const { filing: second } = await amendFiling(as('me-submitter', { now: new Date('2027-05-20T08:00:00Z') }), { id: filing.id, payload: { ...exampleOf('activity', 'ME', short).payload, personnel: 2400 } as never, reason: 'The number of vehicles was wrong.' })
    expect(await activitiesOf(second.id)).toMatchObject([{ notice_days: 20 }])
    expect(await activitiesOf(filing.id)).toEqual([])
    await withdrawFiling(as('me-submitter', { now: new Date('2027-05-21T08:00:00Z') }), { id: second.id, reason: 'It does not take place.' })
    expect(await activitiesOf(second.id)).toEqual([])
  })

  test('twenty-one days to reply would end after the start: the day before it is asked for', async () => {
    const asked = await problemsOf(filed(exampleOf('activity', 'ME', { ...short, lateReason: 'The range was free.', observers: { ...INVITATION, replyBy: '2027-05-25' } }), AT))
    expect(asked).toEqual([expect.stringContaining('State 2027-05-31 or later.')])
  })

  test('a readiness exercise of three days, filed when it begins, is neither late nor asked for an invitation', async () => {
    const { payload } = exampleOf('activity', 'ME', { ...LARGE, name: 'Alarm', readiness: true, startsOn: '2027-06-01', endsOn: '2027-06-03' })
    delete payload.observers
    const { alerts } = await filed({ kind: 'notification.activity', participant: 'ME', payload }, new Date('2027-06-01T03:00:00Z'))
    expect(alerts.map(({ rule }) => rule)).not.toContain('activity.late_notice')
    expect(alerts.find(({ rule }) => rule === 'activity.observable')!.explanation).toContain('no invitation is asked')
  })
})

describe('what cannot be so is refused in a sentence that helps', () => {
  test.each<[string, Payload, string, RegExp]>([
    ['dates reversed', { startsOn: '2027-06-09', endsOn: '2027-06-01' }, '/payload/endsOn', /before the first, 2027-06-09/],
    ['a start in the past', { startsOn: '2026-11-01', endsOn: '2027-06-01', observers: { ...INVITATION, replyBy: '2026-10-30' } }, '/payload/startsOn', /2026-11-01 has passed.*state 2026-11-20 or later/],
    ['coordinates swapped', { area: { centre: [44.2, 19.25], radiusKm: 8 } }, '/payload/area/centre', /swap|other way|order/i],
    ['an outline that crosses itself', { area: { polygon: [[[19, 44], [19.2, 44.2], [19.2, 44], [19, 44.2], [19, 44]]] } }, '/payload/area/polygon/0', /cross/],
    ['an outline across the border', { area: { polygon: [[[19.6, 42.5], [19.9, 42.5], [19.9, 42.3], [19.6, 42.3], [19.6, 42.5]]] } }, '/payload/area', /reaches onto the territory of .*Montenegro.*Draw it on this side/],
    ['a readiness exercise of nine days', { readiness: true }, '/payload/readiness', /at most 72 hours/],
    ['replies after the start', { observers: { ...INVITATION, replyBy: '2027-06-02' } }, '/payload/observers/replyBy', /before the first day/],
    ['no number of personnel', { personnel: null }, '/payload/personnel', /A blank is not a nil/],
    ['an unknown code', { forces: ['RS', 'QQ'] }, '/payload/forces/1', /“QQ” is not a country code/],
    ['a category that does not exist', { equipment: { IX: 5 } }, '/payload/equipment', /./],
  ])('%s', async (_what, more, pointer, words) => {
    const found = await problemsOf(filed(exampleOf('activity', 'AL', more), new Date('2026-11-20T10:00:00Z')))
    expect(found.map((one) => one.split(' ')[0])).toContainEqual(expect.stringMatching(new RegExp(`^${pointer}`)))
    expect(found.join('\n')).toMatch(words)
  })
})

test('a circle that reaches across a border is taken as it is, and whoever it reaches is told so', async () => {
  const { alerts } = await filed(exampleOf('activity', 'RS', { area: { centre: [19.25, 44.2], radiusKm: 8 } }), new Date('2026-11-20T10:00:00Z'))
  expect(alerts.find(({ rule }) => rule === 'activity.near_border')).toMatchObject({ measured: expect.stringMatching(/^1,800 personnel, on the territory of Bosnia and Herzegovina/) })
})

test('the preview says what is asked for, beside what it would cause', async () => {
  const { kind, participant, payload } = exampleOf('activity', 'AL')
  delete payload.observers
  const seen = await previewFiling(as('al-submitter', { now: new Date('2026-11-20T10:00:00Z') }), { kind, participant, payload })
  expect(seen.problems.map(({ pointer }) => pointer)).toEqual(['/payload/observers'])
  expect(seen.alerts.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['activity.notifiable', 'activity.observable', 'activity.uav_live_fire']))
})

test('a calendar is one of a year, and an activity that it holds is no surprise', async () => {
  const calendar = exampleOf('calendar', 'AL', { year: 2027, activities: [{ name: 'Vihor 2027', activity: 'exercise', startsOn: '2027-05-20', endsOn: '2027-05-25', place: 'Bizë', forces: ['AL'], personnel: 900 }] })
  const at = new Date('2026-11-20T10:00:00Z')
  const surprising = await filed(exampleOf('activity', 'AL'), at)
  expect(surprising.alerts.find(({ rule }) => rule === 'activity.unplanned')).toMatchObject({ measured: 'no calendar filed for 2027', recipients: ['secretariat'] })
  const { filing } = await filed(calendar, at)
  expect(await activitiesOf(filing.id)).toMatchObject([{ name: 'Vihor 2027', line: 1, notice_days: null }])
  const planned = await filed(exampleOf('activity', 'AL', { name: 'VIHOR – 2027' }), at)
  expect(planned.alerts.map(({ rule }) => rule)).not.toContain('activity.unplanned')
  expect(await problemsOf(filed(calendar, at))).toEqual([expect.stringMatching(/^\/payload\/year The calendar of activities/)])
})

test('a system is new to a participant once', async () => {
  const at = new Date('2026-11-20T10:00:00Z')
  const first = await filed(exampleOf('deployment', 'MK', { forces: ['MK'] }), at)
  const second = await filed(exampleOf('deployment', 'MK', { forces: ['MK'], name: 'Another battery' }), at)
  const isNew = ({ alerts }: typeof first) => alerts.some(({ rule }) => rule === 'deployment.new_system')
  expect([isNew(first), isNew(second)]).toEqual([true, false])
})

test('a flight near a border is told to whose border it is', async () => {
  const { alerts } = await filed(exampleOf('uavFlight', 'ME', { area: { centre: [18.6, 42.75], radiusKm: 3 } }), new Date('2026-11-20T10:00:00Z'))
  expect(alerts.map(({ rule, recipients }) => [rule, recipients])).toEqual([['uav_flight.border', ['BA', 'secretariat']]])
})
