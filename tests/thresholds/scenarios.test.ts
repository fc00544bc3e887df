import { expect, test } from 'vitest'
import { assessed, contract, disposal, holding, met, mustMeet, situation, untested, whom } from './given.ts'

test('twelve fighters: Serbia has 27 and contracts 12', () => {
  const result = assessed(contract(), situation('RS', { positions: holding('RS', 'IVa', 27) }))
  const growth = mustMeet(result, 'acquisition.growth')
  expect(growth).toMatchObject({
    version: 1,
    severity: 'warning',
    category: 'IVa',
    measured: '27 → 39, + 44.4 %',
    threshold: '10 % and 2 units',
  })
  expect(growth.explanation).toBe(
    'Serbia’s projected holdings in category IVa rise from 27 to 39, by 44.4 %; the rule’s threshold is 10 % and 2 units. ' +
      'The comparison is with the declaration as of 2026-01-01.',
  )
  expect(growth.recipients).toEqual([
    { recipient: 'BA', reason: 'Bosnia and Herzegovina is adjacent to Serbia' },
    { recipient: 'HR', reason: 'Croatia is adjacent to Serbia' },
    { recipient: 'XK', reason: 'Kosovo* is adjacent to Serbia' },
    { recipient: 'ME', reason: 'Montenegro is adjacent to Serbia' },
    { recipient: 'MK', reason: 'North Macedonia is adjacent to Serbia' },
    { recipient: 'secretariat', reason: 'the secretariat is told of every alert' },
  ])
  expect(result.alerts.map(({ rule }) => rule)).toEqual(['acquisition.growth', 'acquisition.sensitive'])
  expect(result.untested).toEqual([
    {
      rule: 'acquisition.projected_ceiling',
      category: 'IVa',
      why: 'No confirmed Florence ceiling of Serbia for manned combat aircraft is on record',
    },
    { rule: 'acquisition.balance', category: 'IVa', why: 'no neighbour has filed a declaration in the category' },
  ])
  expect(result.notTold).toEqual([{ participant: 'AL', why: 'not adjacent to Serbia and not watching it' }])
})

test('a type new to the region reaches Albania as well', () => {
  const result = assessed(contract(), situation('RS', { typeKnown: false, positions: holding('RS', 'IVa', 27) }))
  expect(whom(mustMeet(result, 'acquisition.first_of_type'))).toContain('AL')
  expect(result.notTold).toEqual([])
})

test('the same by Croatia, 12 to 24 of 62, tells its own neighbours and not the ceiling', () => {
  const result = assessed(
    contract(),
    situation('HR', {
      ceilings: { IVa: { ceiling: 62, confirmed: true, source: 'Dayton Annex 1-B' } },
      positions: holding('HR', 'IVa', 12, { BA: 0, ME: 0, RS: 27 }),
    }),
  )
  const growth = mustMeet(result, 'acquisition.growth')
  expect(growth.measured).toBe('12 → 24, + 100 %')
  expect(whom(growth)).toEqual(['BA', 'ME', 'RS', 'secretariat'])
  expect([met(result, 'acquisition.projected_ceiling'), untested(result, 'acquisition.projected_ceiling')]).toEqual([
    undefined,
    undefined,
  ])
  expect(met(result, 'acquisition.balance')).toBeUndefined()
})

test('a withheld number of armed drones still tells everyone, and says what it could not test', () => {
  const result = assessed(
    contract({ category: 'IVb', type: 'CH-95', quantity: null }),
    situation('RS', { positions: holding('RS', 'IVb', 9) }),
  )
  expect(result.alerts.map(({ rule, measured }) => [rule, measured])).toEqual([['acquisition.sensitive', 'quantity withheld']])
  expect(result.notTold).toEqual([])
  expect(result.untested).toEqual(
    ['acquisition.growth', 'acquisition.balance'].map((rule) => ({ rule, category: 'IVb', why: 'quantity withheld' })),
  )
})

test('the next stage, three of twelve, tells the same neighbours the same growth', () => {
  const facts = contract({ stage: 'first_delivery', delivered: 3, signedOn: '2024-08-29', deliveredOn: '2028-03-01' })
  const result = assessed(facts, situation('RS', { earlier: 12, positions: holding('RS', 'IVa', 27) }), {
    filedAt: '2028-03-20T10:00:00Z',
  })
  expect(mustMeet(result, 'acquisition.growth').measured).toBe('27 → 39, + 44.4 %')
  expect(mustMeet(result, 'acquisition.sensitive').explanation).toContain('Serbia has received 3 of 12 Rafale F3-R.')
  expect(met(result, 'acquisition.late')).toBeUndefined()
})

test('North Macedonia gives away all its tanks: nothing grows, nobody is alerted', () => {
  expect(assessed(disposal({ quantity: 31 }), situation('MK', { positions: holding('MK', 'I', 31) })).alerts).toEqual([])
})
