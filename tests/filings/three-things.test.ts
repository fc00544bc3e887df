import fc from 'fast-check'
import { expect, test } from 'vitest'
import { problemsFrom } from '../../lib/auth/guard.ts'
import { changesBetween } from '../../lib/filings/diff.ts'
import { holdings, HoldingsPayload, totalsOf } from '../../lib/filings/kinds/holdings.ts'
import { canonicalJson, parseStrictJson, type Json } from '../../lib/log/canonical.ts'
import { useRegister } from '../support/db.ts'
import { get, holdings as body, post } from '../api/support.ts'

useRegister()

/** The grid: tests/app/holdings-cells.test.ts. Sheets, read and written: tests/exchange/round-trip.test.ts. */
const BLANK = undefined
const quantity = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10_000 }), fc.constantFrom({ withheld: 'readiness' }, { withheld: 'nil' }, { withheld: '0 of them' }), fc.constant(BLANK))
const declared = (inStorage: Json | undefined) => ({
  asOf: '2026-01-01', nil: ['VI'], lines: [{ category: 'I', type: 'M-84', inService: 3, ...(inStorage === undefined ? {} : { inStorage }) }],
})

test('nil, blank and withheld are three things in what is read, stored, summed and compared', () => {
  fc.assert(fc.property(quantity, quantity, (stated, later) => {
    const parsed = HoldingsPayload.safeParse(parseStrictJson(JSON.stringify(declared(stated))))
    if (stated === BLANK) {
      expect(parsed.success).toBe(false)
      expect(problemsFrom(parsed.error!)).toEqual([{ pointer: '/lines/0/inStorage', message: expect.stringContaining('A blank is not a nil') }])
      return
    }
    const payload = parsed.data!
    expect(JSON.parse(canonicalJson(payload as Json))).toEqual(declared(stated))
    const isNumber = typeof stated === 'number'
    expect(totalsOf(payload)).toContainEqual(expect.objectContaining({ category: 'I', inService: 3, inStorage: isNumber ? stated : 0, withheld: isNumber ? 0 : 1 }))
    expect(totalsOf(payload)).toContainEqual(expect.objectContaining({ category: 'VI', inService: 0, inStorage: 0, withheld: 0 }))
    expect(holdings.lines(payload)[0]).toMatchObject({ inStorage: isNumber ? stated : null })
    const changes = changesBetween(declared(stated), declared(later))
    if (JSON.stringify(stated) === JSON.stringify(later)) expect(changes).toEqual([])
    else expect(changes).toEqual([expect.objectContaining({ pointer: '/lines/0/inStorage', before: stated, after: later ?? null })])
  }))
})

test('over the API they come back as they were sent', async () => {
  const lines = [
    { category: 'I', type: 'M-84', inService: 0, inStorage: { withheld: 'readiness' } }, { category: 'II', type: 'BRDM', inService: { withheld: 'nil' }, inStorage: 0 },
  ]
  const { body: answer } = await post('/api/v1/filings', 'al-submitter', body('AL', { lines, nil: ['VI'] }))
  const { payload } = (await get(`/api/v1/filings/${answer.filing.id}`, 'al-submitter')).body
  expect(payload).toMatchObject({ lines, nil: ['VI'] })
  const refused = await post('/api/v1/filings', 'al-submitter', body('AL', { asOf: '2026-02-01', lines: [{ category: 'I', type: 'M-84', inService: 0 }] }))
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/payload/lines/0/inStorage' }] } })
})
