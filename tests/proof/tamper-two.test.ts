import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { logFolder } from '../../lib/log/key.ts'
import { CHANGES, expectFound, findingsNow, PLACES } from './tamper-ground.ts'

test.each(Object.entries(CHANGES).filter((_, index) => index % 2 === 1))('%s is found, wherever it is', (_what, change) => expectFound(change), 120_000)

test('a byte of a published file is found, wherever it is', async () => {
  const files = ['tile/0/000', 'tile/entries/000', 'checkpoint'].map((name) => join(logFolder(), name))
  for (let place = 0; place < PLACES; place += 1) {
    const file = files[place % files.length]!
    const before = readFileSync(file)
    const after = Buffer.from(before)
    const at = Math.floor(Math.random() * before.length)
    after[at] = before[at] === 65 ? 66 : 65
    if (after.equals(before)) continue
    writeFileSync(file, after)
    expect((await findingsNow(place)).length, `${file} ${at}`).toBeGreaterThan(0)
    writeFileSync(file, before)
  }
  expect(await findingsNow()).toEqual([])
}, 120_000)
