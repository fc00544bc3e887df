import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { acknowledgeAlert } from '../../lib/alerts/commands.ts'
import { amendFiling, submitFiling } from '../../lib/filings/commands.ts'
import { previewFiling } from '../../lib/filings/queries.ts'
import { codeOf, count, refusalOf } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { acquisition, an } from '../support/factories.ts'

const register = useRegister()
const given = () => an.acquisition('ME') as never
const withKey = (key = randomUUID(), who = 'me-submitter') => as(who, { idempotencyKey: key })

describe('an idempotency key', () => {
  test('gives the first answer again, to the letter, and files once', async () => {
    const key = randomUUID()
    const first = await submitFiling(withKey(key), given())
    const before = await count(register(), 'filings')
    expect(await submitFiling(withKey(key), given())).toEqual(first)
    expect(JSON.stringify(await submitFiling(withKey(key), given()))).toBe(JSON.stringify(first))
    expect(await count(register(), 'filings')).toBe(before)
    expect(await count(register(), 'alerts', `filing_id = '${first.filing.id}'`)).toBe(first.alerts.length)
  })

  test('sent with another body, or to another operation, is refused and stores nothing', async () => {
    const key = randomUUID()
    const { filing } = await submitFiling(withKey(key), given())
    const before = await count(register(), 'filings')
    expect(await refusalOf(submitFiling(withKey(key), an.acquisition('ME', { quantity: 13 }) as never))).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('another request'),
    })
    expect(await codeOf(amendFiling(withKey(key), { id: filing.id, payload: acquisition(), reason: 'By the same key.' }))).toBe('invalid')
    expect(await count(register(), 'filings')).toBe(before)
  })

  test('is the same for the same body in another order of its members', async () => {
    const key = randomUUID()
    const first = await submitFiling(withKey(key), given())
    const reversed = Object.fromEntries(Object.entries(acquisition()).toReversed())
    expect(await submitFiling(withKey(key), { participant: 'ME', payload: reversed, kind: 'notification.acquisition' } as never)).toEqual(
      first,
    )
  })

  test('of one account says nothing to another account that uses the same', async () => {
    const key = randomUUID()
    const first = await submitFiling(withKey(key), given())
    const second = await submitFiling(withKey(key, 'me-approver'), given())
    expect(second.filing.id).not.toBe(first.filing.id)
  })

  test('of a refused request may be used for the corrected one', async () => {
    const key = randomUUID()
    expect(await codeOf(submitFiling(withKey(key), an.acquisition('ME', { quantity: -1 }) as never))).toBe('invalid')
    expect((await submitFiling(withKey(key), given())).filing.status).toBe('filed')
  })

  test('of an acknowledgement gives its first time again', async () => {
    const { filing, alerts } = await submitFiling(withKey(), given())
    const { id } = alerts.find(({ recipients }) => recipients.includes('AL'))!
    const key = randomUUID()
    const early = new Date(Date.now() - 60_000)
    const first = await acknowledgeAlert(as('al-submitter', { idempotencyKey: key, now: early }), { id })
    expect(first).toMatchObject({ filing: filing.id, acknowledgedAt: early.toISOString() })
    expect(await acknowledgeAlert(as('al-submitter', { idempotencyKey: key }), { id })).toEqual(first)
  })

  test('sent fifty times at once files once and answers fifty times the same', async () => {
    const key = randomUUID()
    const before = await count(register(), 'filings')
    const answers = await Promise.all(Array.from({ length: 50 }, () => submitFiling(withKey(key), given())))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await count(register(), 'filings')).toBe(before + 1)
    expect(await count(register(), 'audit_events', `subject = '${answers[0]!.filing.id}'`)).toBe(1)
  })
})

test('a preview stores nothing, with a key or without', async () => {
  const before = await Promise.all(['filings', 'idempotency_keys', 'audit_events', 'pgboss.job'].map((table) => count(register(), table)))
  await previewFiling(withKey(), given())
  expect(await Promise.all(['filings', 'idempotency_keys', 'audit_events', 'pgboss.job'].map((table) => count(register(), table)))).toEqual(
    before,
  )
})

describe('what no database holds', () => {
  const NUL = 'Air\u0000policing'
  const HALF = 'Air \ud800 policing'
  test.each([
    ['a NUL character', NUL],
    ['half a surrogate pair', HALF],
  ])('%s is refused in words', async (_what, purpose) => {
    for (const caller of [as('me-submitter'), withKey()])
      expect(await codeOf(submitFiling(caller, an.acquisition('ME', { purpose }) as never))).toBe('invalid')
  })
})
