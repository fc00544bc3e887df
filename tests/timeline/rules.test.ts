import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readIncidents } from '../../lib/db/history.ts'
import { PARTICIPANTS } from '../../lib/participants/rules.ts'
import { ListTimeline } from '../../lib/timeline/input.ts'
import { chronicle, INCIDENT_KIND_LABEL, isDisputed, isWithin, monthName, newestFirst, TIMELINE_SORTS, type TimelineEntry } from '../../lib/timeline/rules.ts'

const entry = (given: Partial<TimelineEntry>): TimelineEntry => ({
  id: 'x', sort: 'agreement', date: null, until: null, title: 'Agreement', what: 'Bilateral agreement', participants: ['AL'], others: [], place: null, filing: null, compiled: true, source: null, note: null, ...given,
})
const day = fc.integer({ min: 1995, max: 2026 }).chain((year) => fc.constantFrom(`${year}-01-01`, `${year}-06-30`, `${year}-12-31`, String(year), null))
const some = fc.record({ date: day, sort: fc.constantFrom(...TIMELINE_SORTS), title: fc.constantFrom('a', 'b'), participants: fc.subarray([...PARTICIPANTS], { minLength: 1 }), id: fc.uuid() }).map(entry)

describe('the order', () => {
  test('is newest first; a year alone comes after its days, and no year at all last', () => {
    const dates = ['2020-05-01', null, '2020', '2021-01-02', '2019-12-31', '2021', '2020-05-02']
    expect(dates.map((date) => entry({ date })).toSorted(newestFirst).map(({ date }) => date)).toEqual(['2021-01-02', '2021', '2020-05-02', '2020-05-01', '2020', '2019-12-31', null])
  })

  test('does not depend on what came first', () => {
    fc.assert(fc.property(fc.array(some, { maxLength: 12 }), (entries) => {
      const sorted = entries.toSorted(newestFirst)
      expect(entries.toReversed().toSorted(newestFirst)).toEqual(sorted)
      expect(chronicle(sorted).flatMap(({ months }) => months.flatMap(({ entries: of }) => of))).toEqual(sorted)
      expect(chronicle(sorted).map(({ count }) => count).reduce((sum, count) => sum + count, 0)).toBe(entries.length)
      expect(new Set(chronicle(sorted).map(({ year }) => year)).size).toBe(chronicle(sorted).length)
    }))
  })

  test('makes years, and months within them', () => {
    const listed = ['2021-03-02', '2021-03-01', '2021-01-05', '2021', null].map((date) => entry({ date }))
    expect(chronicle(listed).map(({ year, count, months }) => [year, count, months.map(({ month, entries }) => [month && monthName(month), entries.length])])).toEqual([
      ['2021', 4, [['March', 2], ['January', 1], [null, 1]]], [null, 1, [[null, 1]]],
    ])
  })
})

describe('the filter', () => {
  test.each([
    [{}, true], [{ participant: 'AL' }, true], [{ participant: 'XK' }, true], [{ participant: 'RS' }, false], [{ sort: 'agreement' }, true], [{ sort: 'incident' }, false],
    [{ from: 2020 }, true], [{ from: 2021 }, false], [{ to: 2020 }, true], [{ to: 2019 }, false], [{ from: 2020, to: 2020, participant: 'XK' }, true],
  ] as const)('%j: %s of an agreement of Albania and Kosovo* in 2020', (filter, shown) => {
    expect(isWithin(filter)(entry({ date: '2020-02-03', participants: ['AL', 'XK'] }))).toBe(shown)
  })

  test('leaves what is of no known year out of every period, and out of nothing else', () => {
    expect([{}, { participant: 'AL' as const }, { from: 1950 }, { to: 2100 }].map((filter) => isWithin(filter)(entry({})))).toEqual([true, true, false, false])
  })

  test('takes an empty control for nothing asked, and says what is wrong with the rest', () => {
    expect(ListTimeline.parse({ participant: '', sort: '', from: '', to: '2019' })).toEqual({ to: 2019 })
    for (const [given, message] of [[{ from: 'then' }, 'State a year'], [{ to: '1.5' }, 'State a year'], [{ from: '1812' }, 'from 1950'], [{ sort: 'war' }, 'one of agreement'], [{ participant: 'DE' }, 'one of AL']] as const) {
      expect(ListTimeline.safeParse(given).error!.issues[0]!.message).toContain(message)
    }
  })
})

test('what a note says is denied, alleged or could not be checked is disputed, and nothing else', () => {
  expect(readIncidents().filter(isDisputed).map(({ id }) => id)).toEqual(['I11', 'I23'])
  expect(isDisputed({ note: 'Everyone agrees' })).toBe(false)
  expect([...new Set(readIncidents().map(({ kind }) => kind))].filter((kind) => !(kind in INCIDENT_KIND_LABEL))).toEqual([])
})
