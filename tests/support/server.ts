import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { connect, request } from './http.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))

export const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const server = net.createServer()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as net.AddressInfo
    server.close(() => resolve(port))
  })
})

/** Where the platform is to run: what `npm start` gets from whoever runs it for real, or the demonstration's PGlite folder. */
export type Where = { databaseUrl: string; secret: string } | { dataDir: string; secret: string }

/** One key for the logs of this process's servers; where the files of a database's log lie. */
const logKey = randomBytes(32).toString('hex')
const logFolders = new Map<string, string>()
const logData = (databaseUrl: string): string => {
  const known = logFolders.get(databaseUrl)
  if (known) return known
  const made = mkdtempSync(path.join(os.tmpdir(), 'batp-log-'))
  process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  logFolders.set(databaseUrl, made)
  return made
}

export const newSecret = (): string => randomBytes(32).toString('base64url')

const environment = (where: Where, port: number, worker: 'inline' | 'off' = 'inline'): NodeJS.ProcessEnv => {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(BATP|NEXT|DATABASE_URL|SMTP|MAIL|NODE_ENV|NODE_OPTIONS)/.test(name)))
  const build = process.env.BATP_BUILD_DIR
  return {
    ...inherited, ...(build ? { BATP_BUILD_DIR: build } : {}), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', PORT: String(port), LOG_LEVEL: 'warn',
    NEXTAUTH_SECRET: where.secret, BATP_LOG_KEY: logKey, BATP_LOG_ORIGIN: 'register.example/log', NEXTAUTH_URL: `http://127.0.0.1:${port}`, BATP_WORKER: worker, MAIL_FROM: 'Register <register@example.org>',
    ...('databaseUrl' in where ? { DATABASE_URL: where.databaseUrl, BATP_DATA_DIR: logData(where.databaseUrl) } : { BATP_DATA_DIR: where.dataDir, BATP_DEMO: '1' }),
  }
}

export type Server = { port: number; pid: number; startedMs: number; process: ChildProcess; kill: () => Promise<void>; stop: () => Promise<void> }

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  if (child.exitCode !== null || child.signalCode !== null) resolve()
  else child.once('exit', () => resolve())
})

/** Asks every 5 ms until something answers 200: what a user waits for. */
const untilAnswered = async (child: ChildProcess, port: number, key: string, asked: string): Promise<void> => {
  const question = request({ path: asked, key })
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The server ended with ${child.exitCode ?? child.signalCode} before it answered`)
    const session = await connect(port).catch(() => null)
    const answer = await session?.send(question).catch(() => null)
    session?.close()
    if (answer?.status === 200) return
    await new Promise((resolve) => { setTimeout(resolve, 5) })
  }
  throw new Error('The server did not answer within 60 s')
}

type Options = { port?: number; key?: string; asked?: string; log?: string; execArgv?: string[]; worker?: 'inline' | 'off' }

/** The production server as a process of its own, up when it has answered `asked` with 200. Killed with us if we die. */
export const startServer = async (where: Where, options: Options = {}): Promise<Server> => {
  const { key = 'demo-al-submitter', asked = '/api/v1/filings?limit=1', log, execArgv = [], worker } = options
  const port = options.port ?? (await freePort())
  const started = performance.now()
  const child = spawn(process.execPath, [...execArgv, 'scripts/start.ts', ...('dataDir' in where ? ['--demo'] : [])], {
    cwd: ROOT, env: environment(where, port, worker), stdio: ['ignore', log ? 'pipe' : 'ignore', log ? 'pipe' : 'inherit'],
  })
  if (log) {
    const file = createWriteStream(log, { flags: 'a' })
    child.stdout!.pipe(file)
    child.stderr!.pipe(file)
  }
  const killNow = () => child.kill('SIGKILL')
  process.once('exit', killNow)
  const gone = async () => {
    await ended(child)
    process.off('exit', killNow)
  }
  try {
    await untilAnswered(child, port, key, asked)
  } catch (error) {
    killNow()
    await gone()
    throw error
  }
  return {
    port, pid: child.pid!, startedMs: performance.now() - started, process: child,
    kill: async () => { killNow(); await gone() },
    stop: async () => { child.kill('SIGTERM'); await gone() },
  }
}

/** The worker as a process of its own, as `npm run worker` is in production. */
export const startWorkerProcess = (where: Where, port: number): (() => Promise<void>) => {
  const child = spawn(process.execPath, ['scripts/worker.ts'], { cwd: ROOT, env: environment(where, port), stdio: ['ignore', 'ignore', 'inherit'] })
  const killNow = () => child.kill('SIGKILL')
  process.once('exit', killNow)
  return async () => {
    child.kill('SIGTERM')
    await ended(child)
    process.off('exit', killNow)
  }
}
