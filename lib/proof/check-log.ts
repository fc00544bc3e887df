import { sql } from 'drizzle-orm'
import { rows, together } from '../db/client.ts'
import { formatCheckpoint, parseCheckpoint, verifyNote } from '../log/checkpoint.ts'
import { toHex, utf8 } from '../log/encoding.ts'
import { appendHash, EMPTY_FRONTIER, leafHash, rootOfFrontier, type Frontier, type StoredNode } from '../log/merkle.ts'
import { parseNote, type VerifierKey } from '../log/note.ts'
import { nodePrimitives } from '../log/primitives-node.ts'
import { readCheckpoint, type LogStore } from '../log/store.ts'
import { encodeBundle, TILE_WIDTH, tilePath } from '../log/tiles.ts'
import type { Reading } from '../log/publish.ts'
import type { Finding } from './finding.ts'

type LeafRow = { index: number; data: string; type: string; subject: string; participant: string | null; at: string }
type NodeRow = { level: number; index: number; hash: string }

const BATCH = 4096

/** Of each level, the nodes that are completed when a tree grows from one size to another. */
const completedBetween = (from: number, to: number): { level: number; first: number; beyond: number }[] => {
  const ranges = []
  for (let [level, width] = [0, 1]; width <= to; [level, width] = [level + 1, width * 2]) {
    const [first, beyond] = [Math.floor(from / width), Math.floor(to / width)]
    if (beyond > first) ranges.push({ level, first, beyond })
  }
  return ranges
}

/** Leaves `from` up to `to`, and the stored nodes that they complete. */
const readPart = (read: Reading, from: number, to: number): Promise<[LeafRow[], NodeRow[]]> => read((tx) => together([
  rows<LeafRow>(tx, sql`select index::float8 as index, data, type, subject, participant, at::text as at from log_leaves where index >= ${from} and index < ${to} order by index`),
  // One range of the primary key a level; "offset 0" keeps the planner from reading the whole table instead.
  rows<NodeRow>(tx, sql`select n.* from jsonb_to_recordset(${JSON.stringify(completedBetween(from, to))}::jsonb) as r(level smallint, first bigint, beyond bigint)
    cross join lateral (select m.level::int as level, m.index::float8 as index, encode(m.hash, 'hex') as hash from log_nodes m
      where m.level = r.level and m.index >= r.first and m.index < r.beyond offset 0) n`),
]))

const isStatedByData = ({ data, type, subject, participant, at }: LeafRow): boolean => {
  try {
    const stated = JSON.parse(data) as Record<string, string | null>
    return stated.type === type && stated.id === subject && stated.participant === participant && Date.parse(stated.at ?? '') === Date.parse(at)
  } catch {
    return false
  }
}

const nameOf = ({ level, index }: { level: number; index: number }): string => `${level}/${index}`

/** Compares the nodes that are stored with those that follow from the leaves. */
const checkNodes = (stored: readonly NodeRow[], completed: readonly StoredNode[]): Finding[] => {
  const byName = new Map(stored.map((node) => [nameOf(node), node.hash]))
  const wrong = completed.flatMap((node): Finding[] => {
    const found = byName.get(nameOf(node))
    byName.delete(nameOf(node))
    if (found === toHex(node.hash)) return []
    const first = node.index * 2 ** node.level
    return [{ key: `node ${nameOf(node)}`, words: `The log's node ${nameOf(node)}, over entries ${first} to ${first + 2 ** node.level - 1}, ${found ? 'is not the hash of its entries' : 'is missing'}.` }]
  })
  return [...wrong, ...[...byName.keys()].map((name) => ({ key: `node ${name}`, words: `The log's node ${name} belongs to no entries.` }))]
}

/** The published tiles that these leaves and nodes fill, as far as they are published. */
const checkTiles = async (store: LogStore, leaves: readonly LeafRow[], completed: readonly StoredNode[], published: number): Promise<Finding[]> => {
  const expected = new Map<string, { offset: number; parts: Uint8Array[]; what: string }>()
  const expect = (path: string, offset: number, bytes: Uint8Array, what: string) => {
    const tile = expected.get(path) ?? { offset, parts: [], what }
    tile.parts.push(bytes)
    expected.set(path, tile)
  }
  const bundles = Map.groupBy(leaves.filter(({ index }) => index < published), ({ index }) => Math.floor(index / TILE_WIDTH))
  for (const [index, entries] of bundles) expect(tilePath({ level: 'entries', index, width: TILE_WIDTH }), 0, encodeBundle(entries.map(({ data }) => utf8(data))), `entries ${index * TILE_WIDTH} and on`)
  for (const { level, index, hash } of completed) {
    if (level % 8 !== 0 || (index + 1) * 2 ** level > published) continue
    const tile = Math.floor(index / TILE_WIDTH)
    expect(tilePath({ level: level / 8, index: tile, width: TILE_WIDTH }), (index % TILE_WIDTH) * 32, hash, `hashes ${tile * TILE_WIDTH} and on of level ${level}`)
  }
  const findings: Finding[] = []
  for (const [path, { offset, parts, what }] of expected) {
    const [found, wanted] = [await store.read(path), Buffer.concat(parts)]
    const isSame = found && wanted.equals(found.subarray(offset, offset + wanted.length))
    if (!isSame) findings.push({ key: `file ${path}`, words: `The published file ${path}, with ${what}, is not what the log holds.` })
  }
  return findings
}

type Kept = { size: number; note: string }

const checkNote = async ({ size, note }: Kept, root: Uint8Array | undefined, key: VerifierKey, where: string): Promise<Finding[]> => {
  const finding = (why: string): Finding[] => [{ key: `checkpoint ${where} ${size}`, words: `The ${where} checkpoint of ${size} entries ${why}.` }]
  try {
    const { text, signers } = await verifyNote(note, [key], nodePrimitives)
    if (signers.length === 0) return finding('is not signed by the log’s key')
    if (!root) return finding('is of more entries than the log holds')
    const expected = formatCheckpoint({ origin: key.name, size, root, extensions: [] })
    return text === expected ? [] : finding('does not state the root of the entries: another tree was signed')
  } catch (error) {
    return finding(`cannot be verified: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const missingEntry = (index: number): Finding => ({ key: `entry ${index}`, words: `Entry ${index} of the log is missing; what follows cannot be checked without it.` })

export type CheckedLog = { size: number; findings: Finding[] }
export type LogQuestion = { read: Reading; key: VerifierKey | null; store: LogStore | null; pause: () => Promise<void> }

/** Recomputes every leaf, node, tile and checkpoint from the entries as they are stored (RFC 6962 2.1). */
export const checkLog = async ({ read, key, store, pause }: LogQuestion): Promise<CheckedLog> => {
  const note = store && await readCheckpoint(store)
  const published = note === null ? null : { size: parseCheckpoint(parseNote(note).text).size, note }
  const [[head], kept] = await read((tx) => together([
    rows<{ size: number; edge: string[] }>(tx, sql`select size::float8 as size, array(select encode(h, 'hex') from unnest(frontier) h) as edge from log_head`),
    rows<Kept>(tx, sql`select size::float8 as size, note from log_checkpoints order by size`),
  ]))
  const { size, edge } = head!
  const rooted = new Set([...kept, ...(published ? [published] : [])].map((one) => one.size))
  const [findings, roots] = [[] as Finding[], new Map<number, Uint8Array>()]
  let frontier: Frontier = EMPTY_FRONTIER
  if (rooted.has(0)) roots.set(0, rootOfFrontier(frontier))
  for (let from = 0; from < size; from += BATCH) {
    const [leaves, nodes] = await readPart(read, from, Math.min(from + BATCH, size))
    const completed: StoredNode[] = []
    for (const leaf of leaves) {
      if (leaf.index !== frontier.size) return { size, findings: [...findings, missingEntry(frontier.size)] }
      if (!isStatedByData(leaf)) findings.push({ key: `entry columns ${leaf.index}`, words: `Entry ${leaf.index} of the log is filed under other facts than its own text states.` })
      const next = appendHash(frontier, leafHash(utf8(leaf.data)))
      frontier = next.frontier
      completed.push(...next.completed)
      if (rooted.has(frontier.size)) roots.set(frontier.size, rootOfFrontier(frontier))
    }
    findings.push(...checkNodes(nodes, completed), ...(store && published ? await checkTiles(store, leaves, completed, published.size) : []))
    await pause()
  }
  if (frontier.size !== size) return { size, findings: [...findings, missingEntry(frontier.size)] }
  if (edge.join() !== frontier.hashes.map(toHex).join()) findings.push({ key: 'head root', words: `The root that the log states for ${size} entries is not theirs.` })
  if (key) {
    for (const one of kept) findings.push(...await checkNote(one, roots.get(one.size), key, 'kept'))
    if (published) findings.push(...await checkNote(published, roots.get(published.size), key, 'published'))
  }
  return { size, findings }
}
