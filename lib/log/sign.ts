import { createPrivateKey, createPublicKey, hash, randomBytes, sign, type KeyObject } from 'node:crypto'
import { cosignatureBytes, cosignedMessage, parseCheckpoint } from './checkpoint.ts'
import { concat, refused, toBase64, utf8 } from './encoding.ts'
import {
  KEY_TYPES, checkKeyName, formatNote, formatVkey, keyIdFrom, keyIdInput, splitKey, type Signature, type VerifierKey,
} from './note.ts'

/** What signs for a log (0x01) or a witness (0x04): Ed25519, on Node only. */
export type SigningType = typeof KEY_TYPES.log | typeof KEY_TYPES.cosigner
export type SigningKey = VerifierKey & { type: SigningType; privateKey: KeyObject }

/** The DER that stands before the 32 bytes of an Ed25519 seed (RFC 8410 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const PRIVATE_PREFIX = 'PRIVATE+KEY+'

/** A key from its seed of 32 bytes (RFC 8032 5.1.5). */
export const signingKey = (name: string, type: SigningType, seed: Uint8Array): SigningKey => {
  checkKeyName(name)
  if (seed.length !== 32) throw refused(`The seed of an Ed25519 key has 32 bytes, not ${seed.length}.`)
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32))
  const keyId = keyIdFrom(hash('sha256', keyIdInput(name, type, publicKey), 'buffer'))
  return { name, keyId, type, publicKey, vkey: formatVkey(name, keyId, type, publicKey), privateKey }
}

export const generateSigningKey = (name: string, type: SigningType): SigningKey => signingKey(name, type, randomBytes(32))

/** The text form of Go's x/mod: PRIVATE+KEY+name+key ID+base64 of type and seed. A witness's key has its own type byte there too. */
export const formatPrivateKey = ({ name, keyId, type, privateKey }: SigningKey): string => {
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32)
  return `${PRIVATE_PREFIX}${name}+${keyId}+${toBase64(concat([Uint8Array.of(type), seed]))}`
}

/** Refuses with the reason, and never repeats what it was given. */
export const parsePrivateKey = (text: string): SigningKey => {
  if (!text.startsWith(PRIVATE_PREFIX)) throw refused(`A private key begins with “${PRIVATE_PREFIX}”.`)
  const { name, keyId, type, key } = splitKey(text.slice(PRIVATE_PREFIX.length))
  if (type !== KEY_TYPES.log && type !== KEY_TYPES.cosigner) throw refused(`The private key of ${name} is of a type that cannot sign here.`)
  const read = signingKey(name, type, key)
  if (read.keyId !== keyId) throw refused(`The private key of ${name} does not fit its key ID ${keyId}: a character was changed or lost.`)
  return read
}

/** The signature of a log over a note's text. */
export const signText = (text: string, { name, keyId, type, privateKey }: SigningKey): Signature => {
  if (type !== KEY_TYPES.log) throw new Error(`${name} is a key for cosignatures: it signs only with a time`)
  return { name, keyId, bytes: new Uint8Array(sign(null, utf8(text), privateKey)) }
}

/** The whole signed note. */
export const signNote = (text: string, key: SigningKey): string => formatNote({ text, signatures: [signText(text, key)] })

/**
 * A witness's cosignature over a checkpoint's text (C2SP tlog-cosignature). The caller has persisted that checkpoint as the largest
 * it has seen of that log: this states it.
 */
export const cosign = (checkpointText: string, { name, keyId, type, privateKey }: SigningKey, timeSeconds: number): Signature => {
  if (type !== KEY_TYPES.cosigner) throw new Error(`${name} is the key of a log: it does not cosign`)
  parseCheckpoint(checkpointText)
  const signature = sign(null, cosignedMessage(checkpointText, timeSeconds), privateKey)
  return { name, keyId, bytes: cosignatureBytes(timeSeconds, signature) }
}
