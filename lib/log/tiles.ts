import { concat, refused } from './encoding.ts'
import type { NodeAt } from './merkle.ts'
import { HASH_BYTES, isSize } from './steps.ts'

/** The tree as files (C2SP tlog-tiles). A tile of level L holds the nodes of tree level 8 * L; its `width` is 256 when it is full. */
export type Tile = { level: number | 'entries'; index: number; width: number }

export const TILE_WIDTH = 256

/** The longest leaf that an entry bundle can hold, in bytes. */
export const MAX_ENTRY_BYTES = 65_535

const MAX_LEVEL = 63

/** 1234067 -> 'x001/x234/067' */
const indexPath = (index: number): string => {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g)!
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
}

/** 'tile/0/273.p/112', 'tile/entries/005': below the log's prefix. */
export const tilePath = ({ level, index, width }: Tile): string =>
  `tile/${level}/${indexPath(index)}${width < TILE_WIDTH ? `.p/${width}` : ''}`

/** Null for every path that `tilePath` would not write. */
export const parseTilePath = (path: string): Tile | null => {
  const [, levelText, groups, widthText] = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? []
  if (levelText === undefined || groups === undefined) return null
  const level = levelText === 'entries' ? levelText : Number(levelText)
  const index = Number(groups.replaceAll(/[x/]/g, ''))
  const tile: Tile = { level, index, width: widthText === undefined ? TILE_WIDTH : Number(widthText) }
  const isWithin = isSize(index) && tile.width > 0 && (level === 'entries' || level <= MAX_LEVEL)
  return isWithin && tilePath(tile) === path ? tile : null
}

/**
 * The tiles, at the width that size `b` gives them, that hold what a tree of `b` leaves has and one of `a` had not: what to write
 * before the checkpoint of size `b` is published. Level by level, an entry bundle beside each tile of level 0.
 */
export const tilesBetween = (a: number, b: number): Tile[] => {
  if (!isSize(a) || !isSize(b) || a > b) throw new RangeError(`A tree of ${b} leaves did not grow from one of ${a}`)
  const tiles: Tile[] = []
  for (let [level, from, to] = [0, a, b]; to > from; level += 1) {
    const firstIndex = Math.floor(from / TILE_WIDTH)
    for (let index = firstIndex; index * TILE_WIDTH < to; index += 1) {
      const width = Math.min(TILE_WIDTH, to - index * TILE_WIDTH)
      if (level === 0) tiles.push({ level: 'entries', index, width })
      tiles.push({ level, index, width })
    }
    [from, to] = [firstIndex, Math.floor(to / TILE_WIDTH)]
  }
  return tiles
}

/** How wide a tile is in a tree of `size` leaves; 0 where there is none. */
export const widthAt = ({ level, index }: Pick<Tile, 'level' | 'index'>, size: number): number => {
  let nodes = size
  for (let below = level === 'entries' ? 0 : level; below > 0; below -= 1) nodes = Math.floor(nodes / TILE_WIDTH)
  return Math.max(0, Math.min(TILE_WIDTH, nodes - index * TILE_WIDTH))
}

/** The stored nodes that a hash tile is made of, in its order. */
export const tileNodes = ({ level, index, width }: Tile): NodeAt[] => {
  if (level === 'entries') throw new Error('An entry bundle is made of entries, not of nodes')
  return Array.from({ length: width }, (_, at) => ({ level: level * 8, index: index * TILE_WIDTH + at }))
}

export const encodeHashTile = (hashes: readonly Uint8Array[]): Uint8Array => {
  if (hashes.length === 0 || hashes.length > TILE_WIDTH || hashes.some(({ length }) => length !== HASH_BYTES))
    throw new RangeError('A hash tile holds 1 to 256 hashes of 32 bytes')
  return concat(hashes)
}

export const decodeHashTile = (bytes: Uint8Array): Uint8Array[] => {
  const width = bytes.length / HASH_BYTES
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH)
    throw refused(`A hash tile holds 1 to 256 hashes of 32 bytes; this one has ${bytes.length} bytes.`)
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES))
}

/** Each entry after its length in two bytes, big-endian. */
export const encodeBundle = (entries: readonly Uint8Array[]): Uint8Array => {
  if (entries.length === 0 || entries.length > TILE_WIDTH) throw new RangeError('An entry bundle holds 1 to 256 entries')
  return concat(entries.flatMap((entry) => {
    if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`An entry of ${entry.length} bytes does not fit into a bundle`)
    return [Uint8Array.of(entry.length >>> 8, entry.length & 0xff), entry]
  }))
}

export const decodeBundle = (bytes: Uint8Array): Uint8Array[] => {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const start = at + 2
    at = start + bytes[at]! * 256 + (bytes[at + 1] ?? 0)
    if (at > bytes.length || entries.length === TILE_WIDTH) throw refused('The entry bundle is cut short or holds more than 256 entries.')
    entries.push(bytes.subarray(start, at))
  }
  return entries
}

/** The partial bundle of the first `width` entries of a fuller one, whatever follows them. */
export const firstEntries = (bundle: Uint8Array, width: number): Uint8Array => {
  let end = 0
  for (let entry = 0; entry < width; entry += 1) end += 2 + (bundle[end] ?? 0) * 256 + (bundle[end + 1] ?? 0)
  if (width < 1 || end > bundle.length) throw refused(`The bundle holds fewer than ${width} entries.`)
  return bundle.slice(0, end)
}

/** The same for a hash tile. */
export const firstHashes = (tile: Uint8Array, width: number): Uint8Array => {
  if (width < 1 || width * HASH_BYTES > tile.length) throw refused(`The tile holds ${tile.length / HASH_BYTES} hashes, not ${width}.`)
  return tile.slice(0, width * HASH_BYTES)
}
