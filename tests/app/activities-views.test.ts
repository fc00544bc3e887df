import process from 'node:process'
import { createElement, type ComponentType } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, test } from 'vitest'
import { addressOf, readFilter } from '../../app/(public)/activities/filter.ts'
import { Filters, ViewTabs } from '../../app/(public)/activities/filters.tsx'
import { ListView, type ViewProps } from '../../app/(public)/activities/list-view.tsx'
import { MapView } from '../../app/(public)/activities/map-view.tsx'
import { MonthView } from '../../app/(public)/activities/month-view.tsx'
import { becameWords, filedWords } from '../../app/(public)/activities/calendars/words.ts'
import { listActivities } from '../../lib/activities/queries.ts'
import { narrowed, withoutNotified, type Listed } from '../../lib/activities/rules.ts'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { insertTogether, into } from '../../lib/db/insert.ts'
import { activities, entries } from '../../lib/db/schema.ts'
import { projections, type FiledVersion } from '../../lib/filings/projections.ts'
import { PARTICIPANTS, type ParticipantCode } from '../../lib/participants/rules.ts'
import type { ObligationState } from '../../lib/schedule/rules.ts'
import { dayAfter } from '../../lib/shared/format.ts'
import { anActivity, compiled, planned } from '../activities/listed.ts'
import { as, useRegister } from '../support/db.ts'
import type { Payload } from '../support/factories.ts'

const DAY = '2027-01-15'
const textOf = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll('&#x27;', '’').replaceAll(/\s+/g, ' ')
const shown = (View: ComponentType<ViewProps>, listed: readonly Listed[], params: Record<string, string> = {}): string => {
  const filter = readFilter(params)
  return renderToStaticMarkup(createElement(View, { listed: narrowed(listed, filter.asked), filter, day: DAY }))
}

describe('the filter in an address', () => {
  test('is read, a month or a year standing for its days', () => {
    const { asked, view, wrong } = readFilter({ participant: 'RS', kind: 'planned', from: '2027-02', to: '2027', view: 'month', month: '2027-06' })
    expect({ asked, view, wrong }).toEqual({ asked: { participant: 'RS', kind: 'planned', from: '2027-02-01', to: '2027-12-31' }, view: 'month', wrong: [] })
  })

  test.each([
    [{ participant: 'DE' }, 'Participant “DE”: State a participant: one of AL, BA, HR, XK, ME, MK, RS.'], [{ kind: 'war' }, 'What “war”: State what is asked for: one of activity, deployment, flight, planned.'],
    [{ from: '2027-02-30' }, 'From “2027-02-30”: State a date that exists, as YYYY-MM-DD.'], [{ to: 'May' }, 'To “May”: State a date as YYYY-MM-DD, or a month or a year alone.'],
    [{ from: '2027-06-01', to: '2027-05' }, 'To “2027-05”: This is before 2027-06-01. State that day or a later one.'], [{ month: '2027-13' }, 'Month “2027-13”: State a month as YYYY-MM, such as 2027-06.'],
    [{ view: 'chart' }, 'View “chart”: State one of list, month, map.'],
  ])('%j says what is wrong, and the rest is used', (bad, words) => {
    const { wrong, asked } = readFilter({ participant: 'HR', ...bad })
    expect(wrong).toEqual([words])
    if (!('participant' in bad)) expect(asked.participant).toBe('HR')
  })

  test('is kept by every view, and by the form', () => {
    const filter = readFilter({ participant: 'XK', kind: 'activity', from: '2027-06-01', view: 'month', month: '2027-06' })
    const tabs = renderToStaticMarkup(createElement(ViewTabs, { filter }))
    expect([...tabs.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))).toEqual([
      '/activities?participant=XK&kind=activity&from=2027-06-01&month=2027-06', '/activities?participant=XK&kind=activity&from=2027-06-01&month=2027-06&view=month',
      '/activities?participant=XK&kind=activity&from=2027-06-01&month=2027-06&view=map',
    ])
    const form = renderToStaticMarkup(createElement(Filters, { filter }))
    for (const kept of ['action="/activities" method="get"', 'name="view" value="month"', 'name="month" value="2027-06"', 'value="XK" selected', 'value="2027-06-01"']) expect(form).toContain(kept)
    expect(addressOf({ view: 'list' }, { page: 1, held: 3 })).toBe('/activities?held=3')
  })
})

describe('a month', () => {
  const listed = [
    anActivity({ name: 'Vihor', startsOn: '2027-06-03', endsOn: '2027-06-11' }), planned({ name: 'Frost', startsOn: '2027-06-30', endsOn: '2027-07-02' }), compiled({ name: 'Echo', startsOn: '2027-06-09', endsOn: '2027-06-09' }),
    anActivity({ name: 'Battery', kind: 'notification.deployment', sort: 'new_system', startsOn: '2027-01-01', endsOn: null }), anActivity({ name: 'Some day', startsOn: '2027-01-01', endsOn: '2027-12-31', vague: true }),
  ]
  const html = shown(MonthView, listed, { view: 'month', month: '2027-06' })

  test('lays each over its days, once a week, and says what is planned and what is compiled', () => {
    expect(html.match(/<tbody/g)).toHaveLength(5)
    expect(html.match(/>Vihor</g)).toHaveLength(2)
    expect(html).toMatch(/class="bar-cell at-3" colSpan="4"><a [^>]*class="bar goes-on"/)
    expect(html).toMatch(/class="bar planned goes-on"|class="bar planned"/)
    expect(textOf(html)).toContain('Frost Serbia, planned , 2027-06-30 to 2027-07-02')
    expect(textOf(html)).toContain('Echo Serbia, compiled , 2027-06-09')
    expect(html).not.toMatch(/style=/)
  })

  test('names in words what has no last day, and what is known to the year only', () => {
    expect(textOf(html)).toContain('Battery , Serbia, from 2027-01-01')
    expect(textOf(html)).toContain('Some day , Serbia, 2027')
    expect(html.match(/>Battery</g)).toHaveLength(1)
  })

  test('a day with more than its lines leads to the list of that day, with the filters', () => {
    const many = Array.from({ length: 9 }, () => anActivity({ startsOn: '2027-06-09', endsOn: '2027-06-09' }))
    const crowded = shown(MonthView, many, { view: 'month', month: '2027-06', participant: 'RS' })
    expect(textOf(crowded)).toContain('and 3 more on 2027-06-09')
    expect(crowded).toContain('href="/activities?participant=RS&amp;from=2027-06-09&amp;to=2027-06-09"')
  })

  test('an empty one leads to the nearest that hold anything', () => {
    const text = textOf(shown(MonthView, listed, { view: 'month', month: '2027-04' }))
    expect(text).toContain('Nothing stands on the days of April 2027. The nearest after is 2027-06 .')
  })
})

/** Two thousand over three years, as filings of all participants make them: one in five is planned in one of their seven calendars. */
const COUNT = 2000
const exampleOf = (name: string) => FILING_EXAMPLES[name]!.value as { kind: FiledVersion['kind']; payload: Payload }
const statedAt = (index: number): Payload => {
  const startsOn = dayAfter('2026-06-01', (index * 37) % 1000)
  return { name: `Exercise ${index}`, startsOn, endsOn: dayAfter(startsOn, index % 19) }
}
const versionOf = (index: number, participant: ParticipantCode, kind: FiledVersion['kind'], payload: Payload): FiledVersion => {
  const id = `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`
  const filedAt = '2026-04-01T08:00:00.000Z'
  return { id, entryId: id, number: `T-2026-${index}`, version: 1, action: 'file', kind, participant, summary: `Filing ${index}`, filedAt, firstFiledAt: filedAt, compiled: false, payload, supersedes: null }
}
const noticeAt = (index: number): FiledVersion => {
  const { kind, payload } = exampleOf(index % 5 === 1 ? 'uavFlight' : 'activity')
  const area = { centre: [14 + ((index * 7919) % 8000) / 1000, 40.5 + ((index * 6007) % 5000) / 1000], radiusKm: 1 + (index % 20) }
  return versionOf(index, PARTICIPANTS[index % 7]!, kind, { ...payload, ...statedAt(index), area })
}
const calendarOf = (participant: ParticipantCode, who: number): FiledVersion => {
  const { kind, payload } = exampleOf('calendar')
  const [first] = payload.activities as Payload[]
  const own = Array.from({ length: COUNT / 5 }, (_, index) => index * 5).filter((index) => index % 7 === who)
  return versionOf(COUNT + who, participant, kind, { ...payload, activities: own.map((index) => ({ ...first!, ...statedAt(index) })) })
}
const versions = (): FiledVersion[] => [
  ...Array.from({ length: COUNT }, (_, index) => index).filter((index) => index % 5 > 0).map(noticeAt), ...PARTICIPANTS.map(calendarOf),
]

/** Milliseconds of processor time, of which what else the machine does takes nothing away. */
const timed = async <T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> => {
  const begun = process.cpuUsage()
  const value = await work()
  const { user, system } = process.cpuUsage(begun)
  return { value, ms: (user + system) / 1000 }
}

describe('how a calendar stands, in words', () => {
  const filing = { id: 'f', number: 'RS-2027-1', filedAt: '2027-11-20T08:00:00.000Z' }
  const due = (state: ObligationState, daysLate = 0) => ({ on: '2027-11-15', state, daysLate, daysLeft: 0, dueAt: '2027-11-15T22:59:59.999Z' })
  const notice = { planned: planned(), notified: null, passed: false }

  test.each([
    [{ filing, due: due('filed_late', 5), planned: [notice] }, 'late', 'filed on 2027-11-20, 5 days late'], [{ filing, due: due('filed'), planned: [] }, 'ok', 'filed on 2027-11-20, nil'],
    [{ filing, due: null, planned: [notice] }, 'ok', 'filed on 2027-11-20'], [{ filing: null, due: null, planned: [] }, 'none', 'no calendar filed'],
    [{ filing: null, due: due('late', 1), planned: [] }, 'late', 'no calendar filed, late by 1 day'], [{ filing: null, due: due('due'), planned: [] }, 'pending', 'no calendar filed yet, due by 2027-11-15'],
  ] as const)('%j', (calendar, mark, words) => {
    expect(filedWords({ ...calendar, planned: [...calendar.planned] })).toEqual({ mark, words })
  })

  test('what was planned is notified, not notified yet, or passed without a notice', () => {
    expect([{ ...notice, notified: anActivity(), passed: true }, notice, { ...notice, passed: true }].map((one) => becameWords(one).words)).toEqual(['notified', 'not notified yet', 'its days have passed without a notice'])
  })
})

describe('two thousand activities', () => {
  const register = useRegister()
  beforeAll(async () => {
    const rows = versions().map((version) => projections(version))
    const taking = rows.flatMap(({ inserts }) => inserts.filter(({ table }) => table === activities).flatMap((insert) => insert.rows as (typeof activities.$inferInsert)[]))
    await register().owner.transaction((tx) => insertTogether(tx, [into(entries, rows.map(({ entry }) => entry)), into(activities, taking)]))
  })

  test.each([
    ['list', ListView, {}], ['month', MonthView, { view: 'month', month: '2027-06' }], ['map', MapView, { view: 'map' }], ['map of all days', MapView, { view: 'map', from: '2026' }],
  ] as const)('are read and rendered as a %s within a second, in under 300 KB', async (_name, View, params) => {
    const page = async () => shown(View, withoutNotified(await listActivities(as(null), {})), params)
    const [first, second] = [await timed(page), await timed(page)]
    const html = first.value
    expect(Math.min(first.ms, second.ms), 'the better of two').toBeLessThan(1000)
    expect(html.length).toBeLessThan(300_000)
    expect(html).toContain('Exercise ')
  })

  test('none is lost: the list says how many there are', async () => {
    const listed = withoutNotified(await listActivities(as(null), {}))
    expect(listed).toHaveLength(COUNT)
    const text = textOf(shown(ListView, listed, { page: '2' }))
    expect(text).toMatch(/Showing 51 to 100 of 1,\d+/)
    expect(shown(ListView, listed, { page: '9999' })).toContain('aria-label="Pages of what is to come"')
  })
})
