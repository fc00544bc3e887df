import { describe, expect, test } from 'vitest'
import { DEFAULT_OBLIGATIONS } from '../../lib/schedule/rulebook.ts'
import { cycleOfFiling, cyclesAround, endOfDueDate, monthsAfter, punctualityOf, stateOf } from '../../lib/schedule/rules.ts'

describe('a due date ends with its day in Vienna', () => {
  test.each([
    ['2026-12-15', '2026-12-15T22:59:59.999Z'], ['2026-07-31', '2026-07-31T21:59:59.999Z'],
    ['2027-03-28', '2027-03-28T21:59:59.999Z'], ['2026-10-25', '2026-10-25T22:59:59.999Z'],
  ])('%s ends at %s', (day, end) => { expect(endOfDueDate(day)).toBe(end) })

  test('the last second is in time, the first of the next day is late', () => {
    const filed = (at: string) => stateOf(new Date('2027-02-01T00:00:00Z'), '2026-12-15', new Date(at).toISOString())
    expect(filed('2026-12-15T23:59:59+01:00')).toMatchObject({ state: 'filed', daysLate: 0 })
    expect(filed('2026-12-16T00:00:00+01:00')).toMatchObject({ state: 'filed_late', daysLate: 1 })
  })
})

test('North Macedonia files on 22 December at 10:00: seven days late, for good', () => {
  const filedAt = new Date('2026-12-22T10:00:00+01:00').toISOString()
  for (const now of ['2026-12-22T12:00:00Z', '2028-06-01T00:00:00Z']) {
    expect(stateOf(new Date(now), '2026-12-15', filedAt)).toMatchObject({ state: 'filed_late', daysLate: 7 })
  }
  const onTime = stateOf(new Date('2027-01-15T00:00:00Z'), '2026-12-15', '2026-12-10T08:00:00.000Z')
  const seven = [...Array.from({ length: 6 }, () => onTime), stateOf(new Date('2027-01-15T00:00:00Z'), '2026-12-15', filedAt)]
  expect(punctualityOf(seven)).toEqual({ onTime: 6, of: 7, words: '6 of 7 on time, 85.7 %' })
})

test('before it is filed it is upcoming, due from thirty days on, and then late by whole days', () => {
  const at = (now: string) => stateOf(new Date(now), '2026-12-15', null)
  expect(at('2026-11-14T12:00:00Z')).toMatchObject({ state: 'upcoming', daysLeft: 31 })
  expect(at('2026-11-15T12:00:00Z')).toMatchObject({ state: 'due', daysLeft: 30 })
  expect(at('2026-12-15T22:59:59Z')).toMatchObject({ state: 'due', daysLate: 0 })
  expect(at('2026-12-15T23:00:00Z')).toMatchObject({ state: 'late', daysLate: 1 })
  expect(at('2027-01-14T12:00:00Z')).toMatchObject({ state: 'late', daysLate: 30 })
})

test('while nobody filed and nothing has fallen due there is no share to state', () => {
  expect(punctualityOf([stateOf(new Date('2026-11-14T12:00:00Z'), '2026-12-15', null)])).toBeNull()
})

describe('cycles', () => {
  const at = (now: string) => cyclesAround(new Date(now), DEFAULT_OBLIGATIONS).map(({ rule, asOf, dueOn }) => `${rule.id} ${asOf} ${dueOn}`)

  test('are those of the rulebook, within a year of now', () => {
    expect(at('2026-11-22T00:00:00Z').toSorted()).toEqual([
      'calendar.annual 2028-01-01 2027-11-15', 'holdings.annual 2027-01-01 2026-12-15', 'holdings.midyear 2027-07-01 2027-07-31', 'personnel.annual 2027-01-01 2026-12-15',
      'statement.autonomy 2026-12-31 2027-03-31', 'statement.cyber 2026-12-31 2027-03-31', 'statement.surveillance 2026-12-31 2027-03-31',
      'structure.annual 2027-01-01 2026-12-15',
    ])
  })

  test('nothing is owed from before the register opened', () => {
    for (const now of ['2026-11-01T00:00:00Z', '2027-08-01T00:00:00Z']) expect(at(now).every((cycle) => cycle.slice(-10) >= '2026-11-01')).toBe(true)
  })

  test('a later version of a due date takes the place of the earlier from its own first due date on', () => {
    const annual = DEFAULT_OBLIGATIONS.find(({ id }) => id === 'holdings.annual')!
    const moved = { ...annual, version: 2, dueMonthDay: '11-30', validFrom: '2027-06-01' }
    const due = cyclesAround(new Date('2027-06-15T00:00:00Z'), [annual, moved]).map(({ rule, dueOn }) => [rule.version, dueOn])
    expect(due).toEqual([[1, '2026-12-15'], [2, '2027-11-30']])
  })

  test('a budget is due three months after its adoption', () => {
    expect(cycleOfFiling(DEFAULT_OBLIGATIONS, 'declaration.budget', '2027-01-01', '2026-12-18')).toMatchObject({ dueOn: '2027-03-18', asOf: '2027-01-01' })
    expect(cycleOfFiling(DEFAULT_OBLIGATIONS, 'declaration.holdings', '2027-01-01', '2026-12-18')).toBeNull()
    expect(cycleOfFiling(DEFAULT_OBLIGATIONS, 'declaration.budget', '2026-01-01', '2025-12-18')).toBeNull()
  })

  test.each([['2026-11-30', 3, '2027-02-28'], ['2027-11-30', 3, '2028-02-29'], ['2026-01-31', 1, '2026-02-28'], ['2026-12-18', 3, '2027-03-18']])('%s and %d months is %s', (day, months, then) => {
    expect(monthsAfter(day, months)).toBe(then)
  })
})
