import { closeSync, existsSync, fsync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { TILE_WIDTH, encodeBundle, firstEntries, firstHashes, tilePath, type Tile } from './tiles.ts'
import { HASH_BYTES } from './steps.ts'
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
  read: (name: string) => Promise<Uint8Array | null>
  /** All parts, then the checkpoint that needs them in place of the one before in one step; durable when it ends. Again is the same. */
  write: (parts: readonly Part[], note: string, at: (point: 'tiles written' | 'checkpoint written') => void) => Promise<void>
}
/** A tile's new bytes, from `offset` on. */
export type Part = { name: string; offset: number; bytes: Uint8Array }

export const CHECKPOINT = 'checkpoint'
const whole = ({ level, index }: Pick<Tile, 'level' | 'index'>): string => tilePath({ level, index, width: TILE_WIDTH })

const onDisk = promisify(fsync)

/** Writes from `offset` on and cuts off what followed; on disk when it ends. */
const writeAt = async (file: string, offset: number, bytes: Uint8Array): Promise<void> => {
  mkdirSync(dirname(file), { recursive: true })
  const handle = openSync(file, existsSync(file) ? 'r+' : 'w+', 0o644)
  try {
    ftruncateSync(handle, offset)
    writeSync(handle, bytes, 0, bytes.length, offset)
    await onDisk(handle)
  } finally {
    closeSync(handle)
  }
}

/** Files in a folder. The database's lock keeps two processes from writing at once. */
export const fileStore = (folder: string): LogStore => ({
  place: folder,
  read: async (name) => {
    try {
      return readFileSync(join(folder, name))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  },
  write: async (parts, note, at) => {
    const file = join(folder, CHECKPOINT)
    await Promise.all([...parts.map(({ name, offset, bytes }) => writeAt(join(folder, name), offset, bytes)), writeAt(`${file}.new`, 0, utf8(note))])
    at('tiles written')
    renameSync(`${file}.new`, file)
    const handle = openSync(folder, 'r')
    fsyncSync(handle)
    closeSync(handle)
    at('checkpoint written')
  },
})

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

export const readCheckpoint = async (store: LogStore): Promise<string | null> => {
  const bytes = await store.read(CHECKPOINT)
  return bytes && Buffer.from(bytes).toString('utf8')
}

/** A tile as it is at a published size; null when it is not there. The caller has checked that the width is within that size. */
export const readTile = async (store: LogStore, tile: Tile): Promise<Uint8Array | null> => {
  const bytes = await store.read(whole(tile))
  return bytes && (tile.level === 'entries' ? firstEntries(bytes, tile.width) : firstHashes(bytes, tile.width))
}
