import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Declared } from '../../lib/exchange/table.ts'
import { holdingsCsv, holdingsXlsx } from '../../lib/exchange/write.ts'
import { HoldingsPayload } from '../../lib/filings/kinds/holdings.ts'
import { CATEGORY_CODES } from '../../lib/taxonomy/rules.ts'
import { bytesOf, read } from './given.ts'
import { withheld, words } from './texts.ts'

const type = words(80).map((text) => text.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, ' ').trim()).filter((text) => text !== '')
const quantity = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 5_000 }) }, fc.constant(0), withheld)
const category = fc.constantFrom(...CATEGORY_CODES)
const line = fc.record({ category, type, inService: quantity, inStorage: quantity, unit: words(120), site: words(120), remark: words(500) },
  { requiredKeys: ['category', 'type', 'inService', 'inStorage'] })

const declaration = fc.record({
  asOf: fc.constantFrom('2027-01-01', '1996-02-29'), lines: fc.array(line, { maxLength: 12 }), nil: fc.uniqueArray(category, { maxLength: 6 }), remark: words(2000),
}, { requiredKeys: ['asOf', 'lines', 'nil'] }).map((given) => {
  const stated = new Set(given.lines.filter(({ inService, inStorage }) => inService !== 0 || inStorage !== 0).map((one) => one.category))
  return { ...given, nil: given.nil.filter((code) => !stated.has(code)) }
}).filter(({ lines, nil }) => lines.length + nil.length > 0)

const about = { designation: 'Kosovo*', source: null }

test('what is exported imports to the same payload, as a workbook and as CSV; nil, blank and withheld stay three things', async () => {
  const met = { zero: 0, withheld: 0, nil: 0, running: 0, breaks: 0 }
  await fc.assert(fc.asyncProperty(declaration, async (given) => {
    const payload = HoldingsPayload.parse(given)
    const declared = { remark: null, ...payload } as never
    const [workbook, text] = [await holdingsXlsx(declared, about), await holdingsCsv(declared)]
    for (const reading of [await read(workbook, { asOf: '' }), await read(bytesOf(text), { name: 'h.csv', asOf: '' })]) {
      expect(reading.problems).toEqual([])
      expect(reading.payload).toEqual(payload)
    }
    met.zero += payload.lines.filter(({ inService, inStorage }) => inService === 0 && inStorage === 0).length
    met.withheld += payload.lines.filter(({ inService }) => typeof inService === 'object').length
    met.nil += payload.nil.length
    met.running += payload.lines.filter((one) => /^[=+\-@]/.test(one.type)).length
    met.breaks += payload.lines.filter(({ remark }) => remark?.includes('\n')).length
  }), { seed: 20_270_101, numRuns: 150 })
  for (const count of Object.values(met)) expect(count).toBeGreaterThan(10)
})

test('no cell of an exported CSV begins as a formula does', async () => {
  await fc.assert(fc.asyncProperty(declaration, async (given) => {
    const text = await holdingsCsv({ remark: null, ...given } as never)
    for (const cell of text.slice(1).match(/(?:^|,|\r\n)("(?:[^"]|"")*"|[^,\r\n]*)/g) ?? []) {
      expect(cell.replace(/^(?:,|\r\n)/, '').replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r\n＋－＝＠]/)
    }
  }), { seed: 7, numRuns: 100 })
})

test('what lacks a quantity is written blank, and a blank is no nil when it comes back', async () => {
  const lines: Declared['lines'] = [{ category: 'I', type: 'M-84', inService: 3 }, { category: 'II', type: 'BRDM', inService: '', inStorage: null }]
  const draft = { asOf: '2027-01-01', remark: null, lines, nil: [] }
  for (const reading of [await read(await holdingsXlsx(draft, about)), await read(bytesOf(await holdingsCsv(draft)), { name: 'h.csv' })]) {
    expect(reading.problems.map(({ cell }) => cell)).toEqual(['D4', 'C5', 'D5'])
    for (const { message } of reading.problems) expect(message).toContain('A blank is not a nil')
  }
})
