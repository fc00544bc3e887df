import { describe, expect, test } from 'vitest'
import { outstanding, projected } from '../../lib/thresholds/rules.ts'
import { calendarDays, viennaDay } from '../../lib/thresholds/metrics-projected.ts'
import { FILED_AT, assessed, contract, disposal, met, mustMeet, position, situation, untested, whom } from './given.ts'

const AS_OF = '2026-01-01'

describe('outstanding', () => {
  test.each([
    ['nothing delivered', contract({ quantity: 12 }), 12],
    ['delivered after the declaration', contract({ stage: 'first_delivery', delivered: 3, deliveredOn: '2026-01-02' }), 12],
    ['delivered on its day', contract({ stage: 'first_delivery', delivered: 3, deliveredOn: '2026-01-01' }), 9],
    ['delivered before it', contract({ stage: 'incorporated', delivered: 12, deliveredOn: '2025-06-30' }), 0],
    ['delivered in the year before, day unknown', contract({ stage: 'incorporated', delivered: 12, deliveredOn: '2025' }), 0],
    ['delivered in the same year, day unknown', contract({ stage: 'incorporated', delivered: 12, deliveredOn: '2026' }), 12],
    ['delivered, no date: on the day of filing', contract({ stage: 'incorporated', delivered: 12 }), 12],
    ['an upgrade', contract({ counted: false }), 0],
    ['an upgrade of unstated size', contract({ counted: false, quantity: null }), 0],
    ['withheld', contract({ quantity: null, delivered: null }), null],
    [
      'withheld, part delivered in time',
      contract({ stage: 'first_delivery', quantity: null, delivered: 3, deliveredOn: '2025-06-30' }),
      null,
    ],
    ['part delivered withheld', contract({ stage: 'first_delivery', delivered: null, deliveredOn: '2025-06-30' }), null],
    [
      'part delivered withheld, after the declaration',
      contract({ stage: 'first_delivery', delivered: null, deliveredOn: '2026-06-30' }),
      12,
    ],
    [
      'withheld and wholly incorporated in time',
      contract({ stage: 'incorporated', quantity: null, delivered: null, deliveredOn: '2025' }),
      0,
    ],
    ['a disposal decided', disposal({ quantity: 30 }), 30],
    ['a disposal carried out in time', disposal({ completedOn: '2025-12-31' }), 0],
    ['a disposal carried out later', disposal({ completedOn: '2026-03-01' }), 30],
    ['a disposal of unstated size', disposal({ quantity: null }), null],
    ['a disposal of unstated size, carried out in time', disposal({ quantity: null, completedOn: '2025' }), 0],
    ['an export of new production', disposal({ counted: false }), 0],
  ] as const)('%s', (_, movement, pieces) => {
    expect(outstanding(movement, FILED_AT, AS_OF)).toBe(pieces)
  })

  test('a delivery of unstated date falls on the Vienna day of its filing', () => {
    const facts = contract({ stage: 'first_delivery', delivered: 3 })
    expect(outstanding(facts, '2025-12-31T22:59:59Z', '2025-12-31')).toBe(9)
    expect(outstanding(facts, '2025-12-31T23:00:00Z', '2025-12-31')).toBe(12)
  })

  test('without a declaration everything is outstanding', () => {
    expect(outstanding(contract({ stage: 'incorporated', delivered: 12, deliveredOn: '2020-01-01' }), FILED_AT, null)).toBe(12)
  })
})

test('projected holdings are declared plus incoming less outgoing, and unknown without a declaration', () => {
  expect(projected(position(27, { incoming: 12, outgoing: 5 }))).toBe(34)
  expect(projected(position(null, { incoming: 12 }))).toBeNull()
  expect(projected(undefined)).toBeNull()
})

describe('days in Europe/Vienna', () => {
  test.each([
    ['2026-12-10T22:59:59Z', '2026-12-10'],
    ['2026-12-10T23:00:00Z', '2026-12-11'],
    ['2026-07-10T21:59:59Z', '2026-07-10'],
    ['2026-07-10T22:00:00Z', '2026-07-11'],
    // Clocks go forward on 28 March 2027 at 01:00 UTC: that day ends an hour earlier in UTC than the one before.
    ['2027-03-27T22:59:59Z', '2027-03-27'],
    ['2027-03-28T21:59:59Z', '2027-03-28'],
    ['2027-03-28T22:00:00Z', '2027-03-29'],
    // And back on 31 October 2027 at 01:00 UTC.
    ['2027-10-30T22:00:00Z', '2027-10-31'],
    ['2027-10-31T22:59:59Z', '2027-10-31'],
    ['2027-10-31T23:00:00Z', '2027-11-01'],
  ])('%s is in %s', (instant, day) => expect(viennaDay(instant)).toBe(day))

  test('clock changes neither add a day nor take one', () => {
    expect(calendarDays('2027-03-01', '2027-03-31T21:59:59Z')).toBe(30)
    expect(calendarDays('2027-03-01', '2027-03-31T22:00:00Z')).toBe(31)
    expect(calendarDays('2027-10-15', '2027-11-14T22:59:59Z')).toBe(30)
    expect(calendarDays('2027', '2027-11-14T22:59:59Z')).toBeNull()
  })
})

describe('acquisition.late', () => {
  const late = (facts: ReturnType<typeof contract>, filedAt: string) =>
    met(assessed(facts, situation('RS'), { filedAt }), 'acquisition.late')
  const signed = contract({ category: 'S2', signedOn: '2027-03-01' })

  test('a contract has 30 days, to the last second of the thirtieth in Vienna, across the clock change', () => {
    expect(late(signed, '2027-03-30T12:00:00Z')).toBeUndefined()
    expect(late(signed, '2027-03-31T21:59:59Z')).toBeUndefined()
    expect(late(signed, '2027-03-31T22:00:00Z')).toMatchObject({ severity: 'notice', measured: '31 days', threshold: '30 days' })
  })

  test.each(['first_delivery', 'incorporated'] as const)('a delivery at stage %s has 90 days', (stage) => {
    const facts = contract({ category: 'S2', stage, delivered: 3, signedOn: '2020-01-01', deliveredOn: '2026-08-01' })
    expect(late(facts, '2026-10-30T22:59:59Z')).toBeUndefined()
    const alert = late(facts, '2026-10-30T23:00:00Z')!
    expect(alert.explanation).toBe('Serbia notified the delivery of 2026-08-01 on 2026-10-31, 91 days later; the rule allows 90 days.')
  })

  test('tells the secretariat alone, and says so of each participant', () => {
    const result = assessed(signed, situation('RS', { watchers: ['AL'] }), { filedAt: '2027-06-01T08:00:00Z' })
    expect(whom(mustMeet(result, 'acquisition.late'))).toEqual(['secretariat'])
    expect(result.notTold).toEqual(
      ['AL', 'BA', 'HR', 'XK', 'ME', 'MK'].map((participant) => ({ participant, why: 'what is met is told to the secretariat only' })),
    )
  })

  test('a plan is not late by its signature, nor a delivery', () => {
    expect(late(contract({ stage: 'planned', signedOn: '2020-01-01' }), FILED_AT)).toBeUndefined()
    expect(
      late(contract({ stage: 'first_delivery', delivered: 1, signedOn: '2020-01-01', deliveredOn: '2026-11-01' }), FILED_AT),
    ).toBeUndefined()
  })

  test('an amendment is not late again', () => {
    const subject = { filedAt: '2027-06-01T08:00:00Z', amended: true }
    expect(met(assessed(signed, situation('RS'), subject), 'acquisition.late')).toBeUndefined()
  })

  test.each([
    [contract({ signedOn: '2024' }), 'the date is known to the year only'],
    [contract({ signedOn: null }), 'the date of signature is not stated'],
    [contract({ stage: 'incorporated', delivered: 12, deliveredOn: '2024' }), 'the date is known to the year only'],
    [contract({ stage: 'incorporated', delivered: 12 }), 'the date of delivery is not stated'],
  ])('is untested where the day is unknown (%#)', (facts, why) => {
    const result = assessed(facts, situation('RS'))
    expect(untested(result, 'acquisition.late')).toBe(why)
    expect(met(result, 'acquisition.late')).toBeUndefined()
  })
})
