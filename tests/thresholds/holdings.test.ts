import { describe, expect, test } from 'vitest'
import { CATEGORY_CODES, type CategoryCode } from '../../lib/taxonomy/rules.ts'
import type { Situation } from '../../lib/thresholds/situation.ts'
import { assessed, declaration, entriesOf, met, mustMeet, situation, untested, whom } from './given.ts'

type Figures = Partial<Record<CategoryCode, number>>
const before = (totals: Figures, withheld: Figures = {}): Partial<Situation> => ({ previous: { asOf: '2026-01-01', totals, withheld } })

describe('holdings.growth', () => {
  const RULE = 'holdings.growth'
  const UNITS: Figures = { I: 10, II: 20, III: 20, IVa: 4, IVb: 2, Va: 2, Vb: 2, VI: 1, VIIa: 4, E1: 20, E4: 2 }
  const grown = (category: CategoryCode, from: number, to: number) =>
    met(assessed(declaration({ [category]: to }), situation('RS', before({ [category]: from }))), RULE)

  test.each(entriesOf(UNITS))('in %s needs 20 % and %d units', (category, units) => {
    const base = units * 5
    expect(grown(category, base, base + units - 1)).toBeUndefined()
    expect(grown(category, base, base + units)).toMatchObject({ severity: 'warning', category })
    expect(grown(category, base + 1, base + 1 + units)).toBeUndefined()
    expect(grown(category, base + 1, base + 2 + units)).toBeDefined()
    expect(grown(category, 1, units)).toBeUndefined()
    expect(grown(category, 1, 1 + units)).toBeDefined()
  })

  test.each(CATEGORY_CODES.filter((category) => !(category in UNITS)))('says nothing in %s', (category) => {
    expect(grown(category, 1, 9000)).toBeUndefined()
  })

  test('from nil any increase meets the percentage, yet not the units', () => {
    expect(grown('IVa', 0, 3)).toBeUndefined()
    const alert = grown('IVa', 0, 4)!
    expect(alert.measured).toBe('0 → 4, from none')
    expect(alert.explanation).toBe(
      'Between the declarations as of 2026-01-01 and 2027-01-01, Serbia’s holdings in category IVa rise from none to 4; ' +
        'the rule’s threshold is 20 % and 4 units. Any increase from none meets the percentage.',
    )
  })

  test('reads as prose and tells the neighbours', () => {
    const alert = grown('I', 50, 65)!
    expect(alert).toMatchObject({ measured: '50 → 65, + 30 %', threshold: '20 % and 10 units' })
    expect(whom(alert)).toEqual(['BA', 'HR', 'XK', 'ME', 'MK', 'secretariat'])
  })

  test.each([
    ['no earlier declaration', {}, {}, 'no earlier declaration filed'],
    ['a category named for the first time', before({ II: 4 }), {}, 'the declaration as of 2026-01-01 does not name the category'],
    [
      'a previous declaration that withholds',
      before({ I: 1 }, { I: 1 }),
      {},
      'the previous declaration withholds quantities in the category',
    ],
    ['a declaration that withholds', before({ I: 100 }), { I: 1 }, 'the declaration withholds quantities in the category'],
  ])('is untested with %s', (_, more, withheld, why) => {
    const result = assessed(declaration({ I: 110 }, withheld), situation('RS', more))
    expect(untested(result, RULE)).toBe(why)
    expect(met(result, RULE)).toBeUndefined()
  })

  test('a stated part that meets it suffices', () => {
    const alert = mustMeet(assessed(declaration({ I: 130 }, { I: 1 }), situation('RS', before({ I: 100 }))), RULE)
    expect(alert.explanation).toContain('The figures are the least possible')
  })
})

describe('holdings.capability', () => {
  const RULE = 'holdings.capability'
  const LEVELS: Figures = { IVb: 12, Vb: 12, E1: 100, E2: 50, E4: 12, VIIa: 24 }

  const at = (category: CategoryCode, now: number, earlier: number) =>
    met(assessed(declaration({ [category]: now }), situation('AL', before({ [category]: earlier }))), RULE)

  test.each(entriesOf(LEVELS))('in %s has a level of %d', (category, level) => {
    expect(at(category, level - 1, 0)).toBeUndefined()
    expect(at(category, level, level - 1)).toMatchObject({ severity: 'warning', category })
    expect(at(category, level + 1, level - 1)).toBeDefined()
    expect(at(category, level + 1, level)).toBeUndefined()
    expect(at(category, level - 1, level)).toBeUndefined()
  })

  test.each(CATEGORY_CODES.filter((category) => !(category in LEVELS)))('has no level in %s', (category) => {
    expect(at(category, 9000, 0)).toBeUndefined()
  })

  test.each([[{}], [before({ I: 4 })]])('a category never declared before was below the level (%#)', (more) => {
    const alert = mustMeet(assessed(declaration({ IVb: 14 }), situation('AL', more)), RULE)
    expect(alert).toMatchObject({ measured: '14, first declared', threshold: 'a level of 12 units' })
    expect(alert.explanation).toBe(
      'Albania declares 14 in category IVb, armed unmanned aerial vehicles, as of 2027-01-01, ' +
        'the first figure that it declares there; the rule’s level is 12.',
    )
  })

  test('says from where it rose, and tells the neighbours', () => {
    const alert = mustMeet(assessed(declaration({ E1: 120 }), situation('AL', before({ E1: 80 }))), RULE)
    expect(alert.measured).toBe('80 → 120')
    expect(alert.explanation).toContain('as of 2027-01-01, up from 80 as of 2026-01-01; the rule’s level is 100.')
    expect(whom(alert)).toEqual(['XK', 'ME', 'MK', 'secretariat'])
  })

  test.each([
    ['now', declaration({ IVb: 5 }, { IVb: 1 }), before({ IVb: 5 }), 'the declaration withholds quantities in the category'],
    [
      'before',
      declaration({ IVb: 14 }),
      before({ IVb: 5 }, { IVb: 1 }),
      'the previous declaration withholds quantities in the category',
    ],
  ])('is untested where figures are withheld %s', (_, facts, more, why) => {
    expect(untested(assessed(facts, situation('AL', more)), RULE)).toBe(why)
  })

  test('a level reached before in the stated part is not crossed again', () => {
    const result = assessed(declaration({ IVb: 14 }), situation('AL', before({ IVb: 12 }, { IVb: 1 })))
    expect([met(result, RULE), untested(result, RULE)]).toEqual([undefined, undefined])
  })
})

describe('holdings.unexplained', () => {
  const RULE = 'holdings.unexplained'
  const at = (from: number, to: number, delivered = 0, disposed = 0, withheld = 0) =>
    assessed(declaration({ I: to }), situation('HR', { ...before({ I: from }), movements: { I: { delivered, disposed, withheld } } }))

  test.each([
    [100, 104, 0, 0, false],
    [100, 105, 0, 0, true],
    [100, 95, 0, 0, true],
    [100, 96, 0, 0, false],
    [20, 21, 0, 0, false],
    [20, 22, 0, 0, true],
    [0, 1, 0, 0, false],
    [0, 2, 0, 0, true],
    [100, 115, 10, 0, true],
    [100, 114, 10, 0, false],
    [100, 110, 10, 0, false],
    [100, 100, 10, 0, false],
    [100, 80, 0, 20, false],
    [100, 80, 0, 15, true],
    [100, 80, 0, 16, false],
    [100, 80, 30, 0, true],
    [100, 115, 0, 30, true],
    [100, 100, 0, 0, false],
  ])('%d to %d with %d delivered and %d disposed of: %s', (from, to, delivered, disposed, expected) => {
    expect(met(at(from, to, delivered, disposed), RULE) !== undefined).toBe(expected)
  })

  test('reads as prose and tells the secretariat and the verifiers', () => {
    const result = at(232, 198, 0, 14)
    const alert = mustMeet(result, RULE)
    expect(alert).toMatchObject({
      severity: 'notice',
      measured: '232 → 198, − 14.7 %; 20 units unexplained',
      threshold: '2 units and 5 %',
    })
    expect(alert.explanation).toBe(
      'Between the declarations as of 2026-01-01 and 2027-01-01, Croatia’s holdings in category I fall from 232 to 198, by 14.7 %. ' +
        'The disposals notified meanwhile account for 14, which leaves 20 units unexplained; the rule’s threshold is 2 units and 5 %.',
    )
    expect(alert.recipients).toEqual([
      { recipient: 'secretariat', reason: 'the secretariat is told of every alert' },
      { recipient: 'verifiers', reason: 'the rule addresses the verifiers' },
    ])
    expect(result.notTold.map(({ why }) => why)).toEqual(Array(6).fill('what is met is told to the secretariat and the verifiers only'))
  })

  test('names deliveries for a rise, and says when nothing was notified', () => {
    const { explanation } = mustMeet(assessed(declaration({ II: 60 }), situation('HR', before({ II: 50 }))), RULE)
    expect(explanation).toContain('rise from 50 to 60, by 20 %')
    expect(explanation).toContain('The deliveries notified meanwhile account for none of it, which leaves 10 units unexplained')
  })

  test('a withheld delivery or disposal may explain it', () => {
    expect(untested(at(100, 80, 0, 0, 1), RULE)).toBe('a delivery or disposal since the previous declaration withholds its quantity')
    expect(untested(at(100, 99, 0, 0, 1), RULE)).toBeUndefined()
  })

  test('a category left out of the declaration is neither a figure nor a nil', () => {
    const result = assessed(declaration({ II: 5 }), situation('HR', before({ I: 232, II: 5, VI: 0, none: 7 })))
    expect(result.untested.filter(({ rule }) => rule === RULE)).toEqual([
      { rule: RULE, category: 'I', why: 'declared as of 2026-01-01 and left out of this declaration' },
    ])
  })

  test('does not count what is only stated, or lies outside the categories', () => {
    const result = assessed(declaration({ E5: 9, none: 900 }), situation('HR', before({ E5: 1, none: 1 })))
    expect(result).toMatchObject({ alerts: [], untested: [] })
  })
})

test('a declaration of nil in everything causes no alert', () => {
  const nil = Object.fromEntries(CATEGORY_CODES.map((category) => [category, 0]))
  expect(assessed(declaration(nil), situation('ME')).alerts).toEqual([])
})

test('one alert for each category that meets a rule', () => {
  const result = assessed(declaration({ IVb: 14, E1: 300, I: 3 }), situation('RS', before({ IVb: 2, E1: 10, I: 3 })))
  expect(result.alerts.filter(({ rule }) => rule === 'holdings.capability').map(({ category }) => category)).toEqual(['IVb', 'E1'])
  expect(result.alerts.filter(({ rule }) => rule === 'holdings.growth').map(({ category }) => category)).toEqual(['IVb', 'E1'])
})
