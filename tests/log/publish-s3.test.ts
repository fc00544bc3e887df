import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { GET as readPublished } from '../../app/log/checkpoint/route.ts'
import { GET as readTile } from '../../app/log/tile/[...path]/route.ts'
import { rows, useDatabase, type Connection } from '../../lib/db/client.ts'
import { submitFiling } from '../../lib/filings/commands.ts'
import { parseCheckpoint } from '../../lib/log/checkpoint.ts'
import { logStore } from '../../lib/log/key.ts'
import { parseNote } from '../../lib/log/note.ts'
import { CRASH_POINTS, forgetLog, openedLog, publishAll } from '../../lib/log/publish.ts'
import { CHECKPOINT, readCheckpoint } from '../../lib/log/store.ts'
import { logger } from '../../lib/shared/logger.ts'
import { codeOf, filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { checkAll, useLog } from '../support/log.ts'
import { startS3, type S3Server } from './s3-server.ts'

const ACCOUNT = { keyId: 'AKIDREGISTER', secret: 'a/secret+that-nobody-may-read', region: 'us-east-1' }
let server: S3Server
useLog()
beforeAll(async () => {
  server = await startS3(ACCOUNT)
  Object.assign(process.env, { BATP_LOG_S3_URL: `${server.url}/`, BATP_LOG_S3_KEY_ID: ACCOUNT.keyId, BATP_LOG_S3_SECRET: ACCOUNT.secret })
})
afterAll(() => server.close())
const second = useRegister()
const register = useRegister()

afterEach(() => { vi.restoreAllMocks() })
const quiet = (level: 'error' | 'fatal' | 'warn') => vi.spyOn(logger(), level).mockImplementation(() => {})

const sizeOf = (note: string | null): number => (note === null ? 0 : parseCheckpoint(parseNote(note).text).size)
const published = async () => sizeOf(await readCheckpoint(logStore()))
const committed = async (of: Connection = register()) => Number((await rows<{ size: string }>(of.owner, sql`select size from log_head`))[0]!.size)
const restart = async () => {
  forgetLog()
  await publishAll()
}
const tileAt = (...path: string[]): Promise<Response> => readTile(new Request('http://localhost/'), { params: Promise.resolve({ path }) })

describe('dying while a filing is signed into a bucket', () => {
  test.each(CRASH_POINTS)('at “%s” loses nothing, and what is published stays true', async (point) => {
    await publishAll()
    const before = (await readCheckpoint(logStore()))!
    const log = (await openedLog())!
    log.at = (reached) => { if (reached === point) throw new Error(`killed at ${point}`) }
    const error = quiet('error')
    const key = { idempotencyKey: `s3-${point}`.replaceAll(' ', '-') }
    const answer = await submitFiling(as('me-submitter', key), an.acquisition('ME') as never)
    expect([answer.filing.status, answer.receipt!.proof === null]).toEqual(['filed', point !== 'checkpoint kept'])
    await vi.waitFor(() => expect(error).toHaveBeenCalled())
    expect(await readCheckpoint(logStore()) === before || await published() === await committed()).toBe(true)

    await restart()
    expect([(await openedLog())!.refused, await published()]).toEqual([null, await committed()])
    const again = await submitFiling(as('me-submitter', key), an.acquisition('ME') as never)
    expect(again.filing).toEqual(answer.filing)
    expect(sizeOf(again.receipt!.proof!.split('\n\n').slice(1).join('\n\n'))).toBeGreaterThan(again.receipt!.index!)
  })

  test.each(CRASH_POINTS)('and failing at “%s” is made good by the next round of the same process', async (point) => {
    const log = (await openedLog())!
    log.at = (reached) => { if (reached === point) throw new Error(`failed at ${point}`) }
    quiet('error')
    expect((await filed(an.acquisition('ME'))).receipt!.proof === null).toBe(point !== 'checkpoint kept')
    log.at = () => {}
    expect((await filed(an.acquisition('ME'))).receipt!.proof).not.toBeNull()
    expect([log.refused, await published()]).toEqual([null, await committed()])
  })

  test('leaves a register that holds', async () => {
    expect((await checkAll(register())).findings).toEqual([])
    expect(await published()).toBe(await committed())
  })
})

describe('a bucket that answers badly', () => {
  test('for a moment: the filing has its proof all the same', async () => {
    server.fail({ on: 'GET *', is: 503 }, { on: 'PUT *', is: 'cut before' }, { on: `PUT ${CHECKPOINT}`, is: 'cut after' })
    expect((await filed(an.acquisition('ME'))).receipt!.proof).not.toBeNull()
    expect((await checkAll(register())).findings).toEqual([])
  })

  test('for longer: filings are kept and signed once it is back; readers are told to come again', async () => {
    const error = quiet('error')
    const before = server.text(CHECKPOINT)
    server.fail({ on: 'GET *', is: 503, times: 9 })
    expect((await filed(an.acquisition('ME'))).receipt!.proof).toBeNull()
    expect(String((error.mock.calls[0]![0] as unknown as { err: Error }).err)).toMatch(/The log's bucket: GET \S+\/checkpoint was answered with 503/)
    expect([(await readPublished()).status, (await tileAt('0', '099')).status]).toEqual([503, 503])
    expect(server.text(CHECKPOINT)).toBe(before)
    expect((await filed(an.acquisition('ME'))).receipt!.proof).not.toBeNull()
    expect([(await openedLog())!.refused, await published()]).toEqual([null, await committed()])
    expect((await checkAll(register())).findings).toEqual([])
  })
})

test('the published log is read from the bucket while the database is away, a known tile by one request', async () => {
  quiet('warn')
  const [size, away] = [await published(), Promise.reject<Connection>(new Error('connection refused'))]
  away.catch(() => {})
  useDatabase(away)
  try {
    expect(sizeOf(await (await readPublished()).text())).toBe(size)
    const tile = await tileAt('entries', '000.p', '7')
    expect([tile.status, tile.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
    server.answered.length = 0
    expect((await tileAt('0', '000.p', '1')).status).toBe(200)
    expect(server.answered).toEqual(['GET tile/0/000 200'])
    const [full, width] = [Math.floor(size / 256), size % 256]
    expect((await tileAt('entries', `${String(full).padStart(3, '0')}.p`, String(width + 1))).status).toBe(404)
  } finally {
    useDatabase(Promise.resolve(register()))
  }
})

describe('another database with the same key over the same bucket', () => {
  const withSecond = async (run: () => Promise<void>): Promise<void> => {
    useDatabase(Promise.resolve(second()))
    forgetLog()
    try {
      await run()
    } finally {
      useDatabase(Promise.resolve(register()))
      await restart()
    }
  }
  const refuses = async (): Promise<void> => {
    const [size, told] = [await committed(second()), quiet('fatal')]
    expect((await publishAll())!.refused).toMatch(/it is an old copy|are not those that were signed/)
    expect(told).toHaveBeenCalled()
    expect(await codeOf(filed(an.acquisition('ME')))).toBe('conflict')
    expect(await committed(second())).toBe(size)
  }
  const stored = () => [...server.objects].map(([name, { etag }]) => `${name} ${etag}`).toSorted()

  test('does not sign after it, and takes no filing', () => withSecond(async () => {
    const before = stored()
    await refuses()
    expect(stored()).toEqual(before)
  }))

  test.each(['tile/0/000', CHECKPOINT])('that is faster by one write (%s) keeps what it wrote, and this one signs no more', async (name) => {
    const theirs = new Map(server.objects)
    const take = () => { for (const [each, object] of theirs) server.objects.set(each, object) }
    server.objects.clear()
    await withSecond(async () => {
      expect(await openedLog()).toMatchObject({ refused: null, note: null })
      server.before(`PUT ${name}`, take)
      const error = quiet('error')
      expect((await filed(an.acquisition('ME'))).receipt!.proof).toBeNull()
      expect(String((error.mock.calls[0]![0] as unknown as { err: Error }).err)).toMatch(/was written by somebody else/)
      await refuses()
      expect(server.text(CHECKPOINT)).toBe(theirs.get(CHECKPOINT)!.bytes.toString())
    })
    take()
    expect(await published()).toBe(await committed())
    expect((await checkAll(register())).findings).toEqual([])
  })

  test('nor is a checkpoint of another key that appears meanwhile taken for its own', async () => {
    const [own, told] = [server.text(CHECKPOINT)!, quiet('fatal')]
    server.put(CHECKPOINT, own.replace(/.{6}=\n$/, 'AAAAAA=\n'))
    await filed(an.acquisition('ME'))
    expect(told).toHaveBeenCalled()
    expect((await openedLog())!.refused).toMatch(/is not signed by this log's key/)
    server.put(CHECKPOINT, own)
    await restart()
    expect([(await openedLog())!.refused, await published()]).toEqual([null, await committed()])
  })
})
