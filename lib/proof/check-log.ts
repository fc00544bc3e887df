import { sql, type SQL } from 'drizzle-orm'
import { rows, together, type Tx } from '../db/client.ts'
import { formatCheckpoint, parseCheckpoint, verifyNote } from '../log/checkpoint.ts'
import { toHex, utf8 } from '../log/encoding.ts'
import { appendHash, EMPTY_FRONTIER, leafHash, rootOfFrontier, type Frontier, type StoredNode } from '../log/merkle.ts'
import { parseNote, type VerifierKey } from '../log/note.ts'
import { nodePrimitives } from '../log/primitives-node.ts'
import type { LogStore } from '../log/store.ts'
import type { Reading } from '../log/publish.ts'
import { checkTiles, expectedTiles, type ExpectedTile } from './check-tiles.ts'
import type { Finding } from './finding.ts'
import { fingerprintOf, remembered, type Memory, type Part } from './remembered.ts'

export type LeafRow = { index: number; data: string; type: string; subject: string; participant: string | null; at: string }
type NodeRow = { level: number; index: number; hash: string }
type Kept = { size: number; note: string }
type Range = { from: number; to: number }

const BATCH = 4096

/** Of each level, the nodes that are completed when a tree grows from one size to another. */
const completedBetween = ({ from, to }: Range): { level: number; first: number; beyond: number }[] => {
  const ranges = []
  for (let [level, width] = [0, 1]; width <= to; [level, width] = [level + 1, width * 2]) {
    const [first, beyond] = [Math.floor(from / width), Math.floor(to / width)]
    if (beyond > first) ranges.push({ level, first, beyond })
  }
  return ranges
}

/** Leaves `from` up to `to`, the stored nodes that they complete, and the checkpoints that the last of them is one of these leaves. */
const sourcesOf = (range: Range): Record<'leaves' | 'nodes' | 'checkpoints', SQL> => ({
  leaves: sql`log_leaves t where t.index >= ${range.from} and t.index < ${range.to}`,
  // One range of the primary key a level; "offset 0" keeps the planner from reading the whole table instead.
  nodes: sql`jsonb_to_recordset(${JSON.stringify(completedBetween(range))}::jsonb) as r(level smallint, first bigint, beyond bigint)
    cross join lateral (select m.* from log_nodes m where m.level = r.level and m.index >= r.first and m.index < r.beyond offset 0) t`,
  checkpoints: sql`log_checkpoints t where t.size > ${range.from === 0 ? -1 : range.from} and t.size <= ${range.to}`,
})

const readRange = (tx: Tx, range: Range): Promise<[LeafRow[], NodeRow[], Kept[]]> => {
  const { leaves, nodes, checkpoints } = sourcesOf(range)
  return together([
    rows<LeafRow>(tx, sql`select t.index::float8 as index, t.data, t.type, t.subject, t.participant, t.at::text as at from ${leaves} order by t.index`),
    rows<NodeRow>(tx, sql`select t.level::int as level, t.index::float8 as index, encode(t.hash, 'hex') as hash from ${nodes}`),
    rows<Kept>(tx, sql`select t.size::float8 as size, t.note from ${checkpoints} order by t.size`),
  ])
}

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
  return completed.flatMap((node): Finding[] => {
    const found = byName.get(nameOf(node))
    if (found === toHex(node.hash)) return []
    const first = node.index * 2 ** node.level
    return [{ key: `node ${nameOf(node)}`, words: `The log's node ${nameOf(node)}, over entries ${first} to ${first + 2 ** node.level - 1}, ${found ? 'is not the hash of its entries' : 'is missing'}.` }]
  })
}

/** Whether a key signed a note never changes, and the last of them are both published and kept. */
const SIGNED_KNOWN = 2048
const signed = new Set<string>()
const isSigned = async (note: string, key: VerifierKey): Promise<boolean> => {
  const name = `${key.vkey}\n${note}`
  if (signed.has(name)) return true
  const { signers } = await verifyNote(note, [key], nodePrimitives)
  if (signers.length === 0) return false
  if (signed.size >= SIGNED_KNOWN) signed.clear()
  signed.add(name)
  return true
}

const checkNote = async ({ size, note }: Kept, root: Uint8Array | undefined, key: VerifierKey, where: string): Promise<Finding[]> => {
  const finding = (why: string): Finding[] => [{ key: `checkpoint ${where} ${size}`, words: `The ${where} checkpoint of ${size} entries ${why}.` }]
  try {
    if (!await isSigned(note, key)) return finding('is not signed by the log’s key')
    if (!root) return finding('is of more entries than the log holds')
    const expected = formatCheckpoint({ origin: key.name, size, root, extensions: [] })
    return parseNote(note).text === expected ? [] : finding('does not state the root of the entries: another tree was signed')
  } catch (error) {
    return finding(`cannot be verified: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const missingEntry = (index: number): Finding => ({ key: `entry ${index}`, words: `Entry ${index} of the log is missing; what follows cannot be checked without it.` })

/** The right edge after a range of leaves, null where one is missing; the roots of the sizes that were asked for; the published tiles. */
type Grown = { edge: Frontier | null; roots: Map<number, Uint8Array>; tiles: ExpectedTile[] }
/** `published`: how many entries are, of those up to the end of the range. `rooted`: of which sizes the root is wanted. */
type Asked = { before: Frontier; published: number; rooted: readonly number[]; key: VerifierKey | null }

/** Recomputes what follows from a range of leaves, when `before` follows from those before it (RFC 6962 2.1). */
const checkRange = async (tx: Tx, range: Range, { before, published, rooted, key }: Asked): Promise<Part<Grown>> => {
  const [leaves, nodes, kept] = await readRange(tx, range)
  const findings: Finding[] = []
  const completed: StoredNode[] = []
  const roots = new Map<number, Uint8Array>()
  const wanted = new Set([...rooted, ...kept.map(({ size }) => size)])
  const reach = (frontier: Frontier): Frontier => {
    if (wanted.has(frontier.size)) roots.set(frontier.size, rootOfFrontier(frontier))
    return frontier
  }
  let edge = reach(before)
  for (const leaf of leaves) {
    if (leaf.index !== edge.size) break
    if (!isStatedByData(leaf)) findings.push({ key: `entry columns ${leaf.index}`, words: `Entry ${leaf.index} of the log is filed under other facts than its own text states.` })
    const next = appendHash(edge, leafHash(utf8(leaf.data)))
    edge = reach(next.frontier)
    completed.push(...next.completed)
  }
  if (edge.size !== range.to) return { findings: [...findings, missingEntry(edge.size)], answer: { edge: null, roots: new Map(), tiles: [] } }
  findings.push(...checkNodes(nodes, completed))
  if (key) for (const one of kept) findings.push(...await checkNote(one, roots.get(one.size), key, 'kept'))
  const asked = new Map([...roots].filter(([size]) => rooted.includes(size)))
  return { findings, answer: { edge, roots: asked, tiles: expectedTiles(leaves, completed, published) } }
}

type Head = { size: number; edge: string[]; leaves: number[]; nodes: string[]; checkpoints: number[] }

/** The log's size and right edge as stated, and what stands outside of it, in one statement: whoever files meanwhile changes all of them. */
const readHead = async (read: Reading): Promise<Head> => {
  const [head] = await read((tx) => rows<Head>(tx, sql`
    select h.size::float8 as size, array(select encode(f, 'hex') from unnest(h.frontier) f) as edge,
           array(select l.index::float8 from log_leaves l where l.index < 0 or l.index >= h.size) as leaves,
           array(select n.level || '/' || n.index from log_nodes n where n.index < 0 or n.index >= case when n.level between 0 and 62 then h.size >> n.level else 0 end) as nodes,
           array(select c.size::float8 from log_checkpoints c where c.size < 0 or c.size > h.size) as checkpoints
      from log_head h`))
  return head!
}

const outside = ({ size, leaves, nodes, checkpoints }: Head): Finding[] => [
  ...leaves.map((index) => ({ key: `entry ${index}`, words: `Entry ${index} stands outside of the log of ${size} entries.` })),
  ...nodes.map((name) => ({ key: `node ${name}`, words: `The log's node ${name} belongs to no entries.` })),
  ...checkpoints.map((one) => ({ key: `checkpoint kept ${one}`, words: `The kept checkpoint of ${one} entries is of more entries than the log holds.` })),
]

const sizeOf = (note: string): number | null => {
  try {
    return parseCheckpoint(parseNote(note).text).size
  } catch {
    return null
  }
}

/**
 * The published checkpoints that are still there. Read after how much of them the database keeps and before the log's head: who signs
 * meanwhile makes it more, never less.
 */
const readPublished = async (read: Reading, store: LogStore): Promise<{ notes: Kept[]; findings: Finding[] }> => {
  const [first] = await read((tx) => rows<{ kept: number | null }>(tx, sql`select max(size)::float8 as kept from log_checkpoints`))
  const found = await store.checkpoints(true)
  const notes = found.flatMap((note) => { const size = sizeOf(note); return size === null ? [] : [{ size, note }] })
  const [last, kept] = [notes.at(-1)?.size ?? 0, first!.kept ?? 0]
  const finding = (words: string): Finding[] => [{ key: 'checkpoint published', words }]
  if (notes.length < found.length) return { notes, findings: finding('The published checkpoint cannot be read: it is no checkpoint.') }
  return { notes, findings: last < kept ? finding(`The last published checkpoint is of ${last} entries, but one of ${kept} was signed.`) : [] }
}

export type CheckedLog = { size: number; findings: Finding[] }
export type LogQuestion = { read: Reading; key: VerifierKey | null; store: LogStore | null; memory?: Memory | undefined; pause: () => Promise<void> }
type Past = { size: number; root: string }

/**
 * Recomputes every leaf, node, tile and checkpoint from the entries as they are stored (RFC 6962 2.1). Forgets everything when the
 * entries of last time are not the first of these: what was found to agree with them is to be held against the new ones.
 */
export const checkLog = async ({ read, key, store, memory, pause }: LogQuestion): Promise<CheckedLog> => {
  const { notes, findings: unread } = store ? await readPublished(read, store) : { notes: [], findings: [] }
  const published = notes.at(-1)?.size ?? 0
  const [head, past] = [await readHead(read), memory?.get('past')?.answer as Past | undefined]
  const { size } = head
  const findings = [...outside(head), ...unread]
  const roots = new Map<number, Uint8Array>()
  let edge: Frontier | null = EMPTY_FRONTIER
  for (let from = 0; edge && (from === 0 || from < size); from += BATCH) {
    const range = { from, to: Math.min(from + BATCH, size) }
    const asked: Asked = { before: edge, published: Math.max(from, Math.min(published, range.to)), rooted: [], key }
    const sizes = notes.map((note) => note.size).filter((at) => (at > from || from === 0) && at <= range.to)
    asked.rooted = [asked.published, range.to, past?.size ?? 0, ...sizes]
    const given = [range.to, asked.published, ...sizes, ...edge.hashes.map(toHex)].join()
    const question = { read, memory, key: `log ${from}`, given, fingerprint: fingerprintOf(Object.values(sourcesOf(range))) }
    const grown: Part<Grown> = await remembered(question, (tx) => checkRange(tx, range, asked))
    findings.push(...grown.findings, ...(store ? await checkTiles(store, grown.answer.tiles) : []))
    for (const [at, root] of grown.answer.roots) roots.set(at, root)
    edge = grown.answer.edge
    await pause()
  }
  const rootOf = (at: number): string => { const root = roots.get(at); return root ? toHex(root) : '' }
  if (past && rootOf(past.size) !== past.root) memory?.clear()
  if (!edge) return { size, findings }
  memory?.set('past', { fingerprint: '', answer: { size, root: rootOf(size) } })
  if (head.edge.join() !== edge.hashes.map(toHex).join()) findings.push({ key: 'head root', words: `The root that the log states for ${size} entries is not theirs.` })
  if (key) for (const one of notes) findings.push(...await checkNote(one, roots.get(one.size), key, 'published'))
  return { size, findings }
}
