import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { sql } from 'drizzle-orm'
import { database, rows } from '../db/client.ts'
import { queueDepth } from '../jobs/queue.ts'
import { LOG_PARTS, logQuantile } from '../log/timing.ts'

type Instruments = {
  registry: Registry; requests: Histogram<'operation' | 'status'>
  log: Gauge<'part' | 'quantile'>; filings: Gauge<'kind' | 'action'>; deliveries: Gauge<'channel' | 'state'>; jobs: Gauge<'queue' | 'state'>
}
const held = globalThis as typeof globalThis & { batpMetrics?: Instruments }

const gauge = <L extends string>(name: string, help: string, labelNames: L[], registers: Registry[]): Gauge<L> =>
  new Gauge({ name, help, labelNames, registers })

const make = (): Instruments => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requests: new Histogram({
      name: 'batp_request_seconds', help: 'Time to answer a request of the API, by operation and status', labelNames: ['operation', 'status'],
      buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10], registers,
    }),
    log: gauge('batp_log_seconds', 'Time that the log takes of a filing, of the last thousand: appending, and signing with its proof', ['part', 'quantile'], registers),
    filings: gauge('batp_filings', 'Filed versions in the register, by kind and action', ['kind', 'action'], registers),
    deliveries: gauge('batp_deliveries', 'Deliveries of alerts, by channel and state', ['channel', 'state'], registers),
    jobs: gauge('batp_jobs', 'Jobs in the queue, by queue and state', ['queue', 'state'], registers),
  }
}

/** One registry a process: Next bundles routes apart, and each would count for itself. */
const instruments = (): Instruments => (held.batpMetrics ??= make())

export const observeRequest = (operation: string, status: number, seconds: number): void => {
  instruments().requests.labels(operation, String(status)).observe(seconds)
}

type Counted = { a: string; b: string; count: number }
const fill = (gauge: Gauge, [a, b]: [string, string], found: Counted[]): void => {
  gauge.reset()
  for (const row of found) gauge.set({ [a]: row.a, [b]: row.b }, row.count)
}

/** Everything measured, as Prometheus reads it. Counts of the register are taken now; of deliveries, which the public does not see, a function gives the counts alone. */
export const exposition = async (): Promise<{ text: string; type: string }> => {
  const { registry, log, filings, deliveries, jobs } = instruments()
  for (const part of LOG_PARTS) for (const quantile of [0.5, 0.95]) log.set({ part, quantile }, logQuantile(part, quantile) ?? 0)
  const connection = await database()
  const [filed, sent, queued] = await connection.transaction('batp_app', async (tx) => [
    await rows<Counted>(tx, sql`select kind as a, action as b, count(*)::int as count from filings group by 1, 2`),
    await rows<Counted>(tx, sql`select channel as a, state as b, count from app.delivery_counts()`),
    (await queueDepth(tx)).map(({ name, state, count }) => ({ a: name, b: state, count })),
  ])
  fill(filings, ['kind', 'action'], filed!)
  fill(deliveries, ['channel', 'state'], sent!)
  fill(jobs, ['queue', 'state'], queued!)
  return { text: await registry.metrics(), type: registry.contentType }
}
