import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { openDatabase, openPglite, rows, type Connection } from '../lib/db/client.ts'
import { env } from '../lib/shared/env.ts'
import { freshDatabase, type Fresh } from '../tests/support/fresh.ts'
import { prepareRegister } from '../tests/support/register.ts'
import { findPostgres, startPostgres } from '../tests/support/postgres.ts'
import type { Where } from '../tests/support/server.ts'
import { loadFloor, type Ask } from './floor.ts'
import { parentOf } from './process.ts'
import { loadRegister } from './register.ts'
import type { StandardRows } from './rows.ts'

type OnServer = Extract<Where, { databaseUrl: string }>

/** A register with the standard rows, beside it the same rows in plain tables. */
export type Bench = {
  engine: 'PostgreSQL' | 'PGlite'
  version: string
  where: Where
  /** Of the database server, for registers of its own; null where there is none. */
  server: string | null
  /** Process of the database server; 0 when it is the platform's own or not on this machine. */
  databasePid: number
  /** Connections to the plain tables, as many as clients. */
  plain: (clients: number) => Promise<{ asks: Ask[]; close: () => Promise<void> }>
  /** Whether deliveries of alerts still wait; null where nobody else may look. */
  isDelivering: (() => Promise<boolean>) | null
  /** Two copies of the register as it was loaded, to measure what the log adds; null where there is no database server. */
  copies: { logged: OnServer; unlogged: OnServer } | null
  drop: () => Promise<void>
}

const fill = async (connection: Connection, standard: StandardRows): Promise<number> => {
  await prepareRegister(connection)
  // Tells the demonstration that its history is in.
  await connection.owner.execute(sql`insert into settings (key, value) values ('demo_history', 'standard rows of the benchmark')`)
  return loadRegister(connection, standard)
}

const mustBeWhole = async (connection: Connection): Promise<void> => {
  const [found] = await rows<{ lines: number; of_lines: number; of_totals: number }>(connection.owner, sql`
    select (select count(*)::int from holding_lines) as lines, (select sum(in_service + in_storage)::int from holding_lines) as of_lines,
           (select sum(in_service + in_storage)::int from holding_totals) as of_totals`)
  if (found!.lines !== 56_000 || found!.of_lines !== found!.of_totals) throw new Error(`The register is not as loaded: ${JSON.stringify(found)}`)
}

const versionOf = async (connection: Connection): Promise<string> => {
  const [found] = await rows<{ version: string }>(connection.owner, sql`select current_setting('server_version') as version`)
  return found!.version.split(' ')[0]!
}

const plainPostgres = (url: string) => async (clients: number) => {
  const pool = Array.from({ length: clients }, () => postgres(url, { max: 1, onnotice: () => {} }))
  const asks = pool.map((client): Ask => async (statement, values) => [...await client.unsafe(statement, values as never[], { prepare: true })])
  return { asks, close: async () => { await Promise.all(pool.map((client) => client.end())) } }
}

export const benchPostgres = async (standard: StandardRows, say: (text: string) => void): Promise<Bench> => {
  const given = process.env.DATABASE_URL
  if (!given && !findPostgres()) throw new Error('No PostgreSQL 15 or newer here. Install the package postgresql, set DATABASE_URL, or measure --pglite-only.')
  const cluster = given ? null : await startPostgres()
  const server = given ?? cluster!.url
  const [register, plain] = [await freshDatabase(server, 'bench'), await freshDatabase(server, 'floor')]
  const filled = await openDatabase(register.url)
  say(`${await fill(filled, standard)} filings are in the register`)
  await mustBeWhole(filled)
  await filled.close()
  const [logged, unlogged] = [await freshDatabase(server, 'bench_logged', register), await freshDatabase(server, 'bench_unlogged', register)]
  const connection = await openDatabase(register.url)
  const [{ pid }] = (await rows<{ pid: number }>(connection.owner, sql`select pg_backend_pid() as pid`)) as [{ pid: number }]
  const floor = await openDatabase(plain.url)
  await loadFloor(floor, standard)
  await floor.close()
  const at = ({ url }: Fresh): OnServer => ({ databaseUrl: url, secret: env().secret })
  return {
    engine: 'PostgreSQL', server, version: await versionOf(connection), where: at(register), copies: { logged: at(logged), unlogged: at(unlogged) },
    databasePid: cluster?.pid ?? parentOf(pid, 'postgres'), plain: plainPostgres(plain.url),
    isDelivering: async () => (await rows(connection.owner, sql`select 1 from pgboss.job where state < 'completed' limit 1`)).length > 0,
    drop: async () => {
      await connection.close()
      for (const one of [register, plain, logged, unlogged]) await one.drop()
      cluster?.stop()
    },
  }
}

export const benchPglite = async (standard: StandardRows, say: (text: string) => void): Promise<Bench> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'batp-bench-pglite-'))
  const connection = await openPglite(join(dataDir, 'pglite'))
  say(`${await fill(connection, standard)} filings are in the register`)
  await mustBeWhole(connection)
  const version = await versionOf(connection)
  await connection.close()
  const floor = await openPglite(join(dataDir, 'plain'))
  await loadFloor(floor, standard)
  await floor.close()
  return {
    engine: 'PGlite', server: null, version, where: { dataDir, secret: env().secret }, databasePid: 0, isDelivering: null, copies: null,
    plain: async (clients) => {
      const engine = await PGlite.create({ dataDir: join(dataDir, 'plain') })
      const ask: Ask = async (statement, values) => (await engine.query<Record<string, unknown>>(statement, values)).rows
      return { asks: Array.from({ length: clients }, () => ask), close: () => engine.close() }
    },
    drop: async () => rmSync(dataDir, { recursive: true, force: true }),
  }
}
