import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { rows, type Tx } from '../../lib/db/client.ts'
import { sqlState, under } from '../support/context.ts'
import { useRegister } from '../support/db.ts'
import { prepareTrials, type Trial } from './access-ground.ts'

/**
 * What the database lets each viewer do to Serbia's rows when the application asks for nothing and forgets every filter:
 * read, create, update, delete.
 * A verifier of none signed the entry; Croatia is the neighbour, was told and acknowledged.
 */
const TABLE = `
  table             public  observer  neighbour  own   verifier  own-verifier  secretariat
  participants      r---    r---      r---       r---  r---      r---          r-u-
  adjacency         r---    r---      r---       r---  r---      r---          r---
  watches           ----    ----      r---       rc-d  r---      r---          r---
  categories        r---    r---      r---       r---  r---      r---          r---
  rules             r---    r---      r---       r---  r---      r---          rc--
  ceilings          r---    r---      r---       r---  r---      r---          rc--
  reference_state   r---    r---      r---       r---  r---      r---          r---
  users             ----    ----      ----       r---  ----      ----          rcu-
  credentials       ----    ----      ----       ----  ----      ----          ----
  sessions          ----    ----      ----       ----  ----      ----          ----
  sign_in_attempts  ----    ----      ----       ----  ----      ----          ----
  role_grants       ----    ----      ----       ----  ----      ----          rc--
  settings          ----    ----      ----       ----  ----      ----          ----
  drafts            ----    ----      ----       rcu-  ----      ----          ----
  numbers           ----    ----      ----       rcu-  ----      ----          ----
  filings           r---    r---      r---       rc--  r---      r---          r---
  filing_payloads   ----    ----      ----       rc--  r---      r---          ----
  filing_views      ----    ----      r---       rc--  r---      r---          r---
  entries           r---    r---      r---       rcu-  r---      r---          r---
  holding_lines     ----    ----      r---       rc-d  r---      r---          r---
  holding_totals    r---    r---      r---       rc-d  r---      r---          r---
  declared_figures  ----    ----      r---       rc-d  r---      r---          r---
  activities        r---    r---      r---       rc-d  r---      r---          r---
  incidents         r---    r---      r---       r---  r---      r---          r---
  clarifications    ----    ----      r---       rc--  ----      r---          ----
  clarification_acts ----   ----      r---       rc--  ----      r---          ----
  messages          ----    ----      r---       rc--  ----      r---          ----
  outages           r---    r---      r---       r---  r---      r---          r---
  pulse             ----    ----      ----       ----  ----      ----          ----
  invitations       ----    ----      r---       rc-d  r---      r---          r---
  invitation_replies ----   ----      rc--       r---  r---      r---          r---
  reply_names       ----    ----      rc--       r---  ----      r---          ----
  observation_notes ----    ----      rc--       r---  r---      r---          r---
  obligation_rules  r---    r---      r---       r---  r---      r---          r---
  reminders         r---    r---      r---       r---  r---      r---          r---
  known_types       ----    ----      r---       rc--  r---      r---          r---
  verifications     ----    r---      r---       r---  rc--      r---          r---
  alerts            ----    ----      r---       rc--  ----      r---          r---
  notices           ----    ----      r---       rc--  ----      r---          r---
  acknowledgements  ----    ----      r---       r---  ----      r---          r---
  deliveries        ----    ----      r---       rc--  ----      r---          r---
  audit_events      ----    ----      ----       -c--  ----      ----          r---
  idempotency_keys  ----    ----      ----       rc--  ----      ----          ----
  log_leaves        r---    r---      r---       r---  r---      r---          r---
  log_nodes         r---    r---      r---       r---  r---      r---          r---
  log_head          r---    r---      r---       r---  r---      r---          r---
  log_checkpoints   r---    r---      r---       r---  r---      r---          r---
  witnesses         r---    r---      r---       rcu-  r---      r---          r---
  cosignatures      r---    r---      r---       r---  r---      r---          r---
  renewed_cosignatures r--- r---      r---       r---  r---      r---          r---
  findings          r---    r---      r---       r---  r---      r---          r---`

const TOKENS: Record<string, string | null> = {
  public: null,
  observer: 'demo-observer',
  neighbour: 'demo-hr-submitter',
  own: 'demo-rs-submitter',
  verifier: 'demo-verifier1',
  'own-verifier': 'demo-rs-verifier',
  secretariat: 'demo-secretariat',
}

const [head, ...lines] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
const viewers = head!.slice(1)
const register = useRegister()
let trials: Record<string, Trial>
beforeAll(async () => {
  await register().owner.execute(
    sql`insert into sign_in_attempts (id, account, succeeded, at) values (gen_random_uuid(), 'submitter@rs.demo', false, now())`,
  )
  trials = await prepareTrials(register())
}, 60_000)

const UNDO = Symbol('undo')
/**
 * Whether the statement touches a row, as this viewer; undone in any case. Refused by row-level security, by a trigger or by a
 * missing grant is no; a key that is taken or missing is yes, for only who is let through hears of it.
 */
const does = async (viewer: string, statement: string): Promise<boolean> => {
  let touched = 0
  const work = under(register(), TOKENS[viewer]!, async (tx: Tx) => {
    touched = (await rows(tx, sql.raw(`${statement}`))).length
    throw UNDO
  }).catch((error: unknown) => {
    if (error !== UNDO) throw error
  })
  const state = await sqlState(work)
  if (state === '23503' || state === '23505') return true
  if (state !== null && state !== '42501') throw new Error(`${statement} as ${viewer}: SQLSTATE ${state}`)
  return state === null && touched > 0
}

const columnsOf = async (table: string): Promise<string> =>
  (
    await rows<{ names: string }>(
      register().owner,
      sql`
  select string_agg(quote_ident(attname), ', ') as names from pg_attribute
   where attrelid = ${`public.${table}`}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    )
  )[0]!.names

const trialOf = async (table: string): Promise<{ letter: string; statement: string }[]> => {
  const { serbian, column, copy } = trials[table]!
  const [like] = await rows<{ row: string }>(
    register().owner,
    sql.raw(`select to_jsonb(t)::text as row from ${table} t where ${serbian} limit 1`),
  )
  expect(like, `a row of ${table} to try`).toBeDefined()
  const made = JSON.stringify({ ...(JSON.parse(like!.row) as object), ...copy }).replaceAll("'", "''")
  const names = await columnsOf(table)
  const change = column.includes('=') ? column : `${column} = ${column}`
  return [
    { letter: 'r', statement: `select 1 from ${table} where ${serbian}` },
    {
      letter: 'c',
      statement: `with made as (insert into ${table} (${names})
        select ${names} from jsonb_populate_record(null::${table}, '${made}'::jsonb)) select 1`,
    },
    {
      letter: 'u',
      statement: `with changed as (update ${table} set ${change} where ${serbian} returning 1) select * from changed`,
    },
    { letter: 'd', statement: `with gone as (delete from ${table} where ${serbian} returning 1) select * from gone` },
  ]
}

describe('row-level security with the application’s filter removed', () => {
  test('is stated for every table', async () => {
    const tables = await rows<{ name: string }>(register().owner, sql`select tablename as name from pg_tables where schemaname = 'public'`)
    expect(tables.map(({ name }) => name).toSorted()).toEqual(lines.map(([table]) => table!).toSorted())
  })

  test.each(lines)('%s', async (table, ...cells) => {
    const trial = await trialOf(table!)
    const found: string[] = []
    for (const viewer of viewers) {
      const letters: string[] = []
      for (const { letter, statement } of trial) letters.push((await does(viewer, statement)) ? letter : '-')
      found.push(letters.join(''))
    }
    expect(Object.fromEntries(viewers.map((viewer, index) => [viewer, found[index]]))).toEqual(
      Object.fromEntries(viewers.map((viewer, index) => [viewer, cells[index]])),
    )
  })
})

test.each<[string, string, boolean]>([
  ['verifier', "verification = 'pending', signatures = 1", true],
  ['verifier', "verification = 'verified', quantity = 7", false],
  ['own', "verification = 'verified', signatures = 2", false],
  ['own', "verification = 'unverified', signatures = 0", false],
  ['own', "verification = 'unverified', signatures = 0, filing_id = gen_random_uuid(), version = 2", true],
])('of an entry the %s may set %s: %s', async (viewer, set, allowed) => {
  expect(
    await does(viewer, `with changed as (update entries set ${set} where ${trials.entries!.serbian} returning 1) select * from changed`),
  ).toBe(allowed)
})

/** Tables that are open to the application without being closed by a policy, or whose owner is exempt. */
const UNGUARDED = sql`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p')
    and not (c.relrowsecurity and c.relforcerowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid))`

test('every table has row-level security, forced, and a policy; a new one without would be found', async () => {
  expect(await rows(register().owner, UNGUARDED)).toEqual([])
  await register()
    .transaction('owner', async (tx) => {
      await tx.execute(sql`create table forgotten (id int)`)
      await tx.execute(sql`create table half_forgotten (id int)`)
      await tx.execute(sql`alter table half_forgotten enable row level security`)
      expect((await rows<{ name: string }>(tx, UNGUARDED)).map(({ name }) => name).toSorted()).toEqual(['forgotten', 'half_forgotten'])
      throw UNDO
    })
    .catch((error: unknown) => {
      if (error !== UNDO) throw error
    })
})

test('no view, rule or function runs with more rights than its caller, but those of schema app', async () => {
  const views = sql`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('v', 'm') and n.nspname in ('public', 'app') and not coalesce('security_invoker=true' = any(c.reloptions), false)`
  expect(await rows(register().owner, views)).toEqual([])
  const sessions = register().transaction('batp_app', (tx) => rows(tx, sql`select from app.live_sessions`))
  await expect(sessions).rejects.toMatchObject({ cause: { message: expect.stringContaining('permission denied for view live_sessions') } })
  const definers = await rows<{ name: string; config: string[] | null }>(
    register().owner,
    sql`
    select n.nspname || '.' || p.proname as name, p.proconfig as config from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')`,
  )
  expect(definers.filter(({ name }) => !name.startsWith('app.'))).toEqual([])
  expect(definers.filter(({ config }) => !config?.includes('search_path=pg_catalog, pg_temp'))).toEqual([])
})
