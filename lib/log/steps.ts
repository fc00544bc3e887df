/**
 * The verification algorithms of RFC 6962, without a hash function: each is a generator that yields the bytes to be hashed and is
 * handed the SHA-256 of them. So one copy serves node:crypto (at once) and a browser's WebCrypto (which answers later).
 *
 * Sizes and indices are plain numbers up to 2^53 - 1. They are halved by division, never shifted: `>>` would cut them to 32 bits.
 */
export type Hashing<T> = Generator<Uint8Array, T, Uint8Array>

export const HASH_BYTES = 32

/** No tree has a longer path (C2SP tlog-proof, tlog-witness). */
export const MAX_PROOF_HASHES = 63

/** SHA-256 of nothing: the root of a tree without leaves (RFC 6962 2.1). */
export const EMPTY_ROOT: Uint8Array = Uint8Array.of(
  0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
  0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
)

export const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const isOdd = (value: number): boolean => value % 2 === 1
const half = (value: number): number => Math.floor(value / 2)

export const equalBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at])

/** What is hashed for a leaf: 0x00 || data (RFC 6962 2.1). */
export const leafInput = (data: Uint8Array): Uint8Array => {
  const input = new Uint8Array(1 + data.length)
  input.set(data, 1)
  return input
}

/** What is hashed for a node: 0x01 || left || right (RFC 6962 2.1). */
export const nodeInput = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const input = new Uint8Array(1 + left.length + right.length)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + left.length)
  return input
}

type Sibling = { hash: Uint8Array; isLeft: boolean }

/**
 * Which side each hash of a path stands on, from the node `at` of a level whose last node is `last` (RFC 9162 2.1.3.2). Null when
 * there are too many or too few of them.
 */
const climb = (at: number, last: number, hashes: readonly Uint8Array[]): Sibling[] | null => {
  const path: Sibling[] = []
  for (const hash of hashes) {
    if (last === 0 || hash.length !== HASH_BYTES) return null
    const isLeft = isOdd(at) || at === last
    path.push({ hash, isLeft })
    if (isLeft) while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    [at, last] = [half(at), half(last)]
  }
  return last === 0 ? path : null
}

function* fold(start: Uint8Array, path: readonly Sibling[]): Hashing<Uint8Array> {
  let hash = start
  for (const { hash: sibling, isLeft } of path) hash = yield isLeft ? nodeInput(sibling, hash) : nodeInput(hash, sibling)
  return hash
}

/** Is `leafHash` leaf number `index` of the tree of `size` leaves with this root? `proof` from the leaf's side (RFC 6962 2.1.1). */
export function* inclusionSteps(
  index: number, size: number, leafHash: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array,
): Hashing<boolean> {
  if (!isSize(index) || !isSize(size) || index >= size || leafHash.length !== HASH_BYTES) return false
  const path = climb(index, size - 1, proof)
  return path !== null && equalBytes(yield* fold(leafHash, path), root)
}

/**
 * Does the tree of `size` leaves begin with the tree of `old` leaves (RFC 6962 2.1.2)? Every tree begins with the empty one; that
 * is accepted with an empty proof only (C2SP tlog-witness).
 */
export function* consistencySteps(
  old: number, size: number, oldRoot: Uint8Array, root: Uint8Array, proof: readonly Uint8Array[],
): Hashing<boolean> {
  if (!isSize(old) || !isSize(size) || old > size || oldRoot.length !== HASH_BYTES || root.length !== HASH_BYTES) return false
  if (old === size) return proof.length === 0 && equalBytes(oldRoot, root) && (size > 0 || equalBytes(root, EMPTY_ROOT))
  if (old === 0) return proof.length === 0 && equalBytes(oldRoot, EMPTY_ROOT)
  let [at, last] = [old - 1, size - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  // An old tree of 2^k leaves is itself the subtree that the proof starts from: its root is not repeated in the proof.
  const [start, ...rest] = at === 0 ? [oldRoot, ...proof] : proof
  const path = start?.length === HASH_BYTES ? climb(at, last, rest) : null
  if (!start || !path) return false
  const oldPath = path.filter(({ isLeft }) => isLeft)
  return equalBytes(yield* fold(start, oldPath), oldRoot) && equalBytes(yield* fold(start, path), root)
}
