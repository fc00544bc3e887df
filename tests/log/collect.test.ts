import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { sql } from 'drizzle-orm'
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { anonymousCaller } from '../../lib/auth/guard.ts'
import { rows } from '../../lib/db/client.ts'
import { checkpoint } from '../../lib/api/log.ts'
import { startWorker } from '../../lib/jobs/worker.ts'
import { formatCheckpoint, openCheckpoint } from '../../lib/log/checkpoint.ts'
import { startCollecting, waitMs } from '../../lib/log/collect.ts'
import { nameWitness, retireWitness } from '../../lib/log/commands.ts'
import { readLogKey } from '../../lib/log/key.ts'
import { consistencyNodes, consistencyProof, leafHash } from '../../lib/log/merkle.ts'
import { parseVkey, signatureLine } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { openedLog, reader, readNodes } from '../../lib/log/publish.ts'
import { getCosigned, getPolicy, listWitnesses } from '../../lib/log/queries.ts'
import { cosign, signNote, type SigningKey } from '../../lib/log/sign.ts'
import { encodeAddCheckpoint, parseAddCheckpoint } from '../../lib/log/witnessing.ts'
import { parsePolicy } from '../../lib/log/policy.ts'
import { originFolder } from '../../scripts/witness-state.ts'
import type { Witness } from '../../scripts/witness-server.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { useLog } from '../support/log.ts'
import { folder, newKey, post, witness as startedWitness } from './witness-ground.ts'

useLog()
beforeAll(() => { Object.assign(process.env, { BATP_WITNESS_LOCAL: '1', LOG_LEVEL: 'fatal' }) })
const register = useRegister()
afterEach(async () => { await register().owner.execute(sql`update witnesses set retired_at = now() where retired_at is null`) })

const FAST = { everyMs: 25, patienceMs: 1_000 }
const collecting = (pace = FAST): (() => Promise<void>) => {
  const stop = startCollecting(register(), pace)
  onTestFinished(stop)
  return stop
}
const file = async (): Promise<number> => {
  await filed(an.acquisition('ME'))
  return (await openedLog())!.signed.size
}
const witness = (options: Partial<Parameters<typeof startedWitness>[0]> = {}): Promise<Witness> => {
  const log = readLogKey()!
  return startedWitness({ logs: new Map([[log.name, [log]]]), key: newKey(), ...options })
}

let number = 0
/** Named by Serbia, Croatia or, for null, the secretariat. */
const named = async (of: 'RS' | 'HR' | 'ME' | null, { key, port }: { key: SigningKey; port: number }): Promise<{ id: string; name: string }> => {
  number += 1
  const who = of === null ? 'secretariat' : `${of.toLowerCase()}-approver`
  return nameWitness(as(who), { name: of === null ? `OSCE-${number}` : `${of}-${number}`, vkey: key.vkey, url: `http://127.0.0.1:${port}` })
}

/** A witness that is none: it answers as the test says. */
const impostor = async (handle: (body: string, key: SigningKey) => { status?: number; type?: string; body: string | Uint8Array; headers?: Record<string, string> } | null) => {
  const key = newKey()
  const asked: number[] = []
  const listener: RequestListener = (request, response) => {
    let body = ''
    request.on('data', (chunk) => { body += String(chunk) })
    request.on('end', () => {
      asked.push(Date.now())
      const answer = handle(body, key)
      if (!answer) return
      response.writeHead(answer.status ?? 200, { 'Content-Type': answer.type ?? 'text/plain', ...answer.headers })
      response.end(answer.body)
    })
  }
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => { server.closeAllConnections(); server.close() })
  return { key, asked, port: (server.address() as AddressInfo).port }
}

const stored = (id: string) => rows<{ size: number; line: string; at: string }>(register().owner, sql`
  select size::int, line, at::text from cosignatures where witness = ${id}::uuid order by size`)
const until = async <T>(what: string, look: () => Promise<T | undefined | false>, withinMs = 10_000): Promise<T> => {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline;) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => { setTimeout(resolve, 20) })
  }
  throw new Error(`${what} did not happen within ${withinMs} ms`)
}
const hasCosigned = (id: string, size: number, withinMs?: number) =>
  until(`the cosignature of ${size}`, async () => (await stored(id)).some((row) => row.size === size), withinMs)
const wait = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })

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
    const stop = startCollecting(register(), { everyMs: 25, patienceMs: 30_000 })
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
    ['that it is further than the log', () => ({ status: 409, type: 'text/x.tlog.size', body: '9007199254740991\n' })],
    ['that it is nowhere', () => ({ status: 409, type: 'text/x.tlog.size', body: '-1\n' })],
    ['of a size as if it were text', () => ({ status: 409, body: '3\n' })],
  ])('%s, is not stored, not asked in a loop, and does no harm', async (_what, handle) => {
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

describe('the quorum', () => {
  test('is text that verifiers read: two thirds of the participants that have a witness, and an outside body', async () => {
    const policy = async () => {
      const { text } = await getPolicy(anonymousCaller(), {})
      const { quorum, groups, witnesses, logs } = await parsePolicy(text, nodePrimitives)
      return { quorum, groups, witnesses: witnesses.length, logs: logs.map(({ key }) => key.name) }
    }
    const place = { port: 1 }
    expect(await policy()).toEqual({ quorum: null, groups: [], witnesses: 0, logs: [readLogKey()!.name] })
    const outside = await named(null, { key: newKey(), ...place })
    expect(await policy()).toMatchObject({ quorum: 'outside', groups: [{ name: 'outside', threshold: 'any', members: [outside.name] }] })
    const serbian = await named('RS', { key: newKey(), ...place })
    const croatian = await named('HR', { key: newKey(), ...place })
    const second = await named('HR', { key: newKey(), ...place })
    const montenegrin = await named('ME', { key: newKey(), ...place })
    expect(await policy()).toMatchObject({
      quorum: 'both', witnesses: 5,
      groups: [
        { name: 'any-HR', threshold: 'any', members: [croatian.name, second.name] },
        { name: 'participants', threshold: 2, members: ['any-HR', montenegrin.name, serbian.name] },
        { name: 'outside', members: [outside.name] },
        { name: 'both', threshold: 'all', members: ['participants', 'outside'] },
      ],
    })
  })

  test('is met by who cosigned one and the same checkpoint; pages are told who, and when', async () => {
    const [serbian, croatian, outside] = [await witness(), await witness(), await witness()]
    const names = [(await named('RS', serbian)).name, (await named('HR', croatian)).name]
    const osce = await named(null, outside)
    const stop = collecting()
    const size = await file()
    await until('the quorum', async () => (await getCosigned(anonymousCaller(), {})).met?.size === size)
    expect((await listWitnesses(anonymousCaller(), {})).filter((row) => names.includes(row.name)).map((row) => row.size)).toEqual([size, size])
    await stop()
    await outside.close()
    await croatian.close()
    const next = await file()
    collecting()
    const found = await until('one cosignature', async () => {
      const now = await getCosigned(anonymousCaller(), {})
      return now.newest?.by.length === 1 && now
    })
    expect(found.named.toSorted()).toEqual([...names, osce.name].toSorted())
    expect(found.newest).toMatchObject({ size: next, by: [{ name: names[0] }], meetsQuorum: false })
    expect(found.met).toMatchObject({ size, meetsQuorum: true })
    expect(found.met!.by.map(({ name }) => name).toSorted()).toEqual([...names, osce.name].toSorted())
    for (const { at } of found.met!.by) expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000)
  })

  test('gathers under the published tree only: another one that the log signed is refused by who is shown it, and kept', async () => {
    const data = [folder(), folder()]
    const [serbian, croatian, outside] = [await witness({ data: data[0]! }), await witness({ data: data[1]! }), await witness()]
    for (const [of, one] of [['RS', serbian], ['HR', croatian], [null, outside]] as const) await named(of, one)
    const stop = collecting()
    const before = await file()
    await until('the quorum', async () => (await getCosigned(anonymousCaller(), {})).met?.size === before)
    await stop()
    const size = await file()
    // Shown to Serbia: another tree of the size that is published next. To Croatia: one that is larger, and never published.
    const fork = (of: number): string => signNote(formatCheckpoint({ origin: readLogKey()!.name, size: of, root: leafHash(Buffer.from('another')), extensions: [] }), readLogKey()!)
    const grown = (of: number): string => encodeAddCheckpoint({ old: before, proof: [], checkpoint: fork(of) })
    expect((await post(serbian.port, grown(size))).status).toBe(422)
    expect((await post(croatian.port, grown(size + 5))).status).toBe(422)
    collecting()
    await until('the quorum', async () => (await getCosigned(anonymousCaller(), {})).met?.size === size)
    // Shown again, now that they stand at the published tree: the same size is evidence by itself.
    expect((await post(serbian.port, encodeAddCheckpoint({ old: size, proof: [], checkpoint: fork(size) }))).status).toBe(422)
    const kept = (where: string, kind: string) => readdirSync(join(where, originFolder(readLogKey()!.name), kind))
    expect(kept(data[0]!, 'evidence')).toHaveLength(2)
    expect(kept(data[0]!, 'suspect').length + kept(data[1]!, 'suspect').length).toBe(4)
  })

  test('is not reached while witnesses stand at a history that the log later denies', async () => {
    const log = readLogKey()!
    const data = folder()
    const [serbian, croatian, outside] = [await witness({ data }), await witness(), await witness()]
    for (const [of, one] of [['RS', serbian], ['HR', croatian], [null, outside]] as const) await named(of, one)
    const size = await file()
    // The first that Serbia's witness ever sees is a tree that the log shows to nobody else.
    const denied = signNote(formatCheckpoint({ origin: log.name, size, root: leafHash(Buffer.from('denied')), extensions: [] }), log)
    expect((await post(serbian.port, encodeAddCheckpoint({ old: 0, proof: [], checkpoint: denied }))).status).toBe(200)
    collecting()
    const found = await until('the others', async () => {
      const now = await getCosigned(anonymousCaller(), {})
      return now.newest?.by.length === 2 && now
    })
    expect(found.newest!.meetsQuorum).toBe(false)
    await until('the evidence', async () => readdirSync(join(data, originFolder(log.name))).includes('evidence'))
  })
})

describe('naming', () => {
  const place = { vkey: '', url: 'https://witness.mod.example' }
  const input = (more = {}) => ({ ...place, name: `RS-${number += 1}`, vkey: newKey().vkey, ...more })
  const refusal = (who: string, more = {}) => nameWitness(as(who), input(more)).then(() => 'named', (error: { code: string }) => error.code)

  test('is for the approver of its own participant, and for the secretariat for outside bodies', async () => {
    expect(await refusal('rs-approver')).toBe('named')
    expect(await refusal('rs-approver', { name: 'HR-9' })).toBe('forbidden')
    expect(await refusal('rs-approver', { name: 'RSX' })).toBe('forbidden')
    expect(await refusal('secretariat', { name: 'EU' })).toBe('named')
    for (const name of ['RS', 'rs', 'XK-2', 'xk-2']) expect(await refusal('secretariat', { name })).toBe('forbidden')
    for (const who of ['rs-submitter', 'rs-verifier', 'verifier1', 'observer']) expect(await refusal(who)).toBe('forbidden')
  })

  test('takes a cosigner’s key that nobody else has, and a URL that is one', async () => {
    const key = newKey()
    const log = await parseVkey(readLogKey()!.vkey, nodePrimitives)
    expect(await refusal('rs-approver', { vkey: log.vkey })).toBe('invalid')
    expect(await refusal('rs-approver', { vkey: key.vkey.slice(0, -4) })).toBe('invalid')
    const asWitness = newKey('another.example')
    expect(await refusal('rs-approver', { vkey: asWitness.vkey })).toBe('named')
    expect(await refusal('rs-approver', { vkey: asWitness.vkey })).toBe('conflict')
    for (const url of ['ftp://w.example', 'https://u:p@w.example', 'https://w.example?x', 'https://w.example/ x', 'w.example', 'https://w.example/#x', `https://w.example/${'x'.repeat(300)}`]) {
      expect({ url, code: await refusal('rs-approver', { url }) }).toEqual({ url, code: 'invalid' })
    }
    for (const name of ['RS x', 'RS\n', '', 'none', 'any-RS', 'participants', 'RS-ž']) expect(['invalid', 'forbidden']).toContain(await refusal('rs-approver', { name }))
  })

  test('is for good: the name and the key of one that is retired are not given again, and only its own retire it', async () => {
    const given = input()
    const { id } = await nameWitness(as('rs-approver'), given)
    for (const who of ['hr-approver', 'secretariat']) await expect(retireWitness(as(who), { id })).rejects.toMatchObject({ code: 'forbidden' })
    await retireWitness(as('rs-approver'), { id })
    await expect(retireWitness(as('rs-approver'), { id })).rejects.toMatchObject({ code: 'conflict' })
    expect(await refusal('rs-approver', { name: given.name })).toBe('conflict')
    expect(await refusal('rs-approver', { vkey: given.vkey })).toBe('conflict')
    expect((await listWitnesses(anonymousCaller(), {})).map((row) => row.id)).not.toContain(id)
  })
})
