import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  EMPTY_ROOT, appendHash, consistencyNodes, consistencyProof, frontierNodes, inclusionNodes, inclusionProof, leafHash,
  nodeHash, rootOfFrontier, verifyConsistency, verifyInclusion,
} from '../../lib/log/merkle.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { webPrimitives } from '../../lib/log/primitives-web.ts'
import { withHashes } from '../../lib/log/primitives.ts'
import { consistencySteps, inclusionSteps } from '../../lib/log/steps.ts'
import { LEAVES, at, base64, grow, growNumbered, hex, naiveConsistency, naivePath, naiveRoot, numbered, unhex, vectors } from './given.ts'

const text = (words: string): Uint8Array => new TextEncoder().encode(words)

const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const small = grow(LEAVES.map(leafHash))
const rootAt = (size: number): Uint8Array => hex(ROOTS[size]!)

describe('the published values of RFC 6962 (transparency-dev/merkle)', () => {
  test('leaves, nodes and the empty tree hash as published', () => {
    expect(unhex(EMPTY_ROOT)).toBe(ROOTS[0])
    expect(unhex(leafHash(text('')))).toBe(ROOTS[1])
    expect(unhex(leafHash(text('L123456')))).toBe('395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56')
    expect(unhex(nodeHash(text('N123'), text('N456')))).toBe('aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb')
  })

  test.each(ROOTS.map((root, size) => ({ root, size })))('the root over $size leaves', ({ root, size }) => {
    expect(unhex(rootOfFrontier(small.frontiers[size]!))).toBe(root)
    expect(unhex(naiveRoot(LEAVES.slice(0, size)))).toBe(root)
  })

  test.each([
    { index: 5, size: 8, hashes: vectors.inclusion_idx5_size8 },
    { index: 4, size: 5, hashes: vectors.inclusion_idx4_size5 },
  ])('inclusion of leaf $index in $size', ({ index, size, hashes }) => {
    const proof = hashes.map(base64)
    expect(inclusionProof(index, size, small.nodeAt).map(unhex)).toEqual(proof.map(unhex))
    expect(verifyInclusion(index, size, leafHash(at(LEAVES, index)), proof, rootAt(size))).toBe(true)
  })

  test.each([
    { old: 3, hashes: vectors.consistency_3_8 },
    { old: 5, hashes: vectors.consistency_5_8 },
  ])('consistency from $old to 8', ({ old, hashes }) => {
    const proof = hashes.map(base64)
    expect(consistencyProof(old, 8, small.nodeAt).map(unhex)).toEqual(proof.map(unhex))
    expect(verifyConsistency(old, 8, rootAt(old), rootAt(8), proof)).toBe(true)
  })
})

describe('random trees, against RFC 6962 by naive recursion', () => {
  const LARGEST = 3_000
  const data = Array.from({ length: LARGEST }, (_, index) => numbered(index))
  const big = growNumbered(LARGEST)
  const within = fc.integer({ min: 1, max: LARGEST }).chain((size) => fc.record({
    size: fc.constant(size), index: fc.integer({ min: 0, max: size - 1 }), old: fc.integer({ min: 0, max: size }),
  }))
  const given = { numRuns: 60 }

  test('the root is that of the RFC at every size that is tried, from the right edge and from stored nodes alike', () => {
    fc.assert(fc.property(within, ({ size }) => {
      const root = unhex(naiveRoot(data.slice(0, size)))
      expect(unhex(rootOfFrontier(big.frontiers[size]!))).toBe(root)
      const hashes = frontierNodes(size).map(({ level, index }) => big.nodeAt(level, index))
      expect(unhex(rootOfFrontier({ size, hashes }))).toBe(root)
    }), given)
  })

  test('an inclusion proof is that of the RFC, proves its leaf, and no other leaf, index, size or root', () => {
    fc.assert(fc.property(within, ({ size, index }) => {
      const leaves = data.slice(0, size)
      const proof = inclusionProof(index, size, big.nodeAt)
      const [leaf, root] = [leafHash(at(data, index)), naiveRoot(leaves)]
      expect(proof.map(unhex)).toEqual(naivePath(index, leaves).map(unhex))
      expect(verifyInclusion(index, size, leaf, proof, root)).toBe(true)
      expect(verifyInclusion(index, size, leafHash(text('another')), proof, root)).toBe(false)
      expect(verifyInclusion(index, size, leaf, proof, leafHash(root))).toBe(false)
      expect(verifyInclusion(index, size, leaf, [...proof, leaf], root)).toBe(false)
      if (size > 1) {
        expect(verifyInclusion((index + 1) % size, size, leaf, proof, root)).toBe(false)
        expect(verifyInclusion(index, size, leaf, proof.slice(1), root)).toBe(false)
        expect(verifyInclusion(index, size, leaf, proof.slice(0, -1), root)).toBe(false)
      }
    }), given)
  })

  test('a consistency proof is that of the RFC, and proves no other pair of trees', () => {
    fc.assert(fc.property(within, ({ size, old }) => {
      const leaves = data.slice(0, size)
      const proof = consistencyProof(old, size, big.nodeAt)
      const [oldRoot, root] = [naiveRoot(leaves.slice(0, old)), naiveRoot(leaves)]
      expect(proof.map(unhex)).toEqual((old === 0 ? [] : naiveConsistency(old, leaves)).map(unhex))
      expect(verifyConsistency(old, size, oldRoot, root, proof)).toBe(true)
      expect(verifyConsistency(old, size, leafHash(oldRoot), root, proof)).toBe(false)
      expect(verifyConsistency(old, size, oldRoot, root, [...proof, root])).toBe(false)
      if (old > 0) expect(verifyConsistency(old, size, oldRoot, leafHash(root), proof)).toBe(false)
      if (proof.length > 0) {
        expect(verifyConsistency(old, size, oldRoot, root, proof.slice(1))).toBe(false)
        expect(verifyConsistency(old, size, oldRoot, root, proof.with(0, leafHash(root)))).toBe(false)
      }
    }), given)
  })

  test('each leaf completes the nodes it should: every complete subtree is stored once, and the last node roots the last subtree', () => {
    for (let level = 0; 2 ** level <= LARGEST; level += 1) {
      const stored = [...big.nodes.keys()].filter((key) => key.startsWith(`${level}/`))
      expect(stored).toHaveLength(Math.floor(LARGEST / 2 ** level))
    }
    expect(unhex(big.nodeAt(11, 0))).toBe(unhex(naiveRoot(data.slice(0, 2048))))
    expect(unhex(big.nodeAt(3, 374))).toBe(unhex(naiveRoot(data.slice(2992, 3000))))
  })
})

describe('what is accepted without hashes, and what never', () => {
  test('from the empty tree only an empty proof is accepted, and only from the empty tree’s own root', () => {
    expect(verifyConsistency(0, 8, EMPTY_ROOT, rootAt(8), [])).toBe(true)
    expect(verifyConsistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])).toBe(true)
    expect(verifyConsistency(0, 8, EMPTY_ROOT, rootAt(8), [rootAt(1)])).toBe(false)
    expect(verifyConsistency(0, 8, rootAt(1), rootAt(8), [])).toBe(false)
    expect(verifyConsistency(0, 0, rootAt(1), rootAt(1), [])).toBe(false)
  })

  test('two trees of one size are consistent only when they are the same', () => {
    expect(verifyConsistency(5, 5, rootAt(5), rootAt(5), [])).toBe(true)
    expect(verifyConsistency(5, 5, rootAt(5), rootAt(6), [])).toBe(false)
    expect(verifyConsistency(5, 5, rootAt(5), rootAt(5), [rootAt(5)])).toBe(false)
  })

  test('a tree does not shrink, and sizes and indices are whole numbers within reach', () => {
    expect(verifyConsistency(8, 5, rootAt(8), rootAt(5), [])).toBe(false)
    for (const index of [-1, 0.5, 8, Number.NaN, 2 ** 53]) {
      expect(verifyInclusion(index, 8, leafHash(at(LEAVES, 0)), [], rootAt(8)), String(index)).toBe(false)
      expect(() => inclusionNodes(index, 8), String(index)).toThrow('No leaf')
    }
    expect(() => consistencyNodes(8, 5)).toThrow('did not grow')
    expect(() => appendHash({ size: Number.MAX_SAFE_INTEGER, hashes: [] }, rootAt(1))).toThrow('cannot grow')
  })

  test('a path that is right in a tree of another size is wrong in this one, though it leads to the root that is given', () => {
    const leaf = (index: number) => leafHash(at(LEAVES, index))
    expect(verifyInclusion(0, 4, leaf(0), inclusionProof(0, 4, small.nodeAt), rootAt(4))).toBe(true)
    expect(verifyInclusion(0, 8, leaf(0), inclusionProof(0, 4, small.nodeAt), rootAt(4))).toBe(false)
    expect(verifyInclusion(1, 2, leaf(3), inclusionProof(3, 4, small.nodeAt), rootAt(4))).toBe(false)
    expect(verifyInclusion(0, 1, leaf(0), [], rootAt(1))).toBe(true)
    expect(verifyInclusion(5, 1, leaf(0), [], rootAt(1))).toBe(false)
    expect(verifyConsistency(2, 16, rootAt(2), rootAt(8), consistencyProof(2, 8, small.nodeAt))).toBe(false)
  })

  test('a hash of another length proves nothing', () => {
    const proof = vectors.inclusion_idx5_size8.map(base64)
    expect(verifyInclusion(5, 8, leafHash(at(LEAVES, 5)), proof.with(0, at(proof, 0).subarray(1)), rootAt(8))).toBe(false)
    const consistency = vectors.consistency_3_8.map(base64)
    expect(verifyConsistency(3, 8, rootAt(3), rootAt(8), consistency.with(0, new Uint8Array(31)))).toBe(false)
  })
})

describe('trees beyond 2^32 leaves', () => {
  /** Every leaf is the same, so that a node depends on its level alone and any tree can be had without its leaves. */
  const levels = [leafHash(text('same'))]
  while (levels.length < 54) levels.push(nodeHash(levels.at(-1)!, levels.at(-1)!))
  const readFrom = (size: number) => (level: number, index: number): Uint8Array => {
    expect(Number.isSafeInteger(index) && (index + 1) * 2 ** level <= size, `node ${level}/${index} of ${size}`).toBe(true)
    return at(levels, level)
  }
  const rootOf = (size: number) => rootOfFrontier({ size, hashes: frontierNodes(size).map(({ level }) => at(levels, level)) })
  const LARGE = [2 ** 31 - 1, 2 ** 31 + 1, 2 ** 32, 2 ** 32 + 5, 2 ** 40 + 2 ** 33 + 7, 2 ** 52 + 2 ** 32 + 12_345, Number.MAX_SAFE_INTEGER]

  test.each(LARGE)('a tree of %i: proofs read only complete subtrees, and verify', (size) => {
    for (const index of [0, 1, 2 ** 31 - 2, Math.floor(size / 3), Math.floor(size / 2), size - 2, size - 1]) {
      const proof = inclusionProof(index, size, readFrom(size))
      expect(verifyInclusion(index, size, at(levels, 0), proof, rootOf(size)), `leaf ${index}`).toBe(true)
      expect(verifyInclusion(index, size, at(levels, 1), proof, rootOf(size)), `leaf ${index}`).toBe(false)
    }
    for (const old of [1, 2 ** 30, 2 ** 31 - 1, Math.floor(size / 3), size - 1]) {
      const proof = consistencyProof(old, size, readFrom(size))
      expect(verifyConsistency(old, size, rootOf(old), rootOf(size), proof), `from ${old}`).toBe(true)
      expect(verifyConsistency(old, size, rootOf(old - 1), rootOf(size), proof), `from ${old}`).toBe(false)
    }
  })

  test.each([2 ** 32 - 1, 2 ** 32, 2 ** 45 - 1, 2 ** 52 + 3])('leaf %i completes the right nodes', (size) => {
    const { frontier, completed } = appendHash({ size, hashes: frontierNodes(size).map(({ level }) => at(levels, level)) }, at(levels, 0))
    for (const { level, index, hash } of completed) {
      expect((index + 1) * 2 ** level).toBe(size + 1)
      expect(unhex(hash)).toBe(unhex(at(levels, level)))
    }
    expect(frontier.hashes.map(unhex)).toEqual(frontierNodes(size + 1).map(({ level }) => unhex(at(levels, level))))
    expect(unhex(rootOfFrontier(frontier))).toBe(unhex(rootOf(size + 1)))
  })
})

test('a browser’s cryptography and Node’s come to the same answers', async () => {
  const [proof, consistency] = [vectors.inclusion_idx5_size8.map(base64), vectors.consistency_3_8.map(base64)]
  for (const primitives of [nodePrimitives, webPrimitives()]) {
    for (const root of [rootAt(8), rootAt(7)]) {
      const expected = unhex(root) === ROOTS[8]
      expect(await withHashes(inclusionSteps(5, 8, leafHash(at(LEAVES, 5)), proof, root), primitives)).toBe(expected)
      expect(await withHashes(consistencySteps(3, 8, rootAt(3), root, consistency), primitives)).toBe(expected)
    }
  }
})
