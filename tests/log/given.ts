import { createHash } from 'node:crypto'
import { appendHash, EMPTY_FRONTIER, leafHash, type Frontier } from '../../lib/log/merkle.ts'
import { KEY_TYPES } from '../../lib/log/note.ts'
import { signingKey } from '../../lib/log/sign.ts'
// Made in Python (`cryptography`) and accepted by a verifier in Go, with the key pairs of RFC 8032 7.1 (tests 1 and 2).
import vectors from './vectors.json' with { type: 'json' }

export { vectors }

export const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
export const unhex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))

/** The eight leaves that the vectors of transparency-dev/merkle are made of. */
export const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(hex)

export const LOG_KEY = signingKey('batp.example/log', KEY_TYPES.log, hex(vectors.log_seed))
export const WITNESS_KEY = signingKey('witness.example/rs', KEY_TYPES.cosigner, hex(vectors.witness_seed))

export const at = (list: readonly Uint8Array[], index: number): Uint8Array => {
  const found = list[index]
  if (!found) throw new Error(`Nothing at ${index}`)
  return found
}

/** The leaf of a test tree that everyone can compute again: its number in decimal. */
export const numbered = (index: number): Uint8Array => new TextEncoder().encode(String(index))

/** A tree grown leaf by leaf, with every node that was stored on the way. */
export const grow = (leafHashes: readonly Uint8Array[]) => {
  const nodes = new Map<string, Uint8Array>()
  const frontiers: Frontier[] = [EMPTY_FRONTIER]
  for (const leaf of leafHashes) {
    const { frontier, completed } = appendHash(frontiers.at(-1) ?? EMPTY_FRONTIER, leaf)
    for (const { level, index, hash } of completed) nodes.set(`${level}/${index}`, hash)
    frontiers.push(frontier)
  }
  const nodeAt = (level: number, index: number): Uint8Array => {
    const node = nodes.get(`${level}/${index}`)
    if (!node) throw new Error(`Node ${level}/${index} was never stored`)
    return node
  }
  return { nodes, frontiers, nodeAt }
}

export const growNumbered = (size: number) => grow(Array.from({ length: size }, (_, index) => leafHash(numbered(index))))

const sha256 = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

/** RFC 6962 2.1, word for word and by recursion: what the tree is compared with. Shares no line with it. */
export const naiveRoot = (data: readonly Uint8Array[]): Uint8Array => {
  if (data.length === 0) return sha256()
  if (data.length === 1) return sha256(Uint8Array.of(0), at(data, 0))
  const k = 2 ** (Math.ceil(Math.log2(data.length)) - 1)
  return sha256(Uint8Array.of(1), naiveRoot(data.slice(0, k)), naiveRoot(data.slice(k)))
}

/** PATH(m, D[n]) of RFC 6962 2.1.1. */
export const naivePath = (m: number, data: readonly Uint8Array[]): Uint8Array[] => {
  if (data.length === 1) return []
  const k = 2 ** (Math.ceil(Math.log2(data.length)) - 1)
  return m < k
    ? [...naivePath(m, data.slice(0, k)), naiveRoot(data.slice(k))]
    : [...naivePath(m - k, data.slice(k)), naiveRoot(data.slice(0, k))]
}

/** SUBPROOF(m, D[n], b) of RFC 6962 2.1.2; PROOF(m, D[n]) with b = true. */
export const naiveConsistency = (m: number, data: readonly Uint8Array[], b = true): Uint8Array[] => {
  if (m === data.length) return b ? [] : [naiveRoot(data)]
  const k = 2 ** (Math.ceil(Math.log2(data.length)) - 1)
  return m <= k
    ? [...naiveConsistency(m, data.slice(0, k), b), naiveRoot(data.slice(k))]
    : [...naiveConsistency(m - k, data.slice(k), false), naiveRoot(data.slice(0, k))]
}
