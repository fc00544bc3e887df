import { hash } from 'node:crypto'
import { EMPTY_ROOT, consistencySteps, inclusionSteps, isSize, leafInput, nodeInput, type Hashing } from './steps.ts'

export { EMPTY_ROOT } from './steps.ts'

/**
 * The Merkle tree of RFC 6962 2.1 over stored nodes. A node (level, index) is the root of the complete subtree over the leaves
 * index * 2^level up to (index + 1) * 2^level; once completed it never changes, so it can be stored. Everything else (the root of a
 * size, the hashes of a proof) is folded from such nodes. Sizes and indices: see `steps.ts`, no bit operators on them.
 */
export type NodeAt = { level: number; index: number }
export type StoredNode = NodeAt & { hash: Uint8Array }

/** The right edge of a tree: the roots of its complete subtrees, largest first, one for each bit set in the size. */
export type Frontier = { size: number; hashes: readonly Uint8Array[] }

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] }

const sha256 = (data: Uint8Array): Uint8Array => hash('sha256', data, 'buffer')

export const leafHash = (data: Uint8Array): Uint8Array => sha256(leafInput(data))
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(nodeInput(left, right))

/** Folds subtrees, largest first, into the root over them all: H(a, H(b, c)). */
const foldRight = (hashes: readonly Uint8Array[]): Uint8Array => hashes.reduceRight((right, left) => nodeHash(left, right))

/** One leaf more. `completed`: the nodes to be stored, the leaf itself (level 0) first. */
export const appendHash = ({ size, hashes }: Frontier, leaf: Uint8Array): { frontier: Frontier; completed: StoredNode[] } => {
  if (!isSize(size + 1)) throw new RangeError(`A tree of ${size} leaves cannot grow`)
  const left = [...hashes]
  const completed: StoredNode[] = [{ level: 0, index: size, hash: leaf }]
  let node = completed[0]!
  while (node.index % 2 === 1) {
    node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left.pop()!, node.hash) }
    completed.push(node)
  }
  return { frontier: { size: size + 1, hashes: [...left, node.hash] }, completed }
}

/** Many leaves more, as they are stored: `appendHash` for each, and all the nodes that they complete, in order. */
export const appendAll = (frontier: Frontier, leaves: readonly Uint8Array[]): { frontier: Frontier; completed: StoredNode[] } => {
  const completed: StoredNode[] = []
  let edge = frontier
  for (const data of leaves) {
    const next = appendHash(edge, leafHash(data))
    edge = next.frontier
    completed.push(...next.completed)
  }
  return { frontier: edge, completed }
}

export const rootOfFrontier = ({ hashes }: Frontier): Uint8Array => (hashes.length === 0 ? EMPTY_ROOT : foldRight(hashes))

const largestPowerBelow = (n: number): number => {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/** The complete subtrees that make up the leaves `start` up to `end`, largest first. `start` is a multiple of the largest of them. */
const subtrees = (start: number, end: number): NodeAt[] => {
  const nodes: NodeAt[] = []
  for (let at = start; at < end;) {
    let [level, width] = [0, 1]
    while (width * 2 <= end - at) [level, width] = [level + 1, width * 2]
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}

/** The stored nodes that make up the right edge of the tree of `size` leaves, in the order of a Frontier's hashes. */
export const frontierNodes = (size: number): NodeAt[] => subtrees(0, size)

/**
 * The stored nodes behind an inclusion proof (RFC 6962 2.1.1): one list for each hash of the proof, to be folded. Known before
 * anything is read, so that a database can answer `.flat()` of it in one query.
 */
export const inclusionNodes = (index: number, size: number): NodeAt[][] => {
  if (!isSize(index) || !isSize(size) || index >= size) throw new RangeError(`No leaf ${index} in a tree of ${size}`)
  const path: NodeAt[][] = []
  for (let [start, end] = [0, size]; end - start > 1;) {
    const middle = start + largestPowerBelow(end - start)
    path.push(index < middle ? subtrees(middle, end) : subtrees(start, middle));
    [start, end] = index < middle ? [start, middle] : [middle, end]
  }
  return path.toReversed()
}

/** The same for a consistency proof (RFC 6962 2.1.2), for 0 <= old <= size. */
export const consistencyNodes = (old: number, size: number): NodeAt[][] => {
  if (!isSize(old) || !isSize(size) || old > size) throw new RangeError(`A tree of ${size} leaves did not grow from one of ${old}`)
  if (old === 0 || old === size) return []
  const path: NodeAt[][] = []
  let [start, end] = [0, size]
  while (end !== old) {
    const middle = start + largestPowerBelow(end - start)
    path.push(old <= middle ? subtrees(middle, end) : subtrees(start, middle));
    [start, end] = old <= middle ? [start, middle] : [middle, end]
  }
  // The subtree that both trees share is in the proof, unless it is the whole old tree.
  if (start > 0) path.push(subtrees(start, end))
  return path.toReversed()
}

type NodeReader = (level: number, index: number) => Uint8Array
/** The hashes of a proof, from what `inclusionNodes` or `consistencyNodes` names. */
export const foldPath = (path: readonly NodeAt[][], nodeAt: NodeReader): Uint8Array[] =>
  path.map((parts) => foldRight(parts.map(({ level, index }) => nodeAt(level, index))))

/** The hashes of RFC 6962 2.1.1, the leaf's side first. */
export const inclusionProof = (index: number, size: number, nodeAt: NodeReader): Uint8Array[] => foldPath(inclusionNodes(index, size), nodeAt)

/** The hashes of RFC 6962 2.1.2. Empty from size 0 and between equal sizes. */
export const consistencyProof = (old: number, size: number, nodeAt: NodeReader): Uint8Array[] => foldPath(consistencyNodes(old, size), nodeAt)

const run = <T>(steps: Hashing<T>): T => {
  let step = steps.next()
  while (!step.done) step = steps.next(sha256(step.value))
  return step.value
}

export const verifyInclusion = (...question: Parameters<typeof inclusionSteps>): boolean => run(inclusionSteps(...question))
export const verifyConsistency = (...question: Parameters<typeof consistencySteps>): boolean => run(consistencySteps(...question))
