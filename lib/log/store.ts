import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { TILE_WIDTH, encodeBundle, firstEntries, firstHashes, tilePath, type Tile } from './tiles.ts'
import { HASH_BYTES } from './steps.ts'
import type { StoredNode } from './merkle.ts'
import { utf8 } from './encoding.ts'

/**
 * The published log as files, so that it can be read while the database is away. A tile is one file that grows: the first W entries of
 * it are the partial tile of width W, which therefore stays readable for good. What stands beyond the published size, left by a
 * process that died while it wrote, is overwritten by the same bytes or cut off.
 */
const CHECKPOINT = 'checkpoint'
const whole = ({ level, index }: Pick<Tile, 'level' | 'index'>): string => tilePath({ level, index, width: TILE_WIDTH })

/** Writes from `offset` on and cuts off what followed; on disk when it returns. */
const writeAt = (file: string, offset: number, bytes: Uint8Array): void => {
  mkdirSync(dirname(file), { recursive: true })
  const handle = openSync(file, existsSync(file) ? 'r+' : 'w+', 0o644)
  try {
    ftruncateSync(handle, offset)
    writeSync(handle, bytes, 0, bytes.length, offset)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** One tile's new part: from the entry `from` within the tile on. */
type Part = { file: string; offset: number; bytes: Uint8Array[] }

const bundleOffset = (file: string, entries: number): number => (entries === 0 ? 0 : firstEntries(readFileSync(file), entries).length)

/** Entry bundles from leaf `start` on. */
const bundleParts = (folder: string, start: number, leaves: readonly Uint8Array[]): Part[] => {
  const parts: Part[] = []
  for (let from = start; from < start + leaves.length;) {
    const index = Math.floor(from / TILE_WIDTH)
    const to = Math.min((index + 1) * TILE_WIDTH, start + leaves.length)
    const file = join(folder, whole({ level: 'entries', index }))
    parts.push({ file, offset: bundleOffset(file, from % TILE_WIDTH), bytes: [encodeBundle(leaves.slice(from - start, to - start))] })
    from = to
  }
  return parts
}

/** Hash tiles hold the nodes of every eighth level (C2SP tlog-tiles). `nodes` in the order in which they were completed. */
const hashParts = (folder: string, nodes: readonly StoredNode[]): Part[] => {
  const parts = new Map<string, Part>()
  for (const { level, index, hash } of nodes.filter((node) => node.level % 8 === 0)) {
    const file = join(folder, whole({ level: level / 8, index: Math.floor(index / TILE_WIDTH) }))
    const part = parts.get(file) ?? { file, offset: (index % TILE_WIDTH) * HASH_BYTES, bytes: [] }
    part.bytes.push(hash)
    parts.set(file, part)
  }
  return [...parts.values()]
}

/** Writes the entries and hashes of new leaves, number `start` on; durable when it returns. Doing it again changes nothing. */
export const writeTiles = (folder: string, start: number, leaves: readonly Uint8Array[], completed: readonly StoredNode[]): void => {
  for (const { file, offset, bytes } of [...bundleParts(folder, start, leaves), ...hashParts(folder, completed)]) writeAt(file, offset, Buffer.concat(bytes))
}

export const readCheckpoint = (folder: string): string | null => {
  const file = join(folder, CHECKPOINT)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** Takes the place of the checkpoint before in one step: a reader sees either. */
export const writeCheckpoint = (folder: string, note: string): void => {
  const file = join(folder, CHECKPOINT)
  writeAt(`${file}.new`, 0, utf8(note))
  renameSync(`${file}.new`, file)
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** A tile as it is at a published size; null when it is not there. The caller has checked that the width is within that size. */
export const readTile = async (folder: string, tile: Tile): Promise<Uint8Array | null> => {
  try {
    const bytes = await readFile(join(folder, whole(tile)))
    return tile.level === 'entries' ? firstEntries(bytes, tile.width) : firstHashes(bytes, tile.width)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
