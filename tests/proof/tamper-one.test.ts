import { expect, test } from 'vitest'
import { CHANGES, expectFound, findingsNow } from './tamper-ground.ts'

test('untouched, it holds', async () => {
  expect(await findingsNow()).toEqual([])
})

// The other half: tamper-two.test.ts. They are long, and in two files so that two cores share them.
test.each(Object.entries(CHANGES).filter((_, index) => index % 2 === 0))('%s is found, wherever it is', (_what, change) => expectFound(change), 120_000)
