import { decodeUtf8, fromBase64, hashFromBase64, parseDecimal, refused, toBase64 } from './encoding.ts'
import { parseNote } from './note.ts'
import { MAX_PROOF_HASHES } from './steps.ts'

/**
 * A receipt: a leaf's index, its inclusion proof and the checkpoint it leads to (C2SP tlog-proof v1). `checkpoint` is the signed note,
 * as it was; `extra` is not authenticated by anything.
 */
export type Proof = { extra: Uint8Array | null; index: number; hashes: Uint8Array[]; checkpoint: string }

const HEADER = 'c2sp.org/tlog-proof@v1'

export const encodeProof = ({ extra, index, hashes, checkpoint }: Proof): string => {
  if (parseDecimal(String(index)) !== index) throw new RangeError(`${index} is not the index of a leaf`)
  const lines = [HEADER, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...hashes.map(toBase64)]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** The hashes of a proof, one a line; refuses more than 63 and any that is not 32 bytes in canonical base64. */
export const parseHashes = (lines: readonly string[]): Uint8Array[] => {
  if (lines.length > MAX_PROOF_HASHES) throw refused(`A proof has at most ${MAX_PROOF_HASHES} hashes; this one has ${lines.length}.`)
  return lines.map((line) => {
    const hash = hashFromBase64(line)
    if (!hash) throw refused(`A line of the proof is not a hash of 32 bytes in base64: “${line.slice(0, 60)}”.`)
    return hash
  })
}

/** Refuses every other spelling. The checkpoint is a well-formed note, but nothing has been verified: see `checkReceipt`. */
export const parseProof = (file: string | Uint8Array): Proof => {
  const text = typeof file === 'string' ? file : decodeUtf8(file)
  const end = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, Math.max(end, 0)).split('\n')
  if (header !== HEADER) throw refused(`This is not a receipt: a receipt begins with “${HEADER}” and ends with a signed checkpoint.`)
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice('extra '.length)) : undefined
  if (extra === null) throw refused('The “extra” line of the receipt is not base64.')
  const [, digits] = /^index ([0-9]+)$/.exec(lines.shift() ?? '') ?? []
  const index = parseDecimal(digits ?? '')
  if (index === null) throw refused('The receipt does not say which entry it is for: a line “index” with a whole number.')
  const checkpoint = text.slice(end + 2)
  parseNote(checkpoint)
  return { extra: extra ?? null, index, hashes: parseHashes(lines), checkpoint }
}
