import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'

const OLDEST_MAJOR = 15

const binaries = (): string[] => {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : []
  const inPath = (process.env.PATH ?? '').split(path.delimiter)
    .filter(entry => existsSync(path.join(entry, 'initdb')))
    .map(entry => path.dirname(realpathSync(path.join(entry, 'initdb'))))
  return [...versions.map(version => `${debian}/${version}/bin`), ...inPath]
}

const majorOf = (folder: string): number => {
  const { stdout } = spawnSync(path.join(folder, 'postgres'), ['--version'], { encoding: 'utf8' })
  return Number(/(\d+)/.exec(stdout ?? '')?.[1] ?? 0)
}

/** The folder of a PostgreSQL server's binaries, version 15 or newer, or null when this machine has none. */
export const findPostgres = (): string | null =>
  binaries().find(folder => existsSync(path.join(folder, 'initdb')) && majorOf(folder) >= OLDEST_MAJOR) ?? null

const idOf = (user: string, which: '-u' | '-g'): number | null => {
  const { status, stdout } = spawnSync('id', [which, user], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : null
}

/** PostgreSQL refuses to run as root: root hands the server to `postgres`, or to `nobody` where there is none. */
const serverUser = (): { uid: number, gid: number } | Record<string, never> => {
  if (process.getuid?.() !== 0) return {}
  for (const user of ['postgres', 'nobody']) {
    const uid = idOf(user, '-u')
    const gid = idOf(user, '-g')
    if (uid !== null && gid !== null) return { uid, gid }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as')
}

const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const server = net.createServer()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as net.AddressInfo
    server.close(() => resolve(port))
  })
})

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

const exited = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** The last line of postmaster.pid says `ready` once connections are accepted, whatever the language of the messages. */
const isReady = (cluster: string): boolean => {
  try {
    return readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').trimEnd().endsWith('ready')
  } catch {
    return false
  }
}

// A time zone other than UTC, so that a date taken from a timestamp without saying `at time zone 'UTC'` is noticed.
const settings = (port: number, isDurable: boolean): Record<string, string | number> => ({
  listen_addresses: '127.0.0.1',
  port,
  unix_socket_directories: '',
  max_connections: 100,
  shared_buffers: '256MB',
  ...(isDurable ? { fsync: 'on' } : { fsync: 'off', full_page_writes: 'off' }),
  TimeZone: 'Europe/Belgrade',
  logging_collector: 'off',
})

const launch = (bin: string, cluster: string, port: number, user: object, isDurable: boolean): { server: ChildProcess, ready: Promise<void> } => {
  const options = Object.entries(settings(port, isDurable)).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(path.join(bin, 'postgres'), ['-D', cluster, ...options], {
    ...user, cwd: cluster, detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' },
  })
  let log = ''
  server.stderr?.on('data', chunk => {
    log = (log + String(chunk)).slice(-4000)
  })
  const untilReady = async () => {
    const deadline = Date.now() + 60_000
    while (!isReady(cluster)) {
      if (exited(server) || Date.now() > deadline) throw new Error(`PostgreSQL did not start:\n${log}`)
      await sleep(50)
    }
  }
  return { server, ready: untilReady() }
}

// Synchronous, to serve as an `exit` handler. SIGQUIT ends the server at once, without the last checkpoint that nobody would read.
const remove = (server: ChildProcess | null, cluster: string): void => {
  server?.kill('SIGQUIT')
  const clock = new Int32Array(new SharedArrayBuffer(4))
  for (let tries = 0; tries < 100 && existsSync(path.join(cluster, 'postmaster.pid')); tries++) Atomics.wait(clock, 0, 0, 50)
  rmSync(cluster, { recursive: true, force: true, maxRetries: 5 })
}

export type Postgres = { url: string, pid: number, stop: () => void }

/**
 * A new, empty cluster in a temporary folder, on a random port of the loopback address, gone after `stop()`. Durable unless told otherwise:
 * tests end processes and never the machine, so only what is measured, and what is killed, waits for the disk.
 */
export const startPostgres = async (bin = findPostgres(), isDurable = true): Promise<Postgres> => {
  if (!bin) throw new Error(`No PostgreSQL ${OLDEST_MAJOR} or newer on this machine (install the package postgresql)`)
  const user = serverUser()
  const cluster = mkdtempSync(path.join(os.tmpdir(), 'batp-postgres-'))
  let server: ChildProcess | null = null
  const stop = () => {
    process.off('exit', stop)
    remove(server, cluster)
  }
  process.once('exit', stop)

  if ('uid' in user) chownSync(cluster, user.uid, user.gid)
  const init = spawnSync(path.join(bin, 'initdb'), [
    '-D', cluster, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8',
  ], { ...user, cwd: cluster, encoding: 'utf8' })
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr || init.error?.message}`)
  const port = await freePort()
  const launched = launch(bin, cluster, port, user, isDurable)
  server = launched.server
  await launched.ready
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, pid: server.pid ?? 0, stop }
}

// `node tests/support/postgres.ts` prints the address and serves until its input ends, as it does when the starter dies in any way.
if (import.meta.main) {
  const leave = () => process.exit(0)
  process.on('SIGINT', leave).on('SIGTERM', leave)
  process.stdin.on('end', leave).resume()
  const { url, pid } = await startPostgres(findPostgres(), !process.argv.includes('--fast'))
  console.log(JSON.stringify({ url, pid }))
}
