import { expect, test } from 'vitest'
import { timelinessOf } from '../../lib/filings/rules.ts'

const LIMITS = { decisionDays: 30, contractDays: 30, deliveryDays: 90 }
const TODAY = '2026-11-17'

test.each([
  [
    'a contract signed 7 days ago',
    { stage: 'contracted', signedOn: '2026-11-10' },
    { event: 'signature', days: 7, allowed: 30, lateBy: 0 },
  ],
  ['a contract on its last day', { stage: 'contracted', signedOn: '2026-10-18' }, { event: 'signature', days: 30, allowed: 30, lateBy: 0 }],
  ['a contract one day late', { stage: 'contracted', signedOn: '2026-10-17' }, { event: 'signature', days: 31, allowed: 30, lateBy: 1 }],
  ['a plan decided today', { stage: 'planned', decidedOn: '2026-11-17' }, { event: 'decision', days: 0, allowed: 30, lateBy: 0 }],
  [
    'a delivery, whose limit is longer',
    { stage: 'first_delivery', signedOn: '2020-01-01', deliveredOn: '2026-08-01' },
    { event: 'delivery', days: 108, allowed: 90, lateBy: 18 },
  ],
])('%s', (_name, stated, expected) => {
  expect(timelinessOf(stated, TODAY, LIMITS)).toMatchObject(expected)
})

test.each([
  ['no date yet', { stage: 'contracted' }],
  ['half a date', { stage: 'contracted', signedOn: '2026-11' }],
  ['a day that does not exist', { stage: 'contracted', signedOn: '2026-13-40' }],
  ['a day to come', { stage: 'contracted', signedOn: '2026-12-01' }],
])('with %s nothing is said', (_name, stated) => {
  expect(timelinessOf(stated, TODAY, LIMITS)).toBeNull()
})
