import { AppError } from '../shared/errors.ts'
import { parseCheckpoint, verifyNote, type Checkpoint } from './checkpoint.ts'
import { decodeUtf8, parseDecimal, refused, toBase64 } from './encoding.ts'
import { parseNote, type VerifierKey } from './note.ts'
import { withHashes, type Primitives } from './primitives.ts'
import { parseHashes } from './proof.ts'
import { EMPTY_ROOT, consistencySteps, equalBytes } from './steps.ts'

/** What a witness is asked and how it decides (C2SP tlog-witness, add-checkpoint). `checkpoint` is the signed note, as it was sent. */
export type AddCheckpoint = { old: number; proof: Uint8Array[]; checkpoint: string }

export const encodeAddCheckpoint = ({ old, proof, checkpoint }: AddCheckpoint): string =>
  `${[`old ${old}`, ...proof.map(toBase64)].join('\n')}\n\n${checkpoint}`

/** A request as read, nothing verified. `isWrongEmpty`: of size 0, with another root than the empty tree's (422, but not yet). */
export type WitnessRequest = AddCheckpoint & { text: string; stated: Checkpoint; isWrongEmpty: boolean }

const readCheckpoint = (text: string): Pick<WitnessRequest, 'stated' | 'isWrongEmpty'> => {
  const [origin, size, root, ...rest] = text.split('\n')
  if (size !== '0') return { stated: parseCheckpoint(text), isWrongEmpty: false }
  const emptyRoot = toBase64(EMPTY_ROOT)
  return { stated: parseCheckpoint([origin, size, emptyRoot, ...rest].join('\n')), isWrongEmpty: root !== emptyRoot }
}

/** Refuses with a sentence: a witness answers it with 400. */
export const parseAddCheckpoint = (body: string | Uint8Array): WitnessRequest => {
  const request = typeof body === 'string' ? body : decodeUtf8(body)
  const end = request.indexOf('\n\n')
  const [first, ...lines] = request.slice(0, Math.max(end, 0)).split('\n')
  const [, digits] = /^old ([0-9]+)$/.exec(first ?? '') ?? []
  const old = parseDecimal(digits ?? '')
  if (old === null) throw refused('A request is a line “old” with a size, the hashes of a proof, an empty line and a signed checkpoint.')
  const checkpoint = request.slice(end + 2)
  const { text } = parseNote(checkpoint)
  return { old, proof: parseHashes(lines), checkpoint, text, ...readCheckpoint(text) }
}

/** What a witness cosigned last for an origin. */
export type LastCosigned = { size: number; root: Uint8Array }

/**
 * 200: persist `checkpoint` as the last one, then cosign `text` and answer with the line. Anything else is answered as it stands.
 * `isEvidence`: the log signed what no honest log signs. Keep the request, it proves that.
 */
export type Judgement =
  | { status: 200; checkpoint: Checkpoint; text: string }
  | { status: 400 | 403 | 404 | 409 | 422; contentType: string; body: string; isEvidence: boolean }

type Refusal = Exclude<Judgement, { status: 200 }>

const refusal = (status: Refusal['status'], words: string, isEvidence = false): Refusal =>
  ({ status, contentType: 'text/plain; charset=utf-8', body: `${words}\n`, isEvidence })

const isSignedByLog = async (request: AddCheckpoint, keys: readonly VerifierKey[], primitives: Primitives): Promise<boolean> => {
  try {
    await verifyNote(request.checkpoint, keys, primitives)
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/**
 * The decision on one request, in the order that C2SP tlog-witness gives its checks. `knownLogs`: the keys trusted for each origin.
 * `last`: what was cosigned last for this origin, null if nothing ever. The caller reads `last`, judges, and persists what is
 * accepted in one critical section for each origin: two requests judged against the same `last` could roll the record back.
 */
export const judgeCheckpoint = async ({ request, knownLogs, last, primitives }: {
  request: WitnessRequest
  knownLogs: ReadonlyMap<string, readonly VerifierKey[]>
  last: LastCosigned | null
  primitives: Primitives
}): Promise<Judgement> => {
  const keys = knownLogs.get(request.stated.origin)
  if (!keys) return refusal(404, 'This witness does not know that log.')
  if (!await isSignedByLog(request, keys, primitives))
    return refusal(403, 'No key that this witness trusts for that log signed this checkpoint.')
  const { old, stated, isWrongEmpty } = request
  const { size, root } = stated
  const { size: lastSize, root: lastRoot } = last ?? { size: 0, root: EMPTY_ROOT }

  if (old > size) return refusal(400, `The old size ${old} is greater than the size ${size} of the checkpoint.`)
  if (old !== lastSize) return { status: 409, contentType: 'text/x.tlog.size', body: `${lastSize}\n`, isEvidence: false }
  if (isWrongEmpty) return refusal(422, 'A tree of size 0 has another root than the empty tree.', true)
  if (size === lastSize && !equalBytes(root, lastRoot))
    return refusal(422, `This is another tree of size ${size} than the one this witness cosigned.`, true)
  const isConsistent = await withHashes(consistencySteps(lastSize, size, lastRoot, root, request.proof), primitives)
  if (!isConsistent) return refusal(422, `The proof does not show that the tree of ${size} grew from that of ${lastSize}.`)
  return { status: 200, checkpoint: stated, text: request.text }
}
