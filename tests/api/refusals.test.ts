import { describe, expect, test } from 'vitest'
import { useRegister } from '../support/db.ts'
import { acquisition, call, disposal, expectProblem, filing, get, holdings, pointers, post, RAFALE, TANKS_SOLD } from './support.ts'

useRegister()

const FILINGS = '/api/v1/filings'
const someId = '00000000-0000-4000-8000-000000000000'

describe('bad filings are refused with the place of each problem', () => {
  const { supplier: _supplier, ...withoutSupplier } = RAFALE
  const { quantity: _quantity, ...withoutQuantity } = RAFALE
  test.each([
    ['a negative quantity', acquisition('AL', { quantity: -1 }), '/payload/quantity'],
    ['a fractional quantity', acquisition('AL', { quantity: 1.5 }), '/payload/quantity'],
    ['a quantity as text', acquisition('AL', { quantity: '12' }), '/payload/quantity'],
    ['a blank quantity', acquisition('AL', { quantity: null }), '/payload/quantity'],
    ['no quantity at all', filing('acquisition', 'AL', withoutQuantity), '/payload/quantity'],
    ['a quantity withheld without a reason', acquisition('AL', { quantity: { withheld: '' } }), '/payload/quantity/withheld'],
    ['no supplier', filing('acquisition', 'AL', withoutSupplier), '/payload/supplier'],
    ['a supplier that is nowhere', acquisition('AL', { supplier: 'ZZ' }), '/payload/supplier'],
    ['a delivery before its signature', acquisition('AL', { stage: 'incorporated', delivered: 12, deliveredOn: '2024-08-28' }), '/payload/deliveredOn'],
    ['delivery years before the signature', acquisition('AL', { deliveries: { from: 2023, to: 2029 } }), '/payload/deliveries/from'],
    ['a signature in the future', acquisition('AL', { signedOn: '2090-01-01', deliveries: { from: 2091, to: 2092 } }), '/payload/signedOn'],
    ['a day that does not exist', acquisition('AL', { signedOn: '2024-02-30' }), '/payload/signedOn'],
    ['an unknown category', acquisition('AL', { category: 'IVz' }), '/payload/category'],
    ['more delivered than bought', acquisition('AL', { stage: 'first_delivery', delivered: 13 }), '/payload/delivered'],
    ['a stage of a filing that is not there', acquisition('AL', { previous: someId }), '/payload/previous'],
    ['an unknown field in the payload', acquisition('AL', { verified: true }), '/payload/verified'],
    ['history in disguise', acquisition('AL', { compiled: { source: 'A newspaper' } }), '/payload/compiled'],
    ['an unknown field beside it', { ...acquisition('AL'), verified: true }, '/verified'],
    ['a status of one’s own', { ...acquisition('AL'), status: 'filed' }, '/status'],
    ['an unknown kind', { ...acquisition('AL'), kind: 'notification.rumour' }, '/kind'],
    ['an unknown participant', { ...acquisition('AL'), participant: 'SI' }, '/participant'],
    ['no payload', { kind: 'notification.acquisition', participant: 'AL' }, '/payload'],
    ['a sale to nobody', disposal('AL', { mode: 'sale', recipient: '' }), '/payload/recipient'],
    ['a destruction with a recipient', filing('disposal', 'AL', { ...TANKS_SOLD, mode: 'destruction' }), '/payload/recipient'],
    ['a line with a blank', holdings('AL', { lines: [{ category: 'I', type: 'M-84', inService: 3 }] }), '/payload/lines/0/inStorage'],
    ['nothing declared', holdings('AL', { lines: [], nil: [] }), '/payload/lines'],
    ['a nil that has lines', holdings('AL', { nil: ['I'] }), '/payload/nil/0'],
    ['a year in place of a day', holdings('AL', { asOf: '2026' }), '/payload/asOf'],
  ])('%s', async (_what, body, pointer) => {
    const answer = await post(FILINGS, 'al-submitter', body)
    expectProblem(answer, 422, 'invalid')
    expect(pointers(answer)).toContain(pointer)
    for (const { detail } of answer.body.errors) expect(detail.length).toBeGreaterThan(8)
  })

  test('a type that the register knows in another category', async () => {
    expect((await post(FILINGS, 'al-submitter', acquisition('AL'))).status).toBe(201)
    const answer = await post(FILINGS, 'al-submitter', acquisition('AL', { category: 'I' }))
    expectProblem(answer, 422, 'invalid')
    expect(answer.body.errors[0]).toMatchObject({ pointer: '/payload/category', detail: expect.stringContaining('IVa') })
  })

  test('every problem of a filing is told at once', async () => {
    const answer = await post(FILINGS, 'al-submitter', acquisition('AL', { quantity: -1, mode: 'theft', value: '' }))
    expect(pointers(answer).toSorted()).toEqual(['/payload/mode', '/payload/quantity', '/payload/value'])
  })

  test('nobody files for another participant', async () => {
    expectProblem(await post(FILINGS, 'al-submitter', acquisition('RS')), 403, 'forbidden')
  })
})

describe('bodies that two parsers could read differently are refused before they are judged', () => {
  const text = JSON.stringify(acquisition('AL'))
  test.each([
    ['no JSON', '{"kind":'], ['an empty text', ' '], ['a list', '[1]'], ['a text', '"filing"'], ['null', 'null'],
    ['a key twice', text.replace('"quantity":12', '"quantity":12,"quantity":13')],
    ['a key twice, one written with an escape', text.replace('"quantity":12', '"quantity":12,"quantit\\u0079":13')],
    ['__proto__', text.replace('{"kind"', '{"__proto__":{"role":"secretariat"},"kind"')],
    ['a NUL', text.replace('Air policing', 'Air\\u0000policing')],
    ['half a surrogate pair', text.replace('Air policing', '\\ud800')],
    ['an integer that is not exact', text.replace('"quantity":12', '"quantity":9007199254740993')],
    ['a byte order mark', `\uFEFF${text}`],
    ['depth', text.replace('"quantity":12', `"quantity":${'['.repeat(60)}${']'.repeat(60)}`)],
    ['great depth', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
  ])('%s', async (_what, raw) => {
    expectProblem(await post(FILINGS, 'al-submitter', undefined, { raw }), 400, 'invalid')
  })

  test('bytes that are not UTF-8', async () => {
    expectProblem(await post(FILINGS, 'al-submitter', undefined, { raw: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) }), 400, 'invalid')
  })
})

describe('the size and the type of a body', () => {
  const big = (size: number) => `{"kind":"notification.acquisition","remark":"${'a'.repeat(size)}"}`
  const stream = (size: number) => {
    const chunk = new TextEncoder().encode('a'.repeat(65_536))
    let sent = 0
    return new ReadableStream<Uint8Array>({ pull: (out) => { if ((sent += chunk.length) > size) out.close(); else out.enqueue(chunk) } })
  }

  test('10 MB are too much, whether the length is declared, counted or a lie', async () => {
    const raw = big(10 * 1024 * 1024)
    expectProblem(await post(FILINGS, 'al-submitter', undefined, { raw }), 413, 'too_large')
    expectProblem(await post(FILINGS, 'al-submitter', undefined, { raw, headers: { 'content-length': String(raw.length) } }), 413, 'too_large')
    expectProblem(await post(FILINGS, 'al-submitter', undefined, { raw: stream(10 * 1024 * 1024), headers: { 'content-length': '12' } }), 413, 'too_large')
    expectProblem(await post(FILINGS, 'al-submitter', undefined, { raw: stream(40 * 1024 * 1024) }), 413, 'too_large')
  })

  test('an action takes 1 MB, a filing 8', async () => {
    expectProblem(await post(`${FILINGS}/${someId}/return`, 'al-approver', undefined, { raw: big(1024 * 1024) }), 413, 'too_large')
    expectProblem(await post(FILINGS, 'al-submitter', undefined, { raw: big(2 * 1024 * 1024) }), 422, 'invalid')
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1', 'multipart/form-data; boundary=x'])('%s is not JSON', async (type) => {
    expectProblem(await post(FILINGS, 'al-submitter', acquisition('AL'), { headers: { 'content-type': type } }), 415, 'unsupported_media_type')
  })

  test('nobody’s body is read for them', async () => {
    let read = false
    const raw = new ReadableStream<Uint8Array>({ pull: (out) => { read = true; out.close() } }, { highWaterMark: 0 })
    expectProblem(await post(FILINGS, null, undefined, { raw }), 401, 'unauthenticated')
    expect(read).toBe(false)
  })
})

describe('who calls, and from where', () => {
  test('an unknown, a malformed and a missing key', async () => {
    expectProblem(await get('/api/v1/alerts', 'nobody'), 401, 'unauthenticated')
    expectProblem(await call('GET', FILINGS, { headers: { authorization: 'Basic eHg6eHg=' } }), 401, 'unauthenticated')
    const answer = await post(FILINGS, null, acquisition('AL'))
    expectProblem(answer, 401, 'unauthenticated')
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="batp"')
  })

  test.each([
    [{ origin: 'https://evil.example' }], [{ 'sec-fetch-site': 'cross-site' }], [{ 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }],
    [{ 'sec-fetch-site': 'none' }], [{ origin: 'null' }],
  ])('a write by session from elsewhere is refused: %o', async (headers) => {
    const cookie = `batp-session=${await sessionOf('al-submitter')}`
    expectProblem(await post(FILINGS, null, acquisition('AL'), { headers: { cookie, ...headers } as Record<string, string> }), 403, 'forbidden')
  })

  test.each([[{ 'sec-fetch-site': 'same-origin' }], [{ origin: 'http://localhost:3000' }]])('a write by session from our own pages is not: %o', async (headers) => {
    const cookie = `batp-session=${await sessionOf('al-submitter')}`
    expect((await post(FILINGS, null, acquisition('AL'), { headers: { cookie, ...headers } as Record<string, string> })).status).toBe(201)
  })

  test('no other origin reads an answer', async () => {
    const { headers } = await get(FILINGS, 'al-submitter', { headers: { origin: 'https://evil.example' } })
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

/** The cookie of the browser that holds this credential, made as sign-in makes it. */
const sessionOf = async (who: string): Promise<string> => {
  const [{ encode }, { env }] = await Promise.all([import('next-auth/jwt'), import('../../lib/shared/env.ts')])
  return encode({ token: { credential: `demo-${who}` }, secret: env().secret })
}

describe('what is asked', () => {
  test.each([
    ['an unknown parameter', `${FILINGS}?colour=red`, '/colour'], ['one stated twice', `${FILINGS}?participant=RS&participant=HR`, '/participant'],
    ['a participant that is none', `${FILINGS}?participant=XX`, '/participant'], ['a page too long', `${FILINGS}?limit=201`, '/limit'],
    ['a page of text', `${FILINGS}?limit=many`, '/limit'], ['another’s cursor', `${FILINGS}?cursor=abc`, '/cursor'],
    ['a cursor of another list', `${FILINGS}?cursor=${Buffer.from(`["x","${someId}"]`).toString('base64url')}`, '/cursor'],
    ['a cursor with a NUL', `${FILINGS}?sort=type&cursor=${Buffer.from(`["\\u0000","${someId}"]`).toString('base64url')}`, '/cursor'],
    ['a day that does not exist', `${FILINGS}?from=2026-02-30`, '/from'], ['the year 0', `${FILINGS}?from=0000-01-01`, '/from'],
    ['the last year of all', `${FILINGS}?to=9999-12-31`, '/to'], ['a NUL', `${FILINGS}?q=%00`, '/q'], ['a sort that is none', `${FILINGS}?sort=salary`, '/sort'],
    ['a year of text', '/api/v1/holdings?year=soon', '/year'], ['what there is none of', '/api/v1/rules?id=x', '/id'],
  ])('%s is refused by its name', async (_what, address, pointer) => {
    const answer = await get(address)
    expectProblem(answer, 422, 'invalid')
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer, parameter: pointer.slice(1) })])
  })

  test('blank filters are none, as a form sends them', async () => {
    expect((await get(`${FILINGS}?participant=&kind=&from=&q=`)).status).toBe(200)
  })

  test('quotes and percent signs are text', async () => {
    for (const q of ["' OR 1=1--", '%27%3B drop table filings', '🛩', 'a&!|:*()', '\\']) expect((await get(`${FILINGS}?q=${encodeURIComponent(q)}`)).status).toBe(200)
  })

  test.each(['nothing', '..%2f..%2fetc', `${someId}x`, someId])('the filing “%s” is not there', async (id) => {
    for (const part of ['', '/history', '/receipt']) expectProblem(await get(`${FILINGS}/${id}${part}`), 404, 'not_found')
  })

  test('an id in the body does not stand against the one in the path', async () => {
    expect(pointers(await post(`${FILINGS}/${someId}/withdraw`, 'al-submitter', { id: someId, reason: 'A reason.' }))).toEqual(['/id'])
  })

  test.each(['PUT', 'PATCH', 'DELETE'] as const)('%s is refused everywhere, with what is allowed', async (method) => {
    const answer = await call(method, FILINGS, { as: 'al-submitter' })
    expectProblem(answer, 405, 'method_not_allowed')
    expect(answer.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS')
    expect((await call(method, '/api/v1/alerts')).headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })

  test('a write is no read: POST where there is only GET, GET where there is only POST', async () => {
    expectProblem(await post('/api/v1/alerts', 'al-submitter', {}), 405, 'method_not_allowed')
    expectProblem(await get(`${FILINGS}/${someId}/approve`, 'al-approver'), 405, 'method_not_allowed')
    expect((await call('OPTIONS', FILINGS)).status).toBe(204)
  })
})
