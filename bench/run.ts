import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../scripts/lib-build.mjs'
import { newSecret } from '../tests/support/server.ts'
import type { LogResult } from './log.ts'
import type { LogCost } from './log-cost.ts'

const { values: options } = parseArgs({
  options: {
    'pg-only': { type: 'boolean' }, 'pglite-only': { type: 'boolean' }, quick: { type: 'boolean' },
    seconds: { type: 'string' }, runs: { type: 'string' }, clients: { type: 'string', default: '8' },
  },
})
const settings = process.env as Record<string, string | undefined>
settings.NEXTAUTH_SECRET = newSecret()
settings.LOG_LEVEL ??= 'warn'

const { benchPglite, benchPostgres } = await import('./engines.ts')
const { measure } = await import('./measure.ts')
const { measureLog } = await import('./log.ts')
const { costOfLog } = await import('./log-cost.ts')
const { report, reportLog, NOTES } = await import('./report.ts')
const { standardRows } = await import('./rows.ts')

const RESULTS = join(import.meta.dirname, 'results')
const started = new Date()
const stamp = started.toISOString().slice(0, 19).replaceAll(':', '')
const say = (text: string): void => console.log(`[${((Date.now() - started.getTime()) / 1000).toFixed(1).padStart(6)} s] ${text}`)
const busy = (): string => os.loadavg().map((load) => load.toFixed(2)).join(' ')

const plan = (share: number) => ({
  seconds: options.quick ? 1 : Number(options.seconds ?? 6) * share, warmUp: options.quick ? 0.5 : 2, runs: options.quick ? 1 : Number(options.runs ?? 3),
  many: Number(options.clients),
})

const failed = await ensureBuilt(process.execPath)
if (failed !== null) throw new Error(`The build failed:\n${failed}`)
mkdirSync(RESULTS, { recursive: true })
const before = busy()
say(`${os.cpus().length} cores, load ${before}; generating the standard rows`)
const standard = standardRows()
const results = []
let cost: LogCost | null = null
let log: LogResult | null = null
for (const [wanted, open, share] of [[!options['pglite-only'], benchPostgres, 1], [!options['pg-only'], benchPglite, 0.5]] as const) {
  if (!wanted) continue
  say(open === benchPostgres ? 'Loading them into PostgreSQL (fsync on) ...' : 'Loading them into PGlite ...')
  const bench = await open(standard, say)
  try {
    results.push(await measure(bench, plan(share), join(RESULTS, `${stamp}-server.log`), say))
    if (bench.copies) {
      say('Filing with the log and without it, in turn ...')
      cost = await costOfLog(bench.copies, plan(share))
    }
    if (bench.server && !options.quick) log = await measureLog(bench.server, say)
  } finally {
    await bench.drop()
  }
}
const machine = { cores: os.cpus().length, cpu: os.cpus()[0]?.model, memoryMb: Math.round(os.totalmem() / 2 ** 20), node: process.version, loadBefore: before, loadAfter: busy() }
writeFileSync(join(RESULTS, `${stamp}.json`), JSON.stringify({ at: started.toISOString(), machine, options, results, cost, log }, null, 2))
console.log(`\n${report(results, Number(options.clients))}\n${reportLog(cost, log)}${NOTES}\nLoad averages before and after: ${before}; ${machine.loadAfter}. Details: bench/results/${stamp}.json`)
process.exit(0)
