import { sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  cosignatureBytes, cosignedMessage, formatCheckpoint, openCheckpoint, parseCheckpoint, verifyNote,
} from '../../lib/log/checkpoint.ts'
import { formatNote, parseNote, signatureLine, type Signature } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { webPrimitives } from '../../lib/log/primitives-web.ts'
import { cosign, generateSigningKey, signNote, signText, signingKey } from '../../lib/log/sign.ts'
import { AppError } from '../../lib/shared/errors.ts'
import { LOG_KEY, WITNESS_KEY, hex, unhex, vectors } from './given.ts'

const { text, signatures } = parseNote(vectors.checkpoint_8)
const [logSignature, cosignature] = signatures as [Signature, Signature]
const open = (note: string) => openCheckpoint(note, LOG_KEY, [WITNESS_KEY], nodePrimitives)

describe('the vectors', () => {
  test('checkpoint, log signature and cosignature come out byte for byte', () => {
    expect(formatCheckpoint(parseCheckpoint(text))).toBe(text)
    expect(parseCheckpoint(text)).toMatchObject({ origin: 'batp.example/log', size: 8, extensions: [] })
    expect(unhex(parseCheckpoint(text).root)).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
    const signatures = [signText(text, LOG_KEY), cosign(text, WITNESS_KEY, vectors.timestamp)]
    expect(formatNote({ text, signatures })).toBe(vectors.checkpoint_8)
  })

  test.each([vectors.checkpoint_3, vectors.checkpoint_5])('the smaller checkpoints are signed the same', (note) => {
    expect(signNote(parseNote(note).text, LOG_KEY)).toBe(note)
  })

  test('the log and the witness are found, with the time, by Node and by a browser’s cryptography', async () => {
    for (const primitives of [nodePrimitives, webPrimitives()]) {
      const opened = await openCheckpoint(vectors.checkpoint_8, LOG_KEY, [WITNESS_KEY], primitives)
      expect(opened.checkpoint.size).toBe(8)
      expect(opened.cosignatures.map(({ key, time }) => [key.vkey, time])).toEqual([[vectors.witness_vkey, 1_767_225_600]])
    }
  })

  test('the empty tree has the one root', () => {
    const empty = `batp.example/log\n0\n${vectors.empty_root_b64}\n`
    expect(formatCheckpoint(parseCheckpoint(empty))).toBe(empty)
    expect(() => parseCheckpoint(text.replace('\n8\n', '\n0\n'))).toThrow('empty tree')
  })
})

describe('what is a checkpoint', () => {
  test.each([
    ['no origin', text.replace('batp.example/log', '')],
    ['only two lines', 'batp.example/log\n8\n'],
    ['a leading zero', text.replace('\n8\n', '\n08\n')],
    ['a sign', text.replace('\n8\n', '\n+8\n')],
    ['a hexadecimal size', text.replace('\n8\n', '\n0x8\n')],
    ['a fraction', text.replace('\n8\n', '\n8.0\n')],
    ['Arabic digits', text.replace('\n8\n', '\n٨\n')],
    ['no size', text.replace('\n8\n', '\n\n')],
    ['a size that a number does not hold', text.replace('\n8\n', '\n9007199254740992\n')],
    ['a root of 31 bytes', text.replace('XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=', 'XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQw==')],
    ['a root with other trailing bits', text.replace('Qyg=', 'Qyh=')],
    ['a root in hexadecimal', 'batp.example/log\n8\n5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328\n'],
    ['an empty extension line', `${text}\n`],
    ['no last newline', text.slice(0, -1)],
  ])('%s is refused', (_, wrong) => {
    expect(() => parseCheckpoint(wrong)).toThrow(AppError)
  })

  test('extension lines are kept, and what would read otherwise is not written', () => {
    const extended = { ...parseCheckpoint(text), extensions: ['one', 'two'] }
    expect(parseCheckpoint(formatCheckpoint(extended)).extensions).toEqual(['one', 'two'])
    const unreadable = [{ extensions: [''] }, { extensions: ['one\ntwo'] }, { origin: '' }, { origin: 'a\n8' }, { size: 1.5 }, { size: -1 }]
    for (const wrong of unreadable)
      expect(() => formatCheckpoint({ ...parseCheckpoint(text), ...wrong }), JSON.stringify(wrong)).toThrow(AppError)
  })
})

describe('cosignatures', () => {
  test('the message and the bytes are those of the specification', () => {
    expect(new TextDecoder().decode(cosignedMessage(text, 1_767_225_600))).toBe(`cosignature/v1\ntime 1767225600\n${text}`)
    expect(unhex(cosignature.bytes.subarray(0, 8))).toBe('000000006955b900')
    expect(unhex(cosignatureBytes(2 ** 32 + 1, hex('ab')))).toBe('0000000100000001ab')
    for (const time of [-1, 1.5, Number.NaN, 2 ** 53]) expect(() => cosignatureBytes(time, hex('ab'))).toThrow('whole number')
  })

  test('the time is signed: a cosignature moved to another time is refused', async () => {
    const moved = { ...cosignature, bytes: cosignatureBytes(vectors.timestamp + 1, cosignature.bytes.subarray(8)) }
    await expect(open(formatNote({ text, signatures: [logSignature, moved] }))).rejects.toThrow('witness.example/rs')
    const beyond = { ...cosignature, bytes: Uint8Array.from([...hex('ffffffffffffffff'), ...cosignature.bytes.subarray(8)]) }
    await expect(open(formatNote({ text, signatures: [logSignature, beyond] }))).rejects.toThrow('witness.example/rs')
  })

  test('a time beyond 2^53 is refused, even when the witness did sign it: it could not be repeated exactly', async () => {
    const bytes = Buffer.concat([Buffer.alloc(8), sign(null, cosignedMessage(text, 2 ** 53), WITNESS_KEY.privateKey)])
    bytes.writeBigUInt64BE(2n ** 53n)
    await expect(open(formatNote({ text, signatures: [logSignature, { ...cosignature, bytes }] }))).rejects.toThrow('witness.example/rs')
  })

  test('a witness that cosigned twice counts once, with its newest time', async () => {
    const [early, late] = [cosign(text, WITNESS_KEY, 1_000), cosign(text, WITNESS_KEY, 2_000)]
    for (const signatures of [[logSignature, early, late], [late, logSignature, early]])
      expect((await open(formatNote({ text, signatures }))).cosignatures).toEqual([{ key: WITNESS_KEY, time: 2_000 }])
  })

  test('a cosignature is not a log’s signature, nor the other way round', async () => {
    const cosignedOnly = formatNote({ text, signatures: [cosignature] })
    await expect(open(cosignedOnly)).rejects.toThrow('did not sign')
    await expect(openCheckpoint(cosignedOnly, WITNESS_KEY, [], nodePrimitives)).rejects.toThrow('key for cosignatures')
    // The same seed under the log's name, but as a cosigner: another key ID, and so another key.
    const posing = signingKey(LOG_KEY.name, 0x04, hex(vectors.log_seed))
    await expect(open(formatNote({ text, signatures: [cosign(text, posing, 1)] }))).rejects.toThrow('known here')
  })

  test('only a checkpoint is cosigned', () => {
    expect(() => cosign('any text\n', WITNESS_KEY, 1)).toThrow('not a checkpoint')
  })
})

describe('whose checkpoint', () => {
  test('a log’s signature under another origin is refused', async () => {
    const foreign = signNote(text.replace('batp.example', 'other.example'), LOG_KEY)
    await expect(open(foreign)).rejects.toThrow('is of other.example/log')
  })

  test('16 cosignatures and more are verified, those of strangers ignored', async () => {
    const witnesses = Array.from({ length: 20 }, (_, at) => signingKey(`w${at}.example`, 0x04, new Uint8Array(32).fill(at)))
    const stranger = generateSigningKey('stranger.example', 0x04)
    const signatures = [logSignature, ...[...witnesses, stranger].map((key) => cosign(text, key, 5))]
    const opened = await openCheckpoint(formatNote({ text, signatures }), LOG_KEY, witnesses, nodePrimitives)
    expect(opened.cosignatures).toHaveLength(20)
    expect((await verifyNote(formatNote({ text, signatures }), witnesses, nodePrimitives)).ignored).toBe(2)
  })

  test('a checkpoint and a witness’s answer make one note', async () => {
    const answer = signatureLine(cosign(text, WITNESS_KEY, 7))
    expect((await open(signNote(text, LOG_KEY) + answer)).cosignatures).toEqual([{ key: WITNESS_KEY, time: 7 }])
  })
})
