import { randomUUID } from 'node:crypto'
import { sql, type SQL } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { newToken, tokenHash } from '../../lib/auth/secrets.ts'
import { rows } from '../../lib/db/client.ts'
import { saveDraft } from '../../lib/filings/commands.ts'
import { sqlState, under } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { acquisition } from '../support/factories.ts'

const register = useRegister()
/** With what would help a thief most. */
const SECRET_TABLES = [
  ['credentials', "password_hash = ''"],
  ['sessions', 'revoked_at = null'],
  ['sign_in_attempts', 'succeeded = true'],
  ['settings', "value = ''"],
] as const
let draft = ''
beforeAll(async () => {
  draft = (
    await saveDraft(as('rs-submitter', { idempotencyKey: 'serbian' }), {
      id: randomUUID(),
      kind: 'notification.acquisition',
      payload: acquisition(),
      revision: 0,
    })
  ).id
})

const seen = (token: string | null, query: SQL): Promise<unknown[]> => under(register(), token, (tx) => rows(tx, query))
const stateOf = (token: string | null, ...statements: SQL[]): Promise<string | null> =>
  sqlState(
    under(register(), token, async (tx) => {
      for (const statement of statements) await tx.execute(statement)
    }),
  )
const hex = (token: string): string => Buffer.from(tokenHash(token)).toString('hex')

describe('an identity cannot be forged', () => {
  test.each<[string, string | null]>([
    ['no session', null],
    ['an empty session', ''],
    ['a random token', newToken()],
    ['the role’s name', 'secretariat'],
    ['a participant’s code', 'RS'],
    ['the hash of a live token, in hex', hex('demo-rs-submitter')],
    ['the hash as the database writes it', `\\x${hex('demo-rs-submitter')}`],
    ['a live token with a blank behind it', 'demo-rs-submitter '],
    ['a live token in capitals', 'DEMO-RS-SUBMITTER'],
  ])('%s is the public', async (_what, token) => {
    expect(await seen(token, sql`select app.user_id() as id, app.keys() as keys, app.rank() as rank`)).toEqual([
      { id: null, keys: [], rank: 0 },
    ])
    expect(await seen(token, sql`select id from drafts`)).toEqual([])
  })

  test('settings that name a user, a role or a participant say nothing', async () => {
    const [owner] = await rows<{ id: string }>(register().owner, sql`select id from users where email = 'submitter@rs.demo'`)
    await under(register(), null, async (tx) => {
      for (const [name, value] of [
        ['app.user_id', owner!.id],
        ['app.participant', 'RS'],
        ['app.role', 'secretariat'],
        ['app.keys', '{ministry:RS}'],
      ]) {
        await tx.execute(sql`select set_config(${name!}, ${value!}, true)`)
      }
      expect(await rows(tx, sql`select id from drafts`)).toEqual([])
    })
  })

  test('a session is worth nothing in the transaction after it', async () => {
    expect(await seen('demo-rs-submitter', sql`select id from drafts`)).toEqual([{ id: draft }])
    expect(await seen(null, sql`select id from drafts`)).toEqual([])
    expect(await seen(null, sql`select coalesce(current_setting('app.session', true), '') as session`)).toEqual([{ session: '' }])
  })
})

describe('what the application’s role cannot reach', () => {
  test.each(SECRET_TABLES)('%s: not a row, not a count, not a column', async (table, change) => {
    for (const token of ['demo-secretariat', 'demo-rs-approver']) {
      expect(await stateOf(token, sql.raw(`select 1 from ${table} limit 1`))).toBe('42501')
      expect(await stateOf(token, sql.raw(`select count(*) from ${table}`))).toBe('42501')
      expect(await stateOf(token, sql.raw(`update ${table} set ${change}`))).toBe('42501')
    }
  })

  const id = randomUUID()
  test.each<[string, SQL]>([
    ['find an account', sql`select * from app.find_account('guess', 'submitter@rs.demo')`],
    ['find an account without a secret', sql`select * from app.find_account(null, 'submitter@rs.demo')`],
    ['make a session', sql`select app.create_session('guess', ${id}::uuid, ${id}::uuid, '\\x00', 'browser', null, now())`],
    ['record a sign-in', sql`select app.record_attempt('guess', ${id}::uuid, 'submitter@rs.demo', null, true)`],
    ['count failures', sql`select * from app.recent_failures('', 'submitter@rs.demo', null)`],
    ['close another’s sessions', sql`select app.close_sessions_of(${id}::uuid)`],
  ])('the functions of the server: %s', async (_what, statement) => {
    expect(await stateOf('demo-rs-approver', statement)).toBe('42501')
  })

  test.each<[string, SQL]>([
    ['make a table', sql`create table public.mine (id int)`],
    ['make a view', sql`create view public.mine as select 1`],
    ['make a function', sql`create function public.mine() returns int language sql as 'select 1'`],
    ['make a schema', sql`create schema mine`],
    ['make a function among the trusted ones', sql`create function app.mine() returns int language sql as 'select 1'`],
    ['replace a trusted function', sql`create or replace function app.user_id() returns uuid language sql as 'select null::uuid'`],
    ['add a policy', sql`create policy mine on drafts using (true)`],
    ['drop a policy', sql`drop policy reads on drafts`],
    ['switch row-level security off', sql`alter table drafts disable row level security`],
    ['drop a trigger', sql`drop trigger append_only on filings`],
    ['silence triggers', sql`set local session_replication_role = replica`],
    ['grant itself a table', sql`grant select on sessions to batp_app`],
    ['make a role', sql`create role mine`],
    ['read a file', sql`select pg_read_file('/etc/passwd')`],
    ['write a file', sql`copy (select 1) to '/tmp/mine'`],
    ['run a program', sql`copy (select 1) to program 'true'`],
    ['change a rule', sql`update rules set severity = 'info'`],
  ])('%s', async (_what, statement) => {
    expect(await stateOf('demo-secretariat', statement)).toBe('42501')
  })

  test('row_security off is an error, not a way around', async () => {
    expect(await stateOf('demo-hr-submitter', sql`set local row_security = off`, sql`select * from drafts`)).toBe('42501')
  })

  test('a function or table put in front of the real ones does not reach the trusted functions', async () => {
    await under(register(), null, async (tx) => {
      await tx.execute(
        sql`create temp table sessions (id uuid, token_hash bytea, user_id uuid, kind text,
          revoked_at timestamptz, expires_at timestamptz, last_seen_at timestamptz)`,
      )
      await tx.execute(
        sql`insert into pg_temp.sessions select gen_random_uuid(), sha256('mine'), gen_random_uuid(), 'api_key', null, null, now()`,
      )
      await tx.execute(sql`set local search_path = pg_temp, public`)
      await tx.execute(sql`select set_config('app.session', 'mine', true)`)
      expect(await rows(tx, sql`select app.user_id() as id`)).toEqual([{ id: null }])
    })
  })
})

describe('keys that are taken tell nothing', () => {
  test('of what is hidden: a row under another’s name is refused before its key is compared', async () => {
    const [user] = await rows<{ id: string }>(register().owner, sql`select id from users where email = 'submitter@rs.demo'`)
    const { id } = user!
    const at = '2026-01-01T00:00:00Z'
    const kind = 'notification.acquisition'
    const drafted = { drafted_by: id, drafted_by_name: '', created_at: at, updated_at: at }
    const taken = {
      drafts: { id: draft, participant: 'RS', kind, action: 'file', payload: {}, status: 'draft', revision: 1, ...drafted },
      idempotency_keys: { user_id: id, key: 'serbian', fingerprint: '', response: '', at },
      numbers: { participant: 'RS', year: 2026, last: 1 },
      users: { id, email: 'submitter@rs.demo', name: '', role: 'submitter', affiliation: '', created_at: at },
    }
    for (const [table, row] of Object.entries(taken)) {
      const name = sql.raw(table)
      const insert = sql`insert into ${name} select * from jsonb_populate_record(null::${name}, ${JSON.stringify(row)}::jsonb)`
      for (const token of [null, 'demo-hr-submitter', 'demo-observer']) expect(await stateOf(token, insert), table).toBe('42501')
    }
  })
})
