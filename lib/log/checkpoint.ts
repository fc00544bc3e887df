import { concat, hashFromBase64, parseDecimal, refused, toBase64, utf8 } from './encoding.ts'
import { KEY_TYPES, parseNote, type Note, type Signature, type VerifierKey } from './note.ts'
import type { Primitives } from './primitives.ts'
import { EMPTY_ROOT, equalBytes } from './steps.ts'

/** What a log states of its tree (C2SP tlog-checkpoint), and who signed it. Runs in a browser. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array; extensions: readonly string[] }

/** `time` in POSIX seconds: when a witness had seen no larger tree of that log. Null for a key that states no time. */
export type Signer = { key: VerifierKey; time: number | null }

/** `signers`: one for each known key, with its newest time. `ignored`: signatures of keys that are unknown or cannot be checked here. */
export type VerifiedNote = Note & { signers: Signer[]; ignored: number }

const refuseWrongRoot = ({ size, root }: Checkpoint): void => {
  if (size === 0 && !equalBytes(root, EMPTY_ROOT)) throw refused('The checkpoint is of size 0, but its root is not that of the empty tree.')
}

/** The text that is signed, without signatures. */
export const formatCheckpoint = (checkpoint: Checkpoint): string => {
  const { origin, size, root, extensions } = checkpoint
  const text = `${[origin, String(size), toBase64(root), ...extensions].join('\n')}\n`
  if (parseDecimal(String(size)) !== size || parseCheckpoint(text).extensions.length !== extensions.length)
    throw refused('The parts of a checkpoint must not be empty nor hold newlines, and its size is a whole number.')
  return text
}

/** Reads the text of a note as a checkpoint; refuses any other spelling of the same. */
export const parseCheckpoint = (text: string): Checkpoint => {
  const [origin, sizeLine, rootLine, ...extensions] = text.slice(0, -1).split('\n')
  const size = parseDecimal(sizeLine ?? '')
  const root = hashFromBase64(rootLine ?? '')
  if (!text.endsWith('\n') || !origin || size === null || root === null || extensions.includes(''))
    throw refused('This is not a checkpoint: an origin, a size in decimal and a root hash in base64, each on a line of its own.')
  const checkpoint = { origin, size, root, extensions }
  refuseWrongRoot(checkpoint)
  return checkpoint
}

/** What a witness signs (C2SP tlog-cosignature, Ed25519 v1). `timeSeconds` in POSIX seconds. */
export const cosignedMessage = (checkpointText: string, timeSeconds: number): Uint8Array =>
  utf8(`cosignature/v1\ntime ${timeSeconds}\n${checkpointText}`)

/** Eight bytes of time before the 64 of the signature, both big-endian. Refuses times that a number does not hold exactly. */
export const cosignatureBytes = (timeSeconds: number, signature: Uint8Array): Uint8Array => {
  if (parseDecimal(String(timeSeconds)) !== timeSeconds) throw refused('The time of a cosignature is a whole number of seconds since 1970.')
  const time = new Uint8Array(8)
  new DataView(time.buffer).setBigUint64(0, BigInt(timeSeconds))
  return concat([time, signature])
}

type Check = { isValid: boolean; time: number | null }

const checkCosignature = async (text: string, key: VerifierKey, bytes: Uint8Array, { verifyEd25519 }: Primitives): Promise<Check> => {
  if (bytes.length !== 72) return { isValid: false, time: null }
  const time = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0))
  const isValid = Number.isSafeInteger(time) && await verifyEd25519(key.publicKey, cosignedMessage(text, time), bytes.subarray(8))
  return { isValid, time }
}

const check = async (text: string, key: VerifierKey, { bytes }: Signature, primitives: Primitives): Promise<Check> =>
  key.type === KEY_TYPES.cosigner
    ? checkCosignature(text, key, bytes, primitives)
    : { isValid: await primitives.verifyEd25519(key.publicKey, utf8(text), bytes), time: null }

/**
 * Checks a note by the rules of C2SP signed-note: signatures of unknown keys are ignored, a bad signature of a known key refuses the
 * whole note, and so does the lack of any good one. A key of ML-DSA-44 counts as unknown.
 */
export const verifyNote = async (
  message: string | Uint8Array, knownKeys: readonly VerifierKey[], primitives: Primitives,
): Promise<VerifiedNote> => {
  const note = parseNote(message)
  const checked = await Promise.all(note.signatures.map(async (signature) => {
    const key = knownKeys.find(({ name, keyId, type }) =>
      name === signature.name && keyId === signature.keyId && type !== KEY_TYPES.mlDsaCosigner)
    return key ? { key, ...await check(note.text, key, signature, primitives) } : null
  }))
  const known = checked.filter((found) => found !== null)
  const bad = known.find(({ isValid }) => !isValid)
  if (bad) throw refused(`The signature of ${bad.key.name} (key ${bad.key.keyId}) is not valid for this text: one of them was changed.`)
  if (known.length === 0) throw refused('None of the signatures is by a key that is known here.')
  const signers = new Map<string, Signer>()
  for (const { key, time } of known) if ((time ?? 0) >= (signers.get(key.vkey)?.time ?? 0)) signers.set(key.vkey, { key, time })
  return { ...note, signers: [...signers.values()], ignored: checked.length - known.length }
}

export type Cosignature = { key: VerifierKey; time: number }
export type OpenedCheckpoint = { checkpoint: Checkpoint; text: string; signatures: Signature[]; cosignatures: Cosignature[] }

/** A checkpoint that `logKey` signed under its own name, and which of `witnessKeys` cosigned it. Refuses anything else. */
export const openCheckpoint = async (
  message: string | Uint8Array, logKey: VerifierKey, witnessKeys: readonly VerifierKey[], primitives: Primitives,
): Promise<OpenedCheckpoint> => {
  if (logKey.type !== KEY_TYPES.log) throw refused(`${logKey.name} is given as the log's key, but is a key for cosignatures.`)
  const { text, signatures, signers } = await verifyNote(message, [logKey, ...witnessKeys], primitives)
  const checkpoint = parseCheckpoint(text)
  if (checkpoint.origin !== logKey.name) throw refused(`The checkpoint is of ${checkpoint.origin}, not of ${logKey.name}.`)
  if (!signers.some(({ key }) => key.vkey === logKey.vkey)) throw refused(`The log ${logKey.name} did not sign this checkpoint.`)
  const cosignatures = signers.flatMap(({ key, time }) => (time === null ? [] : [{ key, time }]))
  return { checkpoint, text, signatures, cosignatures }
}
