import { beforeEach, describe, expect, test } from 'vitest'
import { forgetLimits, LIMITS } from '../../lib/api/limits.ts'
import { holdingsXlsx } from '../../lib/exchange/write.ts'
import { count, filed } from '../support/context.ts'
import { useRegister } from '../support/db.ts'
import { call, expectProblem, get, holdings, pointers, post, type Answered } from '../api/support.ts'
import { GET as getTemplate } from '../../app/api/v1/sheets/holdings/template/route.ts'
import { GET as getSheet } from '../../app/api/v1/filings/[id]/sheet/route.ts'
import { POST as postSheet } from '../../app/api/v1/sheets/holdings/route.ts'
import { cells, partOf, read } from './given.ts'
import { an } from '../support/factories.ts'
import { oneSheet } from './raw.ts'

const register = useRegister()
beforeEach(forgetLimits)

const SHEETS = '/api/v1/sheets/holdings'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const CSV = 'As of,2027-01-01\r\nCategory,Type,In service,In storage,Site\r\nI,M-84,195,16,Niš\r\nVI,,nil,nil,\r\n'
const SAID = { asOf: '2027-01-01', lines: [{ category: 'I', type: 'M-84', inService: 195, inStorage: 16, site: 'Niš' }], nil: ['VI'] }

const send = (raw: BodyInit, query = '', headers: Record<string, string> = { 'content-type': 'text/csv' }, as: string | null = 'al-submitter'): Promise<Answered> =>
  call('POST', `${SHEETS}${query}`, { as, raw, headers })

/** The answer as bytes, which a helper for JSON does not give. */
const download = async (handler: typeof getSheet, address: string, as: string | null, id?: string): Promise<{ status: number; headers: Headers; bytes: Uint8Array }> => {
  const request = new Request(`http://localhost:3000${address}`, { headers: { 'x-forwarded-for': '192.0.2.1', ...(as ? { authorization: `Bearer demo-${as}` } : {}) } })
  const response = await handler(request, { params: Promise.resolve(id ? { id } : undefined) })
  return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) }
}
const sheetOf = (id: string, as: string | null, format = 'xlsx') => download(getSheet, `/api/v1/filings/${id}/sheet?format=${format}`, as, id)
/** There is one declaration of a day: each that a test files is of another. */
let year = 2000
const file = async (who: string, more = {}): Promise<string> =>
  (await post('/api/v1/filings', `${who}-submitter`, holdings(who.toUpperCase(), { asOf: `${(year += 1)}-01-01`, ...more }))).body.filing.id
/** The cookie of the browser that holds this credential, made as sign-in makes it. */
const cookieOf = async (who: string): Promise<string> => {
  const [{ encode }, { env }] = await Promise.all([import('next-auth/jwt'), import('../../lib/shared/env.ts')])
  return `batp-session=${await encode({ token: { credential: `demo-${who}` }, secret: env().secret })}`
}
const textOf = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString()

describe('sending a sheet', () => {
  test('answers its payload, which is filed as it is; by itself it stores nothing', async () => {
    const before = await count(register(), 'drafts')
    const answer = await send(CSV)
    expect(answer.body).toEqual({ payload: SAID })
    expect(await count(register(), 'drafts')).toBe(before)
    expect((await post('/api/v1/filings', 'al-submitter', { kind: 'declaration.holdings', participant: 'AL', payload: answer.body.payload })).status).toBe(201)
  })

  test('takes a workbook, and the day from beside it', async () => {
    const workbook = await holdingsXlsx({ ...SAID, asOf: null, remark: null }, { designation: 'Albania', source: null })
    expect((await send(workbook, '?asOf=2027-01-01', { 'content-type': XLSX })).body).toEqual({ payload: SAID })
    expect((await send(workbook, '?asOf=2027-01-01&name=Holdings%202026.XLSX', { 'content-type': 'application/octet-stream' })).status).toBe(200)
    expect((await send(workbook, '?asOf=2027-01-01', { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename="h.xlsx"' })).status).toBe(200)
  })

  test('names every cell that is wrong, by its sheet, and takes nothing', async () => {
    const answer = await send(await oneSheet([['Category', 'Type', 'In service', 'In storage'], ['I', 'M-84', '1.234', null]], { name: 'A/B' }), '?asOf=2027-01-01', { 'content-type': XLSX })
    expectProblem(answer, 422, 'invalid')
    expect(pointers(answer)).toEqual(['/A~1B/C2', '/A~1B/D2'])
    expect(answer.body.errors[0].detail).toBe('C2: “1.234” can be read as 1234 or as 1.234. Write 1234 if that is meant.')
    expect(answer.body.detail).toMatch(/^Nothing was taken from the sheet: 2 problems\. The first: C2: /)
    expect(pointers(await send(CSV.replace('195', '1.95')))).toEqual(['/C3'])
  })

  test('tells the first hundred of many problems, and how many there are', async () => {
    const answer = await send(`Category,Type,In service,In storage\n${'I,M-84,1.234,0\n'.repeat(1_234)}`, '?asOf=2027-01-01')
    expectProblem(answer, 422, 'invalid')
    expect(answer.body.errors).toHaveLength(100)
    expect(answer.body.detail).toContain('1,234 problems')
  })

  test('answers the file itself with its problems marked in it, when asked', async () => {
    const given = await oneSheet([['Category', 'Type', 'In service', 'In storage'], ['I', 'M-84', '1.234', 0]])
    const request = new Request(`http://localhost:3000${SHEETS}?asOf=2027-01-01&marked=true`, { method: 'POST', body: given, headers: { 'content-type': XLSX, 'authorization': 'Bearer demo-al-submitter', 'x-forwarded-for': '192.0.2.1' } })
    const response = await postSheet(request, { params: Promise.resolve(undefined) })
    expect({ status: response.status, type: response.headers.get('content-type'), name: response.headers.get('content-disposition') })
      .toEqual({ status: 200, type: XLSX, name: 'attachment; filename="batp-holdings-marked.xlsx"' })
    expect(cells(await read(new Uint8Array(await response.arrayBuffer())))).toEqual(['C2'])
    const csv = await send(CSV.replace('195', '1.95'), '?marked=true')
    expect(csv.text).toContain('C3: “1.95” has decimals.')
    expect(csv.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test.each<[string, string, Record<string, string>, string, number, string]>([
    ['JSON', '{}', { 'content-type': 'application/json' }, '', 415, 'unsupported_media_type'], ['no type', 'x', { 'content-type': '' }, '', 415, 'unsupported_media_type'], ['a form', 'x', { 'content-type': 'multipart/form-data; boundary=x' }, '', 415, 'unsupported_media_type'],
    ['an EXE by the type of a workbook', 'MZ', { 'content-type': XLSX }, '', 422, 'invalid'], ['a file without a name', 'x', { 'content-type': 'application/octet-stream' }, '', 422, 'invalid'], ['nothing', '', { 'content-type': 'text/csv' }, '', 422, 'invalid'],
    ['a day that is none', CSV, { 'content-type': 'text/csv' }, '?asOf=2027', 422, 'invalid'], ['an unknown parameter', CSV, { 'content-type': 'text/csv' }, '?sheet=2', 422, 'invalid'], ['a doubtful wish', CSV, { 'content-type': 'text/csv' }, '?marked=perhaps', 422, 'invalid'],
    ['a character set that is not read', CSV, { 'content-type': 'text/csv; charset=koi8-r' }, '', 422, 'invalid'],
  ])('%s is refused', async (_what, raw, headers, query, status, code) => expectProblem(await send(raw, query, headers), status, code))

  test('10 MB and a byte are too much, whether the length is declared, counted or a lie', async () => {
    const large = Buffer.alloc(10 * 1024 * 1024 + 1, 'a')
    expectProblem(await send(large), 413, 'too_large')
    expectProblem(await send(large, '', { 'content-type': 'text/csv', 'content-length': '12' }), 413, 'too_large')
    expectProblem(await send('x', '', { 'content-type': 'text/csv', 'content-length': '99999999' }), 413, 'too_large')
    expectProblem(await send(large.subarray(1)), 422, 'invalid')
  })

  test('is for ministries, from our own pages, and nobody’s body is read for them', async () => {
    let isRead = false
    const raw = new ReadableStream<Uint8Array>({ pull: (out) => { isRead = true; out.close() } }, { highWaterMark: 0 })
    expectProblem(await send(raw, '', { 'content-type': 'text/csv' }, null), 401, 'unauthenticated')
    expect(isRead).toBe(false)
    for (const who of ['observer', 'verifier1', 'secretariat']) expectProblem(await send(CSV, '', { 'content-type': 'text/csv' }, who), 403, 'forbidden')
    const cookie = await cookieOf('al-submitter')
    expectProblem(await send(CSV, '', { 'content-type': 'text/csv', cookie, 'origin': 'https://evil.example' }, null), 403, 'forbidden')
    expect((await send(CSV, '', { 'content-type': 'text/csv', cookie, 'sec-fetch-site': 'same-origin' }, null)).status).toBe(200)
  })

  test('is answered thirty times a minute to one key, with downloads', async () => {
    for (let sent = 0; sent < LIMITS.export; sent += 1) await send('x')
    expectProblem(await send('x'), 429, 'rate_limited')
    expect((await send(CSV, '', { 'content-type': 'text/csv' }, 'hr-submitter')).status).toBe(200)
  })

  test('fifty at once are answered one after the other, each its own', async () => {
    const people = ['al', 'ba', 'hr', 'me', 'mk', 'rs', 'xk'].flatMap((code) => [`${code}-submitter`, `${code}-approver`])
    const answers = await Promise.all(Array.from({ length: 50 }, (_, nth) => send(CSV.replace('195', String(nth)), '', { 'content-type': 'text/csv' }, people[nth % people.length]!)))
    expect(answers.map(({ body }) => body.payload.lines[0].inService)).toEqual(Array.from({ length: 50 }, (_, nth) => nth))
  })
})

describe('a declaration as a sheet', () => {
  test('imports to what was filed, as a workbook and as CSV, for its own ministry and for verifiers', async () => {
    const lines = [{ category: 'I', type: '=M-84', inService: { withheld: 'commercial' }, inStorage: 16, unit: '1st', site: 'Niš', remark: 'two\nlines' }]
    const payload = { asOf: '2026-01-01', lines, nil: ['VI'], remark: 'Corrected' }
    const id = await file('al', payload)
    for (const who of ['al-submitter', 'verifier1']) for (const format of ['xlsx', 'csv']) {
      const { status, headers, bytes } = await sheetOf(id, who, format)
      expect({ status, name: headers.get('content-disposition') }).toEqual({ status: 200, name: `attachment; filename="batp-holdings-AL-2026-01-01.${format}"` })
      expect((await read(bytes, { name: `h.${format}`, asOf: '' })).payload).toEqual(payload)
    }
  })

  test('has no sites for who may not read them, and totals for who may not read the lines', async () => {
    const id = await file('al')
    const neighbour = await sheetOf(id, 'hr-submitter', 'csv')
    expect(textOf(neighbour)).toContain('M-84,195,16,1st Armoured Battalion,,')
    for (const who of ['observer', null]) {
      expect(textOf(await sheetOf(id, who, 'csv'))).toMatch(/^\uFEFFAs of,20\d\d-01-01\r\n\r\nCategory,In service \(pieces\),In storage \(pieces\),"Quantities withheld, not counted"\r\nVI,0,0,0\r\nI,195,16,0\r\n$/)
    }
    for (const who of ['hr-submitter', 'observer', 'secretariat', null]) for (const format of ['xlsx', 'csv']) {
      const { bytes } = await sheetOf(id, who, format)
      const said = format === 'csv' ? Buffer.from(bytes).toString() : JSON.stringify((await read(bytes)).payload)
      expect(said).not.toContain('Niš')
    }
  })

  test('is a workbook unless CSV is asked for, and nothing else', async () => {
    const id = await file('al')
    expect((await download(getSheet, `/api/v1/filings/${id}/sheet`, null, id)).headers.get('content-type')).toBe(XLSX)
    expectProblem(await get(`/api/v1/filings/${id}/sheet?format=pdf`), 422, 'invalid')
  })

  test('of a filing that is no declaration of holdings there is none', async () => {
    const { body } = await post('/api/v1/filings', 'al-submitter', { kind: 'notification.disposal', participant: 'AL', payload: { category: 'I', type: 'T-72', quantity: 3, mode: 'destruction', decidedOn: '2025-01-01' } })
    expectProblem(await get(`/api/v1/filings/${body.filing.id}/sheet`), 404, 'not_found')
    expectProblem(await get('/api/v1/filings/00000000-0000-4000-8000-000000000000/sheet'), 404, 'not_found')
  })

  test('of what awaits approval is for its own ministry alone', async () => {
    const id = await file('rs')
    expect((await read((await sheetOf(id, 'rs-approver')).bytes, { asOf: '' })).payload?.lines).toHaveLength(1)
    expect((await sheetOf(id, 'hr-submitter')).status).toBe(404)
  })
})

describe('a workbook to fill in', () => {
  const template = (as: string, query = '') => download(getTemplate, `${SHEETS}/template${query}`, as)

  test('has the lines of the ministry’s own last declaration before the day, and states the new day', async () => {
    await file('mk', { asOf: '2025-01-01', lines: [{ category: 'I', type: 'T-72', inService: 31, inStorage: 0 }], nil: [] })
    await file('mk', { asOf: '2026-01-01', nil: ['VI', 'IVb'] })
    const { status, headers, bytes } = await template('mk-submitter', '?asOf=2027-01-01')
    expect({ status, name: headers.get('content-disposition') }).toEqual({ status: 200, name: 'attachment; filename="batp-holdings-MK-2027-01-01.xlsx"' })
    const { payload } = await read(bytes, { asOf: '' })
    expect(payload).toMatchObject({ asOf: '2027-01-01', nil: ['VI', 'IVb'], lines: [{ type: 'M-84', site: 'Niš' }] })
    expect((await read((await template('mk-approver', '?asOf=2026-01-01')).bytes, { asOf: '' })).payload?.lines[0]).toMatchObject({ type: 'T-72' })
  })

  test('carries on what was notified since, and says so in its guide', async () => {
    await file('me', { asOf: '2026-01-01', lines: [{ category: 'IVb', type: 'Bayraktar TB2', inService: 3, inStorage: 0 }], nil: ['I'] })
    const { filing } = await filed(an.disposal('ME', { category: 'IVb', type: 'Bayraktar TB2', quantity: 1, mode: 'retirement', decidedOn: '2026-02-01', completedOn: '2026-03-01' }))
    const { bytes } = await template('me-submitter', '?asOf=2027-01-01')
    expect((await read(bytes, { asOf: '' })).payload?.lines).toMatchObject([{ type: 'Bayraktar TB2', inService: 2, inStorage: 0 }])
    const guide = await partOf(bytes, 'xl/worksheets/sheet2.xml')
    for (const text of [filing.number, 'IVb · Bayraktar TB2: −1, in service 3 → 2', '2026-03-01']) expect(guide).toContain(text)
  })

  test('is empty for who never declared, and is for ministries alone', async () => {
    const reading = await read((await template('xk-submitter', '?asOf=1990-01-01')).bytes, { asOf: '' })
    expect(reading.problems.map(({ message }) => message)).toEqual([expect.stringContaining('State at least one line')])
    expectProblem(await get(`${SHEETS}/template`, 'observer'), 403, 'forbidden')
    expectProblem(await get(`${SHEETS}/template?asOf=soon`, 'mk-submitter'), 422, 'invalid')
  })
})
