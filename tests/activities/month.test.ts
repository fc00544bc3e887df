import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countByMonth, lastDayOf, monthAfter, monthOf, monthsBeside, weekNumber, weeksOf } from '../../lib/activities/month.ts'
import { dayAfter } from '../../lib/shared/format.ts'
import { anActivity, planned } from './listed.ts'

const on = (startsOn: string, endsOn: string | null = startsOn) => anActivity({ startsOn, endsOn })

describe('the weeks of a month', () => {
  // The months that begin on each day of the week, and February in a row of four weeks and in a leap year.
  test.each([
    ['2027-03', 'Monday', '2027-03-01', '2027-04-04', 5], ['2027-06', 'Tuesday', '2027-05-31', '2027-07-04', 5], ['2027-09', 'Wednesday', '2027-08-30', '2027-10-03', 5],
    ['2027-04', 'Thursday', '2027-03-29', '2027-05-02', 5], ['2027-10', 'Friday', '2027-09-27', '2027-10-31', 5], ['2027-05', 'Saturday', '2027-04-26', '2027-06-06', 6],
    ['2027-08', 'Sunday', '2027-07-26', '2027-09-05', 6], ['2027-02', 'Monday, four weeks', '2027-02-01', '2027-02-28', 4], ['2028-02', 'Tuesday, leap year', '2028-01-31', '2028-03-05', 5],
  ])('%s begins on a %s', (month, _weekday, first, last, count) => {
    const weeks = weeksOf(month)
    expect([weeks[0]![0], weeks.at(-1)![6], weeks.length]).toEqual([first, last, count])
    expect(weeks.every((week) => week.length === 7 && new Date(week[0]!).getUTCDay() === 1)).toBe(true)
    expect(weeks.flat()).toEqual(Array.from({ length: count * 7 }, (_, index) => dayAfter(first, index)))
  })

  test.each([['2026-12-31', 53], ['2027-01-03', 53], ['2027-01-04', 1], ['2024-12-30', 1], ['2021-01-01', 53], ['2027-06-07', 23], ['2020-12-31', 53]])('the week of %s is %i', (day, week) => {
    expect(weekNumber(day)).toBe(week)
  })

  test('months follow each other across years, and end on their last day', () => {
    expect([monthAfter('2026-12', 1), monthAfter('2027-01', -1), monthAfter('2027-06', -18), lastDayOf('2028-02'), lastDayOf('2027-02'), lastDayOf('2027-12')])
      .toEqual(['2027-01', '2026-12', '2025-12', '2028-02-29', '2027-02-28', '2027-12-31'])
  })
})

describe('bars', () => {
  const barsOf = (month: string, listed: ReturnType<typeof on>[], most = 4) =>
    monthOf(month, listed, most).map(({ lines }) => lines.map((line) => line.map(({ at, span, begins, ends }) => `${at}+${span}${begins ? '' : ' from before'}${ends ? '' : ' goes on'}`)))

  test('one day is one column', () => {
    expect(barsOf('2027-06', [on('2027-06-09')])[1]).toEqual([['2+1']])
  })

  test('over new year it stands in both months, and in the week that they share', () => {
    const one = on('2026-12-28', '2027-01-05')
    expect(barsOf('2026-12', [one]).at(-1)).toEqual([['0+7 goes on']])
    expect(barsOf('2027-01', [one]).slice(0, 3)).toEqual([[['0+7 goes on']], [['0+2 from before']], []])
  })

  test('what has no last day, and what is known to the year only, has no bar', () => {
    expect(barsOf('2027-06', [on('2027-06-01', null), anActivity({ startsOn: '2027-01-01', endsOn: '2027-12-31', vague: true })]).flat()).toEqual([])
  })

  test('those that do not touch share a line; those beyond the lines are counted on each of their days', () => {
    const [week] = monthOf('2027-03', [on('2027-03-01', '2027-03-03'), on('2027-03-04'), on('2027-03-02', '2027-03-05'), on('2027-03-03', '2027-03-04'), on('2027-03-03')], 2)
    expect(week!.lines.map((line) => line.length)).toEqual([2, 1])
    expect(week!.more).toEqual([0, 0, 2, 1, 0, 0, 0])
  })

  test('every day of every activity is drawn or counted, and no two bars of a line touch', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: -20, max: 50 }), fc.integer({ min: 0, max: 40 })), { maxLength: 30 })
    fc.assert(fc.property(spans, fc.integer({ min: 1, max: 5 }), (given, most) => {
      const listed = given.map(([start, length]) => on(dayAfter('2027-05-01', start), dayAfter('2027-05-01', start + length)))
      for (const { days, lines, more } of monthOf('2027-05', listed, most)) {
        expect(lines.length).toBeLessThanOrEqual(most)
        const drawn = days.map((_, day) => lines.flat().filter(({ at, span }) => at <= day && day < at + span).length)
        expect(drawn.map((count, day) => count + more[day]!)).toEqual(days.map((day) => listed.filter(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn!).length))
        for (const line of lines) line.slice(1).forEach(({ at }, index) => expect(at).toBeGreaterThanOrEqual(line[index]!.at + line[index]!.span))
      }
    }), { numRuns: 200 })
  })
})

test('months are counted that hold anything, and the nearest beside an empty one are found', () => {
  const listed = [on('2026-12-28', '2027-02-05'), on('2027-06-09'), planned({ startsOn: '2027-06-30', endsOn: '2027-07-01' }), on('2027-03-01', null)]
  expect(countByMonth(listed, '2027')).toEqual([1, 1, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0])
  expect(countByMonth(listed, '2026')).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
  expect(monthsBeside(listed, '2027-04')).toEqual({ before: '2027-02', after: '2027-06' })
  expect(monthsBeside(listed, '2027-01')).toEqual({ before: '2026-12', after: '2027-02' })
  expect(monthsBeside(listed, '2028-01')).toEqual({ before: '2027-07', after: null })
})
