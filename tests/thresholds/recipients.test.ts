import { describe, expect, test } from 'vitest'
import { DESIGNATION, PARTICIPANTS, type ParticipantCode } from '../../lib/participants/rules.ts'
import { DEFAULT_RULES } from '../../lib/thresholds/rulebook.ts'
import { recipientsOf } from '../../lib/thresholds/rules.ts'
import type { RecipientGroup, Rule } from '../../lib/thresholds/situation.ts'
import { ADJACENT, assessed, contract, mustMeet, situation, whom } from './given.ts'

const addressing = (...recipients: RecipientGroup[]): Rule => ({ ...DEFAULT_RULES[0]!, recipients })
const told = (rule: Rule, filer: ParticipantCode, watchers: ParticipantCode[] = []) =>
  recipientsOf(rule, 'IVa', filer, situation(filer, { watchers }))

describe('neighbours', () => {
  test.each([
    ['AL', ['XK', 'ME', 'MK']],
    ['BA', ['HR', 'ME', 'RS']],
    ['HR', ['BA', 'ME', 'RS']],
    ['XK', ['AL', 'ME', 'MK', 'RS']],
    ['ME', ['AL', 'BA', 'HR', 'XK', 'RS']],
    ['MK', ['AL', 'XK', 'RS']],
    ['RS', ['BA', 'HR', 'XK', 'ME', 'MK']],
  ] as const)('of %s are %j, each with its reason', (filer, neighbours) => {
    expect(told(addressing('neighbours'), filer)).toEqual([
      ...neighbours.map((recipient) => ({ recipient, reason: `${DESIGNATION[recipient]} is adjacent to ${DESIGNATION[filer]}` })),
      { recipient: 'secretariat', reason: 'the secretariat is told of every alert' },
    ])
  })

  test('adjacency is mutual, in 13 of 21 pairs', () => {
    const pairs = PARTICIPANTS.flatMap((a) => ADJACENT[a].map((b) => [a, b] as const))
    expect(pairs).toHaveLength(26)
    for (const [a, b] of pairs) expect(ADJACENT[b]).toContain(a)
  })

  test('who watches is told, and why', () => {
    expect(told(addressing('neighbours'), 'RS', ['AL'])[0]).toEqual({ recipient: 'AL', reason: 'Albania watches Serbia' })
    expect(told(addressing('neighbours'), 'RS', ['HR']).find(({ recipient }) => recipient === 'HR')?.reason).toBe(
      'Croatia is adjacent to Serbia and watches it',
    )
    expect(told(addressing('neighbours'), 'BA', ['XK']).map(({ recipient }) => recipient)).toEqual([
      'HR',
      'XK',
      'ME',
      'RS',
      'secretariat',
    ])
  })

  test('who watches itself is still not told of its own filing', () => {
    expect(told(addressing('neighbours', 'all'), 'RS', ['RS']).map(({ recipient }) => recipient)).not.toContain('RS')
  })
})

describe('all', () => {
  test.each(PARTICIPANTS)('are the six others when %s files', (filer) => {
    expect(told(addressing('all'), filer).map(({ recipient }) => recipient)).toEqual([
      ...PARTICIPANTS.filter((code) => code !== filer),
      'secretariat',
    ])
  })

  test('the nearer reason stands beside the general one', () => {
    expect(told(addressing('all'), 'BA', ['XK']).map(({ reason }) => reason)).toEqual([
      'the rule addresses every participant',
      'Croatia is adjacent to Bosnia and Herzegovina, and the rule addresses every participant',
      'Kosovo* watches Bosnia and Herzegovina, and the rule addresses every participant',
      'Montenegro is adjacent to Bosnia and Herzegovina, and the rule addresses every participant',
      'the rule addresses every participant',
      'Serbia is adjacent to Bosnia and Herzegovina, and the rule addresses every participant',
      'the secretariat is told of every alert',
    ])
  })
})

test('bodies come last, and only those that the rule addresses besides the secretariat', () => {
  expect(told(addressing('observers', 'verifiers'), 'RS')).toEqual([
    { recipient: 'secretariat', reason: 'the secretariat is told of every alert' },
    { recipient: 'observers', reason: 'the rule addresses the observers' },
    { recipient: 'verifiers', reason: 'the rule addresses the verifiers' },
  ])
  expect(told(addressing('secretariat'), 'RS').map(({ recipient }) => recipient)).toEqual(['secretariat'])
})

test('the drone provision replaces neighbours by all, and keeps the bodies', () => {
  const rule: Rule = { ...addressing('neighbours', 'observers'), allFor: ['IVb'] }
  expect(recipientsOf(rule, 'IVb', 'AL', situation('AL')).map(({ recipient }) => recipient)).toEqual([
    'BA',
    'HR',
    'XK',
    'ME',
    'MK',
    'RS',
    'secretariat',
    'observers',
  ])
  expect(recipientsOf(rule, 'IVa', 'AL', situation('AL')).map(({ recipient }) => recipient)).toEqual([
    'XK',
    'ME',
    'MK',
    'secretariat',
    'observers',
  ])
})

describe('who is not told', () => {
  test('is neither adjacent nor watching', () => {
    const result = assessed(contract(), situation('RS'))
    expect(result.notTold).toEqual([{ participant: 'AL', why: 'not adjacent to Serbia and not watching it' }])
  })

  test('is nobody once Albania watches', () => {
    const result = assessed(contract(), situation('RS', { watchers: ['AL'] }))
    expect(result.notTold).toEqual([])
    expect(whom(mustMeet(result, 'acquisition.sensitive'))[0]).toBe('AL')
  })

  test('learns nothing where no rule is met', () => {
    const result = assessed(contract({ category: 'S2', quantity: 2 }), situation('XK'))
    expect(result.notTold).toEqual(['AL', 'BA', 'HR', 'ME', 'MK', 'RS'].map((participant) => ({ participant, why: 'no rule is met' })))
  })
})
