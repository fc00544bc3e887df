import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { Connection } from './client.ts'

const MIGRATIONS = join(process.cwd(), 'drizzle')

/**
 * Brings the database to the newest schema, as its owner. Stores the hash of the server's secret, which the functions that
 * make sessions ask for; a changed secret therefore needs a migration run by whoever owns the database.
 */
export const migrateDatabase = async (connection: Connection, secret: string, folder = MIGRATIONS): Promise<void> => {
  const migrate = connection.engine === 'postgres'
    ? (await import('drizzle-orm/postgres-js/migrator')).migrate
    : (await import('drizzle-orm/pglite/migrator')).migrate
  await (migrate as (db: unknown, options: { migrationsFolder: string }) => Promise<void>)(connection.owner, { migrationsFolder: folder })
  // So that the application can say whether it is ready, without being the owner.
  await connection.owner.execute(sql`grant usage on schema drizzle to batp_app`)
  await connection.owner.execute(sql`grant select on drizzle.__drizzle_migrations to batp_app`)
  const hash = createHash('sha256').update(secret, 'utf8').digest('hex')
  await connection.owner.execute(sql`insert into settings (key, value) values ('auth_secret_hash', ${hash})
    on conflict (key) do update set value = excluded.value where settings.value <> excluded.value`)
}
