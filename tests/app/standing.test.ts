import { expect, test } from 'vitest'
import { heldWords, standings } from '../../app/(public)/standing.ts'
import { latestHoldings } from '../../lib/analysis/queries.ts'
import { listCeilings } from '../../lib/thresholds/queries.ts'
import { codeOf, filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'

useRegister()

test('scenario 5: Montenegro has no tanks; nil stands as 0 of 77, a blank is not filed, and what is withheld is no zero', async () => {
  const lines = [{ category: 'II', type: 'BOV', inService: { withheld: 'commercial' }, inStorage: 0 }]
  await filed(an.holdings('ME', { asOf: '2026-01-01', lines: [{ category: 'I', type: 'T-55', inService: 0, inStorage: 0 }, ...lines], nil: ['I', 'SALW'] }))
  expect(await codeOf(filed(an.holdings('ME', { asOf: '2027-01-01', lines: [{ category: 'I', type: 'T-55', inService: 0 }], nil: [] })))).toBe('invalid')
  const seen = standings(['ME'], await latestHoldings(as(null), {}), await listCeilings(as(null), {}), '2026-06-01')
  const wordsOf = (category: string) => seen.filter((one) => one.category === category).map(({ held, limit }) => `${held ? heldWords(held) : 'not declared'} ${limit}`)
  expect(wordsOf('I')).toEqual(['0 of 77'])
  expect(wordsOf('II')).toEqual(['withheld no confirmed ceiling'])
  expect(wordsOf('IVa')).toEqual(['not declared no confirmed ceiling'])
})
