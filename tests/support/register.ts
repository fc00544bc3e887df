import { writeFileSync } from 'node:fs'
import { openDatabase, openPglite, useDatabase, type Connection } from '../../lib/db/client.ts'
import { migrateDatabase } from '../../lib/db/migrate.ts'
import { seedDemoAccounts, seedReference } from '../../lib/db/seed.ts'
import { installQueue } from '../../lib/jobs/queue.ts'
import { env } from '../../lib/shared/env.ts'

/** Migrated, with reference data and the demonstration's accounts; nothing is filed. */
export const prepareRegister = async (connection: Connection): Promise<Connection> => {
  useDatabase(Promise.resolve(connection))
  await migrateDatabase(connection, env().secret)
  await installQueue(connection)
  await seedReference(connection)
  await seedDemoAccounts(connection)
  return connection
}

// `node tests/support/register.ts <file | postgres://...>`: a process of its own, since PGlite never gives its memory back.
if (import.meta.main) {
  const target = process.argv[2]!
  if (target.startsWith('postgres')) await (await prepareRegister(await openDatabase(target))).close()
  else {
    const connection = await prepareRegister(await openPglite(null))
    const dump = await connection.raw.pglite!.dumpDataDir('none')
    writeFileSync(target, Buffer.from(await dump.arrayBuffer()))
    await connection.close()
  }
  process.exit(0)
}
