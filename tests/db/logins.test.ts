import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rows } from '../../lib/db/client.ts'
import { getViewer } from '../../lib/users/queries.ts'
import { listDrafts } from '../../lib/filings/queries.ts'
import { saveDraft } from '../../lib/filings/commands.ts'
import { sqlState, under } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'

const register = useRegister()
const server = process.env.BATP_TEST_DATABASE_URL
const login = `batp_web_${randomUUID().slice(0, 8)}`
let web: postgres.Sql

/** What PGlite cannot show: its one login is a superuser, and nothing runs beside anything. */
describe.skipIf(!server)('a login that is a member of batp_app and of nothing else (PostgreSQL only)', () => {
  beforeAll(async () => {
    const url = new URL(register().raw.postgresUrl!)
    await register().owner.execute(sql.raw(`create role ${login} login noinherit password 'test'`))
    await register().owner.execute(sql.raw(`grant batp_app to ${login}`))
    url.username = login
    url.password = 'test'
    web = postgres(url.href, { max: 2, onnotice: () => {}, connection: { role: 'batp_app' } })
  })
  afterAll(async () => {
    await web.end()
    await register().owner.execute(sql.raw(`drop role ${login}`))
  })

  test.each([
    'set role postgres',
    'set session authorization postgres',
    "select set_config('role', 'postgres', true)",
    'set role batp_worker',
    'set role batp_auditor',
    "select set_config('role', 'batp_auditor', true)",
    'set role pg_read_all_data',
  ])('cannot become another role: %s', async (statement) => {
    expect(await sqlState(web.unsafe(statement))).toBe('42501')
  })

  test('is nobody when it puts its role down, and neither it nor its role passes row-level security', async () => {
    await web.begin(async (tx) => {
      await tx`select set_config('role', 'none', true)`
      expect(await tx`select current_user::text as me`).toEqual([{ me: login }])
      expect(await sqlState(tx.savepoint((inner) => inner`select 1 from filings`))).toBe('42501')
    })
    expect(
      [
        ...(await web`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles
          where rolname in (${login}, 'batp_app', 'batp_worker')`),
      ].flatMap((row) => Object.values(row)),
    ).toEqual(Array.from({ length: 15 }, () => false))
  })

  test.each([
    'create table mine (id int)',
    'alter table filings add column mine int',
    'drop table filings',
    'truncate filings',
    'create extension pgcrypto',
    'alter role batp_app superuser',
  ])('changes no schema: %s', async (statement) => {
    expect(await sqlState(web.unsafe(statement))).toBe('42501')
  })

  test('reads the register by it as the public does', async () => {
    expect((await web`select count(*)::int as n from participants`)[0]!.n).toBe(7)
    expect((await web`select count(*)::int as n from drafts`)[0]!.n).toBe(0)
  })
})

const PEOPLE = ['rs-submitter', 'hr-submitter', 'me-approver', 'al-submitter', 'secretariat', 'observer', 'verifier1', null]

describe('connections that many viewers share', () => {
  beforeAll(async () => {
    for (const code of ['RS', 'HR', 'ME', 'AL']) {
      await saveDraft(as(`${code.toLowerCase()}-submitter`), {
        id: randomUUID(),
        kind: 'notification.acquisition',
        payload: { type: code },
        revision: 0,
      })
    }
  })

  test('leak nothing from one to the next: 1,000 interleaved transactions (200 on PGlite, where nothing is parallel)', async () => {
    const ask = async (n: number): Promise<string[]> => {
      const who = PEOPLE[(n * 7 + (n >> 3)) % PEOPLE.length]!
      const token = who === null ? null : `demo-${who}`
      const isMinistry = who !== null && /-(submitter|approver)$/.test(who)
      const expected = isMinistry ? [who.slice(0, 2).toUpperCase()] : []
      const found = await under(register(), token, async (tx) => {
        if (n % 5 === 0) await rows(tx, sql`select pg_sleep(0.001)`)
        const drafts = await rows<{ participant: string }>(tx, sql`select participant from drafts`)
        if (n % 11 === 0) throw new Error('undone')
        return drafts
      }).catch((error: Error) => (error.message === 'undone' ? null : Promise.reject(error)))
      return found === null || JSON.stringify(found.map(({ participant }) => participant)) === JSON.stringify(expected)
        ? []
        : [`${who} saw ${JSON.stringify(found)}`]
    }
    expect((await Promise.all(Array.from({ length: server ? 1000 : 200 }, (_, n) => ask(n)))).flat()).toEqual([])
  }, 60_000)

  test('leak nothing through the operations either, refusals between them', async () => {
    const leaks = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const who = PEOPLE[n % PEOPLE.length]!
        const viewer = await getViewer(as(who), {})
        const drafts = await listDrafts(as(who), {}).catch(() => [])
        const participant = who && /^[a-z]{2}-/.test(who) ? who.slice(0, 2).toUpperCase() : null
        return viewer.participant === participant && drafts.every((draft) => draft.participant === participant)
          ? []
          : [`${who}: ${JSON.stringify(viewer)}`]
      }),
    )
    expect(leaks.flat()).toEqual([])
  }, 60_000)
})
