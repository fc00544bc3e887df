import { parse } from 'csv-parse/sync'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GET as download, PUT as put } from '../../app/register.csv/route.ts'
import { forgetLimits, LIMITS } from '../../lib/api/limits.ts'
import { neutral } from '../../lib/api/csv.ts'
import { FOOTNOTE } from '../../lib/participants/rules.ts'
import { useRegister } from '../support/db.ts'
import { acquisition, disposal, holdings, post } from './support.ts'

useRegister()

const ask = (query = '', headers: Record<string, string> = {}) =>
  download(new Request(`http://localhost:3000/register.csv${query}`, { headers: { 'x-forwarded-for': '192.0.2.9', ...headers } }), { params: Promise.resolve(undefined) })
const rowsOf = async (query = ''): Promise<Record<string, string>[]> => parse(await (await ask(query)).text(), { columns: true, bom: true })

const FORMULA = '=HYPERLINK("http://evil.example","MiG")'
beforeAll(async () => {
  await post('/api/v1/filings', 'al-submitter', acquisition('AL', { type: FORMULA, purpose: 'secret purpose', value: { amount: 66_000_000, currency: 'EUR' } }))
  await post('/api/v1/filings', 'xk-submitter', disposal('XK', { type: 'T-72, "repaired"', quantity: { withheld: 'readiness' } }))
  await post('/api/v1/filings', 'me-submitter', holdings('ME'))
  for (const nth of [1, 2, 3]) await post('/api/v1/filings', 'al-submitter', acquisition('AL', { type: `Model ${nth}` }))
})
beforeEach(forgetLimits)

describe('the register as a file', () => {
  test('is a CSV of our own name, whatever was asked', async () => {
    const { status, headers } = await ask('?participant=AL')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="batp-register-\d{4}-\d\d-\d\d\.csv"$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('has a row an entry and as many cells in each, lines ending in CR LF', async () => {
    const text = await (await ask()).text()
    const rows = parse(text, { bom: true, relax_column_count: false }) as string[][]
    expect(rows).toHaveLength(7)
    expect(text.endsWith('\r\n')).toBe(true)
  })

  test('names Kosovo* with its asterisk, and the footnote once, in the header', async () => {
    const text = await (await ask()).text()
    expect(text.split(FOOTNOTE)).toHaveLength(2)
    const [row] = await rowsOf('?participant=XK')
    expect(row).toMatchObject({ participant: 'XK', designation: 'Kosovo*', [FOOTNOTE]: '' })
  })

  test('keeps a text that a spreadsheet would run a text', async () => {
    const [row] = await rowsOf('?q=hyperlink')
    expect(row).toMatchObject({ type: `'${FORMULA}` })
    const text = await (await ask('?q=hyperlink')).text()
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"",""MiG"")"`)
  })

  test('says withheld where a quantity is, and does not say nil', async () => {
    const [row] = await rowsOf('?kind=notification.disposal')
    expect(row).toMatchObject({ quantity: 'withheld', delivered: '', type: 'T-72, "repaired"', supplier_or_recipient: 'UA', provenance: 'filed by the participant' })
  })

  test('takes the filters of the list, and is whole whatever page it is asked from', async () => {
    expect(await rowsOf('?participant=AL&page=2&limit=1')).toHaveLength(4)
    expect((await rowsOf('?participant=AL&sort=type')).map(({ type }) => type).slice(-3)).toEqual(['Model 1', 'Model 2', 'Model 3'])
    expect(await rowsOf('?participant=HR')).toEqual([])
  })

  test('holds nothing that the public may not read, for anyone', async () => {
    for (const who of [null, 'al-submitter', 'verifier1']) {
      const text = await (await ask('', who ? { authorization: `Bearer demo-${who}` } : {})).text()
      expect(text).not.toMatch(/secret purpose|66000000|Niš|readiness/)
    }
  })

  test('refuses a filter that is none before the file begins', async () => {
    for (const query of ['?colour=red', '?participant=XX', '?from=yesterday']) {
      const answer = await ask(query)
      expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({ status: 422, type: 'application/problem+json; charset=utf-8' })
    }
    expect((await put(new Request('http://localhost:3000/register.csv', { method: 'PUT' }), { params: Promise.resolve(undefined) })).status).toBe(405)
  })

  test('is given thirty times a minute to one address, then with the time to wait; others are served', async () => {
    for (let asked = 0; asked < LIMITS.export; asked += 1) expect((await ask('?participant=HR')).status).toBe(200)
    const refused = await ask('?participant=HR')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask('?participant=HR', { 'x-forwarded-for': '192.0.2.10' })).status).toBe(200)
  })
})

test.each([
  ['=1+1', "'=1+1"], ['+1', "'+1"], ['-1', "'-1"], ['@SUM(A1)', "'@SUM(A1)"], ['\tx', "'\tx"], ['\rx', "'\rx"], ['\nx', "'\nx"], ['\u0000x', "'\u0000x"], ['＝1', "'＝1"],
  ['M-84', 'M-84'], ['2026-01-01', '2026-01-01'], ['', ''], [-5, -5], [null, null],
])('%o is written as %o', (cell, written) => {
  expect(neutral(cell)).toBe(written)
})
