// Every check of the project, in order, on Node 24. `npm test` comes here after it has installed the packages.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import util from 'node:util'
import { ensureBuilt } from './lib-build.mjs'
import { describePostgres, ensureChromium, ensurePostgres } from './lib-machine.mjs'
import { end, isStopping, run } from './lib-process.mjs'
import { fail, ROOT, say } from './lib-setup.mjs'

const RESULTS = path.join(ROOT, 'test-results')
const minutes = count => count * 60_000
const node = (args, options) => run(process.execPath, args, options)

const passed = { passed: 1 }
const failed = note => ({ failed: 1, note })

const skipped = note => {
  const line = '!'.repeat(100)
  console.log(`\n${line}\n!!  SKIPPED: ${note}\n${line}\n`)
  return { skipped: 1, note }
}

const simple = async (args, options) => {
  const { problem } = await node(args, { timeoutMs: minutes(5), ...options })
  return problem ? failed(problem) : passed
}

const readReport = file => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

// A file that does not load, or a run that is cut short, fails without a failed test: it counts as one.
const counted = ({ problem }, counts) => {
  if (!counts) return failed(problem || 'no report was written')
  if (problem) return { ...counts, failed: Math.max(counts.failed, 1), note: problem }
  return counts.skipped > 0 ? { ...counts, note: `${counts.skipped} skipped` } : counts
}

const vitest = async (name, databaseUrl) => {
  const report = path.join(RESULTS, `${name}.json`)
  rmSync(report, { force: true })
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const env = { NODE_ENV: undefined, DATABASE_URL: undefined, BATP_TEST_DATABASE_URL: databaseUrl }
  const outcome = await node(args, { env, timeoutMs: minutes(20) })
  const found = readReport(report)
  const left = found && found.numPendingTests + found.numTodoTests
  return counted(outcome, found && { passed: found.numPassedTests, failed: found.numFailedTests, skipped: left })
}

const onPostgres = async (work, { isDurable = true } = {}) => {
  const postgres = await ensurePostgres({ isDurable })
  if (!postgres) return skipped('no PostgreSQL 15 or newer here. Install the package postgresql, or set DATABASE_URL.')
  say(`PostgreSQL: ${describePostgres(postgres.url)}`)
  try {
    return await work(postgres.url)
  } finally {
    if (postgres.server) await end(postgres.server, 15_000)
  }
}

const build = async () => {
  const output = await ensureBuilt(process.execPath)
  if (output === null) return passed
  console.log(output)
  return failed('next build failed')
}

const buildFailed = soFar => soFar.some(({ key, failed: count }) => key === 'build' && count)

const killed = async soFar => {
  if (buildFailed(soFar)) return skipped('what is killed is a build, and the build failed.')
  return onPostgres(url => simple(['tests/crash/run.ts', '--rounds', '20'], { env: { BATP_TEST_DATABASE_URL: url, DATABASE_URL: undefined, NODE_ENV: undefined } }))
}

const journeys = async soFar => {
  if (buildFailed(soFar)) return skipped('journeys need a build, and the build failed.')
  const chromium = await ensureChromium()
  if (!chromium) return skipped('no Chromium here. Install one: npx playwright install chromium, or the package chromium.')
  say(`Browser: ${chromium}`)
  const report = path.join(RESULTS, 'e2e.json')
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'batp-e2e-'))
  rmSync(report, { force: true })
  try {
    const env = {
      BATP_CHROMIUM: chromium, BATP_E2E_DATA_DIR: dataDir,
      BASE_URL: undefined, DATABASE_URL: undefined, NODE_ENV: undefined, NO_COLOR: undefined,
    }
    const outcome = await node(['node_modules/@playwright/test/cli.js', 'test'], { env, timeoutMs: minutes(25) })
    const stats = readReport(report)?.stats
    return counted(outcome, stats && { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped })
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

const typeCheck = async () => {
  const env = { NEXT_TELEMETRY_DISABLED: '1' }
  const routes = await node(['node_modules/next/dist/bin/next', 'typegen'], { env, timeoutMs: minutes(2) })
  return routes.problem ? failed(`next typegen: ${routes.problem}`) : simple(['node_modules/typescript/bin/tsc', '--noEmit'])
}

const LINTED = ['app', 'lib', 'scripts', 'tests', 'e2e', 'bench']

const STEPS = [
  { key: 'types', title: 'Types (tsc)', check: typeCheck },
  { key: 'lint', title: 'Lint (oxlint)', isBeside: true, check: () => simple(['node_modules/oxlint/bin/oxlint', '--deny-warnings', ...LINTED]) },
  {
    key: 'imports', title: 'Import rules (dependency-cruiser)', isBeside: true,
    check: () => simple(['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.cjs', '.']),
  },
  { key: 'unit', title: 'Unit and database tests on PGlite', check: () => vitest('pglite') },
  { key: 'pg', title: 'What opens a database, on PostgreSQL', check: () => onPostgres(url => vitest('postgres', url), { isDurable: false }) },
  { key: 'build', title: 'Production build', check: build },
  { key: 'crash', title: 'Killed 20 times under load, on PostgreSQL', check: killed },
  { key: 'e2e', title: 'Journeys in Chromium', check: journeys },
]

const wantedSteps = () => {
  const keys = STEPS.map(({ key }) => key)
  const usage = `npm test [-- --only ${keys.join(',')}]`
  let only
  try {
    only = util.parseArgs({ options: { only: { type: 'string' } } }).values.only
  } catch (error) {
    fail(`${error.message}\n${usage}`)
  }
  if (only === undefined) return STEPS
  const wanted = only.split(',')
  if (!wanted.every(key => keys.includes(key))) fail(usage)
  return STEPS.filter(({ key }) => wanted.includes(key) || (key === 'build' && (wanted.includes('e2e') || wanted.includes('crash'))))
}

const word = ({ failed: bad, passed: good }) => bad ? 'FAILED' : good ? 'passed' : 'SKIPPED'

const summarise = results => {
  console.log(`\n${'step'.padEnd(43)}${'result'.padEnd(9)}${'tests'.padStart(7)}${'seconds'.padStart(9)}`)
  for (const result of results) {
    const tests = (result.passed ?? 0) + (result.failed ?? 0)
    const line = `${result.title.padEnd(43)}${word(result).padEnd(9)}${String(tests).padStart(7)}${result.seconds.toFixed(1).padStart(9)}`
    console.log(result.note ? `${line}  ${result.note}` : line)
  }
  const total = name => results.reduce((sum, result) => sum + (result[name] ?? 0), 0)
  console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`)
  return total('failed') === 0
}

if (!process.stdout.isTTY) process.env.NO_COLOR = '1'
mkdirSync(RESULTS, { recursive: true })
const results = []
const checked = async ({ key, title, check }) => {
  say(`--- ${title}`)
  const begun = Date.now()
  const result = await check(results).catch(error => failed(error.message))
  return { key, title, seconds: (Date.now() - begun) / 1000, ...result }
}
const steps = wantedSteps()
while (steps.length > 0 && !isStopping()) {
  // What runs beside the one before takes the core that it leaves free.
  const next = steps.findIndex(({ isBeside }, index) => index > 0 && !isBeside)
  console.log('')
  const done = await Promise.all(steps.splice(0, next === -1 ? steps.length : next).map(checked))
  if (!isStopping()) results.push(...done)
}
if (!isStopping()) process.exitCode = summarise(results) ? 0 : 1
