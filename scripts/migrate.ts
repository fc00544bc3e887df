import { database } from '../lib/db/client.ts'
import { migrateDatabase } from '../lib/db/migrate.ts'
import { seedReference } from '../lib/db/seed.ts'
import { installQueue } from '../lib/jobs/queue.ts'
import { env } from '../lib/shared/env.ts'

const connection = await database()
await migrateDatabase(connection, env().secret)
await installQueue(connection)
await seedReference(connection)
await connection.close()
console.log('The database is at the newest schema, with participants, categories, rules and ceilings.')
