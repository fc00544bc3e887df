import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { getViewer } from '../users/queries.ts'
import { callerFromRequest } from '../auth/session.ts'
import { may } from '../auth/policy.ts'
import { database, rows, type Connection } from '../db/client.ts'
import { env } from '../shared/env.ts'
import { AppError } from '../shared/errors.ts'
import { logger } from '../shared/logger.ts'
import { readLogKey } from '../log/key.ts'
import { logState } from './log.ts'
import { exposition } from './metrics.ts'

const PATIENCE_MS = 3_000
const HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }
const answer = (text: string, status: number, type: string) => new Response(text, { status, headers: { ...HEADERS, 'Content-Type': type } })
const plain = (text: string, status: number) => answer(`${text}\n`, status, 'text/plain; charset=utf-8')

/** The process answers. Says nothing of what it needs: a restart would not bring the database back. */
export const live = (): Response => plain('live', 200)

type Check = 'ok' | string
const within = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([work, new Promise<never>((_, reject) => { setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS).unref() })])

const newestMigration = async (): Promise<number> => {
  const journal = JSON.parse(await readFile(join(process.cwd(), 'drizzle/meta/_journal.json'), 'utf8')) as { entries: { when: number }[] }
  return Math.max(...journal.entries.map(({ when }) => when))
}

const TO_MIGRATE = 'run npm run migrate'

/** As the application itself, so that what is said of it holds. */
const migrationsCheck = async (connection: Connection): Promise<Check> => {
  const [applied] = await connection.transaction('batp_app', (tx) =>
    rows<{ newest: string | null }>(tx, sql`select max(created_at)::text as newest from drizzle.__drizzle_migrations`))
  return Number(applied?.newest ?? 0) >= (await newestMigration()) ? 'ok' : `not done: ${TO_MIGRATE}`
}
const secretCheck = async (connection: Connection): Promise<Check> => {
  await connection.transaction('batp_app', (tx) => rows(tx, sql`select app.must_be_server(${env().secret})`))
  return 'ok'
}

const checks = async (): Promise<Record<string, Check>> => {
  let connection: Connection
  try {
    connection = await database()
    await within(connection.transaction('batp_app', (tx) => rows(tx, sql`select 1`)))
  } catch (error) {
    logger().error({ err: error }, 'not ready')
    return { database: 'not reachable', log: 'not known', migrations: 'not known', secret: 'not known' }
  }
  return {
    database: 'ok',
    log: await within(logState()).catch((error: unknown) => `not known: ${error instanceof Error ? error.message : 'no answer'}`),
    migrations: await within(migrationsCheck(connection)).catch(() => `not done: ${TO_MIGRATE}`),
    secret: await within(secretCheck(connection)).catch(() => `not the one that the database knows: ${TO_MIGRATE}`),
  }
}

/** Whether requests can be served now. The log's key is not needed to file, so its absence is told and fails nothing. */
export const ready = async (): Promise<Response> => {
  const found = await checks()
  // A log that refuses to sign stops filings, not reading: taking this process away would stop both.
  const missing = Object.keys(found).filter((name) => name !== 'log' && found[name] !== 'ok')
  const report = { ready: missing.length === 0, missing, ...found, logKey: readLogKey() ? 'ok' : 'not configured' }
  return answer(JSON.stringify(report), report.ready ? 200 : 503, 'application/json; charset=utf-8')
}

const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

/** From this machine, or with the secretariat's key. The server writes the address; behind a proxy it is the client's. */
const mayMeasure = async (request: Request): Promise<boolean> => {
  const caller = await callerFromRequest(request)
  if (caller.credential === null) return caller.ip !== null && LOOPBACK.includes(caller.ip)
  try {
    return may((await getViewer(caller, {})).role, 'delivery.read')
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** For everyone else there is nothing here. */
export const measured = async (request: Request): Promise<Response> => {
  if (!(await mayMeasure(request))) return plain('Not found', 404)
  const { text, type } = await exposition()
  return answer(text, 200, type)
}
