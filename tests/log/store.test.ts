import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { formatCheckpoint } from '../../lib/log/checkpoint.ts'
import { utf8 } from '../../lib/log/encoding.ts'
import { appendAll, EMPTY_FRONTIER, rootOfFrontier, type Frontier } from '../../lib/log/merkle.ts'
import { formatNote, KEY_TYPES, parseNote } from '../../lib/log/note.ts'
import { cosign, generateSigningKey, signNote } from '../../lib/log/sign.ts'
import { fileStore, readCheckpoint, readTile, tileParts, type LogStore } from '../../lib/log/store.ts'
import { tilesBetween } from '../../lib/log/tiles.ts'

const key = generateSigningKey('register.test/log', KEY_TYPES.log)
const leafAt = (index: number) => utf8(`entry number ${index}`)
const leaves = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => leafAt(from + at))
const noteOf = ({ size, hashes }: Frontier): string =>
  signNote(formatCheckpoint({ origin: key.name, size, root: rootOfFrontier({ size, hashes }), extensions: [] }), key)

let folder: string
let store: LogStore
let edge: Frontier
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'batp-store-'))
  ;[store, edge] = [fileStore(folder), EMPTY_FRONTIER]
})
const file = () => join(folder, 'checkpoint')

/** What the signer does in a round: reads the last checkpoint, then writes the entries since. */
const grow = async (to: number, at: Parameters<LogStore['write']>[2] = () => {}): Promise<string> => {
  await readCheckpoint(store)
  const added = leaves(edge.size, to)
  const grown = appendAll(edge, added)
  const note = noteOf(grown.frontier)
  await store.write(await tileParts(store, edge.size, added, grown.completed), note, at)
  edge = grown.frontier
  return note
}
const isWhole = async (from: LogStore, size: number): Promise<boolean> => {
  const other = fileStore(mkdtempSync(join(tmpdir(), 'batp-store-')))
  const all = leaves(0, size)
  const { frontier, completed } = appendAll(EMPTY_FRONTIER, all)
  await other.write(await tileParts(other, 0, all, completed), noteOf(frontier), () => {})
  for (const tile of tilesBetween(0, size)) expect(await readTile(from, tile)).toEqual(await readTile(other, tile))
  return true
}

describe('the file of checkpoints', () => {
  test('is empty of any where there is no folder yet', async () => {
    expect([await store.checkpoints(true), await readCheckpoint(store)]).toEqual([[], null])
  })

  test('takes one after another, and the last one stands', async () => {
    const notes = [await grow(3), await grow(4), await grow(300)]
    expect(readFileSync(file(), 'utf8')).toBe(notes.join('\n'))
    expect(await readCheckpoint(fileStore(folder))).toBe(notes[2])
    expect(await fileStore(folder).checkpoints(true)).toEqual(notes)
  })

  test('goes on from one that was put there by hand, cosigned as witnesses serve it', async () => {
    const [text] = [parseNote(await grow(3)).text]
    const witness = generateSigningKey('witness.test/č', KEY_TYPES.cosigner)
    const cosigned = formatNote({ text, signatures: [...parseNote(signNote(text, key)).signatures, cosign(text, witness, 1_800_000_000)] })
    writeFileSync(file(), cosigned)
    expect(await readCheckpoint(store)).toBe(cosigned)
    const next = await grow(9)
    expect(await store.checkpoints(true)).toEqual([cosigned, next])
  })

  test.each(['\n', '\nregister.test/log\n', '\nregister.test/log\n5\nAAAA', '\nregister.test/log\n5\nAAAA\n\n', '\nregister.test/log\n5\nAAAA\n\n— register.test/log AAAA', `\n${'\0'.repeat(200)}`])(
    'passes over what a write that did not end left behind it: %j', async (left) => {
      const first = await grow(3)
      appendFileSync(file(), left)
      expect(await fileStore(folder).checkpoints(true)).toEqual([first])
      expect(await readCheckpoint(fileStore(folder))).toBe(first)
      const second = await grow(5)
      expect(readFileSync(file(), 'utf8')).toBe(`${first}\n${second}`)
    })

  test('cut anywhere, shows the last one that is whole and never a mixture', async () => {
    const notes = [await grow(3), await grow(5), await grow(8)]
    const bytes = readFileSync(file())
    for (let length = bytes.length - 1; length > Buffer.byteLength(notes[0]!); length -= 1) {
      truncateSync(file(), length)
      const whole = length > Buffer.byteLength(notes.slice(0, 2).join('\n')) - 1 ? 2 : 1
      expect(await fileStore(folder).checkpoints(true)).toEqual(notes.slice(0, whole))
    }
  })

  test.each([['nothing', ''], ['something else', 'no checkpoint at all\n']])('is not passed over where it holds %s', async (_, text) => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file(), text)
    expect(await readCheckpoint(store)).toBe(text)
  })

  test('begins anew when it is long: the newest ones stay, and a reader finds the last one at each moment', async () => {
    const notes: string[] = []
    const sizes: number[] = []
    for (let size = 1; size <= 700; size += 1) {
      notes.push(await grow(size))
      sizes.push(statSync(file()).size)
      if (size % 50 === 0) expect(await readCheckpoint(fileStore(folder))).toBe(notes.at(-1))
    }
    expect(Math.max(...sizes)).toBeLessThan(66_500)
    const anew = sizes.findIndex((size, at) => size < (sizes[at - 1] ?? 0))
    expect(anew).toBeGreaterThan(100)
    const kept = await fileStore(folder).checkpoints(true)
    expect(kept).toEqual(notes.slice(-kept.length))
    expect(kept.length).toBeGreaterThanOrEqual(9)
    expect(existsSync(`${file()}.new`)).toBe(false)
    expect(await isWhole(store, 700)).toBe(true)
  }, 30_000)

  test('begins anew though somebody deleted tiles of before', async () => {
    await grow(300)
    for (const tile of ['tile/entries', 'tile/0']) rmSync(join(folder, tile, '000'))
    let longest = 0
    for (let size = 301; statSync(file()).size >= longest; size += 1) {
      longest = statSync(file()).size
      await grow(size)
    }
    expect(longest).toBeGreaterThan(65_000)
    expect(await readCheckpoint(fileStore(folder))).toBe(noteOf(edge))
  }, 30_000)
})

describe('tiles that a power cut lost', () => {
  test('are those of the entries after the first checkpoint of the file, and are written again', async () => {
    for (const size of [3, 200, 260, 600]) await grow(size)
    const first = { entries: leaves(0, 3), hashes: 3 * 32 }
    for (const name of ['tile/entries/001', 'tile/entries/002', 'tile/0/001', 'tile/0/002', 'tile/1/000']) writeFileSync(join(folder, name), '')
    truncateSync(join(folder, 'tile/entries/000'), first.entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
    writeFileSync(join(folder, 'tile/0/000'), Buffer.concat([readFileSync(join(folder, 'tile/0/000')).subarray(0, first.hashes), Buffer.alloc(500)]))
    const held = appendAll(EMPTY_FRONTIER, leaves(0, 3)).frontier
    const lost = leaves(3, 600)
    await store.repair!(await tileParts(store, 3, lost, appendAll(held, lost).completed))
    expect(await isWhole(store, 600)).toBe(true)
  })

  test('and what is whole is not written again', async () => {
    for (const size of [3, 200, 600]) await grow(size)
    const times = () => tilesBetween(0, 600).map(({ level, index }) => statSync(join(folder, `tile/${level}/00${index}`)).mtimeMs)
    const before = times()
    const held = appendAll(EMPTY_FRONTIER, leaves(0, 3)).frontier
    await store.repair!(await tileParts(store, 3, leaves(3, 600), appendAll(held, leaves(3, 600)).completed))
    expect(times()).toEqual(before)
  })
})
