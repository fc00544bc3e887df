import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCheckpoint, parseCheckpoint } from '../../lib/log/checkpoint.ts'
import { consistencyProof, leafHash, rootOfFrontier } from '../../lib/log/merkle.ts'
import { formatNote, parseVkey, signatureLine } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { cosign, generateSigningKey, signNote, signText } from '../../lib/log/sign.ts'
import {
  encodeAddCheckpoint, judgeCheckpoint, parseAddCheckpoint, type AddCheckpoint, type Judgement, type LastCosigned,
} from '../../lib/log/witnessing.ts'
import { AppError } from '../../lib/shared/errors.ts'
import { LEAVES, LOG_KEY, WITNESS_KEY, grow, growNumbered, vectors } from './given.ts'

const logKey = await parseVkey(vectors.log_vkey, nodePrimitives)
const knownLogs = new Map([[logKey.name, [logKey]]])
const tree = grow(LEAVES.map(leafHash))
const rootAt = (size: number) => rootOfFrontier(tree.frontiers[size]!)
const lastAt = (size: number): LastCosigned => ({ size, root: rootAt(size) })
const textOf = (size: number, root = rootAt(size), origin = LOG_KEY.name): string =>
  formatCheckpoint({ origin, size, root, extensions: [] })
const request = (old: number, size: number, changes: Partial<AddCheckpoint> = {}): string => encodeAddCheckpoint({
  old, proof: old > size ? [] : consistencyProof(old, size, tree.nodeAt), checkpoint: signNote(textOf(size), LOG_KEY), ...changes,
})
const judge = (body: string, last: LastCosigned | null, logs = knownLogs): Promise<Judgement> =>
  judgeCheckpoint({ request: parseAddCheckpoint(body), knownLogs: logs, last, primitives: nodePrimitives })

const SIGNED_EMPTY_FORGERY = signNote(`${LOG_KEY.name}\n0\n${vectors.checkpoint_8.split('\n')[2]}\n`, LOG_KEY)

describe('the request', () => {
  test('the vector is written and read byte for byte, and accepted', async () => {
    expect(request(3, 8)).toBe(vectors.add_checkpoint_body)
    const read = parseAddCheckpoint(vectors.add_checkpoint_body)
    expect(read).toMatchObject({ old: 3, stated: { origin: 'batp.example/log', size: 8 } })
    expect(encodeAddCheckpoint(read)).toBe(vectors.add_checkpoint_body)
    const judged = await judge(vectors.add_checkpoint_body, lastAt(3))
    expect(judged).toEqual({ status: 200, checkpoint: parseCheckpoint(textOf(8)), text: textOf(8) })
    // The witness's answer is the cosignature of the vectors.
    expect(signatureLine(cosign(textOf(8), WITNESS_KEY, vectors.timestamp))).toBe(`${vectors.checkpoint_8.split('\n').at(-2)}\n`)
  })

  const body = vectors.add_checkpoint_body
  test.each([
    ['nothing', ''],
    ['no old size', body.replace('old 3\n', '')],
    ['an old size with a leading zero', body.replace('old 3', 'old 03')],
    ['a signed old size', body.replace('old 3', 'old +3')],
    ['an old size beyond 2^53', body.replace('old 3', 'old 9007199254740993')],
    ['a line that is no hash', body.replace('old 3\n', 'old 3\nhash\n')],
    ['64 hashes', body.replace('old 3\n', `old 3\n${`${vectors.consistency_3_8[0]}\n`.repeat(60)}`)],
    ['no empty line', body.replace('\n\nbatp', '\nbatp')],
    ['a note that is no checkpoint', encodeAddCheckpoint({ old: 0, proof: [], checkpoint: signNote('text\n', LOG_KEY) })],
    ['a checkpoint without a signature', body.slice(0, body.indexOf('—'))],
  ])('%s is refused', (_, wrong) => {
    expect(() => parseAddCheckpoint(wrong)).toThrow(AppError)
  })
})

describe('the answer, in the order of the specification', () => {
  const stranger = generateSigningKey(LOG_KEY.name, 0x01)
  const otherLog = signNote(textOf(8, rootAt(8), 'other.example/log'), LOG_KEY)
  const forged = formatNote({ text: textOf(8), signatures: [{ ...signText(textOf(8), stranger), keyId: LOG_KEY.keyId }] })
  const otherTree = signNote(textOf(8, leafHash(rootAt(8))), LOG_KEY)

  test.each<[string, number, string, LastCosigned | null]>([
    ['a log that nobody made known', 404, request(3, 8, { checkpoint: otherLog }), lastAt(3)],
    ['an unknown log with everything else wrong too', 404, request(9, 8, { checkpoint: otherLog }), lastAt(5)],
    ['a key that is not trusted', 403, request(3, 8, { checkpoint: signNote(textOf(8), stranger) }), lastAt(3)],
    ['a trusted key whose signature fails', 403, request(3, 8, { checkpoint: forged }), lastAt(3)],
    ['a cosignature and no signature', 403,
      request(3, 8, { checkpoint: formatNote({ text: textOf(8), signatures: [cosign(textOf(8), WITNESS_KEY, 1)] }) }), lastAt(3)],
    ['not signed, and an old size too large', 403, request(9, 8, { checkpoint: signNote(textOf(8), stranger) }), lastAt(3)],
    ['an old size above the new one', 400, request(9, 8), lastAt(3)],
    ['an old size above the new one, and not the last one', 400, request(8, 5), lastAt(3)],
    ['an old size that is not the last one', 409, request(5, 8), lastAt(3)],
    ['an old size, though nothing was ever cosigned', 409, request(3, 8), null],
    ['size 0 for a witness that has seen more', 409, request(0, 8), lastAt(8)],
    ['a stale old size with a proof that fails', 409, request(5, 8, { proof: [] }), lastAt(3)],
    ['a proof that fails', 422, request(3, 8, { proof: consistencyProof(5, 8, tree.nodeAt) }), lastAt(3)],
    ['a proof too many', 422, request(0, 8, { proof: [rootAt(3)] }), null],
    ['no proof', 422, request(3, 8, { proof: [] }), lastAt(3)],
    ['another tree of the same size', 422, request(8, 8, { checkpoint: otherTree }), lastAt(8)],
    ['a proof between equal sizes', 422, request(8, 8, { proof: [rootAt(8)] }), lastAt(8)],
    ['an empty tree with another root', 422, request(0, 0, { checkpoint: SIGNED_EMPTY_FORGERY }), null],
    ['an empty tree with another root, and another old size', 409, request(0, 0, { checkpoint: SIGNED_EMPTY_FORGERY }), lastAt(3)],
    ['growth from the last size', 200, request(3, 8), lastAt(3)],
    ['the first checkpoint ever', 200, request(0, 8), null],
    ['the empty tree', 200, request(0, 0), null],
    ['the same checkpoint again', 200, request(8, 8), lastAt(8)],
  ])('%s: %i', async (_, status, body, last) => {
    expect((await judge(body, last)).status).toBe(status)
  })

  test('409 states the size that was cosigned last, in its own content type', async () => {
    expect(await judge(request(5, 8), lastAt(3))).toEqual({ status: 409, contentType: 'text/x.tlog.size', body: '3\n', isEvidence: false })
    expect(await judge(request(5, 8), null)).toMatchObject({ status: 409, body: '0\n' })
  })

  test('what a log signed and no honest log signs is kept as evidence; a bad proof is nobody’s signature', async () => {
    expect(await judge(request(8, 8, { checkpoint: otherTree }), lastAt(8))).toMatchObject({ status: 422, isEvidence: true })
    expect(await judge(request(0, 0, { checkpoint: SIGNED_EMPTY_FORGERY }), null)).toMatchObject({ status: 422, isEvidence: true })
    expect(await judge(request(3, 8, { proof: [] }), lastAt(3))).toMatchObject({ status: 422, isEvidence: false })
  })

  test('of several trusted keys one suffices, and strangers beside it are ignored', async () => {
    const next = generateSigningKey(LOG_KEY.name, 0x01)
    const checkpoint = formatNote({ text: textOf(8), signatures: [signText(textOf(8), stranger), signText(textOf(8), next)] })
    expect((await judge(request(3, 8, { checkpoint }), lastAt(3), new Map([[LOG_KEY.name, [logKey, next]]]))).status).toBe(200)
  })

  test('cryptography that is missing is an error, not a 403', async () => {
    const primitives = { ...nodePrimitives, verifyEd25519: async () => { throw new Error('no Ed25519 here') } }
    const asked = judgeCheckpoint({ request: parseAddCheckpoint(request(3, 8)), knownLogs, last: lastAt(3), primitives })
    await expect(asked).rejects.toThrow('no Ed25519')
  })
})

test('a witness follows a growing log and never leaves its history', async () => {
  const [one, two] = [growNumbered(400), grow(Array.from({ length: 400 }, (_, index) => leafHash(Uint8Array.of(index % 256))))]
  const growth = fc.record({ by: fc.nat({ max: 40 }), isOther: fc.integer({ min: 0, max: 4 }).map((n) => n === 0) })
  const growths = fc.array(growth, { maxLength: 8 })
  await fc.assert(fc.asyncProperty(growths, async (steps) => {
    let last: LastCosigned | null = null
    for (const { by, isOther } of steps) {
      const old: number = last?.size ?? 0
      const size = old + by
      const from = isOther ? two : one
      const text = textOf(size, rootOfFrontier(from.frontiers[size]!))
      const body = encodeAddCheckpoint({ old, proof: consistencyProof(old, size, from.nodeAt), checkpoint: signNote(text, LOG_KEY) })
      const judged: Judgement = await judge(body, last)
      // The other log shares nothing with the first but the empty tree.
      expect(judged.status === 200).toBe(!isOther || size === 0 || old === 0)
      if (judged.status === 200 && !isOther) last = judged.checkpoint
    }
  }), { numRuns: 40 })
})
