import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { hashPassword, newToken, tokenHash, verifyPassword } from '../../lib/auth/secrets.ts'
import { rows } from '../../lib/db/client.ts'
import { DEMO_PASSWORD } from '../../lib/db/seed.ts'
import { signIn } from '../../lib/users/commands.ts'
import { MAX_FAILURES_OF_ACCOUNT, MAX_FAILURES_OF_ADDRESS } from '../../lib/users/rules.ts'
import { getViewer } from '../../lib/users/queries.ts'
import { codeOf, count, refusalOf } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'

const register = useRegister()
let address = 0
/** From an address that nobody used before, so that one test's failures are not another's. */
const from = (ip = `198.51.100.${(address += 1)}`) => as(null, { ip })
const attempt = (email: string, password: string, caller = from()) => signIn(caller, { email, password })
const events = (email: string) =>
  rows<{ outcome: string; detail: { result: string } }>(
    register().owner,
    sql`select outcome, detail from audit_events where type = 'account.sign_in' and subject = ${email} order by at`,
  )

describe('a password', () => {
  test('is kept as argon2id with 19 MiB, two passes and one lane, and a salt of its own', async () => {
    const stored = await rows<{ password_hash: string }>(register().owner, sql`select password_hash from credentials`)
    for (const { password_hash } of stored)
      expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22,}\$[A-Za-z0-9+/]{43}$/)
    expect(new Set(stored.map(({ password_hash }) => password_hash)).size).toBe(stored.length)
  })

  test('counts to its last character, in every script', async () => {
    const long = `${'lozinka čćžšđ Ж 🔑 '.repeat(8)}end`
    const stored = await hashPassword(long)
    expect(await verifyPassword(stored, long)).toBe(true)
    expect(await verifyPassword(stored, `${long.slice(0, -1)}D`)).toBe(false)
    expect(await verifyPassword(stored, long.slice(0, 72))).toBe(false)
    expect(await verifyPassword(null, long)).toBe(false)
  })
})

describe('signing in', () => {
  test('gives a new session of 256 random bits, of which the database keeps the hash only', async () => {
    const [one, two] = [await attempt('submitter@hr.demo', DEMO_PASSWORD), await attempt('submitter@hr.demo', DEMO_PASSWORD)]
    expect(one.token).not.toBe(two.token)
    expect(Buffer.from(one.token, 'base64url')).toHaveLength(32)
    expect(await getViewer(as(null, { credential: one.token }), {})).toMatchObject({
      role: 'submitter',
      participant: 'HR',
      userId: one.userId,
    })
    const stored = await rows<{ text: string }>(
      register().owner,
      sql`select s::text as text from sessions s where token_hash = decode(${Buffer.from(tokenHash(one.token)).toString('hex')}, 'hex')`,
    )
    expect(stored).toHaveLength(1)
    expect(stored[0]!.text).not.toContain(one.token)
    expect(new Set(Array.from({ length: 10_000 }, newToken)).size).toBe(10_000)
  })

  test('does not mind capitals and blanks around the address', async () => {
    expect((await attempt('  Submitter@HR.demo ', DEMO_PASSWORD)).userId).toBe((await attempt('submitter@hr.demo', DEMO_PASSWORD)).userId)
  })

  test('says the same for a wrong password, an unknown account and a disabled one', async () => {
    await register().owner.execute(sql`update users set disabled_at = now() where email = 'verifier@mk.demo'`)
    const refusals = await Promise.all([
      refusalOf(attempt('submitter@al.demo', 'wrong password')),
      refusalOf(attempt('nobody@al.demo', 'wrong password')),
      refusalOf(attempt('verifier@mk.demo', DEMO_PASSWORD)),
    ])
    expect(new Set(refusals.map(({ code, message, fields }) => JSON.stringify([code, message, fields])))).toEqual(
      new Set([JSON.stringify(['unauthenticated', 'The e-mail address or the password is not right.', []])]),
    )
  })

  test('takes about as long for an unknown account as for a known one', async () => {
    const median = async (email: string) => {
      const times: number[] = []
      for (let n = 0; n < 7; n += 1) {
        const begun = performance.now()
        await refusalOf(attempt(email, 'wrong password', from()))
        times.push(performance.now() - begun)
      }
      return times.toSorted((a, b) => a - b)[3]!
    }
    await median('warm-up@al.demo')
    const [known, unknown] = [await median('approver@ba.demo'), await median('nobody@ba.demo')]
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(2.5)
  })

  test.each(["' or 1=1 --", 'submitter@hr.demo\u0000', '%', '*', '<script>', 'a'.repeat(254)])(
    'with %j as the address is refused like any other',
    async (email) => {
      expect(['unauthenticated', 'invalid']).toContain(await codeOf(attempt(email, DEMO_PASSWORD)))
    },
  )

  test('takes no password that is missing, blank or endless', async () => {
    for (const password of ['', 'x'.repeat(257), undefined as never])
      expect(await codeOf(attempt('submitter@hr.demo', password))).toBe('invalid')
  })

  test('is on record each time, with its outcome and never with the password', async () => {
    await attempt('approver@xk.demo', DEMO_PASSWORD)
    await refusalOf(attempt('approver@xk.demo', 'hunter2-wrong'))
    expect((await events('approver@xk.demo')).map(({ outcome, detail }) => [outcome, detail.result])).toEqual([
      ['done', 'signed_in'],
      ['refused', 'refused'],
    ])
    expect(
      await count(register(), 'audit_events', "audit_events::text like '%hunter2%' or audit_events::text like '%demo-password%'"),
    ).toBe(0)
  })
})

describe('guessing', () => {
  test('an account waits after so many failures, even with the right password, whoever asks', async () => {
    for (let n = 0; n < MAX_FAILURES_OF_ACCOUNT; n += 1)
      expect(await codeOf(attempt('submitter@me.demo', `guess ${n}`))).toBe('unauthenticated')
    expect(await refusalOf(attempt('submitter@me.demo', DEMO_PASSWORD))).toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining('15 minutes'),
    })
    expect((await events('submitter@me.demo')).at(-1)).toMatchObject({ outcome: 'refused', detail: { result: 'throttled' } })
    await register().owner.execute(sql`update sign_in_attempts set at = at - interval '16 minutes' where account = 'submitter@me.demo'`)
    expect((await attempt('submitter@me.demo', DEMO_PASSWORD)).token).toHaveLength(43)
  })

  test('forty guesses at once are not forty chances', async () => {
    const codes = await Promise.all(Array.from({ length: 40 }, (_, n) => codeOf(attempt('submitter@mk.demo', `guess ${n}`))))
    expect(codes.filter((code) => code === 'unauthenticated').length).toBeLessThan(20)
    expect(codes).toContain('rate_limited')
  })

  test('an account that does not exist waits just the same', async () => {
    for (let n = 0; n < MAX_FAILURES_OF_ACCOUNT; n += 1) await refusalOf(attempt('ghost@me.demo', `guess ${n}`))
    expect(await codeOf(attempt('ghost@me.demo', 'another'))).toBe('rate_limited')
  })

  test('a success in between starts the count of the account again', async () => {
    for (let n = 0; n < MAX_FAILURES_OF_ACCOUNT - 1; n += 1) await refusalOf(attempt('approver@me.demo', `guess ${n}`))
    await attempt('approver@me.demo', DEMO_PASSWORD)
    expect(await codeOf(attempt('approver@me.demo', 'one more'))).toBe('unauthenticated')
  })

  test('an address that tries many accounts waits, and other addresses do not', async () => {
    const caller = from('203.0.113.7')
    await register().owner.execute(sql`insert into sign_in_attempts (id, account, ip, succeeded, at)
      select gen_random_uuid(), 'someone' || n || '@x.demo', '203.0.113.7', false, now()
        from generate_series(1, ${MAX_FAILURES_OF_ADDRESS}::int) n`)
    expect(await codeOf(attempt('submitter@rs.demo', DEMO_PASSWORD, caller))).toBe('rate_limited')
    expect((await attempt('submitter@rs.demo', DEMO_PASSWORD)).token).toHaveLength(43)
  })
})
