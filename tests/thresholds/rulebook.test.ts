import { describe, expect, test } from 'vitest'
import { DEFAULT_RULES } from '../../lib/thresholds/rulebook.ts'
import { METRICS, rulesInForce } from '../../lib/thresholds/rules.ts'
import { RECIPIENT_GROUPS, SEVERITIES, type Rule } from '../../lib/thresholds/situation.ts'
import { assessed, contract, holding, met, mustMeet, situation } from './given.ts'

const growth = DEFAULT_RULES.find(({ id }) => id === 'acquisition.growth')!
const version = (number: number, validFrom: string, more: Partial<Rule> = {}): Rule => ({
  ...growth,
  version: number,
  validFrom,
  ...more,
})

describe('the default rulebook', () => {
  test('holds the twenty-nine rules on acquisitions, declarations, activities and conduct', () => {
    expect(DEFAULT_RULES.map(({ id, severity, recipients }) => [id, severity, recipients.join(', ')])).toEqual([
      ['acquisition.sensitive', 'notice', 'neighbours'],
      ['acquisition.quantity', 'notice', 'neighbours'],
      ['acquisition.growth', 'warning', 'neighbours'],
      ['acquisition.first_of_type', 'notice', 'all'],
      ['acquisition.projected_ceiling', 'critical', 'all, observers'],
      ['acquisition.balance', 'warning', 'neighbours'],
      ['acquisition.late', 'notice', 'secretariat'],
      ['holdings.ceiling', 'critical', 'all, observers'],
      ['holdings.ceiling_near', 'notice', 'neighbours'],
      ['holdings.growth', 'warning', 'neighbours'],
      ['holdings.capability', 'warning', 'neighbours'],
      ['holdings.unexplained', 'notice', 'secretariat, verifiers'],
      ['budget.growth', 'notice', 'neighbours'],
      ['budget.share', 'info', 'neighbours'],
      ['personnel.growth', 'warning', 'neighbours'],
      ['personnel.special_forces', 'warning', 'all'],
      ['activity.notifiable', 'notice', 'neighbours'],
      ['activity.observable', 'notice', 'all, observers'],
      ['activity.late_notice', 'warning', 'neighbours'],
      ['activity.near_border', 'warning', 'near'],
      ['activity.uav_live_fire', 'warning', 'neighbours'],
      ['activity.unplanned', 'info', 'secretariat'],
      ['activity.deviation', 'notice', 'told_before'],
      ['deployment.foreign', 'notice', 'all'],
      ['deployment.movement', 'warning', 'near'],
      ['deployment.new_system', 'notice', 'neighbours'],
      ['uav_flight.border', 'notice', 'near'],
      ['filing.corrected', 'notice', 'told_before'],
      ['declaration.overdue', 'info', 'secretariat'],
      ['clarification.unanswered', 'warning', 'asking, secretariat'],
    ])
  })

  test.each(DEFAULT_RULES)('$id states its basis, its condition and its decision', (rule) => {
    expect(Object.keys(METRICS)).toContain(rule.metric)
    expect(SEVERITIES).toContain(rule.severity)
    for (const group of rule.recipients) expect(RECIPIENT_GROUPS).toContain(group)
    expect(rule).toMatchObject({ version: 1, validFrom: '1995-01-01', decision: 'Default rulebook, version 1' })
    for (const text of [rule.basis, rule.condition, rule.title, rule.explanation]) expect(text.length).toBeGreaterThan(10)
  })

  test('survives the way to the database and back', () => {
    const stored = JSON.parse(JSON.stringify(DEFAULT_RULES)) as Rule[]
    const where = situation('RS', { positions: holding('RS', 'IVa', 27) })
    expect(assessed(contract(), where, {}, stored)).toEqual(assessed(contract(), where))
  })
})

describe('versions', () => {
  const rules = [version(2, '2026-06-01'), version(1, '1995-01-01'), version(3, '2027-01-01')]

  test.each([
    ['1994-12-31T22:59:59Z', []],
    ['1994-12-31T23:00:00Z', [1]],
    ['2026-05-31T21:59:59Z', [1]],
    ['2026-05-31T22:00:00Z', [2]],
    ['2026-12-31T22:59:59Z', [2]],
    ['2026-12-31T23:00:00Z', [3]],
  ])('at %s those in force are %j, by the day in Vienna', (filedAt, expected) => {
    expect(rulesInForce(rules, filedAt).map((rule) => rule.version)).toEqual(expected)
  })

  test('a later decision that applies from earlier on takes the place of what it replaces', () => {
    expect(
      rulesInForce([version(2, '2026-06-01'), version(3, '2026-03-01')], '2026-07-01T00:00:00Z').map((rule) => rule.version),
    ).toEqual([3])
  })

  test('keep the order of the rulebook', () => {
    const changed = [...DEFAULT_RULES, version(2, '2026-01-01')]
    expect(rulesInForce(changed, '2026-11-17T09:12:00Z').map(({ id }) => id)).toEqual(DEFAULT_RULES.map(({ id }) => id))
  })

  test('a changed threshold is data: a filing is judged by what was in force when it was filed', () => {
    const stricter = [
      ...DEFAULT_RULES,
      version(2, '2027-01-01', { params: { ratio: 0.5, units: { IVa: 12 } }, severity: 'critical', recipients: ['all', 'observers'] }),
    ]
    const where = situation('RS', { positions: holding('RS', 'IVa', 24) })
    expect(mustMeet(assessed(contract({ quantity: 11 }), where, {}, stricter), 'acquisition.growth')).toMatchObject({
      version: 1,
      severity: 'warning',
    })
    const later = { filedAt: '2027-01-02T09:00:00Z' }
    expect(met(assessed(contract({ quantity: 11 }), where, later, stricter), 'acquisition.growth')).toBeUndefined()
    const alert = mustMeet(assessed(contract({ quantity: 12 }), where, later, stricter), 'acquisition.growth')
    expect(alert).toMatchObject({ version: 2, severity: 'critical', threshold: '50 % and 12 units' })
    expect(alert.recipients.map(({ recipient }) => recipient)).toEqual(['AL', 'BA', 'HR', 'XK', 'ME', 'MK', 'secretariat', 'observers'])
  })

  test('a category without figures is outside the rule', () => {
    const narrow = [version(1, '1995-01-01', { params: { ratio: 0.1, units: { I: 2 } } })]
    expect(assessed(contract(), situation('RS', { positions: holding('RS', 'IVa', 27) }), {}, narrow)).toMatchObject({
      alerts: [],
      untested: [],
    })
  })
})

test('a rule that this version cannot measure is said, and stops nothing', () => {
  const rules = [version(1, '1995-01-01', { id: 'space.launch', metric: 'space.launch' }), ...DEFAULT_RULES]
  const result = assessed(contract(), situation('RS', { positions: holding('RS', 'IVa', 27) }), {}, rules)
  expect(result.untested[0]).toEqual({ rule: 'space.launch', category: null, why: 'this version of the platform cannot measure it' })
  expect(met(result, 'acquisition.growth')).toBeDefined()
})

test('a sentence that asks for what its metric lacks still tells', () => {
  const rules = [version(1, '1995-01-01', { explanation: '{participant} rises by {moon}.' })]
  const result = assessed(contract(), situation('RS', { positions: holding('RS', 'IVa', 27) }), {}, rules)
  expect(mustMeet(result, 'acquisition.growth').explanation).toBe('Serbia rises by what is not measured.')
})
