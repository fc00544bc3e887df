import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { rows } from '../../lib/db/client.ts'
import { sqlState } from '../support/context.ts'
import { useRegister } from '../support/db.ts'
import { prepareTrials, type Trial } from './access-ground.ts'

const register = useRegister()
let trials: Record<string, Trial>
beforeAll(async () => {
  trials = await prepareTrials(register())
}, 60_000)

const FOREVER = [
  'filings',
  'filing_payloads',
  'verifications',
  'alerts',
  'notices',
  'acknowledgements',
  'audit_events',
  'rules',
  'ceilings',
  'role_grants',
  'log_leaves',
  'log_nodes',
  'log_checkpoints',
  'cosignatures',
  'findings',
  'obligation_rules',
  'reminders',
  'clarifications',
  'clarification_acts',
  'messages',
  'outages',
  'invitation_replies',
  'reply_names',
  'observation_notes',
]
const count = async (table: string) =>
  (await rows<{ n: number }>(register().owner, sql.raw(`select count(*)::int as n from ${table}`)))[0]!.n

describe.each(['owner', 'batp_app', 'batp_worker'] as const)('what is on record cannot be changed by %s', (role) => {
  test.each(FOREVER)('%s', async (table) => {
    const before = await count(table)
    expect(before).toBeGreaterThan(0)
    const { serbian, column } = trials[table]!
    for (const statement of [
      `update ${table} set ${column} = ${column} where ${serbian}`,
      `delete from ${table} where ${serbian}`,
      `truncate ${table} cascade`,
    ]) {
      expect(await sqlState(register().transaction(role, (tx) => tx.execute(sql.raw(statement)))), statement).toBe('42501')
    }
    expect(await count(table)).toBe(before)
  })
})

test('an upsert does not slip through either', async () => {
  const statement = sql`insert into rules select * from rules where id = 'acquisition.sensitive'
    on conflict (id, version) do update set severity = 'info'`
  expect(await sqlState(register().transaction('owner', (tx) => tx.execute(statement)))).toBe('42501')
})

test('every table that records what happened is among them', async () => {
  const guarded = await rows<{ name: string }>(
    register().owner,
    sql`
    select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where t.tgname in ('append_only', 'append_only_whole') and t.tgenabled = 'O' group by 1 having count(*) = 2`,
  )
  expect(guarded.map(({ name }) => name).toSorted()).toEqual(FOREVER.toSorted())
})

test('a new version of a rule is a new row beside the old ones, which stay in force for what was filed under them', async () => {
  await register().transaction('owner', (tx) =>
    tx.execute(sql`
      insert into rules (id, version, title, metric, condition, params, severity, recipients, all_for, basis, explanation,
        valid_from, decision)
      select id, 2, title, metric, condition, params, 'warning', recipients, all_for, basis, explanation, '2030-01-01', 'Decision 7 of 2029'
        from rules where id = 'acquisition.sensitive'`),
  )
  expect(
    await rows(register().owner, sql`select version, severity from rules where id = 'acquisition.sensitive' order by version`),
  ).toEqual([
    { version: 1, severity: 'notice' },
    { version: 2, severity: 'warning' },
  ])
})
