import { sql } from 'drizzle-orm'
import { fromDrizzle, fromPglite, PgBoss, type ConstructorOptions } from 'pg-boss'
import type { Connection, Tx } from '../db/client.ts'
import { rows } from '../db/client.ts'
import { logger } from '../shared/logger.ts'

/** Tells everyone whom a filing concerns; then one job for each mail, which is retried by itself. */
export const DISPATCH = 'alerts-dispatch'
export const MAIL = 'alerts-mail'
/** What the register found wrong with itself, by mail to everyone who files for a participant. */
export const FINDING = 'findings-mail'
/** What a participant owes, by mail to those who are told. */
export const REMINDER = 'reminders-mail'
/** What participants ask and answer each other, by mail to those who are told. */
export const MESSAGE = 'messages-mail'
const RETRIES = { retryLimit: 44, retryDelay: 15, retryBackoff: true, retryDelayMax: 7200 }
/** A job whose worker was killed is noticed within a minute, not after the quarter of an hour that a job may take. */
const NOTICED = { heartbeatSeconds: 30 }
const WATCHING = { superviseIntervalSeconds: 20, monitorIntervalSeconds: 20 }

const held = globalThis as typeof globalThis & { batpBoss?: Promise<PgBoss> }

const start = async (options: ConstructorOptions): Promise<PgBoss> => {
  const boss = new PgBoss(options)
  boss.on('error', (error) => logger().error({ err: error }, 'job queue'))
  await boss.start()
  return boss
}

const optionsFor = (connection: Connection, role: 'batp_worker' | null): ConstructorOptions =>
  connection.raw.pglite
    ? { db: fromPglite(connection.raw.pglite), backend: 'pglite' }
    : { connectionString: connection.raw.postgresUrl!, max: 3, application_name: 'batp-jobs', ...(role ? { options: `-c role=${role}` } : {}) }

/** Makes the queue's tables and queues, as the database's owner, and opens them to the application and the worker. */
export const installQueue = async (connection: Connection): Promise<void> => {
  const boss = await start({ ...optionsFor(connection, null), supervise: false, schedule: false })
  for (const name of [DISPATCH, MAIL, FINDING, REMINDER, MESSAGE]) {
    if (!(await boss.getQueue(name))) await boss.createQueue(name, { ...RETRIES, ...NOTICED, notify: true })
  }
  await boss.stop({ graceful: false, close: connection.raw.pglite === null })
  for (const grant of [
    'grant usage on schema pgboss to batp_app, batp_worker, batp_auditor',
    'grant select, insert on all tables in schema pgboss to batp_app',
    'grant select on all tables in schema pgboss to batp_auditor',
    'grant all on all tables in schema pgboss to batp_worker',
    'grant execute on all functions in schema pgboss to batp_app, batp_worker',
  ]) await connection.owner.execute(sql.raw(grant))
}

/** The queue as a worker of it: fetches, retries, keeps house. */
export const startWorkerQueue = (connection: Connection): Promise<PgBoss> =>
  (held.batpBoss = start({ ...optionsFor(connection, 'batp_worker'), migrate: false, createSchema: false, schedule: false, useListenNotify: true, ...WATCHING }))

const through = async (tx: Tx, text: string, values: unknown[] | undefined) => ({ rows: (await fromDrizzle(tx as never, sql).executeSql(text, values)).rows })

/**
 * The queue as one who only adds to it, over the application's own connections. It starts inside the first transaction that adds a
 * job: PGlite has one session, so a start that waited for another transaction would wait for ever.
 */
const startProducerQueue = async (connection: Connection, first: Tx): Promise<PgBoss> => {
  let open: Tx | null = first
  try {
    const boss = await start({
      db: { executeSql: (text, values) => (open ? through(open, text, values) : connection.transaction('batp_app', (tx) => through(tx, text, values))) },
      backend: connection.engine, migrate: false, createSchema: false, supervise: false, schedule: false,
    })
    // A start that fails to read its queues says nothing, and could not add a job for a minute.
    if (!(await boss.getQueue(DISPATCH))) throw new Error(`The queue ${DISPATCH} is missing: migrate the database.`)
    return boss
  } catch (error) {
    forgetQueue()
    throw error
  } finally {
    open = null
  }
}

const producerQueue = (connection: Connection, tx: Tx): Promise<PgBoss> => (held.batpBoss ??= startProducerQueue(connection, tx))
/** Stops keeping house as well: a timer that outlives the connection would complain once a minute. */
export const forgetQueue = (): void => {
  void held.batpBoss?.then((boss) => boss.stop({ graceful: false, close: false })).catch(() => {})
  held.batpBoss = undefined
}

/** Adds jobs inside the caller's transaction: they exist if, and only if, it commits. A job that is given an id is there once, however often it is added. */
export const enqueue = async (
  tx: Tx, connection: Connection, name: string, data: Record<string, string>[], idOf?: (item: Record<string, string>) => string,
): Promise<void> => {
  const boss = await producerQueue(connection, tx)
  await boss.insert(name, data.map((item) => ({ ...(idOf ? { id: idOf(item) } : {}), data: item })), { db: fromDrizzle(tx as never, sql) })
}

export const queueDepth = (tx: Tx): Promise<{ name: string; state: string; count: number }[]> =>
  rows(tx, sql`select name, state::text, count(*)::int as count from pgboss.job group by 1, 2`)
