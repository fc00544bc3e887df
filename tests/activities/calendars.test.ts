import { beforeAll, describe, expect, test } from 'vitest'
import { listCalendars } from '../../lib/activities/queries.ts'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import type { Payload } from '../support/factories.ts'

useRegister()
const FILED_AT = new Date('2026-11-10T10:00:00Z')
const NOTIFIED_AT = new Date('2027-01-05T10:00:00Z')
const plan = (name: string, startsOn: string, endsOn: string): Payload => ({ name, activity: 'exercise', startsOn, endsOn, place: 'Krivolak', forces: ['MK'], personnel: 400 })
const notice = async (name: string, startsOn: string, endsOn: string, more: Payload = {}, at = NOTIFIED_AT) => {
  const { payload: { observers: _none, lateReason: _noReason, ...payload } } = FILING_EXAMPLES.activity!.value as { payload: Payload }
  return filed({
    kind: 'notification.activity', participant: 'MK',
    payload: { ...payload, name, startsOn, endsOn, area: { centre: [21.6, 41.5], radiusKm: 4 }, forces: ['MK'], personnel: 400, equipment: {}, liveFire: [], ...more },
  }, at)
}
const calendarOf = async (participant: 'MK' | 'AL' | 'BA', year: number, now: string) => (await listCalendars(as(null, { now: new Date(now) }), { year, participant }))[0]!

beforeAll(async () => {
  await filed({ kind: 'calendar.activities', participant: 'MK', payload: { year: 2027, nil: false, activities: [plan('Decisive Strike', '2027-05-15', '2027-06-02'), plan('Scorpion', '2027-03-01', '2027-03-04')] } }, FILED_AT)
  await filed({ kind: 'calendar.activities', participant: 'AL', payload: { year: 2027, nil: true, activities: [] } }, FILED_AT)
  await notice('DECISIVE STRIKE', '2027-05-16', '2027-06-03')
  await notice('Surprise', '2027-04-01', '2027-04-02')
  await notice('Alarm', '2027-04-10', '2027-04-11', { readiness: true }, new Date('2027-04-10T05:00:00Z'))
})

describe('the calendar of a year', () => {
  test('says when it was filed, what of it was notified, what has passed without a notice, and what was outside', async () => {
    const { filing, due, planned, outside, compiled } = await calendarOf('MK', 2027, '2027-04-20T10:00:00Z')
    expect({ filedAt: filing!.filedAt, due, compiled }).toEqual({ filedAt: FILED_AT.toISOString(), due: null, compiled: 0 })
    expect(planned.map(({ planned: { name }, notified, passed }) => [name, notified?.name ?? null, passed])).toEqual([['Scorpion', null, true], ['Decisive Strike', 'DECISIVE STRIKE', false]])
    expect(outside!.map(({ name }) => name)).toEqual(['Surprise'])
  })

  test('a nil one is filed and plans nothing; one not filed holds nothing against anyone', async () => {
    expect(await calendarOf('AL', 2027, '2027-04-20T10:00:00Z')).toMatchObject({ filing: { number: expect.any(String) }, planned: [], outside: [] })
    expect(await calendarOf('BA', 2027, '2027-04-20T10:00:00Z')).toMatchObject({ filing: null, planned: [], outside: null, due: null })
  })

  test('from 2028 on it is owed by 15 November of the year before, to the second in Vienna', async () => {
    expect((await calendarOf('BA', 2028, '2027-11-15T22:59:59Z')).due).toMatchObject({ on: '2027-11-15', state: 'due', daysLate: 0 })
    expect((await calendarOf('BA', 2028, '2027-11-15T23:00:00Z')).due).toMatchObject({ on: '2027-11-15', state: 'late', daysLate: 1 })
  })

  test('all seven are there, in the order of their names', async () => {
    expect((await listCalendars(as(null), { year: 2027 })).map(({ participant }) => participant)).toEqual(['AL', 'BA', 'HR', 'XK', 'ME', 'MK', 'RS'])
  })
})
