import { hash } from 'node:crypto'
import { utf8 } from '../log/encoding.ts'
import type { StoredNode } from '../log/merkle.ts'
import type { LogStore } from '../log/store.ts'
import { encodeBundle, TILE_WIDTH, tilePath } from '../log/tiles.ts'
import type { Finding } from './finding.ts'

/** The bytes that must stand in a published file, by their hash: so that they can be remembered, and read again each time. */
export type ExpectedTile = { path: string; offset: number; length: number; sha256: string; what: string }

const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes)

/** The published tiles that these leaves and nodes fill, as far as they are published. */
export const expectedTiles = (leaves: readonly { index: number; data: string }[], completed: readonly StoredNode[], published: number): ExpectedTile[] => {
  const expected = new Map<string, { offset: number; parts: Uint8Array[]; what: string }>()
  const expect = (path: string, offset: number, bytes: Uint8Array, what: string) => {
    const tile = expected.get(path) ?? { offset, parts: [], what }
    tile.parts.push(bytes)
    expected.set(path, tile)
  }
  const bundles = Map.groupBy(leaves.filter(({ index }) => index < published), ({ index }) => Math.floor(index / TILE_WIDTH))
  for (const [index, entries] of bundles) expect(tilePath({ level: 'entries', index, width: TILE_WIDTH }), 0, encodeBundle(entries.map(({ data }) => utf8(data))), `entries ${index * TILE_WIDTH} and on`)
  for (const { level, index, hash: node } of completed) {
    if (level % 8 !== 0 || (index + 1) * 2 ** level > published) continue
    const tile = Math.floor(index / TILE_WIDTH)
    expect(tilePath({ level: level / 8, index: tile, width: TILE_WIDTH }), (index % TILE_WIDTH) * 32, node, `hashes ${tile * TILE_WIDTH} and on of level ${level}`)
  }
  return [...expected].map(([path, { offset, parts, what }]) => {
    const bytes = Buffer.concat(parts)
    return { path, offset, length: bytes.length, sha256: sha256(bytes), what }
  })
}

export const checkTiles = async (store: LogStore, expected: readonly ExpectedTile[]): Promise<Finding[]> => {
  const findings: Finding[] = []
  for (const { path, offset, length, sha256: wanted, what } of expected) {
    const found = await store.read(path)
    const isSame = found && found.length >= offset + length && sha256(found.subarray(offset, offset + length)) === wanted
    if (!isSame) findings.push({ key: `file ${path}`, words: `The published file ${path}, with ${what}, is not what the log holds.` })
  }
  return findings
}
