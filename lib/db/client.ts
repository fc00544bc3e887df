import { mkdirSync, openSync, readFileSync, rmSync, writeSync, closeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { DrizzleQueryError, sql, type SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js'
import type { Sql, TransactionSql } from 'postgres'
import type { PGlite } from '@electric-sql/pglite'
import { env } from '../shared/env.ts'
import * as schema from './schema.ts'

export type Database = PgDatabase<PgQueryResultHKT, typeof schema>
export type Tx = Pick<Database, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute' | '$with' | 'with'>
export type DatabaseRole = 'batp_app' | 'batp_worker' | 'batp_auditor' | 'owner'

/** A statement and its values, as rows. */
export type Ask = <T extends Record<string, unknown>>(statement: string, values: readonly (string | number)[]) => Promise<T[]>

export type Connection = {
  engine: 'postgres' | 'pglite'
  /** One transaction under a database role. The owner is for migrations, seeding and rebuilding only. */
  transaction: <T>(role: DatabaseRole, work: (tx: Tx) => Promise<T>) => Promise<T>
  /**
   * One transaction as batp_app after another, begun in the same trip as its first statements and past the query builder, which costs as
   * much as a trip: for the log's signer, whom every filing waits for. What `work` answers with is asked last, in the trip of the commit.
   */
  signing: <T>(work: (ask: Ask) => Promise<(() => Promise<T>) | null>) => Promise<T | null>
  /** The whole database as its owner; never handed to a page or an operation. */
  owner: Database
  /** What pg-boss talks to: its own pool of the role on PostgreSQL, the one session on PGlite. */
  raw: { postgresUrl: string | null; pglite: PGlite | null }
  listen: (channel: string, heard: (payload: string) => void) => Promise<() => Promise<void>>
  close: () => Promise<void>
}

/** Rows of a raw statement, whichever driver answered. */
export const rows = async <T extends Record<string, unknown>>(tx: Tx, query: SQL): Promise<T[]> => {
  const result = (await tx.execute(query)) as unknown as T[] | { rows: T[] }
  return Array.isArray(result) ? result : result.rows
}

/** Who does the same at this moment waits until this transaction ends, and then sees what it did. */
export const takeTurn = (tx: Tx, what: string) => tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`)
export const askTurn = (ask: Ask, what: string) => ask('select pg_advisory_xact_lock(hashtextextended($1, 0))', [what])

/** Which unique index of the database refused; null where none did. */
export const takenIndex = (error: unknown): string | null => {
  const cause = (error as { cause?: { code?: string; constraint_name?: string; constraint?: string } }).cause
  return cause?.code === '23505' ? (cause.constraint_name ?? cause.constraint ?? '') : null
}

/**
 * Waits for all, then throws what failed first. Work of one transaction that is sent together must also end together: a statement
 * sent after the transaction was undone would run outside it, and be kept.
 */
export const together = async <const T extends readonly unknown[]>(work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> => {
  const ended = await Promise.allSettled(work)
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  return ended.map((one) => (one as PromiseFulfilledResult<unknown>).value) as { -readonly [K in keyof T]: Awaited<T[K]> }
}

/** A statement with more parameters holds a list of any length, and each length would be another statement to remember. */
const REMEMBERED = 64

/**
 * drizzle sends its statements unnamed: each is parsed, described and planned anew, in two trips to the database. Under a name, which
 * postgres.js gives, it takes one trip and is planned once a connection.
 */
const remembering = <S extends Sql | TransactionSql>(client: S): S => {
  const { unsafe } = client
  return Object.assign(client, {
    unsafe: (text: string, values: never[] = [], options = {}) =>
      unsafe(text, values, { ...options, prepare: values.length > 0 && values.length <= REMEMBERED }),
  })
}

const PATIENCE_SECONDS = 5

/** Errors of the driver name the parameters: tokens, keys, the server's secret. They stay out of what is thrown, so out of every log. */
const withoutParameters = (error: unknown): never => {
  if (!(error instanceof DrizzleQueryError)) throw error
  throw new Error(`Failed query: ${error.query}`, { cause: error.cause && Object.assign(error.cause, { params: undefined }) })
}

const openPostgres = async (url: string): Promise<Connection> => {
  const { default: postgres } = await import('postgres')
  const pool = (role: string | null, max: number) => {
    const connection = { application_name: 'batp', ...(role ? { role } : {}) }
    const client = remembering(postgres(url, { max, idle_timeout: 60, onnotice: () => {}, connection }))
    const { begin } = client
    return Object.assign(client, { begin: (work: (tx: TransactionSql) => Promise<unknown>) => begin((tx) => work(remembering(tx))) })
  }
  const clients = { batp_app: pool('batp_app', env().poolSize), batp_worker: pool('batp_worker', 3), batp_auditor: pool('batp_auditor', 1), owner: pool(null, 2) }
  // The driver does not know of transactions on it, so it must not end it by itself. What is kept here can be kept again from what was
  // published, so nobody waits for it to be on disk. Statements keep the plan they got when the log was short: it is to be the index.
  const signer = postgres(url, {
    max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {},
    connection: { application_name: 'batp', role: 'batp_app', synchronous_commit: 'off', enable_seqscan: 'off', jit: 'off', plan_cache_mode: 'force_generic_plan' },
  })
  const databases = {
    batp_app: drizzlePostgres(clients.batp_app, { schema }) as unknown as Database,
    batp_worker: drizzlePostgres(clients.batp_worker, { schema }) as unknown as Database,
    batp_auditor: drizzlePostgres(clients.batp_auditor, { schema }) as unknown as Database,
    owner: drizzlePostgres(clients.owner, { schema }) as unknown as Database,
  }
  const ask: Ask = async (statement, values) => [...await signer.unsafe(statement, values as never[], { prepare: true })] as never[]
  let before: Promise<unknown> = Promise.resolve()
  const sign = async <T>(work: (ask: Ask) => Promise<(() => Promise<T>) | null>): Promise<T | null> => {
    try {
      const [, last] = await together([ask('begin', []), work(ask)])
      const [done] = await together([last ? last() : null, ask('commit', [])])
      return done
    } catch (error) {
      await ask('rollback', []).catch(() => {})
      throw error
    }
  }
  return {
    engine: 'postgres',
    transaction: (role, work) => databases[role].transaction((tx) => work(tx as unknown as Tx)).catch(withoutParameters),
    signing: (work) => {
      const done = before.then(() => sign(work))
      before = done.catch(() => {})
      return done
    },
    owner: databases.owner,
    raw: { postgresUrl: url, pglite: null },
    listen: async (channel, heard) => (await clients.batp_app.listen(channel, heard)).unlisten,
    close: async () => {
      // What is being signed is kept as well, unless that takes long: then it is kept by the next start.
      await Promise.race([before, pause(PATIENCE_SECONDS * 1000, undefined, { ref: false })])
      await Promise.all([signer, ...Object.values(clients)].map((client) => client.end({ timeout: PATIENCE_SECONDS })))
    },
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * PGlite takes no lock: a second process that opens the folder silently loses rows of both. So a file beside the folder,
 * made with O_EXCL, names the process that holds it; one left by a dead process is taken over, a live one never.
 */
const lockFolder = (folder: string): (() => void) => {
  const file = `${folder}.lock`
  mkdirSync(dirname(file), { recursive: true })
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = Number(readFileSync(file, 'utf8'))
      if (holder === process.pid || (holder > 0 && isAlive(holder))) {
        throw new Error(`The database in ${folder} is open in process ${holder}. Stop it first, or set BATP_DATA_DIR to another folder.`, { cause: error })
      }
      rmSync(file, { force: true })
    }
  }
  throw new Error(`Could not take ${file}; another process is starting on the same folder.`)
}

export const openPglite = async (folder: string | null, load?: Blob): Promise<Connection> => {
  const [{ PGlite: Engine }, { drizzle }] = await Promise.all([import('@electric-sql/pglite'), import('drizzle-orm/pglite')])
  const release = folder ? lockFolder(folder) : () => {}
  if (folder) mkdirSync(folder, { recursive: true })
  const engine = await Engine.create({ ...(folder ? { dataDir: folder } : {}), ...(load ? { loadDataDir: load } : {}) })
  const database = drizzle(engine, { schema }) as unknown as Database
  const transaction: Connection['transaction'] = (role, work) => database.transaction(async (tx) => {
    if (role !== 'owner') await tx.execute(sql.raw(`set local role ${role}`))
    return work(tx as unknown as Tx)
  }).catch(withoutParameters)
  return {
    engine: 'pglite',
    transaction,
    signing: (work) => engine.transaction(async (tx) => {
      await tx.exec('set local role batp_app')
      const last = await work(async (statement, values) => (await tx.query<never>(statement, [...values])).rows)
      return last ? last() : null
    }),
    owner: database,
    raw: { postgresUrl: null, pglite: engine },
    listen: async (channel, heard) => {
      const stop = await engine.listen(channel, heard)
      return () => stop()
    },
    close: async () => {
      await engine.close()
      release()
    },
  }
}

export const openDatabase = (url: string | null = env().databaseUrl, dataDir: string = env().dataDir): Promise<Connection> =>
  url ? openPostgres(url) : openPglite(join(dataDir, 'pglite'))

/** One connection a process, shared by the bundles that Next makes of pages, routes and instrumentation. */
const held = globalThis as typeof globalThis & { batpDatabase?: Promise<Connection> }
export const database = (): Promise<Connection> => (held.batpDatabase ??= openDatabase())
export const useDatabase = (connection: Promise<Connection> | undefined): void => { held.batpDatabase = connection }
