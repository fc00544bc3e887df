import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openCheckpoint } from '../../lib/log/checkpoint.ts'
import { parseNote } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { generateSigningKey, signNote } from '../../lib/log/sign.ts'
import { encodeAddCheckpoint } from '../../lib/log/witnessing.ts'
import { originFolder } from '../../scripts/witness-state.ts'
import { LOG_KEY, vectors } from './given.ts'
import { folder, FORKED, get, isCosigned, logKey, ORIGIN, post, proofOf, RECORD, request, signed, SIZE, witness } from './witness-ground.ts'

const PLAIN = 'text/plain; charset=utf-8'

describe('a witness', () => {
  test('cosigns the first checkpoint, what grew from it, and the same one again', async () => {
    const one = await witness()
    for (const [old, size] of [[0, 7], [7, 64], [64, 64], [64, SIZE]] as const) {
      const { status, type, text } = await post(one.port, request(old, size))
      expect({ status, type }).toEqual({ status: 200, type: PLAIN })
      expect(await isCosigned(text, one, signed(size))).toBe(true)
    }
  })

  test('shows the last checkpoint with the log’s signature and its own; before there is one, 404', async () => {
    const one = await witness()
    expect((await get(one.port, RECORD)).status).toBe(404)
    await post(one.port, request(0, 7))
    const { status, type, text } = await get(one.port, RECORD)
    expect({ status, type }).toEqual({ status: 200, type: PLAIN })
    const opened = await openCheckpoint(text, logKey, [one.key], nodePrimitives)
    expect(opened).toMatchObject({ checkpoint: { origin: ORIGIN, size: 7 }, cosignatures: [{ key: { vkey: one.key.vkey } }] })
    expect(await get(one.port, RECORD, 'HEAD')).toMatchObject({ status: 200, text: '' })
    expect((await get(one.port, `/${originFolder('other.example/log')}/checkpoint`)).status).toBe(404)
  })

  const stranger = generateSigningKey(ORIGIN, 0x01)
  const elsewhere = generateSigningKey('other.example/log', 0x01)
  const of = (old: number, checkpoint: string, proof: Uint8Array[] = []): string => encodeAddCheckpoint({ old, proof, checkpoint })
  const { text: honest } = parseNote(signed(64))
  test.each<[string, string | Uint8Array<ArrayBuffer>, number, string?]>([
    ['what is no request', 'hello', 400],
    ['nothing', '', 400],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x0a), 400],
    ['an old size above the new one', request(65, 64), 400],
    ['a log that it does not know', of(0, signNote(honest.replace(ORIGIN, elsewhere.name), elsewhere)), 404],
    ['a checkpoint that another key signed', of(7, signNote(honest, stranger), proofOf(7, 64)), 403],
    ['another size than it is at', request(3, 64), 409, '7\n'],
    ['size 0, though it has seen more', request(0, 64), 409, '7\n'],
    ['a proof that does not hold', of(7, signed(64), proofOf(8, 64)), 422],
    ['another tree of the size it is at', of(7, signNote(parseNote(signed(7)).text.replace(/\n[^\n]{44}\n$/, `\n${'A'.repeat(43)}=\n`), LOG_KEY)), 422],
  ])('answers %s as the specification says', async (_what, body, status, stated) => {
    const one = await witness()
    await post(one.port, request(0, 7))
    const answer = await post(one.port, body)
    expect(answer.status).toBe(status)
    expect(answer.type).toBe(stated ? 'text/x.tlog.size' : PLAIN)
    if (stated) expect(answer.text).toBe(stated)
    // Whatever was refused changed nothing.
    expect((await post(one.port, request(7, 64))).status).toBe(200)
  })

  test('accepts the vector that Go and Python accept, answered by a witness of that name', async () => {
    const one = await witness()
    await post(one.port, of(0, vectors.checkpoint_8.split('\n').slice(0, 5).join('\n').concat('\n')))
    expect((await get(one.port, RECORD)).text.split('\n').slice(0, 3)).toEqual(vectors.checkpoint_8.split('\n').slice(0, 3))
  })

  test('takes only what there is: methods, paths, 64 KB', async () => {
    const one = await witness()
    expect((await get(one.port, '/add-checkpoint')).status).toBe(405)
    expect((await get(one.port, RECORD, 'DELETE')).status).toBe(405)
    expect((await get(one.port, '/../etc/passwd')).status).toBe(404)
    expect((await get(one.port, '/')).text).toContain(one.key.vkey)
    const huge = 'old 0\n\n'.padEnd(70_000, 'x')
    expect(await post(one.port, huge).then(({ status }) => status, () => 413)).toBe(413)
    const socket = connect(one.port, '127.0.0.1')
    socket.on('error', () => {})
    let heard = ''
    socket.on('data', (chunk) => { heard += String(chunk) })
    socket.write('POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nTransfer-Encoding: chunked\r\n\r\n')
    for (let sent = 0; sent < 80_000; sent += 8_000) socket.write(`1f40\r\n${'x'.repeat(8_000)}\r\n`)
    await once(socket, 'close')
    expect(heard).toMatch(/^HTTP\/1.1 413 /)
    expect((await post(one.port, request(0, 7))).status).toBe(200)
  })
})

describe('a log that shows two histories', () => {
  const kept = (data: string, kind: string): string[] => {
    const where = join(data, originFolder(ORIGIN), kind)
    return existsSync(where) ? readdirSync(where).toSorted() : []
  }

  test('another tree of one size is refused with 422, and both signed heads are kept as evidence', async () => {
    const data = folder()
    const one = await witness({ data })
    await post(one.port, request(0, 64))
    const forgery = request(64, 64, 'forked')
    for (let again = 0; again < 3; again += 1) expect((await post(one.port, forgery)).status).toBe(422)
    const [cosigned, sent, ...others] = kept(data, 'evidence').map((name) => readFileSync(join(data, originFolder(ORIGIN), 'evidence', name), 'utf8'))
    expect(others).toEqual([])
    expect(sent).toBe(forgery)
    const heads = await Promise.all([cosigned!, sent!.slice(sent!.indexOf('\n\n') + 2)].map((note) => openCheckpoint(note, logKey, [one.key], nodePrimitives)))
    expect(heads.map(({ checkpoint }) => checkpoint.size)).toEqual([64, 64])
    expect(heads[0]!.checkpoint.root).not.toEqual(heads[1]!.checkpoint.root)
    expect((await get(one.port, RECORD)).text).toBe(cosigned)
  })

  test('a tree that did not grow from the one before is refused with 422, and kept apart: the sender may have been wrong', async () => {
    const data = folder()
    const one = await witness({ data })
    await post(one.port, request(0, 64))
    for (const size of [80, 100]) expect((await post(one.port, request(64, size, 'forked'))).status).toBe(422)
    expect(kept(data, 'suspect').filter((name) => name.endsWith('.request'))).toHaveLength(2)
    expect(kept(data, 'evidence')).toEqual([])
    // What stands before the fork is in both.
    const other = await witness()
    for (const [old, size] of [[0, FORKED], [FORKED, 80]] as const) expect((await post(other.port, request(old, size, 'forked'))).status).toBe(200)
  })

  test('what is kept has an end', async () => {
    const data = folder()
    const one = await witness({ data })
    await post(one.port, request(0, 7))
    const where = join(data, originFolder(ORIGIN), 'suspect')
    mkdirSync(where)
    for (let index = 0; index < 200; index += 1) writeFileSync(join(where, `${index}.request`), '')
    expect((await post(one.port, encodeAddCheckpoint({ old: 7, proof: [], checkpoint: signed(64) }))).status).toBe(422)
    expect(kept(data, 'suspect')).toHaveLength(200)
  })

  test('50 posts of two histories at once: never both are cosigned, however they interleave', async () => {
    for (let round = 0; round < 5; round += 1) {
      const one = await witness()
      await post(one.port, request(0, FORKED - 5))
      const trees = Array.from({ length: 50 }, (_, index) => (['honest', 'forked'] as const)[index % 2]!)
      const answers = await Promise.all(trees.map(async (tree, index) => ({ tree, ...(await post(one.port, request(FORKED - 5, FORKED + 1 + (index % 7), tree))) })))
      const cosigned = answers.filter(({ status }) => status === 200)
      expect(cosigned).toHaveLength(1)
      expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
      const { text } = await get(one.port, RECORD)
      const size = Number(text.split('\n')[1])
      expect(text.startsWith(parseNote(signed(size, cosigned[0]!.tree)).text)).toBe(true)
      const other = cosigned[0]!.tree === 'honest' ? 'forked' : 'honest'
      expect((await post(one.port, request(size, SIZE, other))).status).toBe(422)
      expect((await post(one.port, request(size, SIZE, cosigned[0]!.tree))).status).toBe(200)
    }
  })

  test('50 posts of two histories as the first that it ever sees: one is cosigned, and only what grows from it', async () => {
    const one = await witness()
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => post(one.port, request(0, 64, index % 2 === 0 ? 'honest' : 'forked'))))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(49).fill(409)])
  })
})
