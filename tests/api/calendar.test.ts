import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { dueDates } from '../../lib/api/calendar.ts'
import { listObligations } from '../../lib/schedule/queries.ts'
import { FOOTNOTE, PARTICIPANTS } from '../../lib/participants/rules.ts'
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
