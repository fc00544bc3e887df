import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { FILING_EXAMPLES } from '../../lib/api/examples.ts'
import { rows } from '../../lib/db/client.ts'
import { loadHistoricFilings } from '../../lib/db/seed.ts'
import { amendFiling, submitFiling, withdrawFiling } from '../../lib/filings/commands.ts'
import { rebuildProjections } from '../../lib/filings/rebuild.ts'
import { signVerification } from '../../lib/verification/commands.ts'
import { count, filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { acquisition, an, holdings } from '../support/factories.ts'
import { exerciseOf } from '../observation/ground.ts'

const register = useRegister()
const PROJECTIONS = {
  filing_views: 'filing_id, rank',
  entries: 'entry_id',
  holding_lines: 'filing_id, line',
  holding_totals: 'filing_id, category',
  known_types: 'type_key, category, participant',
  declared_figures: 'filing_id, kind, mode, figure',
  activities: 'filing_id, line',
  invitations: 'filing_id, invited',
}
const digest = async (table: string, key: string): Promise<{ n: number; digest: string }> =>
  (
    await rows<{ n: number; digest: string }>(
      register().owner,
      sql.raw(`select count(*)::int as n, md5(string_agg(t::text, chr(10) order by ${key})) as digest from ${table} t`),
    )
  )[0]!
const everyTable = async () =>
  Object.fromEntries(await Promise.all(Object.entries(PROJECTIONS).map(async ([table, key]) => [table, await digest(table, key)])))

/** A busy month after thirty years of history: every way in which an entry changes. */
beforeAll(async () => {
  await loadHistoricFilings()
  const me = as('me-submitter')
  const first = await filed(an.acquisition('ME', { type: 'Rafale F3-R' }))
  const staged = await submitFiling(me, {
    ...an.acquisition('ME'),
    payload: acquisition({ stage: 'first_delivery', delivered: 3, deliveredOn: '2025-02-01', previous: first.filing.id }),
  } as never)
  const amended = await amendFiling(me, {
    id: staged.filing.id,
    payload: acquisition({ stage: 'first_delivery', delivered: 4, deliveredOn: '2025-02-01' }),
    reason: 'Four.',
  })
  for (const who of ['verifier1', 'verifier2']) await signVerification(as(who), { id: amended.filing.id, decision: 'verified' })
  const half = await filed(an.disposal('AL'))
  await signVerification(as('hr-verifier'), { id: half.filing.id, decision: 'discrepant', remark: 'Two were missing.' })
  const signedThenAmended = await filed(an.disposal('AL', { quantity: 3 }))
  await signVerification(as('verifier1'), { id: signedThenAmended.filing.id, decision: 'verified' })
  await amendFiling(as('al-submitter'), {
    id: signedThenAmended.filing.id,
    payload: { ...an.disposal('AL').payload, quantity: 4 },
    reason: 'Four.',
  })
  const declared = await filed(an.holdings('MK'))
  await amendFiling(as('mk-submitter'), {
    id: declared.filing.id,
    payload: holdings({ nil: [], remark: 'Nothing is nil.' }),
    reason: 'Nothing is nil.',
  })
  const at = new Date('2026-11-20T10:00:00Z')
  await filed(FILING_EXAMPLES.activity!.value as Parameters<typeof filed>[0], at)
  const second = await filed(exerciseOf('AL', ['BA', 'ME']), at)
  await amendFiling(as('al-submitter', { now: at }), { id: second.filing.id, payload: exerciseOf('AL', ['BA', 'HR']).payload as never, reason: 'Another is invited.' })
  const third = await filed(exerciseOf('ME', ['AL']), at)
  await withdrawFiling(as('me-submitter', { now: at }), { id: third.filing.id, reason: 'It does not take place.' })
  const withdrawn = await filed(an.holdings('RS'))
  await filed(an.acquisition('RS', { quantity: { withheld: 'Security' }, supplier: { withheld: 'Security' } }))
  await withdrawFiling(as('rs-submitter'), { id: withdrawn.filing.id, reason: 'Filed twice.' })
}, 240_000)

describe('tables made for reading', () => {
  test('are byte for byte the same when they are dropped and made again from the filings', async () => {
    const before = await everyTable()
    expect(before.entries!.n).toBeGreaterThan(200)
    // Serbia invites six; Albania, once amended, two; what Montenegro withdrew nobody.
    expect(before.invitations!.n).toBe(8)
    const rebuilt = await rebuildProjections(register())
    expect(await everyTable()).toEqual(before)
    expect(rebuilt).toMatchObject({
      filings: await count(register(), 'filings'),
      entries: before.entries!.n,
      holdingLines: before.holding_lines!.n,
    })
  }, 120_000)

  test('are made again from nothing but the filings: whatever was in them is gone', async () => {
    const before = await everyTable()
    await register().owner.execute(
      sql`update entries set quantity = 999, verification = 'verified', words = 'forged' where participant = 'RS'`,
    )
    await register().owner.execute(sql`update holding_totals set in_service = in_service + 1`)
    await register().owner.execute(sql`delete from known_types where participant = 'HR'`)
    expect(await everyTable()).not.toEqual(before)
    await rebuildProjections(register())
    expect(await everyTable()).toEqual(before)
  }, 120_000)

  test('cannot be emptied by the application', async () => {
    await expect(register().transaction('batp_app', (tx) => tx.execute(sql`truncate entries`))).rejects.toThrow(
      /truncate entries|permission denied/,
    )
    expect(await count(register(), 'entries')).toBeGreaterThan(200)
  })
})

describe('totals of holdings', () => {
  test('equal the sums of their lines, per declaration and category; withheld is counted, never added', async () => {
    const differing = await rows(
      register().owner,
      sql`
      select * from (
        select filing_id, category, sum(coalesce(in_service, 0))::int as in_service, sum(coalesce(in_storage, 0))::int as in_storage,
               (count(*) filter (where in_service is null) + count(*) filter (where in_storage is null))::int as withheld
          from holding_lines group by 1, 2) l
      full join holding_totals t using (filing_id, category)
       where (coalesce(l.in_service, 0), coalesce(l.in_storage, 0), coalesce(l.withheld, 0))
             is distinct from (t.in_service, t.in_storage, t.withheld)`,
    )
    expect(differing).toEqual([])
    expect(await count(register(), 'holding_totals')).toBeGreaterThan(50)
  })

  test('stand for the newest version of each declaration that is not withdrawn, and for no other', async () => {
    const stray = await rows(
      register().owner,
      sql`
      select filing_id from holding_totals t
       where not exists (select 1 from entries e
                          where e.filing_id = t.filing_id and e.status = 'filed' and e.kind = 'declaration.holdings')`,
    )
    const missing = await rows(
      register().owner,
      sql`
      select filing_id from entries e
       where kind = 'declaration.holdings' and status = 'filed'
         and not exists (select 1 from holding_totals t where t.filing_id = e.filing_id)`,
    )
    expect({ stray, missing }).toEqual({ stray: [], missing: [] })
  })
})

test('history carries its source, is marked as compiled, and fills nobody’s inbox', async () => {
  expect(await count(register(), 'entries', 'compiled')).toBeGreaterThan(200)
  expect(await count(register(), 'deliveries d join filings f on f.id = d.filing_id', 'f.compiled')).toBe(0)
  expect(await count(register(), 'notices n join filings f on f.id = n.filing_id', 'f.compiled and not n.historic')).toBe(0)
})
