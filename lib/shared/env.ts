import { resolve } from 'node:path'
import { z } from 'zod'
import { addressRanges } from './addresses.ts'

/** The only reader of process.env. Everything that is wrong is said at once, before anything starts. */
const blankAsMissing = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsMissing, schema.optional())

const proxies = (text: string, ctx: z.RefinementCtx) => {
  const ranges = addressRanges(text)
  if (!ranges) ctx.addIssue('must be addresses or ranges, separated by commas, such as 10.0.0.7,2001:db8::/64')
  return ranges ?? z.NEVER
}

const BUCKET = 'must be the address of a bucket, with a folder in it or without, such as https://s3.example/bucket/log'
const isBucket = (text: string): boolean => {
  const { username, password, search, hash, pathname } = new URL(text)
  return username + password + search + hash === '' && /^(\/[\w.~-]+)+\/?$/.test(pathname)
}

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' })),
  BATP_DATA_DIR: z.preprocess(blankAsMissing, z.string().default('.data')),
  BATP_DEMO: z.preprocess(blankAsMissing, z.enum(['0', '1']).default('0')),
  BATP_WORKER: optional(z.enum(['inline', 'off'], 'must be inline or off')),
  BATP_POOL: z.preprocess(blankAsMissing, z.coerce.number().int().min(2).max(100).default(10)),
  BATP_TRUSTED_PROXIES: z.preprocess(blankAsMissing, z.string().default('127.0.0.0/8,::1').transform(proxies)),
  PORT: z.preprocess(blankAsMissing, z.coerce.number('must be a port number').int().min(1).max(65535).default(3000)),
  NEXTAUTH_SECRET: optional(z.string().min(32, 'must have at least 32 characters')),
  NEXTAUTH_URL: optional(z.url('must be the public address of the platform')),
  BATP_LOG_KEY: optional(z.string()),
  BATP_LOG_ORIGIN: optional(z.string()),
  BATP_LOG_S3_URL: optional(z.url({ protocol: /^https?$/, error: BUCKET, abort: true }).refine(isBucket, BUCKET)),
  BATP_LOG_S3_KEY_ID: optional(z.string()),
  BATP_LOG_S3_SECRET: optional(z.string()),
  BATP_LOG_S3_REGION: optional(z.string()),
  BATP_WITNESS_LOCAL: z.preprocess(blankAsMissing, z.enum(['0', '1']).default('0')),
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' })),
  MAIL_FROM: z.preprocess(blankAsMissing, z.string().default('Balkan Arms Transparency Platform <register@batp.demo>')),
  LOG_LEVEL: z.preprocess(blankAsMissing, z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info')),
})

const DEVELOPMENT_SECRET = 'development-only-secret-never-used-in-production'

/** All that a bucket needs, or null where none is named; what is missing is told. */
const readBucket = (values: z.infer<typeof Environment>, problems: string[]) => {
  const { BATP_LOG_S3_URL: url, BATP_LOG_S3_KEY_ID: keyId, BATP_LOG_S3_SECRET: secret, BATP_LOG_S3_REGION: region } = values
  if (url && keyId && secret) return { url: url.replace(/\/$/, ''), keyId, secret, region: region ?? 'us-east-1' }
  const needed = { BATP_LOG_S3_URL: url, BATP_LOG_S3_KEY_ID: keyId, BATP_LOG_S3_SECRET: secret }
  const missing = Object.entries(needed).flatMap(([name, value]) => (value ? [] : [name]))
  if (missing.length < 3 || region) {
    problems.push(`${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing: a log in a bucket needs all three, one in a folder none`)
  }
  return null
}

const read = () => {
  const parsed = Environment.safeParse(process.env)
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
  const values = parsed.data
  if (values?.NODE_ENV === 'production' && process.env.NEXT_PHASE !== 'phase-production-build' && values.BATP_DEMO !== '1') {
    if (!values.DATABASE_URL) problems.push('DATABASE_URL is missing: production needs PostgreSQL (PGlite never calls fsync)')
    if (!values.NEXTAUTH_SECRET) problems.push('NEXTAUTH_SECRET is missing: set at least 32 random characters')
    if (!values.BATP_LOG_KEY) problems.push('BATP_LOG_KEY is missing: make one with npm run log -- key NAME, and keep a copy where the database is not')
    if (!values.NEXTAUTH_URL) problems.push('NEXTAUTH_URL is missing: set the public address')
    if (values.NEXTAUTH_SECRET?.includes('demo')) problems.push('NEXTAUTH_SECRET is a demonstration value')
    if (values.MAIL_FROM.includes('.demo>')) problems.push('MAIL_FROM is a demonstration value')
  }
  // Otherwise `migrate` would have a real register trust a secret that everybody can read here.
  if (values?.DATABASE_URL && !values.NEXTAUTH_SECRET && process.env.NODE_ENV === undefined && values.BATP_DEMO !== '1') {
    problems.push('NEXTAUTH_SECRET is missing for the database in DATABASE_URL: set it as for the server, with NODE_ENV=production; or '
      + 'NODE_ENV=development, if a secret that everybody can read will do')
  }
  const logBucket = values ? readBucket(values, problems) : null
  if (problems.length > 0 || !values) throw new Error(`The environment is not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  const baseUrl = values.NEXTAUTH_URL ?? `http://localhost:${values.PORT}`
  return {
    mode: values.NODE_ENV,
    isProduction: values.NODE_ENV === 'production',
    isDemo: values.BATP_DEMO === '1',
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir: resolve(values.BATP_DATA_DIR),
    worker: values.BATP_WORKER ?? (values.DATABASE_URL && values.BATP_DEMO !== '1' ? 'off' : 'inline'),
    poolSize: values.BATP_POOL,
    port: values.PORT,
    trustedProxies: values.BATP_TRUSTED_PROXIES,
    secret: values.NEXTAUTH_SECRET ?? DEVELOPMENT_SECRET,
    baseUrl,
    isHttps: baseUrl.startsWith('https:'),
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    logKey: values.BATP_LOG_KEY ?? null,
    /** The log's name, a URL without its scheme: what checkpoints begin with. */
    logOrigin: values.BATP_LOG_ORIGIN ?? `${new URL(baseUrl).host}/log`,
    /** Where the published log lies instead of the data folder. */
    logBucket,
    /** Whether a witness may be at an address that is not of the public internet, such as one of this machine. */
    witnessLocal: values.BATP_WITNESS_LOCAL === '1' || values.BATP_DEMO === '1',
    logLevel: values.LOG_LEVEL,
  }
}

let cached: ReturnType<typeof read> | null = null
/** Reads once, at the first use, so that a build needs none of it. */
export const env = (): ReturnType<typeof read> => (cached ??= read())
