import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { GET as healthz } from '../../app/healthz/route.ts'
import { GET as metrics } from '../../app/metrics/route.ts'
import { GET as readyz } from '../../app/readyz/route.ts'
import { callerKey, forgetLimits, isGuessing, LIMITS, take, vouch } from '../../lib/api/limits.ts'
import { useDatabase } from '../../lib/db/client.ts'
import { logger } from '../../lib/shared/logger.ts'
import { useRegister } from '../support/db.ts'
import { acquisition, call, expectProblem, get, post } from './support.ts'

const register = useRegister()
beforeEach(forgetLimits)

describe('health', () => {
  test('it lives', async () => {
    const answer = healthz()
    expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 200, text: 'live\n' })
  })

  test('it is ready when the database answers, is migrated and knows the secret; the log’s key may be missing', async () => {
    const answer = await readyz()
    expect({ status: answer.status, body: await answer.json() }).toEqual({
      status: 200, body: { ready: true, missing: [], database: 'ok', log: 'no key', migrations: 'ok', secret: 'ok', logKey: 'not configured' },
    })
  })

  test('it says what is missing, and no more', async () => {
    const { owner } = register()
    await owner.execute(sql`update settings set value = 'another' where key = 'auth_secret_hash'`)
    await owner.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at - 1000000000000`)
    const answer = await readyz()
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status: 503, body: { ready: false, missing: ['migrations', 'secret'], database: 'ok' } })
    await owner.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at + 1000000000000`)
  })

  test('it is not ready without a database, and lives all the same', async () => {
    const error = vi.spyOn(logger(), 'error').mockImplementation(() => {})
    useDatabase(Promise.reject(new Error('connection refused')))
    const answer = await readyz()
    useDatabase(Promise.resolve(register()))
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status: 503, body: { missing: ['database', 'migrations', 'secret'] } })
    expect(error).toHaveBeenCalledOnce()
    expect(healthz().status).toBe(200)
  })
})

describe('metrics', () => {
  const ask = (headers: Record<string, string>) => metrics(new Request('http://localhost:3000/metrics', { headers }))

  test('are for this machine and for the secretariat’s key: for others there is nothing here', async () => {
    const outside = { 'x-forwarded-for': '192.0.2.1' }
    expect((await ask({ 'x-forwarded-for': '127.0.0.1' })).status).toBe(200)
    expect((await ask({ ...outside, authorization: 'Bearer demo-secretariat' })).status).toBe(200)
    for (const who of ['rs-submitter', 'observer', 'verifier1', 'nobody']) expect((await ask({ ...outside, authorization: `Bearer demo-${who}` })).status).toBe(404)
    expect((await ask(outside)).status).toBe(404)
    expect((await ask({})).status).toBe(404)
    expect((await ask({ 'x-forwarded-for': '127.0.0.1, 192.0.2.1' })).status).toBe(404)
  })

  test('count requests by operation and status, filings by kind, deliveries and jobs by state', async () => {
    await post('/api/v1/filings', 'al-submitter', acquisition('AL'))
    await get('/api/v1/alerts')
    const answer = await ask({ 'x-forwarded-for': '127.0.0.1' })
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(text).toMatch(/batp_request_seconds_count\{operation="filing.submit",status="201"\} 1/)
    expect(text).toMatch(/batp_request_seconds_count\{operation="alert.list",status="401"\} 1/)
    expect(text).toMatch(/batp_filings\{kind="notification.acquisition",action="file"\} 1/)
    expect(text).toMatch(/batp_deliveries\{channel="email",state="queued"\} \d+/)
    expect(text).toMatch(/batp_jobs\{queue="alerts-dispatch",state="created"\} 1/)
  })
})

describe('limits', () => {
  const minute = Date.UTC(2026, 10, 17, 9, 12)

  test('slide: what was used in the last minute fades through this one', () => {
    for (let asked = 0; asked < LIMITS.export; asked += 1) expect(take('export', 'a', minute + 59_000)).toBe(0)
    expect(take('export', 'a', minute + 60_500)).toBeGreaterThan(0)
    expect(take('export', 'a', minute + 90_000)).toBe(0)
    expect(take('export', 'b', minute + 90_000)).toBe(0)
  })

  test.each([0, 1, 30_000, 59_000, 59_999])('say truly when to come back: %i ms into a minute', (at) => {
    for (let asked = 0; asked < LIMITS.export; asked += 1) take('export', 'a', minute + at)
    let now = minute + at
    for (let refused = 0; refused < 5; refused += 1) {
      const wait = take('export', 'a', now)
      expect(wait).toBeGreaterThan(0)
      expect(take('export', 'a', now + (wait - 1) * 1000)).toBeGreaterThan(0)
      now += wait * 1000
      expect(take('export', 'a', now)).toBe(0)
    }
  })

  test('keep no credential', () => {
    expect(callerKey('demo-rs-submitter', null)).not.toContain('demo')
    expect(callerKey(null, '192.0.2.1')).toBe('192.0.2.1')
  })

  test('guessing keys shuts out the guesser’s new keys, not the owner of a good one at the same address', () => {
    vouch('good', minute)
    for (let tried = 0; tried < LIMITS.refused; tried += 1) take('refused', '192.0.2.1', minute)
    expect(isGuessing('another', '192.0.2.1', minute)).toBe(true)
    expect(isGuessing('good', '192.0.2.1', minute + 61_000)).toBe(false)
    expect(isGuessing('another', '192.0.2.2', minute)).toBe(false)
  })

  test('unknown keys end in 429 with the time to wait', async () => {
    for (let tried = 0; tried < LIMITS.refused; tried += 1) take('refused', '192.0.2.1')
    const answer = await get('/api/v1/filings', 'guess')
    expectProblem(answer, 429, 'rate_limited')
    expect(answer.headers.get('retry-after')).toBe('60')
  })

  test('the public reads twelve hundred times a minute from one address', async () => {
    for (let asked = 0; asked < LIMITS.anonymous; asked += 1) take('anonymous', '192.0.2.1')
    expectProblem(await get('/api/v1/filings'), 429, 'rate_limited')
    expect((await get('/api/v1/filings', 'observer')).status).toBe(200)
  })
})

test('a failure that nobody foresaw is one sentence and a request id; the log has the rest', async () => {
  const error = vi.spyOn(logger(), 'error').mockImplementation(() => {})
  const broken = { ...register(), transaction: () => Promise.reject(new Error('secret detail of the machine')) }
  useDatabase(Promise.resolve(broken))
  const answer = await call('GET', '/api/v1/filings')
  useDatabase(Promise.resolve(register()))
  expectProblem(answer, 500, 'internal')
  expect(answer.text).not.toContain('secret detail')
  expect(error).toHaveBeenCalledWith(expect.objectContaining({ requestId: answer.body.requestId, operation: 'filing.list' }), 'request failed')
})
