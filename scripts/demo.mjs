import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import util from 'node:util'
import { ensureBuilt } from './lib-build.mjs'
import { ensureInstalled } from './lib-install.mjs'
import { become } from './lib-process.mjs'
import { fail, ROOT, say } from './lib-setup.mjs'

const USAGE = `npm run demo [-- --port N] [-- --host H] [-- --fresh]
  --port N   serve on this port (default: PORT, else 3000)
  --host H   listen on this address (default: 127.0.0.1, for this machine alone; 0.0.0.0 is all of them)
  --fresh    delete the demonstration's data first
The data is kept in BATP_DATA_DIR (default: .data).`

const readArguments = () => {
  try {
    const options = { port: { type: 'string' }, host: { type: 'string' }, fresh: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } }
    return util.parseArgs({ options }).values
  } catch (error) {
    return fail(`${error.message}\n\n${USAGE}`)
  }
}

const readPort = text => {
  const port = Number(text)
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : fail(`"${text}" is not a port: give a number from 1 to 65535.`)
}

const problemWithPort = (port, host) => new Promise(resolve => {
  const server = net.createServer()
  server.once('error', resolve)
  server.listen(port, host, () => server.close(() => resolve(null)))
})

// Without a host all addresses are tried: "localhost" must lead here, whichever of them the browser chooses.
const requireFreePort = async (port, host) => {
  const problem = await problemWithPort(port, host)
  if (!problem) return
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(problem.code)) fail(`"${host}" is not an address of this machine. Leave --host out, or give one that is.`)
  if (problem.code === 'EACCES') fail(`Port ${port} needs administrator rights. Choose one above 1023: npm run demo -- --port 3000`)
  const next = port < 65_535 ? port + 1 : 3000
  fail(`Port ${port} is taken by another program. Stop that program, or choose another port: npm run demo -- --port ${next}`)
}

const DEFAULT_DATA_DIR = path.join(ROOT, '.data')
const SECRET_FILE = 'nextauth-secret'

const holderOf = dataDir => {
  try {
    const pid = Number(readFileSync(path.join(dataDir, 'pglite.lock'), 'utf8'))
    return process.kill(pid, 0) && pid
  } catch {
    return null
  }
}

// BATP_DATA_DIR is typed by hand: a folder other than our own is deleted only if an earlier demonstration made it.
const deleteData = dataDir => {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return
  const holdsMore = [ROOT, os.homedir()].some(kept => `${kept}${path.sep}`.startsWith(`${dataDir}${path.sep}`))
  const isOurs = dataDir === DEFAULT_DATA_DIR || existsSync(path.join(dataDir, SECRET_FILE))
  if (holdsMore || !isOurs) {
    fail(`${dataDir} was not made by this demonstration, so --fresh leaves it alone. Empty it, or set BATP_DATA_DIR elsewhere.`)
  }
  const holder = holderOf(dataDir)
  if (holder) fail(`${dataDir} is in use by process ${holder}. Stop it first.`)
  rmSync(dataDir, { recursive: true })
  say(`Deleted ${dataDir}`)
}

const keptSecret = dataDir => {
  const file = path.join(dataDir, SECRET_FILE)
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const secret = randomBytes(32).toString('base64url')
  writeFileSync(file, secret, { mode: 0o600 })
  chmodSync(file, 0o600)
  return secret
}

const main = async () => {
  const { port: wanted, host, fresh, help } = readArguments()
  if (help) return console.log(USAGE)
  const port = readPort(wanted ?? process.env.PORT ?? '3000')
  const dataDir = path.resolve(ROOT, process.env.BATP_DATA_DIR || DEFAULT_DATA_DIR)
  await requireFreePort(port, host)
  if (fresh) deleteData(dataDir)
  const node = await ensureInstalled()
  const failedBuild = await ensureBuilt(node)
  if (failedBuild !== null) fail(`${failedBuild}\nThe production build failed; its output is above.`)

  if (process.env.DATABASE_URL) say('DATABASE_URL is set, but the demonstration keeps to its own database and leaves that one alone')
  say('Starting ...')
  become(node, ['scripts/start.ts', '--demo', '--port', String(port), ...(host ? ['--host', host] : [])], {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: undefined,
    BATP_DATA_DIR: dataDir,
    PORT: String(port),
    NEXTAUTH_URL: undefined,
    NEXTAUTH_SECRET: keptSecret(dataDir),
  })
}

await main()
