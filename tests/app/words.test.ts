import { describe, expect, test } from 'vitest'
import { ageWords } from '../../app/age-words.ts'
import { draftTitle } from '../../app/(workspace)/draft-words.ts'
import { headline, whyYou } from '../../app/(workspace)/notice-words.ts'
import { countWords, dueSentence, greeting } from '../../app/(workspace)/workspace/words.ts'
import type { Obligation } from '../../lib/schedule/rules.ts'

const NOW = new Date('2026-11-21T21:00:00Z')

test.each([
  ['2026-11-21T20:59:40Z', 'less than a minute'],
  ['2026-11-21T20:59:00Z', '1 minute'],
  ['2026-11-21T20:01:00Z', '59 minutes'],
  ['2026-11-21T20:00:00Z', '1 hour'],
  ['2026-11-19T22:00:00Z', '47 hours'],
  ['2026-11-12T21:00:00Z', '9 days'],
  ['2026-11-21T21:05:00Z', 'less than a minute'],
])('what was filed at %s is %s old', (from, words) => {
  expect(ageWords(from, NOW)).toBe(words)
})

describe('why a message was sent', () => {
  test('says each reason once, and not one that another holds', () => {
    const reasons = ['the rule addresses every participant', 'Serbia is adjacent to Montenegro', 'Serbia is adjacent to Montenegro, and the rule addresses every participant']
    expect(whyYou(reasons.map((why) => ({ why })), ['Croatia', 'the secretariat']))
      .toBe('You receive this because Serbia is adjacent to Montenegro, and the rule addresses every participant. Also told: Croatia and the secretariat.')
  })

  test('says so when nobody else was told', () => {
    expect(whyYou([{ why: 'the secretariat is told of every alert' }], [])).toBe('You receive this because the secretariat is told of every alert. Nobody else was told.')
  })
})

test.each([
  ['file', 'notification.acquisition', 'Serbia notifies an acquisition: 12 Rafale F3-R'],
  ['stage', 'notification.acquisition', 'Serbia notifies the next stage of an acquisition: 12 Rafale F3-R'],
  ['amend', 'notification.disposal', 'Serbia amends a disposal: 12 Rafale F3-R'],
  ['withdraw', 'declaration.holdings', 'Serbia withdraws its declaration of holdings: 12 Rafale F3-R'],
  ['file', 'declaration.holdings', 'Serbia declares its holdings: 12 Rafale F3-R'],
  ['amend', 'agreement.defence', 'Serbia amends its filing of a defence agreement: 12 Rafale F3-R'],
] as const)('a message about “%s” of %s has a headline', (action, kind, words) => {
  expect(headline({ participant: 'RS', action, kind, summary: '12 Rafale F3-R' })).toBe(words)
})

test.each([
  ['file', { type: 'Rafale F3-R', quantity: 1200 }, 'Acquisition: 1,200 Rafale F3-R'],
  ['file', {}, 'Acquisition: type not stated yet'],
  ['stage', { type: 'Rafale F3-R', quantity: { withheld: 'secret' } }, 'Next stage of an acquisition: Rafale F3-R, quantity withheld'],
  ['amend', { type: 'Rafale F3-R', quantity: 'a dozen' }, 'Amendment of an acquisition: Rafale F3-R'],
] as const)('a draft to %s says what it is about, as far as it does', (action, payload, words) => {
  expect(draftTitle({ kind: 'notification.acquisition', action, payload })).toBe(words)
})

describe('the first sentence of the workspace', () => {
  const obligation = (state: Obligation['state'], daysLeft: number, asOf: string): Obligation => ({
    id: asOf, participant: 'HR', rule: 'holdings.annual', basis: 'BATP rulebook, version 1', daysLate: Math.max(0, -daysLeft), title: 'Annual declaration of holdings', kind: 'declaration.holdings', asOf, dueOn: asOf, dueAt: asOf, state, daysLeft, filing: null, nil: false,
  })

  test('says what is late before what is due', () => {
    expect(dueSentence([obligation('late', -6, '2026-07-01'), obligation('filed', 3, '2026-10-01'), obligation('due', 24, '2027-01-01')]))
      .toBe('The annual declaration of holdings as of 2026-07-01 is late by 6 days. The annual declaration of holdings as of 2027-01-01 is due in 24 days.')
  })

  test('is silent about what is filed', () => {
    expect(dueSentence([obligation('filed', 3, '2026-10-01')])).toBe('')
  })

  test('counts in words up to twelve', () => {
    expect([0, 1, 12, 13].map((count) => countWords(count, 'message waits', 'messages wait')))
      .toEqual(['No messages wait', 'One message waits', 'Twelve messages wait', '13 messages wait'])
  })

  test.each([[4, 'Good evening'], [5, 'Good morning'], [11, 'Good morning'], [12, 'Good afternoon'], [17, 'Good afternoon'], [18, 'Good evening']])('at %i UTC says %s', (hour, words) => {
    expect(greeting(hour)).toBe(words)
  })
})
