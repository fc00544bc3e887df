import { describe, expect, test } from 'vitest'
import type { ParticipantCode } from '../../lib/participants/rules.ts'
import { CATEGORY_CODES, isFlorenceCategory, type CategoryCode } from '../../lib/taxonomy/rules.ts'
import type { Ceiling, Position, Situation } from '../../lib/thresholds/situation.ts'
import {
  FLORENCE_PARTIES,
  assessed,
  contract,
  declaration,
  holding,
  met,
  mustMeet,
  position,
  situation,
  untested,
  whom,
} from './given.ts'

const confirmed = (ceiling: number | null): Ceiling => ({ ceiling, confirmed: true, source: 'SRCC' })
const limited = (participant: ParticipantCode, category: CategoryCode, ceiling: number, own: number | Position = 0): Situation =>
  situation(participant, { ceilings: { [category]: confirmed(ceiling) }, positions: holding(participant, category, own) })

describe('acquisition.projected_ceiling', () => {
  test.each(['I', 'II', 'III', 'IVa', 'Va'] as const)(
    'in %s needs more than the ceiling, and tells all and the observers',
    (category) => {
      const at = (quantity: number) => assessed(contract({ category, quantity }), limited('HR', category, 62, 50))
      expect(met(at(11), 'acquisition.projected_ceiling')).toBeUndefined()
      expect(met(at(12), 'acquisition.projected_ceiling')).toBeUndefined()
      const alert = mustMeet(at(13), 'acquisition.projected_ceiling')
      expect(alert).toMatchObject({ severity: 'critical', measured: '63, 1 unit above the ceiling', threshold: 'the ceiling of 62' })
      expect(whom(alert)).toEqual(['AL', 'BA', 'XK', 'ME', 'MK', 'RS', 'secretariat', 'observers'])
    },
  )

  test('reads as prose', () => {
    expect(
      mustMeet(assessed(contract({ quantity: 14 }), limited('HR', 'IVa', 62, 50)), 'acquisition.projected_ceiling').explanation,
    ).toBe('Croatia’s projected holdings in category IVa, manned combat aircraft, come to 64, 2 above its ceiling of 62.')
  })

  test.each(CATEGORY_CODES.filter((category) => !isFlorenceCategory(category)))('has no ceiling to test in %s', (category) => {
    const result = assessed(contract({ category, quantity: 9000 }), situation('RS', { positions: holding('RS', category, 10) }))
    expect(met(result, 'acquisition.projected_ceiling')).toBeUndefined()
    expect(untested(result, 'acquisition.projected_ceiling')).toBeUndefined()
  })

  test.each([
    ['AL', 'Albania is not a party to that agreement (Dayton Annex 1-B Art. IV)'],
    ['XK', 'Kosovo* is not a party to that agreement (Dayton Annex 1-B Art. IV)'],
    ['MK', 'North Macedonia is not a party to that agreement (Dayton Annex 1-B Art. IV)'],
  ] as const)('%s is not a party, which is not a ceiling of zero', (participant, why) => {
    const result = assessed(
      contract({ category: 'I', quantity: 5000 }),
      situation(participant, { positions: holding(participant, 'I', 10) }),
    )
    expect(untested(result, 'acquisition.projected_ceiling')).toBe(why)
    expect(met(result, 'acquisition.projected_ceiling')).toBeUndefined()
  })

  test.each([
    ['no row', undefined],
    ['a row without a figure', confirmed(null)],
    ['an unconfirmed figure', { ceiling: 143, confirmed: false, source: 'derived' }],
  ])('is untested with %s', (_, ceiling) => {
    const result = assessed(
      contract({ quantity: 5000 }),
      situation('RS', { ceilings: ceiling ? { IVa: ceiling } : {}, positions: holding('RS', 'IVa', 27) }),
    )
    expect(untested(result, 'acquisition.projected_ceiling')).toBe(
      'No confirmed Florence ceiling of Serbia for manned combat aircraft is on record',
    )
    expect(met(result, 'acquisition.projected_ceiling')).toBeUndefined()
  })

  test.each([
    ['a withheld quantity', contract({ quantity: null }), position(60), 'quantity withheld'],
    ['no declaration', contract(), position(null), 'no declaration filed'],
    [
      'a declaration that withholds',
      contract({ quantity: 1 }),
      position(20, { declaredWithheld: 2 }),
      'the declaration withholds quantities in the category',
    ],
    [
      'another withheld acquisition',
      contract({ quantity: 1 }),
      position(20, { incomingWithheld: 1 }),
      'another acquisition in the category withholds its quantity',
    ],
  ] as const)('is untested with %s', (_, facts, own, why) => {
    const result = assessed(facts, limited('HR', 'IVa', 62, own))
    expect(untested(result, 'acquisition.projected_ceiling')).toBe(why)
    expect(met(result, 'acquisition.projected_ceiling')).toBeUndefined()
  })

  test('a stated part above the ceiling is above it, whatever is withheld', () => {
    const alert = mustMeet(
      assessed(contract(), limited('HR', 'IVa', 62, position(60, { declaredWithheld: 1 }))),
      'acquisition.projected_ceiling',
    )
    expect(alert.explanation).toContain('come to 72, 10 above its ceiling of 62. The figures are the least possible')
  })
})

describe('holdings.ceiling and holdings.ceiling_near', () => {
  const at = (holdings: number, ceiling = 410) => {
    const result = assessed(declaration({ I: holdings }), limited('BA', 'I', ceiling))
    return [met(result, 'holdings.ceiling'), met(result, 'holdings.ceiling_near')]
  }

  test.each([
    [368, false, false],
    [369, false, true],
    [410, false, true],
    [411, true, false],
  ])('%d of 410: above %s, near %s', (holdings, above, near) => {
    expect(at(holdings).map(Boolean)).toEqual([above, near])
  })

  test('counts what is in storage', () => {
    const facts = { ...declaration({}), totals: [{ category: 'I' as const, inService: 200, inStorage: 211, withheld: 0 }] }
    expect(met(assessed(facts, limited('BA', 'I', 410)), 'holdings.ceiling')).toBeDefined()
  })

  test('above it all are told, near it the neighbours', () => {
    const [above] = at(413)
    expect(above).toMatchObject({ severity: 'critical', measured: '413, 3 units above the ceiling' })
    expect(whom(above!)).toEqual(['AL', 'HR', 'XK', 'ME', 'MK', 'RS', 'secretariat', 'observers'])
    expect(above!.explanation).toBe(
      'Bosnia and Herzegovina declares 413 in category I, battle tanks, as of 2027-01-01, 3 above its ceiling of 410.',
    )
    const [, near] = at(372)
    expect(near).toMatchObject({ severity: 'notice', measured: '372, 90.7 % of the ceiling', threshold: '90 % of the ceiling of 410' })
    expect(whom(near!)).toEqual(['HR', 'ME', 'RS', 'secretariat'])
    expect(near!.explanation).toBe(
      'Bosnia and Herzegovina declares 372 in category I, battle tanks, as of 2027-01-01, 90.7 % of its ceiling of 410; ' +
        'the rule’s threshold is 90 % of the ceiling of 410.',
    )
  })

  test('a nil is not near anything', () => {
    expect(at(0, 77)).toEqual([undefined, undefined])
    expect(at(0, 0)).toEqual([undefined, undefined])
    expect(at(1, 0).map(Boolean)).toEqual([true, false])
  })

  test('each category of the declaration is tested for itself', () => {
    const result = assessed(
      declaration({ I: 411, II: 341, Va: 20, IVb: 4000 }),
      situation('HR', { ceilings: { I: confirmed(410), II: confirmed(340), Va: confirmed(21) } }),
    )
    expect(
      result.alerts.filter(({ rule }) => rule.startsWith('holdings.ceiling')).map(({ rule, category }) => [rule, category]),
    ).toEqual([
      ['holdings.ceiling', 'I'],
      ['holdings.ceiling', 'II'],
      ['holdings.ceiling_near', 'Va'],
    ])
  })

  test('withheld figures leave it open, unless the stated part is above already', () => {
    const open = assessed(declaration({ I: 400 }, { I: 1 }), limited('BA', 'I', 410))
    expect(untested(open, 'holdings.ceiling')).toBe('the declaration withholds quantities in the category')
    expect(untested(open, 'holdings.ceiling_near')).toBe('the declaration withholds quantities in the category')
    const above = assessed(declaration({ I: 411 }, { I: 1 }), limited('BA', 'I', 410))
    expect(mustMeet(above, 'holdings.ceiling').explanation).toContain('The figures are the least possible')
  })

  test.each(['holdings.ceiling', 'holdings.ceiling_near'])('%s says who is not a party, and what is not confirmed', (rule) => {
    expect(untested(assessed(declaration({ III: 9000 }), situation('AL')), rule)).toBe(
      'Albania is not a party to that agreement (Dayton Annex 1-B Art. IV)',
    )
    expect(untested(assessed(declaration({ III: 9000 }), situation('ME')), rule)).toBe(
      'No confirmed Florence ceiling of Montenegro for large-calibre artillery systems is on record',
    )
    expect(untested(assessed(declaration({ SALW: 9000 }), situation('AL')), rule)).toBeUndefined()
  })

  test('the four parties are those of the agreement', () => {
    expect(FLORENCE_PARTIES).toEqual(['BA', 'HR', 'ME', 'RS'])
    for (const participant of FLORENCE_PARTIES) {
      expect(met(assessed(declaration({ I: 2 }), limited(participant, 'I', 1)), 'holdings.ceiling')).toBeDefined()
    }
  })
})
