import { describe, expect, test } from 'vitest'
import { filed } from '../support/context.ts'
import { useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { acquisition, disposal, expectProblem, get, HOLDINGS, holdings, pointers, post, RAFALE, type Answered } from './support.ts'

useRegister()

const file = async (who: string, body: ReturnType<typeof acquisition>): Promise<Answered['body']> => {
  const answer = await post('/api/v1/filings', who, body)
  expect({ status: answer.status, problems: answer.body.errors }).toEqual({ status: 201, problems: undefined })
  return answer.body
}
/** For Albania one pair of eyes is enough. */
const filedByAlbania = async (body = acquisition('AL')) => (await file('al-submitter', body)).filing

describe('filing', () => {
  test.each([['acquisition', acquisition('AL')], ['disposal', disposal('AL')], ['declaration', holdings('AL')]])(
    'Albania files the %s of the specification at once, with a receipt', async (_what, body) => {
      const { status, body: answer, headers } = await post('/api/v1/filings', 'al-submitter', body)
      expect(status).toBe(201)
      expect(answer.filing).toMatchObject({ kind: body.kind, participant: 'AL', version: 1, status: 'filed', filedAt: expect.stringMatching(/Z$/) })
      expect(answer.receipt).toMatchObject({ filing: answer.filing.id, number: answer.filing.number, commitment: expect.stringMatching(/^[0-9a-f]{64}$/) })
      expect(headers.get('location')).toBe(`/api/v1/filings/${answer.filing.id}`)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    })

  test.each([['RS', acquisition('RS')], ['HR', disposal('HR')], ['RS', holdings('RS')]])(
    'what %s files awaits a second pair of eyes, and alerts nobody yet', async (participant, body) => {
      const who = participant.toLowerCase()
      const { filing, alerts, receipt } = await file(`${who}-submitter`, body)
      expect(filing).toMatchObject({ participant, status: 'awaiting_approval', number: null, filedAt: null })
      expect({ alerts, receipt }).toEqual({ alerts: [], receipt: null })
      expect((await get(`/api/v1/filings/${filing.id}`, `${who}-approver`)).body).toMatchObject({ id: filing.id, status: 'awaiting_approval', payload: body.payload })
      for (const other of [null, 'al-submitter', 'observer', 'secretariat', 'verifier1']) expectProblem(await get(`/api/v1/filings/${filing.id}`, other), 404, 'not_found')
    })

  test('Serbia’s approver releases it: numbered, with its alerts, told to each neighbour, and to Albania only where all are told', async () => {
    const { filing } = await file('rs-submitter', acquisition('RS'))
    const { status, body } = await post(`/api/v1/filings/${filing.id}/approve`, 'rs-approver')
    expect(status).toBe(200)
    expect(body.filing).toMatchObject({ id: filing.id, status: 'filed', number: expect.stringMatching(/^RS-\d{4}-\d{4}$/) })
    expect(body.alerts.length).toBeGreaterThan(0)
    for (const alert of body.alerts) {
      expect(alert).toMatchObject({
        id: expect.any(String), rule: expect.any(String), version: expect.any(Number), severity: expect.stringMatching(/^(info|notice|warning|critical)$/),
        recipients: expect.any(Array), measured: expect.any(String), threshold: expect.any(String), explanation: expect.any(String),
      })
    }
    const told = (body.alerts as { reasons: { recipient: string; reason: string }[] }[]).flatMap(({ reasons }) => reasons)
    for (const neighbour of ['BA', 'HR', 'XK', 'ME', 'MK']) expect(told.map(({ recipient }) => recipient)).toContain(neighbour)
    for (const { recipient, reason } of told) if (recipient === 'AL') expect(reason).toMatch(/every participant/)
    expect(told.map(({ recipient }) => recipient)).not.toContain('RS')
    expectProblem(await post(`/api/v1/filings/${filing.id}/approve`, 'rs-approver'), 409, 'conflict')
  })

  test('Serbia’s approver returns it with a remark, which the submitter reads', async () => {
    const { filing } = await file('rs-submitter', acquisition('RS'))
    expectProblem(await post(`/api/v1/filings/${filing.id}/return`, 'rs-approver', {}), 422, 'invalid')
    const { status, body } = await post(`/api/v1/filings/${filing.id}/return`, 'rs-approver', { remark: 'The value is of 2023.' })
    expect({ status, body }).toMatchObject({ status: 200, body: { filing: { id: filing.id, status: 'returned' }, remark: 'The value is of 2023.' } })
    expect((await get(`/api/v1/filings/${filing.id}`, 'rs-submitter')).body).toMatchObject({ status: 'returned', remark: 'The value is of 2023.' })
  })

  test('a submitter does not release, a neighbour’s approver finds nothing to release', async () => {
    const { filing } = await file('rs-submitter', acquisition('RS'))
    expectProblem(await post(`/api/v1/filings/${filing.id}/approve`, 'rs-submitter'), 403, 'forbidden')
    expectProblem(await post(`/api/v1/filings/${filing.id}/approve`, 'hr-approver'), 404, 'not_found')
    expectProblem(await post(`/api/v1/filings/${filing.id}/approve`, null), 401, 'unauthenticated')
  })
})

describe('versions', () => {
  test('an amendment supersedes with a reason, and the history shows what it changed', async () => {
    const first = await filedByAlbania()
    const payload = { ...RAFALE, value: { amount: 2_500_000_000, currency: 'EUR' } }
    const { status, body, headers } = await post(`/api/v1/filings/${first.id}/amend`, 'al-submitter', { payload, reason: 'The value was that of an earlier offer.' })
    expect(status).toBe(201)
    expect(body.filing).toMatchObject({ number: first.number, version: 2, status: 'filed' })
    expect(headers.get('location')).toBe(`/api/v1/filings/${body.filing.id}`)
    const history = (await get(`/api/v1/filings/${body.filing.id}/history`, 'al-approver')).body
    expect(history).toMatchObject({
      next: null,
      items: [
        { version: 1, action: 'file', status: 'superseded', reason: null, changes: [], people: { draftedBy: expect.any(String) }, payload: RAFALE },
        {
          version: 2, action: 'amend', status: 'filed', reason: 'The value was that of an earlier offer.', payload,
          changes: [{ pointer: '/value', label: 'Value', before: RAFALE.value, after: payload.value }],
        },
      ],
    })
    expect((await get(`/api/v1/filings/${first.id}`, 'hr-submitter')).body).toMatchObject({ status: 'superseded', newest: body.filing.id })
    expectProblem(await post(`/api/v1/filings/${first.id}/amend`, 'al-submitter', { payload, reason: 'Once more, of the old one.' }), 409, 'conflict')
  })

  test('the next stage is filed as a version of the same entry', async () => {
    const first = await filedByAlbania()
    const next = await filedByAlbania(acquisition('AL', { stage: 'first_delivery', delivered: 3, previous: first.id }))
    expect(next).toMatchObject({ number: first.number, version: 2 })
    const { body } = await get(`/api/v1/filings/${next.id}/history`)
    expect(body.items[1]).toMatchObject({ action: 'stage', changes: expect.arrayContaining([{ pointer: '/stage', label: 'Stage', before: 'contracted', after: 'first_delivery' }]) })
  })

  test('a withdrawal closes the entry with a reason, and all of it stays readable', async () => {
    const first = await filedByAlbania()
    expect(pointers(await post(`/api/v1/filings/${first.id}/withdraw`, 'al-submitter', {}))).toEqual(['/reason'])
    const { status, body } = await post(`/api/v1/filings/${first.id}/withdraw`, 'al-submitter', { reason: 'The contract was cancelled.' })
    expect({ status, body }).toMatchObject({ status: 200, body: { filing: { number: first.number, version: 2, status: 'withdrawn' } } })
    const { items } = (await get(`/api/v1/filings/${first.id}/history`)).body
    expect(items.map((item: { status: string }) => item.status)).toEqual(['superseded', 'withdrawn'])
    expect(items.map((item: { reason: string | null }) => item.reason)).toEqual([null, 'The contract was cancelled.'])
  })

  test('reasons are read by the public, as the forms say', async () => {
    const { id } = await filedByAlbania()
    const amended = (await post(`/api/v1/filings/${id}/amend`, 'al-submitter', { payload: { ...RAFALE, quantity: 13 }, reason: 'One more was ordered.' })).body.filing
    for (const who of [null, 'observer', 'hr-submitter']) {
      expect((await get(`/api/v1/filings/${amended.id}`, who)).body).toMatchObject({ action: 'amend', reason: 'One more was ordered.' })
    }
  })

  test('others neither amend nor withdraw, and do not learn whether it is there', async () => {
    const { id } = await filedByAlbania()
    expectProblem(await post(`/api/v1/filings/${id}/amend`, 'rs-submitter', { payload: RAFALE, reason: 'Not ours.' }), 404, 'not_found')
    expectProblem(await post(`/api/v1/filings/${id}/withdraw`, 'rs-submitter', { reason: 'Not ours.' }), 404, 'not_found')
    expectProblem(await post(`/api/v1/filings/${id}/withdraw`, 'observer', { reason: 'Not ours.' }), 403, 'forbidden')
  })
})

describe('reading', () => {
  test('each audience reads its own fields: a value is for participants, a site for verifiers and the owner', async () => {
    const { id } = await filedByAlbania()
    const declared = await filedByAlbania(holdings('AL', { asOf: '2025-01-01' }))
    const fields = async (of: string, who: string | null) => Object.keys((await get(`/api/v1/filings/${of}`, who)).body.payload)
    expect(await fields(id, null)).not.toContain('purpose')
    expect(await fields(id, 'observer')).toContain('purpose')
    expect(await fields(id, 'observer')).not.toContain('value')
    expect(await fields(id, 'hr-submitter')).toContain('value')
    expect(await fields(declared.id, null)).not.toContain('lines')
    expect((await get(`/api/v1/filings/${declared.id}`, 'hr-submitter')).body.payload.lines[0]).not.toHaveProperty('site')
    expect((await get(`/api/v1/filings/${declared.id}`, 'verifier1')).body.payload.lines[0]).toMatchObject({ site: HOLDINGS.lines[0]!.site })
    expect((await get(`/api/v1/filings/${id}/history`)).body.items[0]).not.toHaveProperty('people')
  })

  test('the list filters, sorts and pages; a supplier and a recipient have their own names', async () => {
    await filedByAlbania()
    await filedByAlbania(disposal('AL'))
    const first = (await get('/api/v1/filings?participant=AL&sort=number&limit=2')).body
    expect(first.items).toHaveLength(2)
    expect(first.total).toBeGreaterThan(2)
    const second = (await get(`/api/v1/filings?participant=AL&sort=number&limit=2&cursor=${first.next}`)).body
    expect(second.items.map(({ number }: { number: string }) => number).toSorted()[0] > first.items[1].number).toBe(true)
    const [sold] = (await get('/api/v1/filings?kind=notification.disposal&limit=1')).body.items
    expect(sold).toMatchObject({ kind: 'notification.disposal', recipient: 'UA' })
    const [bought] = (await get('/api/v1/filings?kind=notification.acquisition&category=IVa&q=rafale&limit=1')).body.items
    expect(bought).toMatchObject({ type: 'Rafale F3-R', supplier: 'FR' })
  })

  test.each(['filedAt', '-filedAt', 'participant', '-quantity', 'type', '-number'])('pages by %s meet every entry once', async (sort) => {
    const total = (await get('/api/v1/filings?limit=1')).body.total as number
    const met: string[] = []
    let cursor = ''
    do {
      const { body } = await get(`/api/v1/filings?sort=${sort}&limit=3${cursor && `&cursor=${cursor}`}`)
      met.push(...body.items.map(({ id }: { id: string }) => id))
      cursor = body.next ?? ''
    } while (cursor)
    expect(new Set(met).size).toBe(total)
    expect(met).toHaveLength(total)
  })

  test('from begins with a day, a month or a year; to ends with the last moment of it', async () => {
    const days = ['2019-12-31T23:59:59Z', '2020-01-01T00:00:00Z', '2020-02-29T23:59:59Z', '2020-03-01T00:00:00Z', '2020-12-31T23:59:59Z', '2021-01-01T00:00:00Z']
    for (const day of days) await filed(an.disposal('MK', { decidedOn: '2019-01-10' }), new Date(day))
    const found = async (words: string) =>
      (await get(`/api/v1/filings?participant=MK&sort=filedAt&${words}`)).body.items.map(({ filedAt }: { filedAt: string }) => filedAt.replace('.000', ''))
    expect(await found('to=2020')).toEqual(days.slice(0, 5))
    expect(await found('from=2020&to=2020')).toEqual(days.slice(1, 5))
    expect(await found('from=2020-02&to=2020-02')).toEqual(days.slice(2, 3))
    expect(await found('from=2020-03-01&to=2020-12')).toEqual(days.slice(3, 5))
    expect(await found('to=2019')).toEqual(days.slice(0, 1))
    expect(await found('to=2020-02-29')).toEqual(days.slice(0, 3))
    for (const period of ['2020-13', '2020-00', '202', '2020-2', '2020-02-30', '2020-W10', '1899', '2100']) {
      expectProblem(await get(`/api/v1/filings?to=${period}`), 422, 'invalid')
    }
  })

  test('a receipt is the same for everyone', async () => {
    const { filing, receipt } = await file('al-submitter', acquisition('AL'))
    expect((await get(`/api/v1/filings/${filing.id}/receipt`)).body).toEqual(receipt)
  })
})

describe('verification', () => {
  test('two verifiers of different origin decide; the owner’s own is refused', async () => {
    const { id } = await filedByAlbania()
    const verify = (who: string | null, body = { decision: 'verified' } as { decision: string; remark?: string }) => post(`/api/v1/filings/${id}/verify`, who, body)
    expectProblem(await verify('al-verifier'), 403, 'forbidden')
    expectProblem(await verify('al-submitter'), 403, 'forbidden')
    expect(pointers(await verify('verifier1', { decision: 'discrepant' }))).toEqual(['/remark'])
    expect((await verify('verifier1')).body).toMatchObject({ verification: 'pending', signatures: 1 })
    expectProblem(await verify('verifier1'), 409, 'conflict')
    expect((await verify('hr-verifier', { decision: 'verified', remark: 'Seen at the plant.' })).body).toMatchObject({ verification: 'verified', signatures: 2 })
    expect((await get(`/api/v1/filings/${id}`)).body).toMatchObject({ verification: 'verified', signatures: 2 })
  })
})
