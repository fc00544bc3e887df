import { describe, expect, test } from 'vitest'
import type { BudgetFacts, PersonnelFacts } from '../../lib/thresholds/facts.ts'
import { assessed, met, mustMeet, situation, untested, whom } from './given.ts'

const strength = (asOf: string, more: Partial<PersonnelFacts> = {}): PersonnelFacts => ({ kind: 'declaration.personnel', asOf, active: 22_500, specialForces: 1500, ...more })
const budget = (year: number, more: Partial<BudgetFacts> = {}): BudgetFacts =>
  ({ kind: 'declaration.budget', asOf: `${year}-01-01`, year, basis: 'adopted', currency: 'EUR', total: 1_000_000_000, share: 0.02, ...more })
const after = (facts: PersonnelFacts | BudgetFacts, earlierDeclared: PersonnelFacts | BudgetFacts | null) => assessed(facts, situation('RS', { earlierDeclared }))

describe.each([
  ['personnel.growth', 'active', 10_000, 1000, 500, 5000],
  ['personnel.special_forces', 'specialForces', 1000, 250, 200, 800],
] as const)('%s', (rule, field, many, share, persons, few) => {
  const from = (before: number, now: number) => met(after(strength('2027-01-01', { [field]: now }), strength('2026-01-01', { [field]: before })), rule)

  test('is met at the share and at the number of persons, and not just under either', () => {
    expect(from(many, many + share - 1)).toBeUndefined()
    expect(from(many, many + share)).toMatchObject({ severity: 'warning', category: null })
    expect(from(few, few + persons)).toBeDefined()
    expect(from(few, few + persons - 1)).toBeUndefined()
    expect(from(many, many)).toBeUndefined()
    expect(from(many, 0)).toBeUndefined()
  })

  test('from none, the share is met by any increase', () => {
    expect(from(0, persons)!.measured).toBe(`0 → ${persons}, from none`)
    expect(from(0, persons - 1)).toBeUndefined()
  })

  test('says what it cannot test', () => {
    expect(untested(after(strength('2027-01-01'), null), rule)).toBe('no earlier declaration of personnel filed')
    expect(untested(after(strength('2027-01-01', { [field]: null }), strength('2026-01-01')), rule)).toMatch(/^the declaration withholds/)
    expect(untested(after(strength('2027-01-01'), strength('2026-01-01', { [field]: null })), rule)).toMatch(/^the declaration as of 2026-01-01 withholds/)
    expect(untested(after(strength('2027-01-01'), budget(2026)), rule)).toBe('no earlier declaration of personnel filed')
  })
})

test('Project 5000: special forces from 1,500 to 5,000 are told to every participant', () => {
  const alert = mustMeet(after(strength('2027-01-01', { specialForces: 5000 }), strength('2026-01-01')), 'personnel.special_forces')
  expect(alert.measured).toBe('1,500 → 5,000, + 233.3 %')
  expect(alert.explanation).toBe(
    'Between the declarations as of 2026-01-01 and 2027-01-01, Serbia’s special forces rise from 1,500 to 5,000, by 233.3 %; the rule’s threshold is 25 % and 200 persons.')
  expect(whom(alert)).toEqual(['AL', 'BA', 'HR', 'XK', 'ME', 'MK', 'secretariat'])
})

describe('budget.growth', () => {
  const RULE = 'budget.growth'
  test('is met from 15 % on', () => {
    expect(met(after(budget(2027, { total: 1_149_999_999 }), budget(2026)), RULE)).toBeUndefined()
    const alert = mustMeet(after(budget(2027, { total: 1_150_000_000 }), budget(2026)), RULE)
    expect(alert).toMatchObject({ severity: 'notice', measured: 'EUR 1,000,000,000 → 1,150,000,000, + 15 %', threshold: '15 %' })
    expect(alert.explanation).toBe('Serbia’s adopted defence budget for 2027 rises from 1,000,000,000 to 1,150,000,000, by 15 % (EUR) on that for 2026; the rule’s threshold is 15 %.')
    expect(whom(alert)).not.toContain('AL')
  })

  test('compares adopted budgets in one currency only, and says why it does not', () => {
    expect(met(after(budget(2027, { total: 9e9, basis: 'executed' }), budget(2026, { basis: 'executed' })), RULE)).toBeUndefined()
    expect(untested(after(budget(2027, { currency: 'RSD', total: 9e11 }), budget(2026)), RULE)).toBe('stated in RSD, the year before in EUR')
    expect(untested(after(budget(2027, { total: null }), budget(2026)), RULE)).toBe('the total for 2027 is withheld')
    expect(untested(after(budget(2027), null), RULE)).toBe('no adopted budget for 2026 filed')
  })
})

describe('budget.share', () => {
  const RULE = 'budget.share'
  test.each([[0.0249, 0.025, true], [0.025, 0.03, false], [0.0249, 0.0249, false], [0.03, 0.02, false], [0, 0.025, true]])('from %d to %d of GDP: %s', (before, now, isMet) => {
    expect(met(after(budget(2027, { share: now }), budget(2026, { share: before })), RULE) !== undefined).toBe(isMet)
  })

  test('says what share, and what it could not be held against', () => {
    expect(mustMeet(after(budget(2027, { share: 0.026 }), budget(2026, { share: 0.022 })), RULE).measured).toBe('2.2 % → 2.6 % of GDP')
    expect(untested(after(budget(2027, { share: null }), budget(2026)), RULE)).toBe('the share of gross domestic product for 2027 cannot be worked out')
  })
})
