import type { Connection } from '../lib/db/client.ts'
import { env } from '../lib/shared/env.ts'

/** What pages and routes opened for themselves, in their own bundles: one connection a process. */
const opened = globalThis as typeof globalThis & { batpDatabase?: Promise<Connection> }

/** The demonstration's witnesses; whoever runs it for real has them on other machines. */
const startWitnesses = async (): Promise<() => Promise<void>> =>
  (env().isDemo ? (await import('./demo-witnesses.ts')).startDemoWitnesses() : async () => {})

/**
 * What must be done before the first request: the demonstration migrates and fills its database; production leaves that to
 * `npm run migrate`. Loaded only where needed, because for production it would be half of the start and of the memory.
 */
export const prepare = async (): Promise<() => Promise<void>> => {
  if (env().isDemo || !env().isProduction) await (await import('./demonstration.ts')).prepareDemonstration()
  const stopWitnesses = await startWitnesses()
  const stopWorker = env().worker === 'inline' ? await (await import('../lib/jobs/worker.ts')).startWorker() : async () => {}
  return async () => {
    await stopWorker()
    await stopWitnesses()
    await (await opened.batpDatabase)?.close()
  }
}

export const banner = async (): Promise<void> =>
  console.log(env().isDemo ? (await import('./demonstration.ts')).welcome(env().baseUrl) : `Serving on port ${env().port}`)
