import { sql } from 'drizzle-orm'
import { rows, type Tx } from '../db/client.ts'
import { frontierNodes, type Frontier, type NodeAt } from './merkle.ts'

/** The tree's nodes as the database stores them. */
export const nodeKey = ({ level, index }: NodeAt): string => `${level}:${index}`

export const readNodes = async (tx: Tx, nodes: readonly NodeAt[]): Promise<Map<string, Uint8Array>> => {
  if (nodes.length === 0) return new Map()
  const found = await rows<{ level: number; index: string | number; hash: Uint8Array }>(tx, sql`
    select n.level, n.index, n.hash from log_nodes n
      join jsonb_to_recordset(${JSON.stringify(nodes)}::jsonb) as w(level smallint, index bigint) on n.level = w.level and n.index = w.index`)
  return new Map(found.map(({ level, index, hash }) => [nodeKey({ level, index: Number(index) }), new Uint8Array(hash)]))
}

export const reader = (nodes: Map<string, Uint8Array>) => (level: number, index: number): Uint8Array => {
  const found = nodes.get(nodeKey({ level, index }))
  if (!found) throw new Error(`The log's node ${level}/${index} is missing`)
  return found
}

/** The right edge at a size, from the stored nodes; null where some are missing. */
export const storedFrontier = async (tx: Tx, size: number): Promise<Frontier | null> => {
  const wanted = frontierNodes(size)
  const found = await readNodes(tx, wanted)
  const hashes = wanted.flatMap((node) => found.get(nodeKey(node)) ?? [])
  return hashes.length === wanted.length ? { size, hashes } : null
}

/** What is known of a tree by its right edge alone. */
export const recall = (frontier: Frontier): Map<string, Uint8Array> => new Map(frontierNodes(frontier.size).map((node, at) => [nodeKey(node), frontier.hashes[at]!]))
