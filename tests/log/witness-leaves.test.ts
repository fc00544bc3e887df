import { createHash, randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { anonymousCaller } from '../../lib/auth/guard.ts'
import { openDatabase, openPglite, rows, type Connection } from '../../lib/db/client.ts'
import { migrateDatabase } from '../../lib/db/migrate.ts'
import { nameWitness, retireWitness } from '../../lib/log/commands.ts'
import { leavesAbout, listLeaves, listWitnesses } from '../../lib/log/queries.ts'
import { checkRegister } from '../../lib/proof/check.ts'
import { env } from '../../lib/shared/env.ts'
import { sqlState, under } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { freshDatabase } from '../support/fresh.ts'
import { checkAll, useLog } from '../support/log.ts'
import { newKey } from './witness-ground.ts'

useLog()
const register = useRegister()
const url = 'https://witness.mod.example'

test('naming and retiring a witness are entries of the log, which anybody can hold against the public list', async () => {
  const { id } = await nameWitness(as('rs-approver'), { name: 'RS', vkey: newKey().vkey, url })
  await nameWitness(as('secretariat'), { name: 'OSCE', vkey: newKey().vkey, url: `${url}/osce` })
  const listed = await listWitnesses(anonymousCaller(), {})
  expect(listed).toHaveLength(2)
  for (const { name, participant, url: at, vkey } of listed) {
    const [leaf] = await leavesAbout(anonymousCaller(), { subject: name })
    const commitment = createHash('sha256').update(new Uint8Array(32)).update(JSON.stringify({ name, participant, url: at, vkey })).digest('hex')
    expect(JSON.parse(leaf!.data)).toEqual({ at: leaf!.at, commitment, id: name, participant, type: 'witness.named' })
  }
  const { retiredAt } = await retireWitness(as('rs-approver'), { id })
  const [newest] = await listLeaves(anonymousCaller(), { limit: 1 })
  expect(newest).toMatchObject({ type: 'witness.retired', subject: 'RS', participant: 'RS', at: retiredAt })
  expect((await checkAll(register())).findings).toEqual([])
})

test('what is refused leaves no entry, and of two that retire one at once one does', async () => {
  const { id, name } = await nameWitness(as('hr-approver'), { name: 'HR', vkey: newKey().vkey, url })
  const before = (await listLeaves(anonymousCaller(), { limit: 1 }))[0]!
  await expect(nameWitness(as('hr-approver'), { name, vkey: newKey().vkey, url })).rejects.toMatchObject({ code: 'conflict' })
  await expect(retireWitness(as('rs-approver'), { id })).rejects.toMatchObject({ code: 'forbidden' })
  const ended = await Promise.allSettled([retireWitness(as('hr-approver'), { id }), retireWitness(as('hr-approver'), { id })])
  expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const added = await listLeaves(anonymousCaller(), { limit: 10 })
  expect(added.filter((leaf) => leaf.index > before.index).map(({ type, subject }) => [type, subject])).toEqual([['witness.retired', 'HR']])
  expect((await checkAll(register())).findings).toEqual([])
})

test.each<[string, string | null, boolean]>([
  ['rs-approver', 'RS', true], ['rs-approver', 'HR', false], ['rs-approver', null, false], ['rs-submitter', 'RS', false], ['rs-verifier', 'RS', false],
  ['verifier1', null, false], ['observer', null, false], ['secretariat', null, true], ['secretariat', 'RS', false],
])('the database lets %s add an entry about a witness of %s: %s', async (who, participant, allowed) => {
  const undone = new Error('undone')
  const leaf = JSON.stringify({ at: new Date().toISOString(), commitment: '0'.repeat(64), id: randomUUID(), participant, type: 'witness.named' })
  const state = await sqlState(under(register(), `demo-${who}`, async (tx) => {
    await tx.execute(sql`select app.append_leaves(array[${leaf}]::text[])`)
    throw undone
  }).catch((error: unknown) => { if (error !== undone) throw error }))
  expect(state).toBe(allowed ? null : '42501')
})

/** The migrations up to one, as a database of before has them. */
const migrationsUpTo = (last: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'batp-drizzle-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync('drizzle', folder, { recursive: true })
  const file = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { idx: number }[] }
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.filter(({ idx }) => idx <= last) }))
  return folder
}
const emptyDatabase = async (): Promise<Connection> => {
  const server = process.env.BATP_TEST_DATABASE_URL
  const fresh = server ? await freshDatabase(server, 'before') : null
  const connection = fresh ? await openDatabase(fresh.url) : await openPglite(null)
  onTestFinished(async () => {
    await connection.close()
    await fresh?.drop()
  })
  return connection
}

test('witnesses named before there were such entries are entered once, by the migration, and are checked like any other', async () => {
  const connection = await emptyDatabase()
  await migrateDatabase(connection, env().secret, migrationsUpTo(5))
  await connection.owner.execute(sql`insert into participants (code, designation, capital, florence_party, source) values ('RS', 'Serbia', 'Belgrade', true, 'none')`)
  await connection.owner.execute(sql`insert into witnesses (id, name, vkey, url, participant, by, at, retired_at) values
    (gen_random_uuid(), 'RS', 'rs+1+A/"\\', 'https://w.example/"%7e\\', 'RS', 'Somebody', '2026-03-29T01:59:59.120456+02:00', null),
    (gen_random_uuid(), 'OSCE', 'osce+2+B', 'http://o.example', null, 'Somebody', '2026-03-01T00:00:00Z', '2026-04-01T12:00:00.7Z')`)
  const check = () => checkRegister({ read: (work) => connection.transaction('batp_auditor', work), key: null, store: null })
  await migrateDatabase(connection, env().secret)
  expect(await check()).toEqual({ entries: 3, findings: [] })
  const leaves = await rows<{ type: string; subject: string }>(connection.owner, sql`select type, subject from log_leaves order by index`)
  expect(leaves.map(({ type, subject }) => [type, subject])).toEqual([['witness.named', 'OSCE'], ['witness.named', 'RS'], ['witness.retired', 'OSCE']])
  await migrateDatabase(connection, env().secret)
  expect((await check()).entries).toBe(3)

  await connection.owner.execute(sql`insert into witnesses (id, name, vkey, url, participant, by, at) values
    (gen_random_uuid(), 'RS-2', 'rs+3+C', 'https://w.example', 'RS', 'Somebody', '2026-01-01T00:00:00Z')`)
  const { findings } = await check()
  expect(findings.map(({ words }) => words)).toEqual(['The witness RS-2 stands in no entry of the log (witness.named).'])
})
