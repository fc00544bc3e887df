// Kills the server under load with SIGKILL, again and again, on PostgreSQL: `npm run crash [-- --rounds 20 --clients 8 --seed N --drain 10]`.
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openDatabase } from '../../lib/db/client.ts'
import { ensureBuilt } from '../../scripts/lib-build.mjs'
import { freshDatabase } from '../support/fresh.ts'
import { startPostgres } from '../support/postgres.ts'
import { freePort, newSecret, startServer, type Server, type Where } from '../support/server.ts'
import { filedUnder, undelivered, breachesNow } from './checks.ts'
import { askAgain, fileUntilKilled, openLedger, promisedIn, type Asked, type Ledger } from './ledger.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' }, clients: { type: 'string', default: '8' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    drain: { type: 'string', default: '10' },
  },
})
const [rounds, clients] = [Number(options.rounds), Number(options.clients)]
process.env.NEXTAUTH_SECRET = newSecret()

const started = Date.now()
const say = (text: string): void => console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s] ${text}`)
const fail = (problems: string[]): never => {
  console.error(`\nThe crash test failed (seed ${options.seed}):\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  process.exit(1)
}

let state = Number(options.seed)
/** A fraction from 0 to 1, the same series for the same seed (a linear congruential generator). */
const random = (): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state / 2 ** 32
}

const failedBuild = await ensureBuilt(process.execPath)
if (failedBuild !== null) fail([failedBuild])

const given = process.env.BATP_TEST_DATABASE_URL ?? process.env.DATABASE_URL
const cluster = given ? null : await startPostgres()
const database = await freshDatabase(given ?? cluster!.url, 'crash')
const { prepareRegister } = await import('../support/register.ts')
const connection = await prepareRegister(await openDatabase(database.url))
const where: Where = { databaseUrl: database.url, secret: process.env.NEXTAUTH_SECRET }
const port = await freePort()

/** Of those acknowledged before, so many are asked for again after each crash; of those in doubt, all. */
const ASKED_AGAIN = 25
const LONGEST_MS = 1200

const inspect = async (server: Server, ledger: Ledger, since: readonly Asked[]): Promise<void> => {
  const promised = ledger.asked.flatMap(({ answer }) => (answer ? [promisedIn(answer)] : []))
  const found = await breachesNow(connection, promised)
  if (found.length > 0) fail(found)
  const doubtful = since.filter(({ answer }) => !answer)
  const sure = since.filter(({ answer }) => answer)
  const sample = Array.from({ length: Math.min(ASKED_AGAIN, sure.length) }, () => sure[Math.floor(random() * sure.length)]!)
  const wrong = (await Promise.all([...doubtful, ...sample].map((asked) => askAgain(server.port, asked, ledger)))).filter((problem) => problem !== null)
  if (wrong.length > 0) fail(wrong)
}

const ledger = openLedger()
let [inDoubt, wereFiled, slowestStart] = [0, 0, 0]
let since: Asked[] = []
for (let round = 1; round <= rounds; round += 1) {
  const server = await startServer(where, { port })
  slowestStart = Math.max(slowestStart, server.startedMs)
  await inspect(server, ledger, since)
  const from = ledger.asked.length
  const load = fileUntilKilled(port, clients, ledger)
  while (!ledger.asked.slice(from).some(({ answer }) => answer)) await Promise.race([sleep(5), load])
  await Promise.race([sleep(random() * LONGEST_MS), load])
  await server.kill()
  await load
  since = ledger.asked.slice(from)
  const doubtful = since.filter(({ answer }) => !answer)
  inDoubt += doubtful.length
  wereFiled += await filedUnder(connection, doubtful.map(({ key }) => key))
  say(`killed ${round} of ${rounds}: ${since.length - doubtful.length} acknowledged, ${doubtful.length} in doubt`)
}

const server = await startServer(where, { port })
await inspect(server, ledger, since)
const caughtUp = Date.now() + Number(options.drain) * 1000
while (Date.now() < caughtUp && (await undelivered(connection)) > 0) await sleep(500)
await inspect(server, ledger, [])
const left = await undelivered(connection)
const total = ledger.asked.length
await server.stop()
ledger.remove()
await connection.close()
await database.drop()
cluster?.stop()
console.log(`
${rounds} kills under the load of ${clients} clients (seed ${options.seed}): ${total} filings asked for and all there once, each with its alerts, notices, deliveries,
payload and one job; none lost, none doubled, no number left out; every repeated key answered the same bytes. ${inDoubt} were in doubt when the server died:
${wereFiled} of them had been filed, ${inDoubt - wereFiled} not at all. Slowest start ${(slowestStart / 1000).toFixed(1)} s; ${left} deliveries were still on their way at the end.`)
process.exit(0)
