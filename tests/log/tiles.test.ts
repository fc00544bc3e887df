import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leafHash } from '../../lib/log/merkle.ts'
import {
  decodeBundle, decodeHashTile, encodeBundle, encodeHashTile, firstEntries, firstHashes, parseTilePath, tileNodes, tilePath, tilesBetween,
  widthAt, type Tile,
} from '../../lib/log/tiles.ts'
import { LEAVES, growNumbered, hex, naiveRoot, numbered, unhex, vectors } from './given.ts'

const paths = (from: number, to: number): string[] => tilesBetween(from, to).map(tilePath)

describe('paths', () => {
  test.each([
    ['tile/0/005', { level: 0, index: 5, width: 256 }],
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/0/273.p/112', { level: 0, index: 273, width: 112 }],
    ['tile/1/x001/000.p/1', { level: 1, index: 1_000, width: 1 }],
    ['tile/63/000', { level: 63, index: 0, width: 256 }],
    ['tile/entries/x035/184.p/255', { level: 'entries', index: 35_184, width: 255 }],
    ['tile/0/x009/x007/x199/x254/x740/991', { level: 0, index: Number.MAX_SAFE_INTEGER, width: 256 }],
  ] as const)('%s', (path, tile) => {
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  test.each([
    'tile/0/5', 'tile/0/0005', 'tile/0/x000/005', 'tile/0/001/234', 'tile/0/x001', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01',
    'tile/0/000.p/', 'tile/00/000', 'tile/64/000', 'tile/-1/000', 'tile/8/0/000', 'tile/entry/000', '/tile/0/000', 'tile/0/000/',
    'tile/0/000\n', 'tile/0/../000', 'tile/0/x009/x007/x199/x254/x740/992', 'tile/0/x001/x001/x001/x001/x001/x001/001', '', 'checkpoint',
  ])('“%s” is no tile', (path) => {
    expect(parseTilePath(path)).toBeNull()
  })

  test('every tile’s path leads back to it', () => {
    const tile = fc.record({
      level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(fc.property(tile, (each) => {
      expect(parseTilePath(tilePath(each))).toEqual(each)
    }))
  })
})

describe('which tiles a tree has', () => {
  test('the worked examples of the specification', () => {
    const of70000 = paths(0, 70_000).filter((path) => !path.includes('entries'))
    expect(of70000).toHaveLength(274 + 2 + 1)
    expect(of70000.filter((path) => !path.startsWith('tile/0/'))).toEqual(['tile/1/000', 'tile/1/001.p/17', 'tile/2/000.p/1'])
    expect([of70000[0], of70000[272], of70000[273]]).toEqual(['tile/0/000', 'tile/0/272', 'tile/0/273.p/112'])
    expect(paths(0, 256)).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1'])
    expect(paths(0, 0)).toEqual([])
  })

  test('growth touches only the tiles that change', () => {
    expect(paths(70_000, 70_001)).toEqual(['tile/entries/273.p/113', 'tile/0/273.p/113'])
    expect(paths(255, 257)).toEqual(['tile/entries/000', 'tile/0/000', 'tile/entries/001.p/1', 'tile/0/001.p/1', 'tile/1/000.p/1'])
    expect(paths(65_535, 65_536)).toEqual(['tile/entries/255', 'tile/0/255', 'tile/1/000', 'tile/2/000.p/1'])
    expect(paths(9, 9)).toEqual([])
    expect(() => tilesBetween(9, 8)).toThrow('did not grow')
  })

  test('beyond 2^32 the same', () => {
    const size = 2 ** 40 + 2 ** 33 + 300
    expect(paths(size - 1, size)).toEqual([`entries`, '0'].map((level) => `tile/${level}/x004/x328/x521/729.p/44`))
    expect(widthAt({ level: 5, index: 0 }, size)).toBe(1)
    expect(widthAt({ level: 4, index: 1 }, size)).toBe(2)
  })

  test('tiles written checkpoint by checkpoint are all the tiles of the last size, at no other width', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 12 })
    fc.assert(fc.property(steps, (growths) => {
      const newest = new Map<string, number>()
      const places = (tiles: Tile[]) => tiles.map(({ level, index, width }): [string, number] => [`${level}/${index}`, width])
      let size = 0
      for (const growth of growths) {
        for (const [place, width] of places(tilesBetween(size, size + growth))) newest.set(place, width)
        size += growth
      }
      expect([...newest].toSorted()).toEqual(places(tilesBetween(0, size)).toSorted())
      for (const tile of tilesBetween(0, size)) {
        const full = tile.level === 'entries' ? 0 : tile.level
        expect(widthAt(tile, size)).toBe(tile.width)
        expect(tile.width).toBe(Math.min(256, Math.floor(size / 256 ** full) - tile.index * 256))
        expect(widthAt({ ...tile, index: tile.index + 256 }, size)).toBe(0)
      }
    }))
  })
})

describe('what is in a tile', () => {
  test('the vectors: the bundle of eight entries, and the hash tile beside it', () => {
    expect(unhex(encodeBundle(LEAVES))).toBe(vectors.bundle_entries_000_p_8_hex)
    expect(decodeBundle(hex(vectors.bundle_entries_000_p_8_hex)).map(unhex)).toEqual(LEAVES.map(unhex))
    expect(createHash('sha256').update(encodeHashTile(LEAVES.map(leafHash))).digest('hex')).toBe(vectors.tile_0_000_p_8_sha256)
  })

  test('a level above holds the roots of the full tiles below', () => {
    const { nodeAt } = growNumbered(600)
    const [first, second] = tileNodes({ level: 1, index: 0, width: 2 }).map(({ level, index }) => nodeAt(level, index))
    const entries = Array.from({ length: 512 }, (_, index) => numbered(index))
    expect(unhex(first!)).toBe(unhex(naiveRoot(entries.slice(0, 256))))
    expect(unhex(second!)).toBe(unhex(naiveRoot(entries.slice(256))))
    expect(tileNodes({ level: 0, index: 2, width: 88 }).at(-1)).toEqual({ level: 0, index: 599 })
    expect(() => tileNodes({ level: 'entries', index: 0, width: 1 })).toThrow('entries')
  })

  test('a partial tile is the beginning of a fuller one', () => {
    const bundle = hex(vectors.bundle_entries_000_p_8_hex)
    expect(unhex(firstEntries(bundle, 3))).toBe('0000000100000110')
    expect(unhex(firstEntries(bundle, 8))).toBe(vectors.bundle_entries_000_p_8_hex)
    for (const width of [0, 9]) expect(() => firstEntries(bundle, width)).toThrow(`fewer than ${width} entries`)
    const tile = encodeHashTile(LEAVES.map(leafHash))
    expect(decodeHashTile(firstHashes(tile, 2)).map(unhex)).toEqual(LEAVES.slice(0, 2).map(leafHash).map(unhex))
    for (const width of [0, 9]) expect(() => firstHashes(tile, width)).toThrow('holds 8 hashes')
  })

  test('entries of any length up to 65,535 bytes come back as they were', () => {
    const long = fc.constantFrom(255, 256, 65_535).map((length) => new Uint8Array(length).fill(9))
    const entry = fc.oneof(fc.uint8Array({ maxLength: 300 }), long)
    fc.assert(fc.property(fc.array(entry, { minLength: 1, maxLength: 20 }), (entries) => {
      expect(decodeBundle(encodeBundle(entries)).map(unhex)).toEqual(entries.map(unhex))
    }))
  })

  test('what no tile holds is refused', () => {
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow('65536 bytes')
    expect(() => encodeBundle(Array.from({ length: 257 }, () => new Uint8Array(1)))).toThrow('1 to 256')
    expect(() => encodeBundle([])).toThrow('1 to 256')
    expect(() => encodeHashTile([new Uint8Array(31)])).toThrow('32 bytes')
    for (const cut of ['00', '0001', '000200', `${vectors.bundle_entries_000_p_8_hex}00`])
      expect(() => decodeBundle(hex(cut)), cut).toThrow('cut short')
    expect(() => decodeBundle(new Uint8Array(257 * 2))).toThrow('more than 256')
    for (const length of [0, 31, 257 * 32]) expect(() => decodeHashTile(new Uint8Array(length))).toThrow('1 to 256 hashes')
  })
})
