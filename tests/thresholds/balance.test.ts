import { describe, expect, test } from 'vitest'
import type { CategoryCode } from '../../lib/taxonomy/rules.ts'
import { assessed, contract, holding, met, mustMeet, position, situation, untested, whom } from './given.ts'

const RULE = 'acquisition.balance'

describe('acquisition.balance', () => {
  const at = (quantity: number, own: number, croatia: number, category: CategoryCode = 'IVa') =>
    assessed(
      contract({ category, quantity }),
      situation('RS', { positions: holding('RS', category, own, { HR: croatia, BA: 3, ME: 0 }) }),
    )

  test.each(['I', 'II', 'III', 'IVa', 'IVb', 'Va', 'VIIa', 'E4'] as const)(
    'in %s needs more than 1.5 times the largest neighbour',
    (category) => {
      expect(met(at(6, 12, 12, category), RULE)).toBeUndefined()
      expect(met(at(7, 12, 12, category), RULE)).toMatchObject({ severity: 'warning', category })
    },
  )

  test.each(['Vb', 'VI', 'VIIb', 'SALW', 'E1', 'E2', 'E3', 'S1', 'none'] as const)('says nothing in %s', (category) => {
    const result = at(500, 12, 12, category)
    expect(met(result, RULE)).toBeUndefined()
    expect(untested(result, RULE)).toBeUndefined()
  })

  test('is met by the filing that takes it over, not by what was above before', () => {
    expect(met(at(1, 18, 12), RULE)).toBeDefined()
    expect(met(at(1, 19, 12), RULE)).toBeUndefined()
  })

  test('a later version is compared with what its earlier one had taken', () => {
    const where = (earlier: number) => situation('RS', { earlier, positions: holding('RS', 'IVa', 12, { HR: 12 }) })
    expect(met(assessed(contract({ quantity: 12 }), where(0)), RULE)).toBeDefined()
    expect(met(assessed(contract({ quantity: 12 }), where(12)), RULE)).toBeUndefined()
    expect(met(assessed(contract({ quantity: 12 }), where(6)), RULE)).toMatchObject({ measured: '18 → 24, 2 times the 12 of Croatia' })
  })

  test('needs at least 4 units in the end', () => {
    expect(met(at(1, 2, 1), RULE)).toBeUndefined()
    expect(
      met(assessed(contract({ quantity: 3 }), situation('RS', { positions: holding('RS', 'IVa', 0, { HR: 0 }) })), RULE),
    ).toBeUndefined()
    const alert = mustMeet(
      assessed(contract({ quantity: 4 }), situation('RS', { positions: holding('RS', 'IVa', 0, { HR: 0 }) })),
      RULE,
    )
    expect(alert.measured).toBe('0 → 4, while no neighbour has any')
  })

  test('compares projected holdings on both sides', () => {
    const own = position(10, { incoming: 4, outgoing: 2 })
    const croatia = position(8, { incoming: 5, outgoing: 1 })
    const result = (quantity: number) =>
      assessed(contract({ quantity }), situation('RS', { positions: holding('RS', 'IVa', own, { HR: croatia }) }))
    expect(met(result(6), RULE)).toBeUndefined()
    expect(met(result(7), RULE)).toMatchObject({ measured: '12 → 19, 1.58 times the 12 of Croatia' })
  })

  test('reads as prose and tells the neighbours', () => {
    const alert = mustMeet(at(12, 27, 24), RULE)
    expect(alert).toMatchObject({
      measured: '27 → 39, 1.63 times the 24 of Croatia',
      threshold: '1.5 times the largest projected holdings among neighbours, at least 4 units',
    })
    expect(whom(alert)).toEqual(['BA', 'HR', 'XK', 'ME', 'MK', 'secretariat'])
  })

  test('names those who share the largest, and those who declared nothing', () => {
    const positions = holding('RS', 'IVa', 12, { HR: 8, BA: 8, ME: position(null) })
    const { explanation } = mustMeet(assessed(contract({ quantity: 12 }), situation('RS', { positions })), RULE)
    expect(explanation).toBe(
      'Serbia’s projected holdings in category IVa rise from 12 to 24, 3 times the 8 of Bosnia and Herzegovina and Croatia. ' +
        'The rule’s threshold is 1.5 times the largest projected holdings among its neighbours, from 4 units; ' +
        'before this filing they were not above it. ' +
        'Kosovo*, Montenegro and North Macedonia have declared nothing in the category and are not compared.',
    )
  })

  test('who watches is not a neighbour to compare with', () => {
    const result = assessed(
      contract({ quantity: 12 }),
      situation('RS', { watchers: ['AL'], positions: holding('RS', 'IVa', 12, { HR: 8, AL: 500 }) }),
    )
    expect(whom(mustMeet(result, RULE))).toContain('AL')
  })

  test.each([
    ['a withheld quantity', null, position(12), { HR: 12 }, 'quantity withheld'],
    ['no declaration of its own', 12, position(null), { HR: 12 }, 'no declaration filed'],
    [
      'no declaration of any neighbour',
      12,
      position(12),
      { AL: 3, HR: position(null) },
      'no neighbour has filed a declaration in the category',
    ],
    [
      'its own declaration withholding',
      12,
      position(12, { declaredWithheld: 1 }),
      { HR: 12 },
      'the declaration withholds quantities in the category',
    ],
    [
      'another acquisition withheld',
      12,
      position(12, { incomingWithheld: 1 }),
      { HR: 12 },
      'another acquisition in the category withholds its quantity',
    ],
    [
      'a neighbour withholding',
      12,
      position(12),
      { HR: position(12, { declaredWithheld: 1 }), BA: 3 },
      'Croatia withholds quantities in the category',
    ],
    [
      'two neighbours withholding',
      12,
      position(12),
      { HR: position(12, { incomingWithheld: 1 }), BA: position(1, { declaredWithheld: 3 }) },
      'Bosnia and Herzegovina and Croatia withhold quantities in the category',
    ],
  ])('is untested with %s', (_, quantity, own, neighbours, why) => {
    const result = assessed(contract({ quantity }), situation('RS', { positions: holding('RS', 'IVa', own, neighbours) }))
    expect(untested(result, RULE)).toBe(why)
    expect(met(result, RULE)).toBeUndefined()
  })

  test('a neighbour that withholds cannot make a difference where the stated part suffices', () => {
    const result = assessed(
      contract({ quantity: 1 }),
      situation('RS', { positions: holding('RS', 'IVa', 12, { HR: position(12, { declaredWithheld: 1 }) }) }),
    )
    expect(untested(result, RULE)).toBeUndefined()
    expect(met(result, RULE)).toBeUndefined()
  })
})
