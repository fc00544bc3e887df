import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { describe, expect, onTestFinished, test } from 'vitest'
import { checkpoint } from '../../lib/api/log.ts'
import { rows } from '../../lib/db/client.ts'
import { startWorker } from '../../lib/jobs/worker.ts'
import { openCheckpoint } from '../../lib/log/checkpoint.ts'
import { startCollecting, waitMs } from '../../lib/log/collect.ts'
import { retireWitness } from '../../lib/log/commands.ts'
import { readLogKey } from '../../lib/log/key.ts'
import { consistencyNodes, consistencyProof } from '../../lib/log/merkle.ts'
import { signatureLine } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { reader, readNodes } from '../../lib/log/nodes.ts'
import { openedLog } from '../../lib/log/publish.ts'
import { cosign } from '../../lib/log/sign.ts'
import { encodeAddCheckpoint, parseAddCheckpoint } from '../../lib/log/witnessing.ts'
import { originFolder } from '../../scripts/witness-state.ts'
import { as } from '../support/db.ts'
import { collecting, file, hasCosigned, impostor, named, register, stored, told, until, wait, witness } from './collect-ground.ts'
import { folder, newKey, post } from './witness-ground.ts'

describe('the worker', () => {
  test('has each new checkpoint cosigned within a few seconds, and anyone can check it', async () => {
    const [serbian, outside] = [await witness(), await witness()]
    const ids = [(await named('RS', serbian)).id, (await named(null, outside)).id]
    const stop = await startWorker()
    onTestFinished(stop)
    for (let round = 0; round < 2; round += 1) {
      const size = await file()
      const asked = Date.now()
      await Promise.all(ids.map((id) => hasCosigned(id, size, 6_000)))
      expect(Date.now() - asked).toBeLessThan(6_000)
      const note = await (await checkpoint()).text()
      const opened = await openCheckpoint(note, readLogKey()!, [serbian.key, outside.key], nodePrimitives)
      expect(opened.checkpoint.size).toBe(size)
      expect(opened.cosignatures.map(({ key }) => key.vkey).toSorted()).toEqual([serbian.key.vkey, outside.key.vkey].toSorted())
    }
  })

  test('asks a witness that is further than was thought, or that lost its record, from where it is', async () => {
    const key = newKey()
    const one = await witness({ key })
    const { id } = await named('RS', one)
    const first = await file()
    const stop = collecting()
    await hasCosigned(id, first)
    await stop()
    // Asked by another worker, whose answer was lost.
    const size = await file()
    const log = (await openedLog())!
    const proof = await register().transaction('batp_worker', async (tx) =>
      consistencyProof(first, size, reader(await readNodes(tx, consistencyNodes(first, size).flat()))))
    expect((await post(one.port, encodeAddCheckpoint({ old: first, proof, checkpoint: log.note! }))).status).toBe(200)
    const again = collecting()
    await hasCosigned(id, size)
    await again()
    await one.close()
    await witness({ key, port: one.port })
    const next = await file()
    collecting()
    await hasCosigned(id, next)
    expect((await stored(id)).map((row) => row.size)).toEqual([first, size, next])
  })

  test('lets no witness that is slow or away delay a filing, or another witness', async () => {
    const silent = await impostor(() => null)
    const one = await witness()
    await named('RS', silent)
    await named('HR', { key: newKey(), port: 1 })
    const { id } = await named(null, one)
    collecting({ everyMs: 25, patienceMs: 10_000 })
    for (let round = 0; round < 3; round += 1) {
      const before = Date.now()
      const size = await file()
      expect(Date.now() - before).toBeLessThan(2_000)
      await hasCosigned(id, size, 3_000)
    }
    expect(silent.asked).toHaveLength(1)
  })

  test('gives up after its patience, waits longer each time, and never longer than 30 s', async () => {
    const silent = await impostor(() => null)
    await named('RS', silent)
    await file()
    collecting({ everyMs: 10, patienceMs: 100 })
    await wait(3_500)
    expect(silent.asked).toHaveLength(2)
    expect([1, 2, 3, 4, 5, 6, 60].map(waitMs)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  })

  test('catches up within 60 s with a witness that was away, from where that was', async () => {
    const [key, data] = [newKey(), folder()]
    const before = await witness({ key, data })
    const { id } = await named('RS', before)
    collecting()
    await hasCosigned(id, await file())
    await before.close()
    await file()
    await wait(1_000)
    const size = await file()
    const back = await witness({ key, data, port: before.port })
    const since = Date.now()
    await hasCosigned(id, size, 60_000)
    expect(Date.now() - since).toBeLessThan(60_000)
    expect(back.port).toBe(before.port)
  }, 90_000)

  test('holds no transaction while it waits, and stops at once', async () => {
    const silent = await impostor(() => null)
    await named('RS', silent)
    await file()
    const stop = startCollecting(register(), { refused: async () => {}, everyMs: 25, patienceMs: 30_000 })
    await until('the request', async () => silent.asked.length > 0)
    const [found] = await rows<{ ok: number }>(register().owner, sql`select 1 as ok`)
    expect(found!.ok).toBe(1)
    const before = Date.now()
    await stop()
    expect(Date.now() - before).toBeLessThan(1_000)
  })

  test('asks no longer whom its participant has retired', async () => {
    const one = await impostor(() => ({ status: 500, body: 'no' }))
    const { id } = await named('RS', one)
    await retireWitness(as('rs-approver'), { id })
    await file()
    collecting()
    await wait(300)
    expect(one.asked).toEqual([])
  })
})

describe('a witness that lies', () => {
  const now = (): number => Math.floor(Date.now() / 1000)
  const textOf = (body: string): string => parseAddCheckpoint(body).text
  const flipped = (line: string): string => line.replace(/.(?=...=?\n$)/, (letter) => (letter === 'A' ? 'B' : 'A'))
  const other = newKey()

  test.each<[string, Parameters<typeof impostor>[0]]>([
    ['with a signature that does not hold', (body, key) => ({ body: flipped(signatureLine(cosign(textOf(body), key, now()))) })],
    ['with a signature over another checkpoint', (body, key) => ({ body: signatureLine(cosign(textOf(body).replace(/\n\d+\n/, '\n7\n'), key, now())) })],
    ['with the signature of another key', (body) => ({ body: signatureLine(cosign(textOf(body), other, now())) })],
    ['with another key under its own name and number', (body, key) => ({ body: signatureLine({ ...cosign(textOf(body), other, now()), name: key.name, keyId: key.keyId }) })],
    ['with a time six minutes ahead', (body, key) => ({ body: signatureLine(cosign(textOf(body), key, now() + 360)) })],
    ['with a time beyond all calendars', (body, key) => ({ body: signatureLine(cosign(textOf(body), key, Number.MAX_SAFE_INTEGER)) })],
    ['with two cosignatures of its own', (body, key) => ({ body: signatureLine(cosign(textOf(body), key, now())) + signatureLine(cosign(textOf(body), key, now() - 1)) })],
    ['with nothing', () => ({ body: '' })],
    ['with something else', () => ({ body: '<html>' })],
    ['with bytes that are no text', () => ({ body: Uint8Array.of(0xe2, 0x80, 0x0a) })],
    ['with megabytes', () => ({ body: 'x'.repeat(5_000_000) })],
    ['with a redirect', () => ({ status: 307, body: '', headers: { Location: 'http://127.0.0.1:1/add-checkpoint' } })],
    ['with 201', (body, key) => ({ status: 201, body: signatureLine(cosign(textOf(body), key, now())) })],
    ['that it is elsewhere, always', () => ({ status: 409, type: 'text/x.tlog.size', body: '3\n' })],
    ['that it is further than any log', () => ({ status: 409, type: 'text/x.tlog.size', body: '9007199254740993\n' })],
    ['that it is nowhere', () => ({ status: 409, type: 'text/x.tlog.size', body: '-1\n' })],
    ['of a size as if it were text', () => ({ status: 409, body: '9999\n' })],
    ['that it knows no such log', () => ({ status: 404, body: 'unknown origin' })],
    ['that it trusts no such key', () => ({ status: 403, body: 'unknown key' })],
    ['that the request is wrong', () => ({ status: 400, body: 'old is greater' })],
    ['that it is broken', () => ({ status: 500, body: '' })],
    ['that it is overworked', () => ({ status: 503, body: '' })],
  ])('%s, is not stored, not asked in a loop, not told to everyone, and does no harm', async (_what, handle) => {
    const liar = await impostor(handle)
    const one = await witness()
    const { id } = await named('RS', liar)
    const honest = await named('HR', one)
    const size = await file()
    collecting({ everyMs: 10, patienceMs: 1_000 })
    await until('the question', async () => liar.asked.length > 0)
    await hasCosigned(honest.id, size)
    await wait(300)
    expect(await stored(id)).toEqual([])
    expect(liar.asked.length).toBeLessThanOrEqual(3)
    expect(told).toEqual([])
  })

  test('without end is cut off, long before its time is over', async () => {
    let written = 0
    const server = createServer((_request, response) => {
      const chunk = 'x'.repeat(65_536)
      const more = (): void => {
        if (response.destroyed) return
        written += chunk.length
        response.write(chunk, () => setImmediate(more))
      }
      more()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => { server.closeAllConnections(); server.close() })
    const closed = new Promise((resolve) => { server.on('connection', (socket) => socket.once('close', resolve)) })
    await named('RS', { key: newKey(), port: (server.address() as AddressInfo).port })
    await file()
    const before = Date.now()
    collecting({ everyMs: 25, patienceMs: 20_000 })
    await closed
    expect(Date.now() - before).toBeLessThan(3_000)
    expect(written).toBeLessThan(10_000_000)
  })

  test('a redirect is not followed, even to a good witness', async () => {
    const one = await witness()
    const liar = await impostor(() => ({ status: 308, body: '', headers: { Location: `http://127.0.0.1:${one.port}/add-checkpoint` } }))
    await named('RS', { key: one.key, port: liar.port })
    await file()
    collecting()
    await until('the question', async () => liar.asked.length > 0)
    await wait(200)
    expect((await fetch(`http://127.0.0.1:${one.port}/${originFolder(readLogKey()!.name)}/checkpoint`)).status).toBe(404)
  })

  test('with a good cosignature among those of others, is taken at its own', async () => {
    const one = await impostor((body, key) => ({ body: signatureLine(cosign(textOf(body), other, now())) + signatureLine(cosign(textOf(body), key, now())) }))
    const { id } = await named('RS', one)
    const size = await file()
    collecting()
    await hasCosigned(id, size)
    expect((await stored(id))[0]!.line).toMatch(new RegExp(`^— ${one.key.name} \\S+$`))
  })
})
