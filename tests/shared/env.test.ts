import { describe, expect, test, vi } from 'vitest'

const SECRET = 'k3y-k3y-k3y-k3y-k3y-k3y-k3y-k3y-'
const RIGHT = {
  NODE_ENV: 'production', DATABASE_URL: 'postgres://batp@db.example/batp', NEXTAUTH_SECRET: SECRET, NEXTAUTH_URL: 'https://register.example.org',
  BATP_LOG_KEY: 'PRIVATE+KEY+register.example.org/log+0+k3y', MAIL_FROM: 'Register <register@example.org>', BATP_DEMO: '', BATP_WORKER: '',
  BATP_TRUSTED_PROXIES: '', PORT: '', SMTP_URL: '', NEXT_PHASE: '',
}

/** The settings read anew from this environment; or the one message that refuses them. */
const start = async (changed: Record<string, string | undefined> = {}) => {
  for (const [name, value] of Object.entries({ ...RIGHT, ...changed })) vi.stubEnv(name, value)
  vi.resetModules()
  const { env } = await import('../../lib/shared/env.ts')
  return env()
}
const refusal = (changed: Record<string, string | undefined>) => start(changed).then(() => 'started', (error: Error) => error.message)

describe('production', () => {
  test('starts on right settings, leaves the queue to a worker, and serves over TLS', async () => {
    expect(await start()).toMatchObject({ isProduction: true, isDemo: false, worker: 'off', isHttps: true, port: 3000, smtpUrl: null })
  })

  test('says at once everything that is missing', async () => {
    const message = await refusal({ DATABASE_URL: '', NEXTAUTH_SECRET: '', NEXTAUTH_URL: '', BATP_LOG_KEY: '', MAIL_FROM: '' })
    const missing = ['DATABASE_URL', 'NEXTAUTH_SECRET', 'NEXTAUTH_URL', 'BATP_LOG_KEY'].map((name) => `${name} is missing`)
    for (const name of [...missing, 'MAIL_FROM is a demonstration value']) {
      expect(message).toContain(name)
    }
  })

  test.each([
    ['PGlite, which never calls fsync', { DATABASE_URL: '' }, 'DATABASE_URL'],
    ['another kind of database', { DATABASE_URL: 'mysql://db.example/batp' }, 'DATABASE_URL'],
    ['a short secret', { NEXTAUTH_SECRET: 'short' }, 'NEXTAUTH_SECRET'],
    ['a secret of a demonstration', { NEXTAUTH_SECRET: 'demo-demo-demo-demo-demo-demo-demo-demo' }, 'NEXTAUTH_SECRET'],
    ['a sender of the demonstration', { MAIL_FROM: 'Register <register@batp.demo>' }, 'MAIL_FROM'],
    ['an address that is none', { NEXTAUTH_URL: 'register' }, 'NEXTAUTH_URL'],
    ['a mail server that is none', { SMTP_URL: 'http://mail.example' }, 'SMTP_URL'],
    ['a port that is none', { PORT: '99999' }, 'PORT'],
    ['a worker that is none', { BATP_WORKER: 'maybe' }, 'BATP_WORKER'],
    ['a proxy that has a name and no address', { BATP_TRUSTED_PROXIES: '10.0.0.7,proxy.example' }, 'BATP_TRUSTED_PROXIES'],
  ])('refuses %s, and names it', async (_what, changed, name) => {
    const message = await refusal(changed)
    expect(message).toMatch(/^The environment is not right:\n/)
    expect(message).toContain(`- ${name} `)
    expect(message.split('\n')).toHaveLength(2)
  })

  test('trusts the proxies that it is told, else those on this machine', async () => {
    const own = (await start()).trustedProxies
    expect([own.check('127.0.0.1'), own.check('::1', 'ipv6'), own.check('10.0.0.7')]).toEqual([true, true, false])
    const told = (await start({ BATP_TRUSTED_PROXIES: '10.0.0.0/28, 2001:db8::/64' })).trustedProxies
    expect([told.check('127.0.0.1'), told.check('::1', 'ipv6'), told.check('10.0.0.7')]).toEqual([false, false, true])
  })

  const bucket = { BATP_LOG_S3_URL: 'https://s3.example/bucket/log/', BATP_LOG_S3_KEY_ID: 'AKID', BATP_LOG_S3_SECRET: 'nobody-should-read', BATP_LOG_S3_REGION: '' }

  test('keeps the log in a folder, or in a bucket that is told completely', async () => {
    expect((await start()).logBucket).toBeNull()
    expect((await start(bucket)).logBucket).toEqual({ url: 'https://s3.example/bucket/log', keyId: 'AKID', secret: 'nobody-should-read', region: 'us-east-1' })
    expect((await start({ ...bucket, BATP_LOG_S3_REGION: 'eu-north-1' })).logBucket).toMatchObject({ region: 'eu-north-1' })
  })

  test.each([
    ['no secret', { BATP_LOG_S3_SECRET: '' }, 'BATP_LOG_S3_SECRET is missing'],
    ['no address and no key', { BATP_LOG_S3_URL: '', BATP_LOG_S3_KEY_ID: '' }, 'BATP_LOG_S3_URL and BATP_LOG_S3_KEY_ID are missing'],
    ['a region alone', { BATP_LOG_S3_URL: '', BATP_LOG_S3_KEY_ID: '', BATP_LOG_S3_SECRET: '', BATP_LOG_S3_REGION: 'eu-north-1' }, 'BATP_LOG_S3_URL and BATP_LOG_S3_KEY_ID and'],
    ['no bucket in the address', { BATP_LOG_S3_URL: 'https://s3.example/' }, 'BATP_LOG_S3_URL must be the address of a bucket'],
    ['another kind of address', { BATP_LOG_S3_URL: 's3://bucket/log' }, 'BATP_LOG_S3_URL must be the address of a bucket'],
    ['no address at all', { BATP_LOG_S3_URL: 'bucket' }, 'BATP_LOG_S3_URL must be the address of a bucket'],
    ['a key in the address', { BATP_LOG_S3_URL: 'https://AKID:nobody-should-read@s3.example/bucket' }, 'BATP_LOG_S3_URL must be the address of a bucket'],
  ])('refuses a bucket with %s, by one message without its secret', async (_what, changed, why) => {
    const message = await refusal({ ...bucket, ...changed })
    expect(message).toContain(`- ${why}`)
    expect(message.split('\n')).toHaveLength(2)
    expect(message).not.toContain('nobody-should-read')
  })

  test('never repeats a secret that it refuses', async () => {
    expect(await refusal({ NEXTAUTH_SECRET: 'demo-secret-that-nobody-should-read-01', PORT: 'x' })).not.toContain('nobody-should-read')
  })
})

test('the demonstration needs none of it, and works the queue in its own process', async () => {
  expect(await start({ BATP_DEMO: '1', DATABASE_URL: '', NEXTAUTH_SECRET: '', NEXTAUTH_URL: '', MAIL_FROM: '' }))
    .toMatchObject({ isDemo: true, databaseUrl: null, worker: 'inline', isHttps: false, baseUrl: 'http://localhost:3000' })
})

describe('a command that nobody told in which mode it runs', () => {
  const untold = { NODE_ENV: undefined, NEXTAUTH_SECRET: '' }

  test('does not give a real database the secret that everybody can read', async () => {
    const message = await refusal(untold)
    expect(message).toContain('- NEXTAUTH_SECRET is missing for the database in DATABASE_URL')
    expect(message).toContain('NODE_ENV=production')
    expect(message.split('\n')).toHaveLength(2)
  })

  test.each([
    ['with a secret', { NEXTAUTH_SECRET: SECRET }],
    ['on PGlite', { DATABASE_URL: '' }],
    ['for development, if it is said', { NODE_ENV: 'development' }],
    ['for tests', { NODE_ENV: 'test' }],
    ['for the demonstration', { BATP_DEMO: '1' }],
  ])('runs %s', async (_how, changed) => {
    expect(await start({ ...untold, ...changed })).toMatchObject({ isProduction: false })
  })
})
