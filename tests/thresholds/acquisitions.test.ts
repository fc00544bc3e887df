import { describe, expect, test } from 'vitest'
import { DEFAULT_RULES } from '../../lib/thresholds/rulebook.ts'
import { CATEGORY_CODES, type CategoryCode } from '../../lib/taxonomy/rules.ts'
import { assessed, contract, disposal, entriesOf, holding, met, mustMeet, position, situation, untested, whom } from './given.ts'

const SENSITIVE: readonly CategoryCode[] = ['IVa', 'IVb', 'Va', 'Vb', 'VI', 'VIIa', 'E1', 'E4']
const DRONES: readonly CategoryCode[] = ['IVb', 'Vb', 'E1']
const OTHER_SIX = ['AL', 'BA', 'HR', 'XK', 'ME', 'MK']

describe('acquisition.sensitive', () => {
  test.each(CATEGORY_CODES)('covers a single piece and an unstated number in %s exactly where the rulebook lists it', (category) => {
    for (const quantity of [1, null]) {
      const alert = met(assessed(contract({ category, quantity }), situation('RS')), 'acquisition.sensitive')
      expect(alert?.category).toBe(SENSITIVE.includes(category) ? category : undefined)
    }
  })

  test.each(SENSITIVE)('in %s tells neighbours, and every participant where the drone provision applies', (category) => {
    const alert = mustMeet(assessed(contract({ category, quantity: 1 }), situation('RS')), 'acquisition.sensitive')
    expect(whom(alert)).toEqual(
      DRONES.includes(category) ? [...OTHER_SIX, 'secretariat'] : ['BA', 'HR', 'XK', 'ME', 'MK', 'secretariat'],
    )
    expect(alert).toMatchObject({ severity: 'notice', measured: '1 unit', threshold: `any quantity in category ${category}` })
  })

  test('a quantity of nil acquires nothing', () => {
    expect(assessed(contract({ quantity: 0 }), situation('RS', { typeKnown: false })).alerts).toEqual([])
  })

  test.each([
    [{ stage: 'planned' }, 'Serbia plans to acquire 12 Rafale F3-R.'],
    [{ stage: 'contracted' }, 'Serbia has contracted 12 Rafale F3-R.'],
    [{ stage: 'contracted', quantity: null }, 'Serbia has contracted an unstated number of Rafale F3-R.'],
    [{ stage: 'first_delivery', delivered: 3 }, 'Serbia has received 3 of 12 Rafale F3-R.'],
    [{ stage: 'first_delivery', delivered: null }, 'Serbia has received an unstated part of 12 Rafale F3-R.'],
    [
      { stage: 'first_delivery', delivered: null, quantity: null },
      'Serbia has received a first delivery of Rafale F3-R, of an unstated number.',
    ],
    [{ stage: 'incorporated', delivered: 12 }, 'Serbia has incorporated 12 Rafale F3-R.'],
    [{ stage: 'planned', counted: false }, 'Serbia plans to upgrade 12 Rafale F3-R.'],
    [{ stage: 'contracted', counted: false }, 'Serbia has contracted the upgrade of 12 Rafale F3-R.'],
    [{ stage: 'first_delivery', delivered: 3, counted: false }, 'Serbia has received 3 of 12 upgraded Rafale F3-R.'],
    [{ stage: 'incorporated', delivered: 12, counted: false }, 'Serbia has incorporated 12 Rafale F3-R, upgraded.'],
  ] as const)('says what is done: %o', (facts, sentence) => {
    const { explanation } = mustMeet(assessed(contract(facts), situation('RS')), 'acquisition.sensitive')
    expect(explanation).toBe(`${sentence} In category IVa, manned combat aircraft, the rule covers any quantity, and an unstated one.`)
  })

  test('keeps braces and dollar signs of a type as they were filed', () => {
    const { explanation } = mustMeet(assessed(contract({ type: '{act} $& {x}' }), situation('RS')), 'acquisition.sensitive')
    expect(explanation).toContain('Serbia has contracted 12 {act} $& {x}.')
  })
})

describe('acquisition.quantity', () => {
  const FLOORS: Partial<Record<CategoryCode, number>> = {
    I: 10,
    II: 20,
    III: 20,
    VIIb: 20,
    E2: 10,
    E3: 10,
    E9: 50,
    S1: 6,
    S4: 30,
    SALW: 5000,
  }

  const at = (category: CategoryCode, quantity: number) =>
    met(assessed(contract({ category, quantity }), situation('MK')), 'acquisition.quantity')

  test.each(entriesOf(FLOORS))('in %s has a floor of %d', (category, floor) => {
    expect(at(category, floor - 1)).toBeUndefined()
    expect(at(category, floor)).toMatchObject({ severity: 'notice', category })
    expect(whom(at(category, floor + 1)!)).toEqual(['AL', 'XK', 'RS', 'secretariat'])
  })

  test.each(CATEGORY_CODES.filter((category) => !(category in FLOORS)))('has no floor in %s', (category) => {
    expect(at(category, 1_000_000)).toBeUndefined()
  })

  test('a withheld quantity is neither below nor above the floor', () => {
    const result = assessed(contract({ category: 'SALW', quantity: null }), situation('MK'))
    expect(met(result, 'acquisition.quantity')).toBeUndefined()
    expect(untested(result, 'acquisition.quantity')).toBe('quantity withheld')
  })

  test('reads as prose with thousands separated', () => {
    const alert = mustMeet(
      assessed(contract({ category: 'SALW', type: 'AK-103', quantity: 6500 }), situation('MK')),
      'acquisition.quantity',
    )
    expect(alert).toMatchObject({ measured: '6,500 units', threshold: '5,000 units' })
    expect(alert.explanation).toBe(
      'North Macedonia has contracted 6,500 AK-103. In category SALW, small arms and light weapons, the rule’s threshold is 5,000 units.',
    )
  })
})

describe('acquisition.growth', () => {
  const grown = (category: CategoryCode, declared: number, quantity: number) =>
    met(
      assessed(contract({ category, quantity }), situation('RS', { positions: holding('RS', category, declared) })),
      'acquisition.growth',
    )

  test.each(['I', 'IVa', 'IVb', 'Va', 'Vb', 'VI', 'VIIa', 'E1', 'E2', 'E4'] as const)('in %s needs 10 % and 2 units', (category) => {
    expect(grown(category, 5, 1)).toBeUndefined()
    expect(grown(category, 20, 1)).toBeUndefined()
    expect(grown(category, 20, 2)).toMatchObject({ severity: 'warning', threshold: '10 % and 2 units', measured: '20 → 22, + 10 %' })
    expect(grown(category, 21, 2)).toBeUndefined()
    expect(grown(category, 21, 3)).toBeDefined()
    expect(grown(category, 30, 3)).toBeDefined()
  })

  test.each(['II', 'III'] as const)('in %s needs 10 % and 25 units', (category) => {
    expect(grown(category, 100, 24)).toBeUndefined()
    expect(grown(category, 100, 25)).toMatchObject({ threshold: '10 % and 25 units' })
    expect(grown(category, 251, 25)).toBeUndefined()
    expect(grown(category, 250, 25)).toBeDefined()
  })

  test.each(['VIIb', 'SALW', 'E3', 'E5', 'E6', 'E7', 'E8', 'E9', 'S1', 'S2', 'S3', 'S4', 'none'] as const)(
    'says nothing in %s',
    (category) => {
      const result = assessed(contract({ category, quantity: 9000 }), situation('RS', { positions: holding('RS', category, 10) }))
      expect(met(result, 'acquisition.growth')).toBeUndefined()
      expect(untested(result, 'acquisition.growth')).toBeUndefined()
    },
  )

  test.each([20, 30, 70, 110, 1_230, 4_700_010])('a tenth of %d is 10 %, and of one more is not', (declared) => {
    expect(grown('I', declared, declared / 10)).toBeDefined()
    expect(grown('I', declared + 1, declared / 10)).toBeUndefined()
  })

  test.each([0.01, 0.07, 0.1, 0.29, 0.57, 1.1])('a ratio of %d is met exactly, whatever floating point makes of its product', (ratio) => {
    const rules = [{ ...DEFAULT_RULES.find(({ id }) => id === 'acquisition.growth')!, params: { ratio, units: { I: 1 } } }]
    for (let declared = 100; declared <= 10_000; declared += 100) {
      const where = situation('RS', { positions: holding('RS', 'I', declared) })
      const quantity = Math.round(ratio * declared)
      const at = (pieces: number) => assessed(contract({ category: 'I', quantity: pieces }), where, {}, rules).alerts.length
      expect([at(quantity - 1), at(quantity)], `${quantity} of ${declared}`).toEqual([0, 1])
    }
  })

  test('compares the declaration with everything on its way in and out', () => {
    const own = position(100, { incoming: 7, outgoing: 4 })
    const at = (quantity: number) =>
      met(
        assessed(contract({ category: 'I', quantity }), situation('RS', { positions: holding('RS', 'I', own) })),
        'acquisition.growth',
      )
    expect(at(6)).toBeUndefined()
    expect(at(7)).toMatchObject({ measured: '100 → 110, + 10 %' })
  })

  test('from none there is no percentage, so words say it', () => {
    const alert = grown('IVb', 0, 9)!
    expect(alert.measured).toBe('0 → 9, from none')
    expect(alert.explanation).toContain('rise from none to 9; the rule’s threshold is 10 % and 2 units.')
    expect(alert.explanation).toContain('Any increase from none meets the percentage.')
    expect(grown('IVb', 0, 1)).toBeUndefined()
  })

  test('an upgrade adds no holdings', () => {
    const result = assessed(
      contract({ counted: false }),
      situation('RS', { positions: holding('RS', 'IVa', position(14, { incoming: 20 })) }),
    )
    expect(met(result, 'acquisition.growth')).toBeUndefined()
    expect(untested(result, 'acquisition.growth')).toBeUndefined()
  })

  test('what the declaration already holds is not counted twice', () => {
    const facts = contract({ stage: 'incorporated', delivered: 12, deliveredOn: '2025-12-31' })
    expect(met(assessed(facts, situation('RS', { positions: holding('RS', 'IVa', 14) })), 'acquisition.growth')).toBeUndefined()
  })

  test.each([
    ['a withheld quantity', contract({ quantity: null }), position(27), 'quantity withheld'],
    [
      'a withheld number delivered',
      contract({ stage: 'first_delivery', delivered: null, deliveredOn: '2025-12-01' }),
      position(27),
      'number delivered withheld',
    ],
    ['no declaration', contract(), position(null), 'no declaration filed'],
    ['a category never named', contract(), undefined, 'no declaration filed'],
    [
      'quantities withheld in the declaration',
      contract(),
      position(27, { declaredWithheld: 1 }),
      'the declaration withholds quantities in the category',
    ],
    [
      'a withheld acquisition beside it',
      contract({ quantity: 1 }),
      position(27, { incomingWithheld: 1 }),
      'another acquisition in the category withholds its quantity',
    ],
  ] as const)('is untested with %s', (_, facts, own, why) => {
    const result = assessed(facts, situation('RS', { positions: own ? holding('RS', 'IVa', own) : {} }))
    expect(met(result, 'acquisition.growth')).toBeUndefined()
    expect(untested(result, 'acquisition.growth')).toBe(why)
  })

  test('what others withhold only adds: the stated part suffices, and the alert says so', () => {
    const alert = mustMeet(
      assessed(contract(), situation('RS', { positions: holding('RS', 'IVa', position(27, { incomingWithheld: 1 })) })),
      'acquisition.growth',
    )
    expect(alert.explanation).toContain('The figures are the least possible: quantities that are withheld are not counted.')
  })

  test('a disposal of unstated size does not hide growth', () => {
    const alert = mustMeet(
      assessed(contract(), situation('RS', { positions: holding('RS', 'IVa', position(27, { outgoingWithheld: 1 })) })),
      'acquisition.growth',
    )
    expect(alert.explanation).toContain('A disposal in the category withholds its quantity, so nothing is deducted for it.')
  })
})

describe('acquisition.first_of_type', () => {
  test.each(CATEGORY_CODES)('in %s tells all of a type that nobody stated before, where the rulebook lists it', (category) => {
    const result = assessed(contract({ category, quantity: null }), situation('AL', { typeKnown: false }))
    const alert = met(result, 'acquisition.first_of_type')
    expect(alert && whom(alert)).toEqual(SENSITIVE.includes(category) ? ['BA', 'HR', 'XK', 'ME', 'MK', 'RS', 'secretariat'] : undefined)
  })

  test('is silent on a known type', () => {
    expect(met(assessed(contract(), situation('AL', { typeKnown: true })), 'acquisition.first_of_type')).toBeUndefined()
  })
})

test('a disposal meets no rule on acquisitions, and says of each participant that it is not told', () => {
  const result = assessed(disposal(), situation('MK', { typeKnown: false, positions: holding('MK', 'I', 31) }))
  expect(result).toMatchObject({ alerts: [], untested: [] })
  expect(result.notTold).toEqual(['AL', 'BA', 'HR', 'XK', 'ME', 'RS'].map((participant) => ({ participant, why: 'no rule is met' })))
})
