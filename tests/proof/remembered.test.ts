import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { rows } from '../../lib/db/client.ts'
import type { Reading } from '../../lib/log/publish.ts'
import { checkRegister } from '../../lib/proof/check.ts'
import { checkFacts } from '../../lib/proof/check-facts.ts'
import { checkProjections } from '../../lib/proof/check-projections.ts'
import { fingerprintOf, rangesOfFilings, remembered, within, type Memory, type Range } from '../../lib/proof/remembered.ts'
import { filed } from '../support/context.ts'
import { useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { checkAll, useLog } from '../support/log.ts'

useLog()
const register = useRegister()
const read: Reading = (work) => register().transaction('batp_auditor', work)
const ask = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) => rows<T>(register().owner, query)
const asSuperuser = (...statements: ReturnType<typeof sql>[]) => register().transaction('owner', async (tx) => {
  await tx.execute(sql`set local session_replication_role = replica`)
  for (const statement of statements) await tx.execute(statement)
})

/** A range for each filing that there is, so that few rows have as many ranges as many. */
const oneEach = async (): Promise<Range[]> => {
  const ids = (await ask<{ id: string }>(sql`select id::text as id from filings order by filings.id`)).map(({ id }) => id)
  return [null, ...ids].map((from, at) => ({ from, to: ids[at] ?? null }))
}
const rangeOf = (ranges: Range[], id: string) => ranges.findLast(({ from }) => from === null || from <= id)!
/** What was verified since, by key. */
const verifiedSince = (before: Memory, after: Memory) => [...after].filter(([key, part]) => key !== 'past' && before.get(key) !== part).map(([key]) => key).toSorted()

beforeAll(async () => {
  for (const participant of ['AL', 'BA', 'ME', 'MK']) await filed(an.acquisition(participant))
  await filed(an.holdings('AL'))
})

test('a second round verifies nothing again, and a third one what was filed in between and no more', async () => {
  const memory: Memory = new Map()
  const first = await checkAll(register(), memory)
  expect(first.findings).toEqual([])
  const before = new Map(memory)
  expect(await checkAll(register(), memory)).toEqual(first)
  expect(verifiedSince(before, memory)).toEqual([])

  await filed(an.acquisition('XK'))
  const third = await checkAll(register(), memory)
  expect(third).toEqual({ entries: expect.any(Number) as number, findings: [] })
  expect(third.entries).toBeGreaterThan(first.entries)
  expect([...new Set(verifiedSince(before, memory).map((key) => key.split(' ')[0]))]).toEqual(['filings', 'log', 'notices', 'projections'])
})

test('of many ranges only the one with the new filing is verified again, and a change in another is found there', async () => {
  const [memory, ranges, pause] = [new Map() as Memory, await oneEach(), () => Promise.resolve()]
  const check = async () => {
    const { entries: size } = await checkAll(register())
    return [...await checkFacts({ read, memory, ranges, size, pause }), ...await checkProjections({ read, memory, ranges, pause })]
  }
  expect(await check()).toEqual([])
  const before = new Map(memory)
  const { filing } = await filed(an.acquisition('XK'))
  expect(await check()).toEqual([])
  const { from } = rangeOf(ranges, filing.id)
  expect(verifiedSince(before, memory)).toEqual([`filings ${from}`, `notices ${from}`, `projections ${from}`])

  const other = ranges.find((range) => range.from !== null && range.from !== from)!.from!
  await asSuperuser(sql`update filing_views set view = '{' || view where filing_id = ${other}::uuid`)
  expect((await check()).map(({ key }) => key)).toEqual([`projection ${other} what each audience reads`])
  expect(memory.has(`projections ${other}`)).toBe(false)
  expect((await check()).map(({ key }) => key)).toEqual([`projection ${other} what each audience reads`])
  await asSuperuser(sql`update filing_views set view = substr(view, 2) where filing_id = ${other}::uuid`)
  expect(await check()).toEqual([])
})

test('every id there could be is in exactly one range, and one filing more moves no other from range to range', async () => {
  const startsRange = (id: string) => createHash('sha256').update(Buffer.from(id.replaceAll('-', ''), 'hex')).digest()[0] === 0
  const starts: string[] = []
  while (starts.length < 3) {
    const id = randomUUID()
    if (startsRange(id)) starts.push(id)
  }
  const copy = (id: string) => sql`insert into filings select (jsonb_populate_record(f, jsonb_build_object('id', ${id}::text, 'entry_id', gen_random_uuid(), 'number', ${id}::text, 'supersedes', null))).* from filings f limit 1`
  const ends = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'].filter((id) => !startsRange(id))
  await asSuperuser(...[...starts, ...ends].map(copy))
  const ranges = await rangesOfFilings(read)
  const own = (await ask<{ id: string }>(sql`select id::text as id from filings`)).map(({ id }) => id).filter(startsRange).toSorted()
  expect(ranges).toEqual([null, ...own].map((from, at) => ({ from, to: own[at] ?? null })))
  const counts = await Promise.all(ranges.map(async (range) => (await ask<{ n: number }>(sql`select count(*)::int as n from filings t where ${within(sql`t.id`, range)}`))[0]!.n))
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe((await ask<{ n: number }>(sql`select count(*)::int as n from filings`))[0]!.n)

  let another = randomUUID()
  while (startsRange(another)) another = randomUUID()
  await asSuperuser(copy(another))
  expect(await rangesOfFilings(read)).toEqual(ranges)
  await asSuperuser(sql`delete from filings where id::text in (select jsonb_array_elements_text(${JSON.stringify([...starts, ...ends, another])}::jsonb))`)
  expect((await checkAll(register())).findings).toEqual([])
})

test('no two tables of rows have one fingerprint because a value ends where another begins', async () => {
  const of = async (rowsOf: string) => (await rows<{ fingerprint: string }>(register().owner, fingerprintOf([sql`(select * from jsonb_to_recordset(${rowsOf}::jsonb) as r(a text, b text)) t`])))[0]!.fingerprint
  const tables = [
    [], [{ a: '', b: '' }], [{ a: null, b: null }], [{ a: null, b: '' }], [{ a: 'ab', b: 'c' }], [{ a: 'a', b: 'bc' }], [{ a: 'a', b: 'b' }, { a: 'c', b: 'd' }],
    [{ a: 'a', b: 'bcd' }], [{ a: 'a', b: 'd' }, { a: 'c', b: 'b' }], [{ a: 'a', b: 'b' }, { a: 'a', b: 'b' }], [{ a: 'a', b: 'b' }],
  ]
  const found = await Promise.all(tables.map((table) => of(JSON.stringify(table))))
  expect(new Set(found).size).toBe(tables.length)
  expect(await of(JSON.stringify(tables[6]!.toReversed()))).toBe(found[6])
})

test('a whole other log, made anew in every table by whoever holds the database, is held against every act', async () => {
  const question = { read, key: null, store: null }
  const memory: Memory = new Map()
  expect((await checkRegister({ ...question, memory })).findings).toEqual([])
  await asSuperuser(
    sql`create table kept_leaves as table log_leaves`, sql`create table kept_nodes as table log_nodes`, sql`create table kept_head as table log_head`, sql`create table kept_checkpoints as table log_checkpoints`,
    sql`delete from log_checkpoints`, sql`delete from log_leaves`, sql`delete from log_nodes`, sql`delete from log_head`, sql`insert into log_head values (true, 0, '{}')`,
    sql`select app.append_leaves((select array_agg(case index when (select max(index) from kept_leaves where type = 'filing.filed')
      then regexp_replace(data, '"commitment":"....', '"commitment":"0000') else data end order by index) from kept_leaves))`,
  )
  const { findings } = await checkRegister({ ...question, memory: new Map(memory) })
  expect(findings).toEqual((await checkRegister(question)).findings)
  expect(findings.map(({ words }) => words).join('\n')).toMatch(/is not what entry \d+ of the log commits to \(filing.filed\)/)
  await asSuperuser(
    sql`delete from log_leaves`, sql`delete from log_nodes`, sql`delete from log_head`, sql`insert into log_leaves table kept_leaves`,
    sql`insert into log_nodes table kept_nodes`, sql`insert into log_head table kept_head`, sql`insert into log_checkpoints table kept_checkpoints`,
  )
  expect((await checkAll(register(), memory)).findings).toEqual([])
})

// PGlite has one session: nothing comes in between.
test.skipIf(!process.env.BATP_TEST_DATABASE_URL)('rows changed while they are verified, and changed back, are not remembered as good', async () => {
  const change = (from: string, to: string) => asSuperuser(sql`update rules set title = replace(title, ${from}, ${to})`)
  const titles = sql`select string_agg(title, '' order by id, version) as titles from rules`
  const [{ titles: good }] = await ask<{ titles: string }>(titles) as [{ titles: string }]
  const memory: Memory = new Map()
  const check = (between: () => Promise<void>) => remembered({ read, memory, key: 'titles', fingerprint: fingerprintOf([sql`rules t`]) }, async (tx) => {
    await between()
    const [found] = await rows<{ titles: string }>(tx, titles)
    return { findings: found!.titles === good ? [] : [{ key: 'title', words: 'A title was changed.' }], answer: null }
  })
  await change('a', 'å')
  expect((await check(() => change('å', 'a'))).findings).toHaveLength(1)
  expect(memory.size).toBe(0)
  await change('a', 'å')
  expect((await check(() => Promise.resolve())).findings).toHaveLength(1)
  await change('å', 'a')
})
