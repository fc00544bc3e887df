import { mkdirSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openCheckpoint } from '../lib/log/checkpoint.ts'
import { toHex } from '../lib/log/encoding.ts'
import { appendAll, EMPTY_FRONTIER, rootOfFrontier, type StoredNode } from '../lib/log/merkle.ts'
import { parseVkey } from '../lib/log/note.ts'
import { nodePrimitives } from '../lib/log/primitives-node.ts'
import { equalBytes } from '../lib/log/steps.ts'
import { decodeBundle, decodeHashTile, TILE_WIDTH, tilePath, type Tile } from '../lib/log/tiles.ts'

type Question = { url: string; folder: string; vkey: string | null; say: (words: string) => void }

const PATIENCE_MS = 20_000
/** An entry bundle at its largest; nothing that a log serves is longer. */
const LONGEST = TILE_WIDTH * 65_537

const fetchBytes = async (url: string): Promise<Uint8Array | null> => {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) })
  if (answer.status === 404) return null
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (bytes.length > LONGEST) throw new Error(`${url} is longer than anything that a log serves.`)
  return bytes
}

/** A tile at its width, or cut from the full one, which takes its place once it is there (C2SP tlog-tiles). */
const fetchTile = async (base: string, tile: Tile): Promise<Uint8Array> => {
  const bytes = (await fetchBytes(`${base}/${tilePath(tile)}`)) ?? (await fetchBytes(`${base}/${tilePath({ ...tile, width: TILE_WIDTH })}`))
  if (!bytes) throw new Error(`${base}/${tilePath(tile)} is not there, though the checkpoint covers it.`)
  return bytes
}

const keep = (file: string, bytes: Uint8Array | string): void => {
  writeFileSync(`${file}.new`, bytes)
  renameSync(`${file}.new`, file)
}

/** The entries that this copy holds: one file, each line an entry's bytes in base64, so that it only ever grows. */
const readCopy = (folder: string): Uint8Array[] => {
  const file = join(folder, 'entries')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => Buffer.from(line, 'base64')) : []
}

const fetchEntries = async (base: string, from: number, size: number): Promise<Uint8Array[]> => {
  const entries: Uint8Array[] = []
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < size; index += 1) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const bundle = decodeBundle(await fetchTile(base, { level: 'entries', index, width })).slice(0, width)
    if (bundle.length < width) throw new Error(`The entry bundle ${index} holds fewer than ${width} entries.`)
    entries.push(...bundle.slice(Math.max(0, from - index * TILE_WIDTH)))
  }
  return entries
}

/** The hash tiles of level 0 that the new entries fill, compared with the entries themselves. */
const wrongTile = async (base: string, from: number, size: number, completed: readonly StoredNode[]): Promise<number | null> => {
  const hashes = new Map(completed.filter(({ level }) => level === 0).map(({ index, hash }) => [index, hash]))
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < size; index += 1) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const tile = decodeHashTile(await fetchTile(base, { level: 0, index, width }))
    const at = tile.slice(0, width).findIndex((hash, within) => { const own = hashes.get(index * TILE_WIDTH + within); return own && !equalBytes(own, hash) })
    if (at >= 0) return index * TILE_WIDTH + at
  }
  return null
}

/**
 * Keeps a copy of a log and compares: the signature, every new entry against the signed root, and that all entries seen before are
 * still the first ones. Two signed checkpoints that cannot both be of one growing log are kept side by side: the proof that it lied.
 */
export const mirror = async ({ url, folder: parent, vkey, say }: Question): Promise<number> => {
  const base = url.replace(/\/+$/, '')
  const folder = join(parent, encodeURIComponent(base.replace(/^https?:\/\//, '')))
  mkdirSync(folder, { recursive: true })
  const pinned = join(folder, 'vkey')
  const served = Buffer.from((await fetchBytes(`${base}/vkey`)) ?? []).toString('utf8').trim()
  const known = vkey ?? (existsSync(pinned) ? readFileSync(pinned, 'utf8').trim() : served)
  const logKey = await parseVkey(known, nodePrimitives)
  if (vkey === null && !existsSync(pinned)) say(`The log's key is taken from the log itself, this first time: ${known}\nCompare it with one that you have from elsewhere.`)
  keep(pinned, `${known}\n`)
  const note = Buffer.from((await fetchBytes(`${base}/checkpoint`)) ?? []).toString('utf8')
  const { checkpoint: { size, root } } = await openCheckpoint(note, logKey, [], nodePrimitives)
  const copy = readCopy(folder)
  const seen = appendAll(EMPTY_FRONTIER, copy).frontier
  const last = existsSync(join(folder, 'checkpoint')) ? readFileSync(join(folder, 'checkpoint'), 'utf8') : null
  const split = (why: string): number => {
    const evidence = join(folder, `split-${Date.now()}`)
    writeFileSync(evidence, `${last ?? ''}\n----\n${note}`)
    say(`NOT  ${why} Both checkpoints are signed by the log: they are kept in ${evidence}. Show them to the other participants.`)
    return 3
  }
  if (size < seen.size) {
    const then = appendAll(EMPTY_FRONTIER, copy.slice(0, size)).frontier
    if (!equalBytes(rootOfFrontier(then), root)) return split(`The log now shows ${size} entries that are not the first ${size} of the ${seen.size} seen before.`)
    say(`The log shows ${size} entries; ${seen.size} were seen before, and the ${size} are the same. An older checkpoint was served.`)
    return 0
  }
  const fresh = await fetchEntries(base, seen.size, size)
  const { frontier, completed } = appendAll(seen, fresh)
  if (!equalBytes(rootOfFrontier(frontier), root)) {
    return seen.size > 0 ? split(`The ${size} entries that the log shows do not continue the ${seen.size} seen before: their root is ${toHex(rootOfFrontier(frontier))}.`)
      : (say(`NOT  The ${size} entries served do not give the root that was signed.`), 1)
  }
  const wrong = await wrongTile(base, seen.size, size, completed)
  if (wrong !== null) return (say(`NOT  The hash served for entry ${wrong} is not that of the entry.`), 1)
  keep(join(folder, 'entries'), [...copy, ...fresh].map((entry) => `${Buffer.from(entry).toString('base64')}\n`).join(''))
  keep(join(folder, 'checkpoint'), note)
  say(` ok  ${size} entries, ${fresh.length} of them new, are what the log signed, and continue what was seen before. Root ${toHex(root)}.`)
  return 0
}
