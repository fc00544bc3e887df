import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { appendAll, EMPTY_FRONTIER } from '../../lib/log/merkle.ts'
import { CHECKPOINT, fileStore, readCheckpoint, readTile, tileParts, type LogStore } from '../../lib/log/store.ts'
import { s3Store } from '../../lib/log/store-s3.ts'
import { TILE_WIDTH, tilePath, tilesBetween, type Tile } from '../../lib/log/tiles.ts'
import { signatureOf, startS3, type S3Server } from './s3-server.ts'

const ACCOUNT = { keyId: 'AKIDREGISTER', secret: 'a/secret+that-nobody-may-read', region: 'eu-test-1' }
const QUICK = { patienceMs: 300, pauseMs: 1 }
const HOUR_MS = 3_600_000

let server: S3Server
let store: LogStore
const another = (changed: Partial<typeof ACCOUNT & { url: string }> = {}): LogStore => s3Store({ ...ACCOUNT, url: server.url, ...changed }, QUICK)
beforeEach(async () => {
  server = await startS3(ACCOUNT)
  store = another()
  return server.close
})

/** Entries of very different lengths, the same for the same number; `of` is whose they are. */
const leavesOf = (size: number, of = 'ours'): Uint8Array[] =>
  Array.from({ length: size }, (_, at) => Buffer.from(createHash('sha512').update(`${of} ${at}`).digest('hex').repeat(at % 7).slice(at % 11) + String(at)))
/** A note as a folder takes it for one; nobody checks its root and signature here. */
const noteOf = (size: number, of = 'ours'): string => `${of}\n${size}\n${'A'.repeat(43)}=\n\n— ${of} AAAAAAAA\n`
/** What the publisher does in a round: reads the checkpoint, then writes what is new since. */
const grow = async (to: LogStore, from: number, size: number, of = 'ours', at: Parameters<LogStore['write']>[2] = () => {}): Promise<void> => {
  await readCheckpoint(to)
  const leaves = leavesOf(size, of)
  const { frontier } = appendAll(EMPTY_FRONTIER, leaves.slice(0, from))
  const parts = await tileParts(to, from, leaves.slice(from), appendAll(frontier, leaves.slice(from)).completed)
  await to.write(parts, noteOf(size, of), at)
}
/** A tile's bytes, of a process that reads it for the first time; and those that a folder would hold at that size. */
const bytesOf = async (from: LogStore, tile: Tile): Promise<string> => Buffer.from((await readTile(from, tile))!).toString('hex')
const inFolder = async (size: number, tile: Tile): Promise<string> => {
  const files = fileStore(mkdtempSync(join(tmpdir(), 'batp-s3-')))
  await grow(files, 0, size)
  return bytesOf(files, tile)
}
/** Three entries, by a store that has found out that the server heeds conditions. */
const begin = async (): Promise<void> => {
  await grow(store, 0, 2)
  await grow(store, 2, 3)
}
const errorOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'no error', (error: Error) => `${error.message} ${error.stack} ${JSON.stringify(error)}`)
const tilesIn = (): [string, string][] => [...server.objects].filter(([name]) => name !== CHECKPOINT).map(([name, { etag }]) => [name, etag])

test('the server of these tests signs as the example of AWS’s documentation does', () => {
  const names = ['host', 'range', 'x-amz-content-sha256', 'x-amz-date']
  const headers = {
    host: 'examplebucket.s3.amazonaws.com', range: 'bytes=0-9', 'x-amz-date': '20130524T000000Z',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  }
  const example = { keyId: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' }
  expect(signatureOf({ method: 'GET', url: '/test.txt', headers }, Buffer.alloc(0), names, example))
    .toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41')
})

describe('what lies in a bucket', () => {
  const SIZES = [0, 1, 5, 255, 256, 257, 300, 1000, 1030]

  test('may be the file of a folder, copied: the last checkpoint in it stands, and is replaced by the next one', async () => {
    server.put(CHECKPOINT, `${noteOf(1)}\n${noteOf(2)}`)
    expect([await readCheckpoint(store), await store.checkpoints(true)]).toEqual([noteOf(2), [noteOf(2)]])
    await store.write([], noteOf(3), () => {})
    expect(server.text(CHECKPOINT)).toBe(noteOf(3))
  })

  test('is byte for byte what lies in a folder, at each size and for all partial tiles since', async () => {
    const files = fileStore(mkdtempSync(join(tmpdir(), 'batp-s3-')))
    for (const [at, size] of SIZES.slice(1).entries()) {
      await grow(store, SIZES[at]!, size)
      await grow(files, SIZES[at]!, size)
      for (const tile of tilesBetween(0, size)) {
        expect(await bytesOf(another(), tile), tilePath(tile)).toBe(await bytesOf(files, tile))
        const name = tilePath({ ...tile, width: TILE_WIDTH })
        expect(Buffer.from((await another().read(name))!).equals((await files.read(name))!), name).toBe(true)
      }
      expect(await readCheckpoint(another())).toBe(noteOf(size))
    }
    const partial: Tile = { level: 'entries', index: 0, width: 5 }
    expect(await bytesOf(another(), partial)).toBe(await inFolder(5, partial))
    expect(new Set([...server.objects].map(([name, { type }]) => `${name.split('/')[0]} ${type}`)))
      .toEqual(new Set(['tile application/octet-stream', 'checkpoint text/plain; charset=utf-8']))
    expect(server.answered.filter((line) => !/ (200|404)$/.test(line))).toEqual(['PUT checkpoint 412'])
  })

  test('is continued by several processes in turn', async () => {
    const [one, other] = [another(), another()]
    for (let size = 1; size <= 12; size += 1) await grow(size % 3 === 0 ? other : one, size - 1, size)
    const tile: Tile = { level: 'entries', index: 0, width: 12 }
    expect(await bytesOf(another(), tile)).toBe(await inFolder(12, tile))
  })

  test('is not read again by who wrote it last: one reading and a put for each object a round', async () => {
    await begin()
    await grow(store, 3, 4)
    server.answered.length = 0
    await grow(store, 4, 5)
    expect(server.answered.toSorted()).toEqual(['GET checkpoint 200', 'PUT checkpoint 200', 'PUT tile/0/000 200', 'PUT tile/entries/000 200'])
    expect(server.answered.at(-1)).toBe('PUT checkpoint 200')
  })

  test('is nothing where nothing was written', async () => {
    expect(await readCheckpoint(store)).toBeNull()
    expect(await store.read('tile/0/000')).toBeNull()
  })
})

describe('a checkpoint takes the place of the one that was read, or of none', () => {
  test('the first one of all: the second writer is refused', async () => {
    const late = another()
    expect(await readCheckpoint(late)).toBeNull()
    server.put(CHECKPOINT, noteOf(2, 'theirs'))
    expect(await errorOf(late.write([], noteOf(1), () => {}))).toMatch(/written by somebody else.*Another process or another database signs this log/)
    expect(server.text(CHECKPOINT)).toBe(noteOf(2, 'theirs'))
  })

  test.each(['a write', 'a deletion'])('%s by somebody else since then is noticed, and nothing is overwritten', async (what) => {
    await begin()
    const change = () => (what === 'a write' ? server.put(CHECKPOINT, noteOf(5, 'theirs')) : void server.objects.delete(CHECKPOINT))
    expect(await errorOf(grow(store, 3, 4, 'ours', (point) => { if (point === 'tiles written') change() }))).toContain('written by somebody else')
    expect(server.text(CHECKPOINT)).toBe(what === 'a write' ? noteOf(5, 'theirs') : null)
    expect(await readCheckpoint(store)).toBe(server.text(CHECKPOINT))
  })

  test('a writer that dies after the tiles leaves the one before, and the next one goes on', async () => {
    await begin()
    await expect(grow(store, 3, 6, 'ours', () => { throw new Error('killed') })).rejects.toThrow('killed')
    expect(server.text(CHECKPOINT)).toBe(noteOf(3))
    await grow(store, 3, 7)
    expect(server.text(CHECKPOINT)).toBe(noteOf(7))
    expect(server.objects.get('tile/0/000')!.bytes.length).toBe(7 * 32)
  })

  test('a server that ignores conditions is refused before anything is changed', async () => {
    await begin()
    server.heedsConditions = false
    const before = tilesIn()
    expect(await errorOf(grow(another(), 3, 4))).toContain('ignores If-Match')
    expect([server.text(CHECKPOINT), tilesIn()]).toEqual([noteOf(3), before])
  })
})

describe('tiles of another database', () => {
  test('are left alone: its checkpoint may be on its way', async () => {
    await begin()
    await readCheckpoint(store)
    const killed = () => { throw new Error('killed') }
    const leaves = [...leavesOf(3), ...leavesOf(5, 'theirs').slice(3)]
    const { completed } = appendAll(appendAll(EMPTY_FRONTIER, leaves.slice(0, 3)).frontier, leaves.slice(3))
    const theirs = another()
    await errorOf(theirs.write(await tileParts(theirs, 3, leaves.slice(3), completed), noteOf(5, 'theirs'), killed))
    const before = tilesIn()
    expect(await errorOf(grow(store, 3, 4))).toMatch(/tile\/\S+ was written by somebody else/)
    expect([server.text(CHECKPOINT), tilesIn()]).toEqual([noteOf(3), before])
  })

  test('that were written while ours were made are left alone too', async () => {
    await begin()
    const theirs = Buffer.concat([server.objects.get('tile/0/000')!.bytes, Buffer.alloc(32, 7)])
    server.before('PUT tile/0/000', () => server.put('tile/0/000', theirs))
    expect(await errorOf(grow(store, 3, 4))).toContain('tile/0/000 was written by somebody else')
    expect([server.text(CHECKPOINT), server.objects.get('tile/0/000')!.bytes]).toEqual([noteOf(3), theirs])
  })

  test('are written over when they are so old that no checkpoint follows any more', async () => {
    await begin()
    server.put('tile/0/000', Buffer.concat([server.objects.get('tile/0/000')!.bytes, Buffer.alloc(64, 7)]), HOUR_MS)
    await grow(another(), 3, 4)
    expect([server.text(CHECKPOINT), server.objects.get('tile/0/000')!.bytes.length]).toEqual([noteOf(4), 4 * 32])
  })

  test('are kept at their length where they begin with ours', async () => {
    await begin()
    await errorOf(grow(another(), 3, 8, 'ours', () => { throw new Error('killed') }))
    const longer = tilesIn()
    await grow(store, 3, 4)
    expect([server.text(CHECKPOINT), tilesIn()]).toEqual([noteOf(4), longer])
  })

  test.each<[string, () => void, RegExp]>([
    ['cut short', () => server.put('tile/0/000', server.objects.get('tile/0/000')!.bytes.subarray(0, 64)), /holds 64 bytes, but 96 were published/],
    ['lost', () => server.objects.delete('tile/0/000'), /holds 0 bytes, but 96 were published/],
    ['lost with its entries', () => server.objects.delete('tile/entries/000'), /tile\/entries\/000 is missing in http/],
  ])('and a published tile that was %s is not made up', async (_what, change, why) => {
    await begin()
    change()
    expect(await errorOf(grow(another(), 3, 4))).toMatch(why)
    expect(server.text(CHECKPOINT)).toBe(noteOf(3))
  })
})

describe('an answer that was lost', () => {
  test.each(['cut after', 'cut before', 'silent', 500, 503, 429, 409] as const)('(%s) once, to any request, changes nothing', async (is) => {
    await begin()
    if (is !== 409) server.fail({ on: 'GET *', is })
    server.fail({ on: 'PUT tile/0/000', is }, { on: 'PUT tile/entries/000', is }, { on: `PUT ${CHECKPOINT}`, is })
    await grow(store, 3, 4)
    await grow(another(), 4, 5)
    expect(server.text(CHECKPOINT)).toBe(noteOf(5))
    const tile: Tile = { level: 'entries', index: 0, width: 5 }
    expect(await bytesOf(another(), tile)).toBe(await inFolder(5, tile))
  })

  test('is no success where somebody else’s lies there', async () => {
    await begin()
    server.fail({ on: `PUT ${CHECKPOINT}`, is: 'cut before' })
    const change = (point: string) => { if (point === 'tiles written') server.put(CHECKPOINT, noteOf(9, 'theirs')) }
    expect(await errorOf(grow(store, 3, 4, 'ours', change))).toContain('written by somebody else')
    expect(server.text(CHECKPOINT)).toBe(noteOf(9, 'theirs'))
  })

  test('is given up after three times, within bounds, and told', async () => {
    await begin()
    server.fail({ on: `PUT ${CHECKPOINT}`, is: 'cut before', times: 3 })
    expect(await errorOf(grow(store, 3, 4))).toMatch(/PUT http:\/\/127\.0\.0\.1:\d+\/bucket\/log\/checkpoint was not answered/)
    expect(server.text(CHECKPOINT)).toBe(noteOf(3))
    server.fail({ on: 'GET *', is: 503, times: 3 })
    expect(await errorOf(readCheckpoint(store))).toContain('was answered with 503 Injected503.')
    const started = performance.now()
    server.fail({ on: 'GET *', is: 'silent', times: 3 })
    expect(await errorOf(readCheckpoint(store))).toContain('was not answered: The operation was aborted due to timeout')
    expect(performance.now() - started).toBeLessThan(3 * QUICK.patienceMs + 500)
    await grow(store, 3, 4)
  })
})

describe('what is set up wrongly is told once, without the secret', () => {
  test.each([
    ['another secret', { secret: 'another/secret+that-nobody-may-read' }, '403 SignatureDoesNotMatch. Check BATP_LOG_S3_URL, BATP_LOG_S3_KEY_ID, BATP_LOG_S3_SECRET'],
    ['another key', { keyId: 'AKIDSTRANGER' }, '403 InvalidAccessKeyId'],
    ['another region', { region: 'us-east-1' }, '400 AuthorizationHeaderMalformed'],
  ])('%s', async (_what, changed, why) => {
    const wrong = another(changed)
    for (const problem of [await errorOf(readCheckpoint(wrong)), await errorOf(wrong.write([], noteOf(1), () => {}))]) {
      expect(problem).toContain(why)
      expect(problem).not.toContain('that-nobody-may-read')
      expect(problem).not.toContain('what was signed')
    }
    expect(server.answered).toHaveLength(2)
    expect(server.objects.size).toBe(0)
    expect(JSON.stringify(server.headers)).not.toContain('that-nobody-may-read')
  })

  test('a bucket that is not there, or that sends elsewhere', async () => {
    const wrong = another({ url: server.url.replace('/bucket/', '/bucked/') })
    expect(await errorOf(readCheckpoint(wrong))).toContain('404 NoSuchBucket')
    server.fail({ on: 'GET *', is: 301 })
    expect(await errorOf(readCheckpoint(store))).toContain('was answered with 301')
  })

  test('a server that is not there', async () => {
    const gone = await startS3(ACCOUNT)
    await gone.close()
    expect(await errorOf(readCheckpoint(another({ url: gone.url })))).toMatch(/GET http:\S+\/checkpoint was not answered: ECONNREFUSED/)
  })
})
