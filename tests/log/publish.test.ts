import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { GET as readTile } from '../../app/log/tile/[...path]/route.ts'
import { GET as readPublished } from '../../app/log/checkpoint/route.ts'
import { rows, type Connection, useDatabase } from '../../lib/db/client.ts'
import { submitFiling } from '../../lib/filings/commands.ts'
import { listFilings } from '../../lib/filings/queries.ts'
import { parseCheckpoint } from '../../lib/log/checkpoint.ts'
import { logFolder, logStore } from '../../lib/log/key.ts'
import { parseNote } from '../../lib/log/note.ts'
import { CRASH_POINTS, expectEntries, forgetLog, openedLog, publishAll } from '../../lib/log/publish.ts'
import { readCheckpoint, readTile as readStored } from '../../lib/log/store.ts'
import { TILE_WIDTH, tilePath, tilesBetween, widthAt } from '../../lib/log/tiles.ts'
import { logger } from '../../lib/shared/logger.ts'
import { signVerification } from '../../lib/verification/commands.ts'
import { codeOf, filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { checkAll, useLog } from '../support/log.ts'

useLog()
const register = useRegister()
const fatal = () => vi.spyOn(logger(), 'fatal').mockImplementation(() => {})
afterEach(() => { vi.restoreAllMocks() })

const sizeOf = (note: string | null): number => (note === null ? 0 : parseCheckpoint(parseNote(note).text).size)
const published = async () => sizeOf(await readCheckpoint(logStore()))
const committed = async () => Number((await rows<{ size: string }>(register().owner, sql`select size from log_head`))[0]!.size)

/** The process dies and another starts: nothing is left of it but the database and the files. */
const restart = async () => {
  forgetLog()
  await publishAll()
}

describe('dying while a filing is signed', () => {
  test.each(CRASH_POINTS.flatMap((point) => [1, 2, 3, 4, 5].map((time) => [point, time] as const)))('at “%s” (%i) loses nothing, and what is published stays true', async (point) => {
    await publishAll()
    const before = (await readCheckpoint(logStore()))!
    const log = (await openedLog())!
    log.at = (reached) => { if (reached === point) throw new Error(`killed at ${point}`) }
    const error = vi.spyOn(logger(), 'error').mockImplementation(() => {})
    const key = { idempotencyKey: `${point}-${Math.random()}`.replaceAll(' ', '-') }
    const answer = await submitFiling(as('me-submitter', key), an.acquisition('ME') as never)
    expect(answer.filing.status).toBe('filed')
    // Once its checkpoint is on disk a filing has its proof, whatever becomes of what follows.
    expect(answer.receipt!.proof === null).toBe(point !== 'checkpoint kept')
    await vi.waitFor(() => expect(error).toHaveBeenCalled())
    expect(await readCheckpoint(logStore()) === before || await published() === await committed()).toBe(true)

    await restart()
    expect((await openedLog())!.refused).toBeNull()
    expect(await published()).toBe(await committed())
    const again = await submitFiling(as('me-submitter', key), an.acquisition('ME') as never)
    expect(again.filing).toEqual(answer.filing)
    expect([null, again.receipt!.proof]).toContain(answer.receipt!.proof)
    expect(sizeOf(again.receipt!.proof!.split('\n\n').slice(1).join('\n\n'))).toBeGreaterThan(again.receipt!.index!)
    await restart()
    expect(await submitFiling(as('me-submitter', key), an.acquisition('ME') as never)).toEqual(again)
  })

  test('leaves a register that holds', async () => {
    expect((await checkAll(register())).findings).toEqual([])
  })
})

test('what a dead process wrote beyond the checkpoint is written over', async () => {
  await filed(an.acquisition('ME'))
  const files = ['tile/0/000', 'tile/entries/000'].map((name) => join(logFolder(), name))
  for (const file of files) writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from('half an entr')]))
  await restart()
  await filed(an.acquisition('AL'))
  expect((await checkAll(register())).findings).toEqual([])
})

test('fifty filings at once share checkpoints, and each is proven', async () => {
  const kept = async () => Number((await rows<{ n: number }>(register().owner, sql`select count(*)::int as n from log_checkpoints`))[0]!.n)
  const before = await kept()
  const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => filed(an.acquisition(at % 2 ? 'ME' : 'AL', { type: `Type ${at}` }))))
  expect(answers.every(({ receipt }) => receipt!.proof !== null)).toBe(true)
  expect(new Set(answers.map(({ receipt }) => receipt!.index)).size).toBe(50)
  expect(await kept() - before).toBeLessThanOrEqual(50)
  expect((await checkAll(register())).findings).toEqual([])
})

test('the published log is read while the database is away', async () => {
  vi.spyOn(logger(), 'warn').mockImplementation(() => {})
  const [size, away] = [await published(), Promise.reject<Connection>(new Error('connection refused'))]
  away.catch(() => {})
  useDatabase(away)
  try {
    expect(sizeOf(await (await readPublished()).text())).toBe(size)
    const tile = await readTile(new Request('http://localhost/log/tile/0/000'), { params: Promise.resolve({ path: ['0', size >= 256 ? '000' : `000.p/${size}`].flatMap((part) => part.split('/')) }) })
    expect([tile.status, tile.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
  } finally {
    useDatabase(Promise.resolve(register()))
  }
})

/** Works on a copy of the published folder, which then takes its place and is put back. */
const withFolder = async (change: () => void, run: () => Promise<void>): Promise<void> => {
  const aside = join(mkdtempSync(join(tmpdir(), 'batp-aside-')), 'log')
  cpSync(logFolder(), aside, { recursive: true })
  try {
    change()
    forgetLog()
    await run()
  } finally {
    rmSync(logFolder(), { recursive: true, force: true })
    renameSync(aside, logFolder())
    await restart()
  }
}

test('what a power cut lost of tiles, and of what the database kept, is there again after a start', async () => {
  await Promise.all([filed(an.acquisition('ME')), filed(an.acquisition('AL'))])
  await publishAll()
  const sizes = async () => (await rows<{ size: string }>(register().owner, sql`select size::text as size from log_checkpoints order by size::int`)).map(({ size }) => Number(size))
  const [first, size, kept] = [sizeOf((await logStore().checkpoints(true))[0]!), await published(), await sizes()]
  expect(size).toBeGreaterThan(first + 10)
  for (const tile of tilesBetween(first, size)) {
    const width = widthAt(tile, first)
    const onDisk = width === 0 ? Buffer.alloc(0) : await readStored(logStore(), { ...tile, width })
    writeFileSync(join(logFolder(), tilePath({ ...tile, width: TILE_WIDTH })), Buffer.concat([onDisk!, Buffer.alloc(100)]))
  }
  await register().transaction('owner', async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`delete from log_checkpoints where size > ${size - 5}`)
  })
  expect((await checkAll(register())).findings.map(({ key }) => key)).toContain('file tile/0/000')
  await restart()
  expect([(await openedLog())!.refused, await sizes()]).toEqual([null, kept])
  expect((await checkAll(register())).findings).toEqual([])
})

test('tiles that cannot be made whole are said, found by the check, and do not keep anybody from reading', async () => {
  const error = vi.spyOn(logger(), 'error').mockImplementation(() => {})
  await withFolder(() => rmSync(join(logFolder(), 'tile/entries'), { recursive: true }), async () => {
    expect((await openedLog())!.refused).toBeNull()
    expect(error.mock.calls[0]![1]).toBe('the published tiles could not be made whole')
    expect((await listFilings(as(null), {} as never)).total).toBeGreaterThan(0)
    expect((await checkAll(register())).findings.map(({ key }) => key)).toContain('file tile/entries/000')
  })
})

test('a filing that two processes are asked for is proven by both with the same bytes', async () => {
  const held = globalThis as typeof globalThis & { batpLog?: unknown }
  const answers = async (count: number) => {
    const given: [{ idempotencyKey: string }, string | null][] = []
    for (let at = 0; at < count; at += 1) {
      const key = { idempotencyKey: `process-${Math.random()}` }
      given.push([key, (await submitFiling(as('me-submitter', key), an.acquisition('ME') as never)).receipt!.proof])
    }
    return given
  }
  await answers(2)
  const one = held.batpLog
  forgetLog()
  const given = await answers(3)
  held.batpLog = one
  given.push(...await answers(1))
  for (const [key, proof] of given) expect((await submitFiling(as('me-submitter', key), an.acquisition('ME') as never)).receipt!.proof).toBe(proof)
  expect((await checkAll(register())).findings).toEqual([])
})

describe('a round that is begun before its entries are committed', () => {
  // PGlite has one session: a round that waits holds everybody.
  test.skipIf(!process.env.BATP_TEST_DATABASE_URL)('signs them, and those who come meanwhile, once they are', async () => {
    const log = (await openedLog())!
    const { promise, resolve } = Promise.withResolvers<void>()
    expectEntries(log, promise)
    const waiting = Promise.all([filed(an.acquisition('ME')), filed(an.acquisition('AL'))])
    await vi.waitFor(async () => expect(await committed()).toBeGreaterThanOrEqual(log.signed.size + 4))
    expect(await published()).toBe(log.signed.size)
    resolve()
    for (const { receipt } of await waiting) expect(receipt!.proof).not.toBeNull()
    expect(await published()).toBe(await committed())
  })

  test('ends where they are undone, and the next one signs as ever', async () => {
    const log = (await openedLog())!
    expectEntries(log, Promise.resolve())
    expectEntries(log, new Promise(() => {}))
    expect((await filed(an.acquisition('ME'))).receipt!.proof).not.toBeNull()
    expect([log.refused, await published()]).toEqual([null, await committed()])
  })
})

const refusesToSign = async (why: RegExp): Promise<void> => {
  const told = fatal()
  expect((await publishAll())!.refused).toMatch(why)
  expect(told).toHaveBeenCalled()
  const size = await committed()
  expect(await codeOf(filed(an.acquisition('ME')))).toBe('conflict')
  expect(await committed()).toBe(size)
  expect((await listFilings(as(null), {} as never)).total).toBeGreaterThan(0)
}

describe('the log refuses to sign, says why, and reading goes on', () => {
  test('when the database is older than what was signed', async () => {
    const [row] = await rows<{ size: string; edge: string }>(register().owner, sql`select size::text as size, array(select encode(h, 'hex') from unnest(frontier) h)::text as edge from log_head`)
    const old = Number(row!.size)
    await filed(an.acquisition('ME'))
    const now = await committed()
    await register().owner.execute(sql`create table log_kept as select * from log_leaves where index >= ${old}`)
    await register().owner.execute(sql`create table head_kept as table log_head`)
    const rolled = (statements: string[]) => register().transaction('owner', async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      for (const statement of statements) await tx.execute(sql.raw(statement))
    })
    await rolled([`delete from log_leaves where index >= ${old}`, `update log_head set size = ${old}, frontier = array(select decode(h, 'hex') from unnest('${row!.edge}'::text[]) h)`])
    forgetLog()
    await refusesToSign(/old copy/)
    await rolled(['insert into log_leaves select * from log_kept', 'update log_head h set size = k.size, frontier = k.frontier from head_kept k'])
    await restart()
    expect([(await openedLog())!.refused, await committed()]).toEqual([null, now])
  })

  test('when an entry that was signed is another now', async () => {
    const tamper = (from: string, to: string) => register().transaction('owner', async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(sql.raw(`update log_nodes set hash = decode('${to}', 'hex') where level = 0 and index = (select max(index) from log_nodes where level = 0) and encode(hash, 'hex') = '${from}'`))
    })
    // The newest entry of an odd number of them is a subtree of its own, so its node is read at the start.
    // A filing that alerts nobody adds two entries, a first signature one.
    if ((await committed()) % 2 === 0) await signVerification(as('verifier1'), { id: (await filed(an.disposal('ME'))).filing.id, decision: 'verified' })
    expect((await committed()) % 2).toBe(1)
    const [{ hash }] = (await rows<{ hash: string }>(register().owner, sql`select encode(hash, 'hex') as hash from log_nodes where level = 0 order by index desc limit 1`)) as [{ hash: string }]
    await tamper(hash, 'ab'.repeat(32))
    forgetLog()
    await refusesToSign(/are not those that were signed/)
    await tamper('ab'.repeat(32), hash)
    await restart()
    expect((await openedLog())!.refused).toBeNull()
  })

  test('when the folder of the last checkpoint is lost', () =>
    withFolder(() => rmSync(logFolder(), { recursive: true }), () => refusesToSign(/holds no checkpoint/)))

  test('when the last checkpoint is not signed by its key', () =>
    withFolder(() => {
      const file = join(logFolder(), 'checkpoint')
      const text = readFileSync(file, 'utf8')
      writeFileSync(file, text.replace(/(.{6})=\n$/, 'AAAAAA=\n'))
    }, () => refusesToSign(/is not signed by this log/)))

  test('when the file of the checkpoint is an older one', async () => {
    const older = readFileSync(join(logFolder(), 'checkpoint'), 'utf8')
    await filed(an.acquisition('ME'))
    const file = join(logFolder(), 'checkpoint')
    const newest = readFileSync(file, 'utf8')
    writeFileSync(file, older)
    const told = fatal()
    await filed(an.acquisition('ME'))
    expect(told).toHaveBeenCalled()
    expect((await openedLog())!.refused).toMatch(/went back/)
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(older)
    writeFileSync(file, newest)
    await restart()
    expect((await openedLog())!.refused).toBeNull()
  })
})

test('a file cut short is made whole by the next signing or found by the check', async () => {
  const file = join(logFolder(), 'tile/0/000')
  const whole = readFileSync(file)
  truncateSync(file, 32)
  expect((await checkAll(register())).findings.map(({ key }) => key)).toContain('file tile/0/000')
  writeFileSync(file, whole)
  expect((await checkAll(register())).findings).toEqual([])
})
