import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../lib/db/seed.ts'
import { rows } from '../../lib/db/client.ts'
import { listDrafts } from '../../lib/filings/queries.ts'
import { changeAccount, signIn, signOut } from '../../lib/users/commands.ts'
import { getViewer, listAccounts } from '../../lib/users/queries.ts'
import { codeOf, count, refusalOf } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'

const register = useRegister()
const session = async (email: string): Promise<string> => (await signIn(as(null, { ip: null }), { email, password: DEMO_PASSWORD })).token
const cookie = (credential: string, more = {}) => as(null, { credential, ...more })
const roleOf = async (token: string, more = {}) => (await getViewer(cookie(token, more), {})).role
const hash = (token: string) => sql`token_hash = sha256(convert_to(${token}, 'UTF8'))`
const idOf = async (email: string) =>
  (await rows<{ id: string }>(register().owner, sql`select id from users where email = ${email}`))[0]!.id

describe('signing out', () => {
  test('ends the session in the database: a copy of its cookie is worth nothing afterwards', async () => {
    const [mine, elsewhere] = [await session('submitter@hr.demo'), await session('submitter@hr.demo')]
    expect(await signOut(cookie(mine), {})).toEqual({ signedOut: true })
    expect(await roleOf(mine)).toBe('public')
    expect(await codeOf(listDrafts(cookie(mine), {}))).toBe('unauthenticated')
    expect(await roleOf(elsewhere)).toBe('submitter')
    expect(await count(register(), 'audit_events', "type = 'account.sign_out' and outcome = 'done' and user_id is not null")).toBe(1)
  })

  test('twice, or by nobody, does no harm', async () => {
    const mine = await session('submitter@hr.demo')
    for (const caller of [cookie(mine), cookie(mine), as(null)]) expect(await signOut(caller, {})).toEqual({ signedOut: true })
  })

  test('of a key ends the key', async () => {
    expect((await getViewer(as('xk-verifier'), {})).role).toBe('verifier')
    await signOut(as('xk-verifier'), {})
    expect(await codeOf(getViewer(as('xk-verifier'), {}))).toBe('unauthenticated')
  })
})

describe('a session', () => {
  test('ends after 30 minutes without use, and lives on while it is used', async () => {
    const token = await session('submitter@al.demo')
    await register().owner.execute(sql`update sessions set last_seen_at = now() - interval '29 minutes' where ${hash(token)}`)
    expect(await roleOf(token)).toBe('submitter')
    const [seen] = await rows<{ fresh: boolean }>(
      register().owner,
      sql`select last_seen_at > now() - interval '1 minute' as fresh from sessions where ${hash(token)}`,
    )
    expect(seen!.fresh).toBe(true)
    await register().owner.execute(sql`update sessions set last_seen_at = now() - interval '30 minutes 1 second' where ${hash(token)}`)
    expect(await roleOf(token)).toBe('public')
    expect(await roleOf(token)).toBe('public')
  })

  test('is not kept alive by a page that was left open', async () => {
    const token = await session('submitter@al.demo')
    await register().owner.execute(sql`update sessions set last_seen_at = now() - interval '20 minutes' where ${hash(token)}`)
    expect(await roleOf(token, { passive: true })).toBe('submitter')
    const [seen] = await rows<{ old: boolean }>(
      register().owner,
      sql`select last_seen_at < now() - interval '19 minutes' as old from sessions where ${hash(token)}`,
    )
    expect(seen!.old).toBe(true)
  })

  test('ends after 12 hours, used or not', async () => {
    const token = await session('submitter@al.demo')
    const [life] = await rows<{ hours: number }>(
      register().owner,
      sql`select round(extract(epoch from expires_at - created_at) / 3600)::int as hours from sessions where ${hash(token)}`,
    )
    expect(life!.hours).toBe(12)
    await register().owner.execute(sql`update sessions set expires_at = now() - interval '1 second' where ${hash(token)}`)
    expect(await roleOf(token)).toBe('public')
  })

  test('takes its role from the account at every request: a change holds for the next one', async () => {
    const token = await session('approver@mk.demo')
    expect(await roleOf(token)).toBe('approver')
    await register().owner.execute(sql`update users set role = 'observer', participant = null where email = 'approver@mk.demo'`)
    expect(await getViewer(cookie(token), {})).toMatchObject({ role: 'observer', participant: null })
  })

  test('a bearer key that is unknown is refused, not read as the public; a dead cookie is the public', async () => {
    expect(await refusalOf(getViewer(as(null, { credential: 'demo-nobody', strict: true }), {}))).toMatchObject({
      code: 'unauthenticated',
      message: expect.stringContaining('key'),
    })
    expect(await roleOf('demo-nobody')).toBe('public')
  })
})

describe('an account that is disabled', () => {
  test('loses every session and key at once, and gets none back by being enabled again', async () => {
    const token = await session('submitter@ba.demo')
    const id = await idOf('submitter@ba.demo')
    await changeAccount(as('secretariat'), { id, disabled: true })
    expect(await roleOf(token)).toBe('public')
    expect(await codeOf(getViewer(as('ba-submitter'), {}))).toBe('unauthenticated')
    expect(await codeOf(session('submitter@ba.demo'))).toBe('unauthenticated')
    expect((await listAccounts(as('secretariat'), {})).find((account) => account.id === id)!.disabled).toBe(true)
    await changeAccount(as('secretariat'), { id, disabled: false })
    expect(await roleOf(token)).toBe('public')
    expect(await roleOf(await session('submitter@ba.demo'))).toBe('submitter')
    expect(await count(register(), 'role_grants', `user_id = '${id}'`)).toBe(3)
  })

  test('is not one’s own', async () => {
    expect(await codeOf(changeAccount(as('secretariat'), { id: await idOf('secretariat@batp.demo'), disabled: true }))).toBe('conflict')
    expect((await getViewer(as('secretariat'), {})).role).toBe('secretariat')
  })

  test('the list of accounts holds no secret', async () => {
    expect(JSON.stringify(await listAccounts(as('secretariat'), {}))).not.toMatch(/argon|hash|token|password/i)
  })
})
