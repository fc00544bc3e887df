import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { formatCheckpoint } from '../../lib/log/checkpoint.ts'
import { utf8 } from '../../lib/log/encoding.ts'
import { appendHash, EMPTY_FRONTIER, leafHash, rootOfFrontier, type StoredNode } from '../../lib/log/merkle.ts'
import { generateSigningKey, signNote } from '../../lib/log/sign.ts'
import { encodeBundle, encodeHashTile, parseTilePath, widthAt } from '../../lib/log/tiles.ts'
import { mirror } from '../../scripts/mirror.ts'

const key = generateSigningKey('register.test/log', 1)
const entriesOf = (count: number, word = 'entry') => Array.from({ length: count }, (_, at) => utf8(`${word} ${at}`))

const treeOf = (entries: Uint8Array[]) => {
  let frontier = EMPTY_FRONTIER
  const nodes: StoredNode[] = []
  for (const entry of entries) {
    const next = appendHash(frontier, leafHash(entry))
    frontier = next.frontier
    nodes.push(...next.completed)
  }
  return { root: rootOfFrontier(frontier), leaves: nodes.filter(({ level }) => level === 0).map(({ hash }) => hash) }
}

/** A log over HTTP, of whatever it is told to show. `hidden`: paths that it answers with 404. */
const servers: Server[] = []
const serve = async (shown: { entries: Uint8Array[]; signed?: Uint8Array[]; tile?: (bytes: Uint8Array) => Uint8Array }): Promise<string> => {
  const server = createServer((request, response) => {
    const { entries, signed = entries, tile = (bytes: Uint8Array) => bytes } = shown
    const path = request.url!.slice('/log/'.length)
    if (path === 'vkey') return void response.end(`${key.vkey}\n`)
    if (path === 'checkpoint') return void response.end(signNote(formatCheckpoint({ origin: key.name, size: signed.length, root: treeOf(signed).root, extensions: [] }), key))
    const asked = parseTilePath(path)
    if (!asked || asked.width > widthAt(asked, entries.length)) return void response.writeHead(404).end()
    const part = [asked.index * 256, asked.index * 256 + asked.width] as const
    response.end(asked.level === 'entries' ? encodeBundle(entries.slice(...part)) : tile(encodeHashTile(treeOf(entries).leaves.slice(...part))))
  })
  servers.push(server)
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`
}
afterEach(() => { for (const server of servers.splice(0)) server.close() })

const look = async (url: string, folder: string, vkey: string | null = null) => {
  const said: string[] = []
  return { code: await mirror({ url, folder, vkey, say: (words) => { said.push(words) } }), said: said.join('\n') }
}
const newFolder = () => mkdtempSync(join(tmpdir(), 'batp-mirror-'))

test('a log that grows is copied and found to continue what was seen', async () => {
  const [shown, folder] = [{ entries: entriesOf(300) }, newFolder()]
  const url = await serve(shown)
  expect(await look(url, folder)).toMatchObject({ code: 0, said: expect.stringContaining('300 entries, 300 of them new') })
  shown.entries = entriesOf(700)
  expect(await look(url, folder)).toMatchObject({ code: 0, said: expect.stringContaining('700 entries, 400 of them new') })
  shown.entries = entriesOf(512)
  expect(await look(url, folder)).toMatchObject({ code: 0, said: expect.stringContaining('older checkpoint') })
})

test.each([['of the same size', 300], ['that grew', 400], ['that shrank', 200]])('another past %s ends with 3, and both signed checkpoints are kept', async (_what, size) => {
  const [shown, folder] = [{ entries: entriesOf(300) }, newFolder()]
  const url = await serve(shown)
  await look(url, folder)
  shown.entries = entriesOf(size, 'other')
  expect((await look(url, folder)).code).toBe(3)
  const within = join(folder, readdirSync(folder)[0]!)
  const evidence = readdirSync(within).find((name) => name.startsWith('split-'))!
  expect(readFileSync(join(within, evidence), 'utf8').match(/^— register\.test\/log /gm)).toHaveLength(2)
})

test('entries that are not what was signed are found', async () => {
  const url = await serve({ entries: entriesOf(300, 'other'), signed: entriesOf(300) })
  expect(await look(url, newFolder())).toMatchObject({ code: 1, said: expect.stringContaining('do not give the root') })
})

test('a hash that is not its entry’s is found and named', async () => {
  const url = await serve({ entries: entriesOf(300), tile: (bytes) => { const changed = Uint8Array.from(bytes); changed[70] = changed[70]! ^ 1; return changed } })
  expect(await look(url, newFolder())).toMatchObject({ code: 1, said: expect.stringContaining('entry 2 ') })
})

test('another key than the one known is refused, and so is another than the first seen', async () => {
  const [url, folder] = [await serve({ entries: entriesOf(10) }), newFolder()]
  await expect(look(url, folder, generateSigningKey('register.test/log', 1).vkey)).rejects.toThrow(/sign/)
})
