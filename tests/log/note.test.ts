import { describe, expect, test } from 'vitest'
import { verifyNote } from '../../lib/log/checkpoint.ts'
import { KEY_TYPES, formatNote, keyIdFrom, keyIdInput, formatVkey, parseNote, parseVkey, signatureLine } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { webPrimitives } from '../../lib/log/primitives-web.ts'
import { cosign, formatPrivateKey, generateSigningKey, parsePrivateKey, signNote, signText, signingKey } from '../../lib/log/sign.ts'
import { AppError } from '../../lib/shared/errors.ts'
import { LOG_KEY, WITNESS_KEY, hex, unhex, vectors } from './given.ts'

// From the tests of Go's x/mod/sumdb/note and from the C2SP signed-note page.
const PETER = {
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  skey: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  text: 'If you think cryptography is the answer to your problem,\nthen you don\'t know what your problem is.\n',
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
}
const FOO = {
  vkey: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  text: 'This is an example message.\n',
  line: '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
}

const peter = await parseVkey(PETER.vkey, nodePrimitives)
const signed = `${PETER.text}\n${PETER.line}`

describe('the published notes and keys', () => {
  test.each([PETER, FOO])('$vkey opens its note, with Node and with a browser’s cryptography', async ({ vkey, text, line }) => {
    for (const primitives of [nodePrimitives, webPrimitives()]) {
      const key = await parseVkey(vkey, primitives)
      const verified = await verifyNote(`${text}\n${line}`, [key], primitives)
      expect(verified.text).toBe(text)
      expect(verified.signers).toEqual([{ key, time: null }])
      await expect(verifyNote(`${text.replace('is', 'was')}\n${line}`, [key], primitives)).rejects.toThrow('not valid for this text')
    }
  })

  test('the private key of x/mod signs the same bytes and is written as it was read', () => {
    const key = parsePrivateKey(PETER.skey)
    expect(key.vkey).toBe(PETER.vkey)
    expect(signNote(PETER.text, key)).toBe(signed)
    expect(formatPrivateKey(key)).toBe(PETER.skey)
  })

  test('the vectors’ keys have their IDs and their verifier keys', async () => {
    expect([LOG_KEY.keyId, LOG_KEY.vkey, unhex(LOG_KEY.publicKey)]).toEqual([vectors.log_key_id, vectors.log_vkey, vectors.log_pub])
    expect([WITNESS_KEY.keyId, WITNESS_KEY.vkey, unhex(WITNESS_KEY.publicKey)])
      .toEqual([vectors.witness_key_id, vectors.witness_vkey, vectors.witness_pub])
    expect(await parseVkey(vectors.witness_vkey, nodePrimitives)).toMatchObject({ name: 'witness.example/rs', type: 4, keyId: 'd8ecd80a' })
  })

  test('the cosignature line that the C2SP page prints can be read', () => {
    const bytes = 'CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw=='
    const line = `— witness.example/w1 ${bytes}\n`
    const [signature] = parseNote(`a\n\n${line}`).signatures
    expect(signature).toMatchObject({ name: 'witness.example/w1', keyId: '08ca7ee8' })
    expect(signatureLine(signature!)).toBe(line)
  })
})

describe('keys', () => {
  test.each([
    ['an unknown type', 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'unknown type 0x65'],
    ['another key ID', PETER.vkey.replace('c74f20a3', 'c74f20a4'), 'does not belong'],
    ['another name', PETER.vkey.replace('Peter', 'Petra'), 'does not belong'],
    ['a changed key', PETER.vkey.replace('ARpc', 'ARpd'), 'does not belong'],
    ['upper-case digits', PETER.vkey.replace('c74f20a3', 'C74F20A3'), 'not a key'],
    ['no name', PETER.vkey.replace('PeterNeumann', ''), 'not a key'],
    ['a space in the name', PETER.vkey.replace('rN', 'r N'), 'not a key'],
    ['a no-break space in the name', PETER.vkey.replace('rN', 'r\u00a0N'), 'not a key'],
    ['a newline at the end', `${PETER.vkey}\n`, 'not a key'],
    ['URL-safe base64', PETER.vkey.replace('/', '_'), 'not a key'],
    ['a key cut short', 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy', 'has 29 bytes'],
    ['nothing', '', 'not a key'],
  ])('%s is refused', async (_, vkey, words) => {
    await expect(parseVkey(vkey, nodePrimitives)).rejects.toThrow(words)
  })

  test('a key whose base64 holds “+” is read whole: only the first two divide', async () => {
    expect(vectors.log_vkey.split('+').length).toBeGreaterThan(3)
    expect((await parseVkey(vectors.log_vkey, nodePrimitives)).name).toBe('batp.example/log')
  })

  test('generated keys are different, and survive being written and read', () => {
    for (const type of [KEY_TYPES.log, KEY_TYPES.cosigner] as const) {
      const [one, other] = [generateSigningKey('a.example/b', type), generateSigningKey('a.example/b', type)]
      expect(one.vkey).not.toBe(other.vkey)
      expect(parsePrivateKey(formatPrivateKey(one)).vkey).toBe(one.vkey)
    }
  })

  test('a private key that was changed is refused, without being repeated', () => {
    const changed = PETER.skey.replace('AYEKFAL', 'AYEKFAM')
    expect(() => parsePrivateKey(changed)).toThrow('does not fit its key ID')
    expect(() => parsePrivateKey(changed)).not.toThrow('AYEKFAM')
    expect(() => parsePrivateKey(PETER.vkey)).toThrow('PRIVATE+KEY+')
    expect(() => parsePrivateKey(`${PETER.skey}\n`)).toThrow('not a key')
    expect(() => signingKey('a b', KEY_TYPES.log, new Uint8Array(32))).toThrow('spaces')
    expect(() => signingKey('a', KEY_TYPES.log, new Uint8Array(31))).toThrow('32 bytes')
  })

  test('a log’s key does not cosign, nor a witness’s key sign without a time', () => {
    expect(() => signText('text\n', WITNESS_KEY)).toThrow('only with a time')
    expect(() => cosign('batp.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n', LOG_KEY, 1)).toThrow('does not cosign')
  })

  test('a key of ML-DSA-44 can be known; what it signed is neither counted nor refused', async () => {
    const publicKey = new Uint8Array(1312).fill(7)
    const keyId = keyIdFrom(await nodePrimitives.sha256(keyIdInput('pq.example', KEY_TYPES.mlDsaCosigner, publicKey)))
    const key = await parseVkey(formatVkey('pq.example', keyId, KEY_TYPES.mlDsaCosigner, publicKey), nodePrimitives)
    const note = `${signed}${signatureLine({ name: 'pq.example', keyId, bytes: new Uint8Array(2428) })}`
    expect(await verifyNote(note, [peter, key], nodePrimitives)).toMatchObject({ signers: [{ key: peter }], ignored: 1 })
    await expect(verifyNote(note, [key], nodePrimitives)).rejects.toThrow('known here')
  })
})

describe('what is a note', () => {
  test('the text ends at the last blank line, and may hold others', () => {
    const note = signNote('one\n\ntwo\n\n\nthree\n', parsePrivateKey(PETER.skey))
    expect(parseNote(note).text).toBe('one\n\ntwo\n\n\nthree\n')
    expect(formatNote(parseNote(note))).toBe(note)
  })

  test.each([
    ['nothing', ''],
    ['no blank line', PETER.text + PETER.line],
    ['no signature', `${PETER.text}\n`],
    ['no last newline', signed.slice(0, -1)],
    ['a carriage return', signed.replace('\n', '\r\n')],
    ['a tab in the text', signed.replace('think', '\tthink')],
    ['a NUL', signed.replace('think', '\u0000think')],
    ['half a surrogate pair', signed.replace('think', '\ud800think')],
    ['a hyphen for the dash', signed.replace('—', '-')],
    ['two spaces', signed.replace('— ', '—  ')],
    ['a space at the end of the line', signed.replace('=\n', '= \n')],
    ['text after the signatures', `${signed}text\n`],
    ['a name with “+”', signed.replace('— Peter', '— Peter+')],
    ['a name with an ideographic space', signed.replace('— Peter', '— Peter\u3000')],
    ['URL-safe base64', signed.replace('x08go/', 'x08go_')],
    ['base64 without padding', signed.replace('AM=\n', 'AM\n')],
    ['base64 with other trailing bits, which Go accepts', signed.replace('nAM=\n', 'nAN=\n')],
    ['white space within the base64', signed.replace('x08go', 'x08\u000cgo')],
    ['a key ID and no signature', `${PETER.text}\n— PeterNeumann x08gow==\n`],
    ['the same line twice', signed + PETER.line],
    ['101 signatures', `${PETER.text}\n${Array.from({ length: 101 }, (_, at) => PETER.line.replace('Peter', `P${at}`)).join('')}`],
  ])('%s is refused', (_, note) => {
    expect(() => parseNote(note)).toThrow(AppError)
  })

  test('bytes that are not UTF-8 are refused, not repaired', () => {
    const bytes = Buffer.from(signed)
    expect(parseNote(bytes).text).toBe(PETER.text)
    expect(() => parseNote(Buffer.concat([Buffer.of(0xff), bytes]))).toThrow('UTF-8')
    expect(parseNote(Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes])).text).toBe(`\ufeff${PETER.text}`)
  })

  test('100 signatures are read, and all of them verified', async () => {
    const seeds = Array.from({ length: 100 }, (_, index) => new Uint8Array(32).fill(index))
    const keys = seeds.map((seed, index) => signingKey(`signer.example/${index}`, KEY_TYPES.log, seed))
    const note = formatNote({ text: PETER.text, signatures: keys.map((key) => signText(PETER.text, key)) })
    expect((await verifyNote(note, keys, nodePrimitives)).signers).toHaveLength(100)
  })

  test('what could not be read again is not written', () => {
    const signature = signText(PETER.text, parsePrivateKey(PETER.skey))
    expect(() => formatNote({ text: 'no newline', signatures: [signature] })).toThrow('newline')
    expect(() => formatNote({ text: 'tab\t\n', signatures: [signature] })).toThrow('control')
    expect(() => formatNote({ text: 'text\n', signatures: [] })).toThrow('at least one')
    expect(() => signatureLine({ ...signature, name: 'a b' })).toThrow('spaces')
  })
})

describe('whose signature counts', () => {
  const other = parsePrivateKey(formatPrivateKey(signingKey('other.example', KEY_TYPES.log, hex('00'.repeat(32)))))
  const line = signatureLine(signText(PETER.text, other))

  test('an unknown key is ignored, even when its signature is no good', async () => {
    const broken = signatureLine({ ...signText(PETER.text, other), bytes: new Uint8Array(64) })
    const verified = await verifyNote(`${signed}${line}${broken}`, [peter], nodePrimitives)
    expect(verified).toMatchObject({ signers: [{ key: peter }], ignored: 2 })
  })

  test('a known key with a bad signature refuses the whole note, whatever else signed it', async () => {
    const forged = signatureLine({ ...signText('something else\n', other), name: other.name })
    await expect(verifyNote(`${signed}${forged}`, [peter, other], nodePrimitives)).rejects.toThrow('other.example')
    expect((await verifyNote(`${signed}${forged}`, [peter], nodePrimitives)).ignored).toBe(1)
  })

  test('a key of the same name and another ID, or of the same ID and another name, is another key', async () => {
    const signature = signText(PETER.text, other)
    const note = `${signed}${signatureLine({ ...signature, name: peter.name })}${signatureLine({ ...signature, keyId: peter.keyId })}`
    expect(await verifyNote(note, [peter], nodePrimitives)).toMatchObject({ signers: [{ key: peter }], ignored: 2 })
  })

  test('no known key, no note', async () => {
    await expect(verifyNote(signed, [other], nodePrimitives)).rejects.toThrow('known here')
    await expect(verifyNote(signed, [], nodePrimitives)).rejects.toThrow('known here')
  })

  test('a signature that is too short or too long is a bad one', async () => {
    const { bytes, ...who } = signText(PETER.text, other)
    for (const wrong of [bytes.subarray(1), Uint8Array.of(...bytes, 0)]) {
      const note = formatNote({ text: PETER.text, signatures: [{ ...who, bytes: wrong }] })
      for (const primitives of [nodePrimitives, webPrimitives()])
        await expect(verifyNote(note, [other], primitives)).rejects.toThrow('not valid')
    }
  })
})

test('without a browser’s cryptography, or its Ed25519, nothing is said to be checked', async () => {
  expect(() => webPrimitives(null as unknown as undefined)).toThrow('https')
  const subtle = { importKey: async () => { throw new DOMException('no such algorithm', 'NotSupportedError') } } as unknown as SubtleCrypto
  const asked = webPrimitives(subtle).verifyEd25519(new Uint8Array(32), new Uint8Array(1), new Uint8Array(64))
  await expect(asked).rejects.toThrow('cannot check Ed25519')
})
