import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { amendFiling, submitFiling, withdrawFiling } from '../../lib/filings/commands.ts'
import { getFiling, getReceipt, listFilings } from '../../lib/filings/queries.ts'
import { latestHoldings } from '../../lib/analysis/queries.ts'
import { codeOf, filed, refusalOf } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { acquisition, an, holdings, type Payload } from '../support/factories.ts'

const register = useRegister()
const me = as('me-submitter')
const submit = (payload: Payload, who = 'ME') =>
  submitFiling(as(`${who.toLowerCase()}-submitter`), { kind: 'notification.acquisition', participant: who as 'ME', payload })
const begin = async (overrides = {}): Promise<string> => (await submit(acquisition(overrides))).filing.id
const delivered = (n: number, previous: string, more = {}) =>
  acquisition({ stage: 'first_delivery', delivered: n, deliveredOn: '2025-05-02', previous, ...more })

describe('the next stage', () => {
  test('goes forward, may skip, may report more of a delivery, and never goes back', async () => {
    const planned = await begin({ stage: 'planned', decidedOn: '2024-04-09', signedOn: undefined, deliveries: undefined })
    const first = (await submit(delivered(3, planned))).filing
    expect(first.version).toBe(2)
    const more = (await submit(delivered(7, first.id))).filing
    expect(more).toMatchObject({ version: 3, number: first.number })
    expect(await refusalOf(submit(acquisition({ previous: more.id })))).toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/payload/stage' }],
    })
    const done = (await submit(acquisition({ stage: 'incorporated', previous: more.id }))).filing
    expect(await codeOf(submit(acquisition({ stage: 'incorporated', previous: done.id })))).toBe('invalid')
    expect((await getFiling(me, { id: done.id })).versions.map(({ action }) => action)).toEqual(['file', 'stage', 'stage', 'stage'])
  })

  test('follows an own filing of the same kind and category, at its newest version', async () => {
    const id = await begin()
    const next = (await submit(delivered(3, id))).filing.id
    const theirs = (await submit(acquisition(), 'AL')).filing.id
    const disposed = (await filed(an.disposal('ME'))).filing.id
    for (const previous of [theirs, disposed, randomUUID()]) {
      expect(await refusalOf(submit(delivered(3, previous)))).toMatchObject({ code: 'invalid', fields: [{ pointer: '/payload/previous' }] })
    }
    expect(await refusalOf(submit(delivered(4, id)))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('newer version (2)'),
    })
    expect(await refusalOf(submit(delivered(4, next, { category: 'Va' })))).toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/payload/category' }],
    })
    expect(await codeOf(submit(delivered(4, 'not-an-id')))).toBe('invalid')
  })

  test('does not mind the case of an id', async () => {
    const id = await begin()
    expect((await submit(delivered(3, id.toUpperCase()))).filing.version).toBe(2)
    expect((await getFiling(me, { id: id.toUpperCase() })).version).toMatchObject({ id, version: 1 })
  })

  test('of a withdrawn entry is a conflict', async () => {
    const id = await begin()
    const { filing } = await withdrawFiling(me, { id, reason: 'The contract was cancelled.' })
    for (const previous of [id, filing.id])
      expect(await refusalOf(submit(delivered(3, previous)))).toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('withdrawn'),
      })
  })
})

describe('an amendment', () => {
  test('takes the place of the newest version, with its reason, and changes no earlier one', async () => {
    const id = await begin({ quantity: 12 })
    const before = await getReceipt(as(null), { id })
    const { filing } = await amendFiling(me, { id, payload: acquisition({ quantity: 14 }), reason: 'Two more by the option of May.' })
    expect(await getReceipt(as(null), { id })).toEqual(before)
    const { entry, versions } = await getFiling(as(null), { id })
    expect(entry).toMatchObject({ id: filing.id, version: 2, quantity: 14 })
    expect(versions.map(({ version, status, payload: { quantity } }) => ({ version, status, quantity }))).toEqual([
      { version: 1, status: 'superseded', quantity: 12 },
      { version: 2, status: 'filed', quantity: 14 },
    ])
    expect(await refusalOf(amendFiling(me, { id, payload: acquisition(), reason: 'Back again.' }))).toMatchObject({ code: 'conflict' })
  })

  test('needs a reason, an own filing and a payload that holds', async () => {
    const id = await begin()
    expect(await refusalOf(amendFiling(me, { id, payload: acquisition(), reason: ' ' }))).toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/reason' }],
    })
    expect(await codeOf(amendFiling(as('al-submitter'), { id, payload: acquisition(), reason: 'Not mine.' }))).toBe('not_found')
    expect(await codeOf(amendFiling(me, { id: randomUUID(), payload: acquisition(), reason: 'No such.' }))).toBe('not_found')
    expect(await refusalOf(amendFiling(me, { id, payload: acquisition({ quantity: 1.5 }), reason: 'A half.' }))).toMatchObject({
      fields: [{ pointer: '/payload/quantity' }],
    })
  })

  test('points to no filing of another entry, its own or another’s', async () => {
    const id = await begin()
    const next = (await submit(delivered(3, id))).filing.id
    for (const previous of [await begin(), (await submit(acquisition(), 'AL')).filing.id, randomUUID()]) {
      expect(await refusalOf(amendFiling(me, { id: next, payload: delivered(4, previous), reason: 'Four.' }))).toMatchObject({
        code: 'invalid',
        fields: [{ pointer: '/payload/previous' }],
      })
    }
    expect((await amendFiling(me, { id: next, payload: delivered(4, id), reason: 'Four.' })).filing.version).toBe(3)
  })

  test('may correct a category that was wrong from the beginning', async () => {
    const id = await begin({ type: 'Vihor M-99', category: 'III' })
    expect(
      (await amendFiling(me, { id, payload: acquisition({ type: 'Vihor M-99', category: 'I' }), reason: 'A tank.' })).filing.version,
    ).toBe(2)
  })
})

describe('a withdrawal', () => {
  test('closes the entry with its reason; every version stays readable', async () => {
    const id = await begin()
    const { filing, alerts } = await withdrawFiling(me, { id, reason: 'The contract was cancelled.' })
    expect(filing).toMatchObject({ status: 'withdrawn', version: 2 })
    expect(alerts).toEqual([])
    const { entry, versions } = await getFiling(as(null), { id })
    expect(entry.status).toBe('withdrawn')
    expect(versions.map(({ status, reason }) => [status, reason])).toEqual([
      ['superseded', null],
      ['withdrawn', 'The contract was cancelled.'],
    ])
    expect((await listFilings(as(null), { status: 'withdrawn' })).items.map((item) => item.id)).toContain(filing.id)
    expect(await codeOf(withdrawFiling(me, { id: filing.id, reason: 'Again.' }))).toBe('conflict')
    expect(await codeOf(withdrawFiling(as('al-submitter'), { id: filing.id, reason: 'Not mine.' }))).toBe('not_found')
  })

  test('of a declaration takes its figures out of the totals; an amendment replaces them', async () => {
    const tanks = async () =>
      (await latestHoldings(as(null), { participant: 'MK' })).find(({ category }) => category === 'I')?.total ?? null
    const { filing } = await filed(an.holdings('MK'))
    expect(await tanks()).toBe(211)
    const lines = [{ category: 'I', type: 'T-72', inService: 31, inStorage: 0 }]
    const amended = await amendFiling(as('mk-submitter'), { id: filing.id, payload: holdings({ lines }), reason: 'Counted again.' })
    expect(await tanks()).toBe(31)
    await withdrawFiling(as('mk-submitter'), { id: amended.filing.id, reason: 'Filed for the wrong year.' })
    expect(await tanks()).toBeNull()
  })
})

describe('a type in the wrong category', () => {
  test('is refused at the category, with the one it is known in', async () => {
    await submit(acquisition({ type: 'Rafale F3-R' }))
    expect(await refusalOf(submit(acquisition({ type: 'rafale f3r', category: 'I' })))).toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/payload/category', message: expect.stringContaining('IVa · Manned combat aircraft') }],
    })
    const lines = [
      { category: 'I', type: 'M-84', inService: 1, inStorage: 0 },
      { category: 'II', type: 'Rafale F3-R', inService: 1, inStorage: 0 },
    ]
    expect(
      await refusalOf(submitFiling(me, { kind: 'declaration.holdings', participant: 'ME', payload: holdings({ lines }) })),
    ).toMatchObject({ fields: [{ pointer: '/payload/lines/1/category' }] })
  })

  test('is accepted where armament decides: TB2 armed and unarmed', async () => {
    await submit(acquisition({ type: 'Bayraktar TB2', category: 'E2' }))
    expect((await submit(acquisition({ type: 'Bayraktar TB2', category: 'IVb' }), 'AL')).filing.status).toBe('filed')
  })
})

test.skipIf(!process.env.BATP_TEST_DATABASE_URL)(
  'of 50 amendments at once exactly one wins, the others hear it in words (PGlite has one session: nothing is parallel there)',
  async () => {
    const id = await begin()
    const attempts = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        amendFiling(as('me-submitter'), { id, payload: acquisition({ quantity: n + 20 }), reason: `Attempt ${n}.` }),
      ),
    )
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = attempts.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))
    expect(new Set(refused)).toEqual(new Set(['conflict']))
    expect((await getFiling(me, { id })).versions).toHaveLength(2)
    expect(register().engine).toBe('postgres')
  },
)
