import { sql } from 'drizzle-orm'
import type { Connection } from '../lib/db/client.ts'
import { openDatabase, rows } from '../lib/db/client.ts'
import { appendLeaves } from '../lib/log/append.ts'
import { encodeProof } from '../lib/log/proof.ts'
import { readNodes, reader } from '../lib/log/nodes.ts'
import { inclusionNodes, inclusionProof, leafHash, rootOfFrontier, verifyInclusion, type Frontier } from '../lib/log/merkle.ts'
import { utf8 } from '../lib/log/encoding.ts'
import { checkLog } from '../lib/proof/check-log.ts'
import { freshDatabase } from '../tests/support/fresh.ts'
import { prepareRegister } from '../tests/support/register.ts'
import { median } from './load.ts'

export type LogResult = { leaves: number; appendAtThousand: number; appendAtEnd: number; proofMs: number; auditSeconds: number }

const LEAVES = 1_000_000
const TOGETHER = 2_000
const MEASURED = 200

const leafAt = (index: number) => ({
  type: 'filing.filed' as const, id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, participant: 'AL', at: '2026-01-01T00:00:00.000Z', commitment: 'ab'.repeat(32),
})
const many = (from: number, count: number) => Array.from({ length: count }, (_, at) => leafAt(from + at))

/** Six leaves, as a filing of which three neighbours and the secretariat are told appends them, each time in a transaction of its own. */
const timeAppends = async (connection: Connection, from: number): Promise<number> => {
  const taken: number[] = []
  for (let at = 0; at < MEASURED; at += 1) {
    const started = performance.now()
    await connection.transaction('owner', (tx) => appendLeaves(tx, many(from + at * 6, 6)))
    taken.push(performance.now() - started)
  }
  return median(taken)
}

const fill = async (connection: Connection, from: number, to: number): Promise<void> => {
  for (let at = from; at < to; at += TOGETHER) await connection.transaction('owner', (tx) => appendLeaves(tx, many(at, Math.min(TOGETHER, to - at))))
}

const sizeOf = async (connection: Connection): Promise<number> => Number((await rows<{ size: string }>(connection.owner, sql`select size from log_head`))[0]!.size)

/** Proofs of leaves all over the tree, from the stored nodes, each verified. */
const timeProofs = async (connection: Connection, size: number): Promise<number> => {
  const [head] = await rows<{ edge: string[] }>(connection.owner, sql`select array(select encode(h, 'hex') from unnest(frontier) h) as edge from log_head`)
  const frontier: Frontier = { size, hashes: head!.edge.map((hex) => Buffer.from(hex, 'hex')) }
  const root = rootOfFrontier(frontier)
  const taken: number[] = []
  for (let at = 0; at < MEASURED; at += 1) {
    const index = Math.floor((at * 7919 * size) / (MEASURED * 7919)) % size
    const started = performance.now()
    const nodes = await readNodes(connection.owner, inclusionNodes(index, size).flat())
    const hashes = inclusionProof(index, size, reader(nodes))
    encodeProof({ extra: null, index, hashes, checkpoint: '' })
    taken.push(performance.now() - started)
    const [leaf] = await rows<{ data: string }>(connection.owner, sql`select data from log_leaves where index = ${index}`)
    if (!verifyInclusion(index, size, leafHash(utf8(leaf!.data)), hashes, root)) throw new Error(`The proof of entry ${index} does not hold`)
  }
  return median(taken)
}

/** A log of a million entries on PostgreSQL: whether appending stays flat, what a proof takes, and the whole check without tiles. */
export const measureLog = async (server: string, say: (text: string) => void): Promise<LogResult> => {
  const database = await freshDatabase(server, 'bench_log')
  const connection = await openDatabase(database.url)
  try {
    await prepareRegister(connection)
    await fill(connection, await sizeOf(connection), 1_000)
    const appendAtThousand = await timeAppends(connection, 1_000)
    say(`Filling the log up to ${LEAVES.toLocaleString('en')} entries ...`)
    await fill(connection, await sizeOf(connection), LEAVES)
    await connection.owner.execute(sql`analyze log_nodes`)
    const appendAtEnd = await timeAppends(connection, LEAVES)
    const size = await sizeOf(connection)
    const proofMs = await timeProofs(connection, size)
    const started = performance.now()
    const { findings } = await checkLog({ read: (work) => connection.transaction('batp_auditor', work), key: null, store: null, pause: () => Promise.resolve() })
    if (findings.length > 0) throw new Error(findings[0]!.words)
    return { leaves: size, appendAtThousand, appendAtEnd, proofMs, auditSeconds: (performance.now() - started) / 1000 }
  } finally {
    await connection.close()
    await database.drop()
  }
}
