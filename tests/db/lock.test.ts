import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, test } from 'vitest'
import { openPglite, rows } from '../../lib/db/client.ts'

const root = mkdtempSync(join(tmpdir(), 'batp-lock-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const folder = join(root, 'data', 'pglite')
const lock = `${folder}.lock`

/** A process that opens the folder and holds it until it is told to go, or killed. */
const holder = async () => {
  const script = `const { openPglite } = await import(${JSON.stringify(resolve('lib/db/client.ts'))})
    try { await openPglite(${JSON.stringify(folder)}); console.log('open') } catch (error) { console.log(error.message); process.exit(1) }
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: said.toString().trim() }
}

// Whatever server the other tests run on, this is about PGlite's folder: once is enough.
describe.skipIf(Boolean(process.env.BATP_TEST_DATABASE_URL))('the folder of PGlite', () => {
  test('is open in one process at a time: a second one is refused, told who holds it and what to do', async () => {
    const connection = await openPglite(folder)
    expect(readFileSync(lock, 'utf8')).toBe(String(process.pid))
    await expect(openPglite(folder)).rejects.toThrow(
      `is open in process ${process.pid}. Stop it first, or set BATP_DATA_DIR to another folder.`,
    )
    const second = await holder()
    expect(second.said).toContain(`is open in process ${process.pid}`)
    await connection.owner.execute(sql`create table kept (n int)`)
    await connection.owner.execute(sql`insert into kept values (1)`)
    await connection.close()
    expect(existsSync(lock)).toBe(false)
  }, 120_000)

  test('is taken over from a process that died without closing, with all that it had stored', async () => {
    const first = await holder()
    expect(first.said).toBe('open')
    await expect(openPglite(folder)).rejects.toThrow(`is open in process ${first.child.pid}`)
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')
    expect(readFileSync(lock, 'utf8')).toBe(String(first.child.pid))
    const connection = await openPglite(folder)
    expect(await rows(connection.owner, sql`select n from kept`)).toEqual([{ n: 1 }])
    await connection.close()
  }, 120_000)

  test('is not taken from a live process even if the lock says nothing readable', async () => {
    writeFileSync(lock, '')
    const opened = await openPglite(folder).then(async (connection) => {
      await connection.close()
      return true
    })
    expect(opened).toBe(true)
    writeFileSync(lock, '1')
    await expect(openPglite(folder)).rejects.toThrow('is open in process 1')
    rmSync(lock)
  }, 60_000)
})

test('a database in memory takes no lock', async () => {
  const [a, b] = [await openPglite(null), await openPglite(null)]
  expect(a.engine + b.engine).toBe('pglitepglite')
  await Promise.all([a.close(), b.close()])
}, 120_000)
