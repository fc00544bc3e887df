import { closeSync, fstatSync, fsync, ftruncateSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { parseCheckpoint } from './checkpoint.ts'
import { parseNote } from './note.ts'
import { TILE_WIDTH, encodeBundle, firstEntries, firstHashes, tilePath, tilesBetween, type Tile } from './tiles.ts'
import { HASH_BYTES, equalBytes } from './steps.ts'
import type { StoredNode } from './merkle.ts'
import { utf8 } from './encoding.ts'

/**
 * The published log, outside of the database so that it can be read while that is away. A tile is one thing that grows: the first W
 * entries of it are the partial tile of width W, which therefore stays readable for good. What stands beyond the published size, left
 * by a process that died while it wrote, is overwritten by the same bytes or cut off.
 */
export type LogStore = {
  /** Where it lies, as people are told. */
  place: string
  /** A tile, or null. */
  read: (name: string) => Promise<Uint8Array | null>
  /**
   * The last checkpoint, behind those before it that are still there, or the newest of them; first what stands among them and is none.
   * Empty where nothing was published.
   */
  checkpoints: (all: boolean) => Promise<string[]>
  /** Where tiles may be behind their checkpoints after a power cut: writes those that are not there. The first of all checkpoints has its own. */
  repair?: (parts: readonly Part[]) => Promise<void>
  /** All parts, then the checkpoint that needs them, in one step; it is on disk when it ends. Again is the same. */
  write: (parts: readonly Part[], note: string, at: (point: 'tiles written' | 'checkpoint written') => void) => Promise<void>
}
/** A tile's new bytes, from `offset` on. */
export type Part = { name: string; offset: number; bytes: Uint8Array }

export const CHECKPOINT = 'checkpoint'
const whole = ({ level, index }: Pick<Tile, 'level' | 'index'>): string => tilePath({ level, index, width: TILE_WIDTH })

const onDisk = promisify(fsync)
const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

const readOrNull = (file: string): Uint8Array | null => {
  try {
    return readFileSync(file)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const openToWrite = (file: string): number => {
  try {
    return openSync(file, 'r+')
  } catch (error) {
    if (!isMissing(error)) throw error
    mkdirSync(dirname(file), { recursive: true })
    return openSync(file, 'w+', 0o644)
  }
}

/** Writes from `offset` on and cuts off what followed. */
const writeAt = async (file: string, offset: number, bytes: Uint8Array, { durable }: { durable: boolean }): Promise<void> => {
  const handle = openToWrite(file)
  try {
    if (fstatSync(handle).size > offset) ftruncateSync(handle, offset)
    writeSync(handle, bytes, 0, bytes.length, offset)
    if (durable) await onDisk(handle)
  } finally {
    closeSync(handle)
  }
}

/** Of a file its bytes, of a folder its names. */
const sync = async (path: string): Promise<void> => {
  const handle = openSync(path, 'r')
  await onDisk(handle).finally(() => closeSync(handle))
}

/**
 * Checkpoints stand one after another with an empty line between them: adding one is a single write, many times quicker than putting a
 * file in the place of another. What a process left behind them that died while it wrote is no whole note, and is written over.
 *
 * A round waits for the disk once, for its checkpoint. Tiles were written before it, but a power cut may lose them: those of the entries
 * after the first checkpoint in this file, which are in the database. A start makes them whole. So that it is soon done, the file begins
 * anew when it is long, once all tiles are on disk.
 */
const NOTE = /(?<=^|\n\n)(?:(?!\xe2\x80\x94 )[^\n]+\n){3,}\n(?:\xe2\x80\x94 [^\n]+\n)+(?=\n|$)/g
const ANEW_BYTES = 65_536
const CARRIED_OVER = 8
const TAIL_BYTES = 4_096

type Notes = { notes: string[]; strange: string[]; end: number }
/**
 * The notes in some bytes, and where the last of them ends. `strange`: what stands between them and is none. `isCut`: what is at the front may
 * have begun before, and is not taken for one.
 */
export const notesIn = (bytes: Uint8Array, isCut = false): Notes => {
  // A byte a letter, so that places in the text are places in the file.
  const text = Buffer.from(bytes).toString('latin1')
  const inUtf8 = (part: string): string => Buffer.from(part, 'latin1').toString('utf8')
  const found: Notes = { notes: [], strange: [], end: 0 }
  for (const { 0: note, index } of text.matchAll(NOTE)) {
    if (isCut && index === 0) continue
    const between = text.slice(found.end, index)
    if (between !== (found.end === 0 ? '' : '\n') && !(isCut && found.end === 0)) found.strange.push(inUtf8(between))
    found.notes.push(inUtf8(note))
    found.end = index + note.length
  }
  return found
}

type Checkpoints = Notes & { length: number }
/** Those in the last bytes of the file, oldest first; null where there is no file. */
const readCheckpoints = (file: string, last: number): Checkpoints | null => {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
  try {
    const { size: length } = fstatSync(handle)
    const from = Math.max(0, length - last)
    const bytes = Buffer.alloc(length - from)
    readSync(handle, bytes, 0, bytes.length, from)
    const found = notesIn(bytes, from > 0)
    return { ...found, end: found.notes.length > 0 ? from + found.end : 0, length }
  } finally {
    closeSync(handle)
  }
}

const sizeIn = (note: string): number => parseCheckpoint(parseNote(note).text).size

/** What somebody deleted is named by the register's check of itself, and restored by people; what comes after it goes on. */
const syncIfThere = (path: string): Promise<void> => sync(path).catch((error: unknown) => {
  if (!isMissing(error)) throw error
})

/** `before`: up to which entry the tiles are on disk already. */
const beginAnew = async (folder: string, notes: readonly string[], before: number): Promise<void> => {
  const tiles = tilesBetween(before, sizeIn(notes.at(-1)!)).map((tile) => join(folder, whole(tile)))
  await Promise.all([...tiles, ...new Set(tiles.map(dirname))].map(syncIfThere))
  const [file, next] = [join(folder, CHECKPOINT), join(folder, `${CHECKPOINT}.new`)]
  await writeAt(next, 0, utf8(notes.join('\n')), { durable: true })
  renameSync(next, file)
  await sync(folder)
}

/** Files in a folder. The database's lock keeps two processes from writing at once. */
export const fileStore = (folder: string): LogStore => {
  const file = join(folder, CHECKPOINT)
  /** What the round that is running has read. */
  let seen: Checkpoints | null | undefined
  return {
    place: folder,
    read: async (name) => readOrNull(join(folder, name)),
    checkpoints: async (all) => {
      const found = seen = readCheckpoints(file, all ? Number.POSITIVE_INFINITY : TAIL_BYTES)
      // What is there and is no checkpoint is not passed over: nothing is signed upon it.
      return found && found.notes.length === 0 ? [readFileSync(file, 'utf8')] : [...(found?.strange ?? []), ...(found?.notes ?? [])]
    },
    repair: async (parts) => {
      for (const { name, offset, bytes } of parts) {
        const held = readOrNull(join(folder, name))?.subarray(offset, offset + bytes.length)
        if (!held || !equalBytes(held, bytes)) await writeAt(join(folder, name), offset, bytes, { durable: true })
      }
    },
    write: async (parts, note, at) => {
      for (const { name, offset, bytes } of parts) await writeAt(join(folder, name), offset, bytes, { durable: false })
      at('tiles written')
      const before = seen === undefined ? readCheckpoints(file, TAIL_BYTES) : seen
      seen = undefined
      if (before && before.end > 0 && before.length < ANEW_BYTES) await writeAt(file, before.end, utf8(`\n${note}`), { durable: true })
      else {
        const notes = readCheckpoints(file, Number.POSITIVE_INFINITY)?.notes ?? []
        await beginAnew(folder, [...notes.slice(-CARRIED_OVER), note], notes[0] === undefined ? 0 : sizeIn(notes[0]))
      }
      at('checkpoint written')
    },
  }
}

/** Entry bundles from leaf `start` on. */
const bundleParts = async (store: LogStore, start: number, leaves: readonly Uint8Array[]): Promise<Part[]> => {
  const parts: Part[] = []
  for (let from = start; from < start + leaves.length;) {
    const index = Math.floor(from / TILE_WIDTH)
    const to = Math.min((index + 1) * TILE_WIDTH, start + leaves.length)
    const name = whole({ level: 'entries', index })
    const before = from % TILE_WIDTH === 0 ? null : await store.read(name)
    if (!before && from % TILE_WIDTH > 0) throw new Error(`${name} is missing in ${store.place}, although its first entries are published. Restore it.`)
    parts.push({ name, offset: before ? firstEntries(before, from % TILE_WIDTH).length : 0, bytes: encodeBundle(leaves.slice(from - start, to - start)) })
    from = to
  }
  return parts
}

/** Hash tiles hold the nodes of every eighth level (C2SP tlog-tiles). `nodes` in the order in which they were completed. */
const hashParts = (nodes: readonly StoredNode[]): Part[] =>
  [...Map.groupBy(nodes.filter(({ level }) => level % 8 === 0), ({ level, index }) => whole({ level: level / 8, index: Math.floor(index / TILE_WIDTH) }))]
    .map(([name, own]) => ({ name, offset: (own[0]!.index % TILE_WIDTH) * HASH_BYTES, bytes: Buffer.concat(own.map(({ hash }) => hash)) }))

/** The tiles' parts that new leaves make, number `start` on, with the nodes that they complete. */
export const tileParts = async (store: LogStore, start: number, leaves: readonly Uint8Array[], completed: readonly StoredNode[]): Promise<Part[]> =>
  [...await bundleParts(store, start, leaves), ...hashParts(completed)]

export const readCheckpoint = async (store: LogStore): Promise<string | null> => (await store.checkpoints(false)).at(-1) ?? null

/** A tile as it is at a published size; null when it is not there. The caller has checked that the width is within that size. */
export const readTile = async (store: LogStore, tile: Tile): Promise<Uint8Array | null> => {
  const bytes = await store.read(whole(tile))
  return bytes && (tile.level === 'entries' ? firstEntries(bytes, tile.width) : firstHashes(bytes, tile.width))
}
