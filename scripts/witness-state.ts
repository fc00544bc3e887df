import { createHash } from 'node:crypto'
import { mkdir, open, readFile, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * What a witness remembers, as files: for each log the checkpoint that it cosigned last, and requests that speak against the log.
 * Everything else of a witness may be lost; this must not be, and must never go back.
 */
export type State = {
  /** The note that was cosigned last for a log; null if none ever was. */
  read: (origin: string) => Promise<string | null>
  /** On disk when it returns, whole: after a power failure the one before is there, or this one. */
  persist: (origin: string, note: string) => Promise<void>
  keep: (kind: Kind, origin: string, against: Against) => Promise<void>
  close: () => Promise<void>
}

/**
 * `evidence` proves by itself that the log signed two trees. `suspect`: signed by the log, but whoever sent it may have got the proof
 * wrong.
 */
export type Kind = keyof typeof KEPT
export type Against = { request: Uint8Array; text: string; cosigned: string | null }
const KEPT = { evidence: 1000, suspect: 200 }

export const originFolder = (origin: string): string => createHash('sha256').update(origin).digest('hex')

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'
const readOrNull = (file: string): Promise<string | null> =>
  readFile(file, 'utf8').catch((error: unknown) => (isMissing(error) ? null : Promise.reject(error)))

/** Windows opens no folders; there a rename is as durable as it gets. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

const replaceFile = async (file: string, content: string | Uint8Array): Promise<void> => {
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
  await syncFolder(dirname(file))
}

/** After a restart of the machine a process number says nothing. Only Linux tells restarts apart. */
const bootId = (): string => {
  const file = '/proc/sys/kernel/random/boot_id'
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '-'
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Certain that nobody holds it. Of another machine (or container) on the same folder nothing is certain. */
const isStale = (holder: string): boolean => {
  const [host, pid, boot] = holder.split(' ')
  if (host !== hostname() || !boot) return false
  return boot !== bootId() || Number(pid) === process.pid || !isAlive(Number(pid))
}

const heldHere = new Set<string>()

const inUse = (folder: string, file: string, holder: string): Error => {
  const [host = '?', pid = '?'] = holder.split(' ')
  return new Error(`Another witness works on ${folder}: process ${pid} on ${host}. Two on one record could cosign two different trees. `
    + `Stop it, or choose another --data. If you are certain that it no longer runs, delete ${file}.`)
}

/** Only one process at a time may find a lock stale: otherwise the second would take away what the first has just taken. */
const takeOver = async (folder: string, file: string, mine: string): Promise<void> => {
  const guard = `${file}.taking`
  await writeFile(guard, mine, { flag: 'wx' }).catch(() => { throw inUse(folder, guard, mine) })
  try {
    const holder = (await readOrNull(file)) ?? ''
    if (!isStale(holder)) throw inUse(folder, file, holder)
    await replaceFile(file, mine)
  } finally {
    await rm(guard, { force: true })
  }
}

/** Two processes on one folder would each judge without knowing what the other has cosigned. */
const lock = async (folder: string): Promise<() => Promise<void>> => {
  const [place, file, mine] = [await realpath(folder), join(folder, 'lock'), `${hostname()} ${process.pid} ${bootId()}`]
  if (heldHere.has(place)) throw inUse(folder, file, mine)
  heldHere.add(place)
  try {
    await writeFile(file, mine, { flag: 'wx', mode: 0o600 }).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
      await takeOver(folder, file, mine)
    })
  } catch (error) {
    heldHere.delete(place)
    throw error
  }
  return async () => {
    await rm(file, { force: true })
    heldHere.delete(place)
  }
}

/** Each checkpoint is kept once, up to a number: whoever sends the same ones again fills no disk. */
const keep = async (folder: string, most: number, { request, text, cosigned }: Against): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = join(folder, createHash('sha256').update(text).digest('hex').slice(0, 32))
  const kept = (await readdir(folder)).filter((each) => each.endsWith('.request'))
  if (kept.length >= most || existsSync(`${name}.request`)) return
  if (cosigned !== null) await replaceFile(`${name}.cosigned`, cosigned)
  await replaceFile(`${name}.request`, request)
}

/** Takes the folder for this process, and makes it if it is missing. */
export const openState = async (folder: string, origins: Iterable<string>): Promise<State> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unlock = await lock(folder)
  const of = (origin: string): string => join(folder, originFolder(origin))
  for (const origin of origins) await mkdir(of(origin), { recursive: true, mode: 0o700 })
  await syncFolder(folder)
  return {
    read: (origin) => readOrNull(join(of(origin), 'checkpoint')),
    persist: (origin, note) => replaceFile(join(of(origin), 'checkpoint'), note),
    keep: (kind, origin, against) => keep(join(of(origin), kind), KEPT[kind], against),
    close: unlock,
  }
}
