import { setTimeout as sleep } from 'node:timers/promises'
import { connect, request } from '../tests/support/http.ts'
import { startServer, startWorkerProcess, type Server } from '../tests/support/server.ts'
import type { Bench } from './engines.ts'
import { clientsOf, drive, median, medians, settle, type Measured, type Turn } from './load.ts'
import { cpuOf, cpuOfTree, memoryOf } from './process.ts'
import { mustAgree, worksOn, type Work } from './works.ts'

export type Plan = { seconds: number; warmUp: number; runs: number; many: number }

/** Milliseconds of processor time a request: of the platform's process, of the database's, of the client that measures. */
type Cost = { server: number; database: number; client: number }
export type Figures = Measured & Cost
export type WorkResult = {
  key: Work['key']; title: string; bytes: number; aim: Work['aim']; others: Work['others']
  one: Figures; many: Figures; plainOne: Measured; plainMany: Measured
}
/** Milliseconds of a filing at one client that are the log's, median: in its transaction, and after it. */
export type LogParts = { append: number; sign: number }
export type Result = {
  log: LogParts | null
  engine: Bench['engine']; version: string; works: WorkResult[]; startMs: number; memoryIdle: number; memoryAfter: number; delivered: boolean | null
}

const START = '/api/v1/filings?category=III&from=2015-01-01&limit=50'

const runs = async (turns: readonly Turn[], { seconds, warmUp, runs: count }: Plan, processes: () => number[]): Promise<Figures> => {
  await drive(turns, warmUp)
  const measured: Figures[] = []
  for (let run = 0; run < count; run += 1) {
    const before = processes()
    const figures = await drive(turns, seconds)
    const [server, database, client] = processes().map((used, index) => (used - before[index]!) / figures.count) as [number, number, number]
    measured.push({ ...figures, server, database, client })
  }
  return medians(measured)
}

const own = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const overHttp = async (bench: Bench, server: Server, work: Work, clients: number, plan: Plan): Promise<Figures> => {
  const { turns, close } = await clientsOf(server.port, clients, work)
  try {
    return await runs(turns, plan, () => [cpuOf(server.pid), cpuOfTree(bench.databasePid), own()])
  } finally {
    close()
  }
}

const inSql = async (bench: Bench, work: Work, clients: number, plan: Plan): Promise<Measured> => {
  const { asks, close } = await bench.plain(clients)
  try {
    const turns = asks.map((ask): Turn => async (turn) => { await work.floor(ask, turn) })
    const { server: _s, database: _d, client: _c, ...figures } = await runs(turns, plan, () => [0, 0, 0])
    return figures
  } finally {
    await close()
  }
}

const logParts = async (port: number): Promise<LogParts> => {
  const session = await connect(port)
  const text = (await session.send(request({ path: '/metrics', key: 'demo-secretariat' }))).body.toString()
  session.close()
  const median = (part: string): number => Number(new RegExp(`batp_log_seconds{part="${part}",quantile="0.5"} (\\S+)`).exec(text)?.[1]) * 1000
  return { append: median('append'), sign: median('sign') }
}

const sizeOf = async (port: number, work: Work): Promise<number> => {
  const session = await connect(port)
  const { body } = await session.send(work.request(0))
  session.close()
  return body.length
}

/** As in production: on PostgreSQL deliveries are a process of their own, on the same cores. */
const hasOwnWorker = ({ where }: Bench): boolean => 'databaseUrl' in where

/** Starts on the database as it is, so often, and stays up the last time. */
const startOften = async (bench: Bench, times: number, log: string): Promise<{ server: Server; startMs: number }> => {
  const taken: number[] = []
  for (let time = 1; ; time += 1) {
    const server = await startServer(bench.where, { asked: START, log, worker: hasOwnWorker(bench) ? 'off' : 'inline' })
    taken.push(server.startedMs)
    if (time === times) return { server, startMs: median(taken) }
    await server.stop()
  }
}

const IDLE_MS = 5_000

/** Everything on one engine: start, idle memory, then reads before writes, so that all read the same rows. */
export const measure = async (bench: Bench, plan: Plan, log: string, say: (text: string) => void): Promise<Result> => {
  const { server, startMs } = await startOften(bench, plan.runs, log)
  const stopWorker = hasOwnWorker(bench) ? startWorkerProcess(bench.where, server.port) : null
  try {
    await sleep(IDLE_MS)
    const memoryIdle = memoryOf(server.pid)
    const { asks: [plain], close } = await bench.plain(1)
    await mustAgree(server.port, plain!).finally(close)
    const results: WorkResult[] = []
    let log: LogParts | null = null
    for (const work of await worksOn(server.port)) {
      const { key, title, aim, others } = work
      const bytes = await sizeOf(server.port, work)
      const one = await overHttp(bench, server, work, 1, plan)
      if (key === 'file') log = await logParts(server.port)
      const many = await overHttp(bench, server, work, plan.many, plan)
      const plainOne = await inSql(bench, work, 1, plan)
      const plainMany = await inSql(bench, work, plan.many, plan)
      results.push({ key, title, bytes, aim, others, one, many, plainOne, plainMany })
      say(`${title}: p50 ${one.p50.toFixed(2)} ms, ${many.perSecond.toFixed(0)} a second at ${plan.many} clients`)
    }
    const { isDelivering } = bench
    const delivered = isDelivering && (await settle(async () => !(await isDelivering()), 30))
    return { log, engine: bench.engine, version: bench.version, works: results, startMs, memoryIdle, memoryAfter: memoryOf(server.pid), delivered }
  } finally {
    await stopWorker?.()
    await server.stop()
  }
}
