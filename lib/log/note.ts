import { concat, decodeUtf8, fromBase64, hasControls, refused, toBase64, toHex, utf8 } from './encoding.ts'
import type { Primitives } from './primitives.ts'

/** Signed notes (C2SP signed-note): their text, their signature lines and the keys that go with them. Runs in a browser. */

/** The type byte of a key: what it signs. ML-DSA-44 (C2SP tlog-cosignature 1.1) has its room, but nothing here checks its signatures. */
export const KEY_TYPES = { log: 0x01, cosigner: 0x04, mlDsaCosigner: 0x06 } as const
export type KeyType = (typeof KEY_TYPES)[keyof typeof KEY_TYPES]
const PUBLIC_KEY_BYTES: Record<KeyType, number> = { 0x01: 32, 0x04: 32, 0x06: 1312 }

/** `keyId` as 8 lower-case hex digits, `vkey` the text that names the key in full. */
export type VerifierKey = { name: string; keyId: string; type: KeyType; publicKey: Uint8Array; vkey: string }

/** One line under a note: `bytes` is what follows the key ID. */
export type Signature = { name: string; keyId: string; bytes: Uint8Array }
export type Note = { text: string; signatures: Signature[] }

/** 16 must be accepted (C2SP signed-note); Go's x/mod stops at 100. */
const MAX_SIGNATURES = 100

const isKeyName = (name: string): boolean =>
  name !== '' && name.isWellFormed() && !hasControls(name, '') && !/[\p{White_Space}+]/u.test(name)
const isNoteText = (text: string): boolean => text.endsWith('\n') && text.isWellFormed() && !hasControls(text, '\n')

export const checkKeyName = (name: string): void => {
  if (!isKeyName(name)) throw refused('The name of a key must not be empty nor hold spaces or “+”.')
}

/** What a key ID is the first 4 bytes of the SHA-256 of. */
export const keyIdInput = (name: string, type: KeyType, publicKey: Uint8Array): Uint8Array =>
  concat([utf8(`${name}\n`), Uint8Array.of(type), publicKey])

export const keyIdFrom = (digest: Uint8Array): string => toHex(digest.subarray(0, 4))

/** name + key ID + base64 of type and key. At the first two “+” only: base64 may hold more. Does not check the key ID. */
export const splitKey = (text: string): { name: string; keyId: string; type: number; key: Uint8Array } => {
  const [, name, keyId, encoded] = /^([^+]*)\+([0-9a-f]{8})\+([^]*)$/.exec(text) ?? []
  const bytes = encoded === undefined ? null : fromBase64(encoded)
  if (!name || !keyId || !isKeyName(name) || !bytes || bytes.length < 2)
    throw refused('This is not a key. A key is written name+8 hexadecimal digits+base64, on one line.')
  return { name, keyId, type: bytes[0]!, key: bytes.subarray(1) }
}

export const formatVkey = (name: string, keyId: string, type: KeyType, publicKey: Uint8Array): string =>
  `${name}+${keyId}+${toBase64(concat([Uint8Array.of(type), publicKey]))}`

const isKnownType = (type: number): type is KeyType => type in PUBLIC_KEY_BYTES

/** Refuses unknown types, keys of the wrong length, and a key ID that is not the key's. */
export const parseVkey = async (vkey: string, { sha256 }: Primitives): Promise<VerifierKey> => {
  const { name, keyId, type, key } = splitKey(vkey)
  if (!isKnownType(type)) throw refused(`The key of ${name} is of the unknown type 0x${toHex(Uint8Array.of(type))}.`)
  const length = PUBLIC_KEY_BYTES[type]
  if (key.length !== length) throw refused(`The key of ${name} has ${key.length} bytes instead of ${length}.`)
  if (keyIdFrom(await sha256(keyIdInput(name, type, key))) !== keyId)
    throw refused(`The key ID ${keyId} does not belong to the key of ${name}: a character was changed or lost. Copy the key again.`)
  return { name, keyId, type, publicKey: key, vkey }
}

/** '— name base64\n' */
export const signatureLine = ({ name, keyId, bytes }: Signature): string => {
  checkKeyName(name)
  const id = Uint8Array.from(keyId.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
  return `\u2014 ${name} ${toBase64(concat([id, bytes]))}\n`
}

const parseSignatureLine = (line: string): Signature => {
  const [, name, encoded] = /^\u2014 ([^ ]+) ([^ ]+)$/u.exec(line) ?? []
  const bytes = encoded === undefined ? null : fromBase64(encoded)
  if (!name || !isKeyName(name) || !bytes || bytes.length < 5)
    throw refused(`A signature line is “— name base64”; this is not: “${line.slice(0, 100)}”.`)
  return { name, keyId: toHex(bytes.subarray(0, 4)), bytes: bytes.subarray(4) }
}

/** Signature lines, each with its newline: the foot of a note, or a witness's answer. The same line twice is refused. */
export const parseSignatures = (lines: string): Signature[] => {
  if (!lines.endsWith('\n')) throw refused('The last signature line does not end in a newline: the file was cut short.')
  const each = lines.slice(0, -1).split('\n')
  if (each.length > MAX_SIGNATURES) throw refused(`There are ${each.length} signatures; at most ${MAX_SIGNATURES} are read.`)
  if (new Set(each).size < each.length) throw refused('A signature line stands there twice.')
  return each.map(parseSignatureLine)
}

/** Refuses everything that is not exactly a signed note. No signature has been checked: see `verifyNote`. */
export const parseNote = (message: string | Uint8Array): Note => {
  const whole = typeof message === 'string' ? message : decodeUtf8(message)
  const end = whole.lastIndexOf('\n\n')
  if (!isNoteText(whole) || end === -1)
    throw refused('This is not a signed note: text, an empty line and signature lines, in UTF-8, without control characters.')
  return { text: whole.slice(0, end + 1), signatures: parseSignatures(whole.slice(end + 2)) }
}

export const formatNote = ({ text, signatures }: Note): string => {
  if (!isNoteText(text)) throw refused('The text of a note ends in a newline and holds no other control characters.')
  if (signatures.length === 0) throw refused('A note needs at least one signature.')
  return `${text}\n${signatures.map(signatureLine).join('')}`
}
