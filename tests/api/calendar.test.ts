import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { listActivities } from '../../lib/activities/queries.ts'
import { activityDays, dueDates } from '../../lib/api/calendar.ts'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { listObligations } from '../../lib/schedule/queries.ts'
import { FOOTNOTE, PARTICIPANTS } from '../../lib/participants/rules.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'

useRegister()
const feed = (file: string) => dueDates(new Request(`http://localhost/calendar/${file}`), { params: Promise.resolve({ file }) })

test.each(PARTICIPANTS)('the feed of %s is read by another library, and holds its obligations on their days', async (code) => {
  const answer = await feed(`${code}.ics`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
  const text = await answer.text()
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75), 'folded at 75 octets (RFC 5545 3.1)').toBe(true)
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
  const owed = await listObligations(as(null), { participant: code })
  expect(owed.length).toBeGreaterThan(3)
  expect(events.map(({ startDate, summary }) => `${startDate.toString()} ${startDate.isDate} ${summary}`).toSorted())
    .toEqual(owed.map(({ dueOn, title, asOf }) => `${dueOn} true ${{ AL: 'Albania', BA: 'Bosnia and Herzegovina', HR: 'Croatia', XK: 'Kosovo*', ME: 'Montenegro', MK: 'North Macedonia', RS: 'Serbia' }[code]}: ${title} as of ${asOf}`).toSorted())
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length)
  expect(/Kosovo(?!\*)/.test(text.replaceAll('\r\n ', ''))).toBe(code === 'XK')
})

test('the feed of Kosovo* carries the footnote, and a file that is not there is not found', async () => {
  const text = (await (await feed('XK.ics')).text()).replaceAll('\r\n ', '').replaceAll('\\,', ',')
  expect(text).toContain(FOOTNOTE)
  for (const file of ['ZZ.ics', 'RS', 'rs.ics', '../RS.ics']) expect((await feed(file)).status).toBe(404)
})

test('what takes place is read by another library, on its days; what a calendar held and was notified since stands once', async () => {
  const at = new Date('2026-11-20T10:00:00Z')
  for (const name of ['activity', 'deployment', 'uavFlight', 'calendar']) await filed(FILING_EXAMPLES[name]!.value as Parameters<typeof filed>[0], at)
  const planned = { name: 'VIHOR 2027', activity: 'exercise', startsOn: '2027-05-20', endsOn: '2027-05-25', place: 'Pasuljanske livade', forces: ['RS'], personnel: 900 }
  await filed({ kind: 'calendar.activities', participant: 'RS', payload: { year: 2027, nil: false, activities: [planned] } }, at)
  const read = async (file: string) => {
    const answer = await activityDays(new Request(`http://localhost/activities/${file}`), { params: Promise.resolve({ file }) })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
    const text = await answer.text()
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
    return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
  }
  const events = await read('all.ics')
  const found = events.map(({ summary, startDate, endDate }) => `${summary} ${startDate.toString()} ${endDate.toString()}`)
  expect(found).toEqual(expect.arrayContaining([
    'Serbia: Vihor 2027 2027-06-01 2027-06-10', 'Serbia: 250th Air Defence Missile Brigade 2027-03-01 2027-03-02', 'Croatia: Watch over the Una 2027-04-05 2027-04-17',
    'North Macedonia: Decisive Strike 28 2028-05-15 2028-06-03',
  ]))
  expect(found.filter((one) => /vihor 2027/i.test(one))).toHaveLength(1)
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length)
  expect((await read('HR.ics')).every(({ summary }) => summary.startsWith('Croatia: '))).toBe(true)
  expect((await listActivities(as(null), { from: '2027-04-01', to: '2027-04-30' })).map(({ name }) => name)).toEqual(['250th Air Defence Missile Brigade', 'Watch over the Una'])
  for (const file of ['ZZ.ics', 'all', '../all.ics']) expect((await activityDays(new Request('http://localhost/activities/x'), { params: Promise.resolve({ file }) })).status).toBe(404)
})
