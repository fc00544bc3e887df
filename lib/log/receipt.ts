import { AppError } from '../shared/errors.ts'
import { formatDateTime, formatList, plural } from '../shared/format.ts'
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.ts'
import { refused } from './encoding.ts'
import type { VerifierKey } from './note.ts'
import { isSatisfied, type Policy } from './policy.ts'
import { withHashes, type Primitives } from './primitives.ts'
import { parseProof, type Proof } from './proof.ts'
import { inclusionSteps, leafInput } from './steps.ts'

export const RECEIPT_STEPS = ['format', 'signature', 'inclusion', 'witnesses'] as const
export type ReceiptStep = (typeof RECEIPT_STEPS)[number]

/** `ok` is null for what was not asked or could not be reached. `words` are for the person who wants to know. */
export type ReceiptFinding = { step: ReceiptStep; ok: boolean | null; words: string }

export type ReceiptCheck = {
  ok: boolean
  steps: ReceiptFinding[]
  /** What even a perfect receipt does not prove, in words. */
  notProven: string[]
  proof: Proof | null
  /** Null unless the log's signature was valid. */
  opened: OpenedCheckpoint | null
}

export type ReceiptQuestion = {
  leafData: Uint8Array
  proofText: string | Uint8Array
  logKey: VerifierKey
  witnessKeys: readonly VerifierKey[]
  /** Who must have cosigned. Without it cosignatures are counted but none is required. */
  policy?: Policy
  primitives: Primitives
}

const NOT_REACHED = 'Not checked, because the step before it failed.'
const NOT_PROVEN = [
  'That what was filed is true. The receipt proves what was stated and that it is in the register, not that it is so.',
  'That nothing came after it. A later entry may amend or withdraw this one; look it up in the register.',
]
const UNWITNESSED = 'That everyone is shown the same register. Only cosignatures of witnesses that you trust prove that.'

/** A witness may state any time that fits its format; a calendar ends in the year 275760. */
const formatSeconds = (time: number): string =>
  time < 8_640_000_000_000 ? formatDateTime(new Date(time * 1000)) : `second ${time} after 1970`

const witnessWords = ({ cosignatures }: OpenedCheckpoint, known: number): string => {
  if (known === 0) return 'No witness was named, so no cosignature was looked for.'
  const all = plural(known, 'known witness', 'known witnesses')
  if (cosignatures.length === 0) return `Cosigned by none of ${all}. A newer receipt may hold cosignatures.`
  const newest = Math.max(...cosignatures.map(({ time }) => time))
  const names = formatList(cosignatures.map(({ key }) => key.name))
  return `Cosigned by ${cosignatures.length} of ${all}: ${names}; newest ${formatSeconds(newest)}.`
}

const judgeWitnesses = (opened: OpenedCheckpoint, known: number, policy: Policy | undefined): Omit<ReceiptFinding, 'step'> => {
  const words = witnessWords(opened, known)
  if (!policy) return { ok: null, words: `${words} No policy was given, so no number of them was required.` }
  const cosigned = new Set(opened.cosignatures.map(({ key }) => key.vkey))
  const names = policy.witnesses.filter(({ key }) => cosigned.has(key.vkey)).map(({ name }) => name)
  const ok = isSatisfied(policy, names)
  return { ok, words: `${words} ${ok ? 'That meets the policy' : 'That does not meet the policy'} “quorum ${policy.quorum ?? 'none'}”.` }
}

/** Each key once, though it may be known both as a witness and from the policy. */
const witnessesOf = ({ witnessKeys, policy }: ReceiptQuestion): VerifierKey[] =>
  [...new Map([...witnessKeys, ...(policy?.witnesses ?? []).map(({ key }) => key)].map((key) => [key.vkey, key])).values()]

/**
 * Checks a receipt for the leaf it is said to be for: that it is well formed, that the log signed its checkpoint, that the leaf is in
 * that tree at that index, and who cosigned. Nothing is looked up anywhere. Throws only what the primitives throw.
 */
export const checkReceipt = async (question: ReceiptQuestion): Promise<ReceiptCheck> => {
  const { leafData, proofText, logKey, policy, primitives } = question
  const witnessKeys = witnessesOf(question)
  let proof: Proof | null = null
  let opened: OpenedCheckpoint | null = null

  const checks: Record<ReceiptStep, () => Promise<Omit<ReceiptFinding, 'step'>>> = {
    format: async () => {
      proof = parseProof(proofText)
      return { ok: true, words: `The file is a receipt for entry ${proof.index} of a register (counted from 0).` }
    },
    signature: async () => {
      opened = await openCheckpoint(proof!.checkpoint, logKey, witnessKeys, primitives)
      const size = plural(opened.checkpoint.size, 'entry', 'entries')
      return { ok: true, words: `${logKey.name} signed the whole register of ${size} with its key ${logKey.keyId}.` }
    },
    inclusion: async () => {
      const { size, root } = opened!.checkpoint
      const leafHash = await primitives.sha256(leafInput(leafData))
      const isIncluded = await withHashes(inclusionSteps(proof!.index, size, leafHash, proof!.hashes, root), primitives)
      const place = `entry ${proof!.index} of that register`
      if (!isIncluded) throw refused(`This is not ${place}: it was changed, or the receipt belongs to something else.`)
      return { ok: true, words: `This is ${place}, letter by letter: with any other text the signed root would differ.` }
    },
    witnesses: async () => judgeWitnesses(opened!, witnessKeys.length, policy),
  }

  const steps: ReceiptFinding[] = []
  for (const step of RECEIPT_STEPS) {
    const isReached = steps.every(({ ok }) => ok)
    // Each step stands on the one before it.
    // oxlint-disable-next-line no-await-in-loop
    steps.push({ step, ...(isReached ? await attempt(checks[step]) : { ok: null, words: NOT_REACHED }) })
  }
  const isWitnessed = steps.at(-1)?.ok === true && policy?.quorum !== null
  const ok = steps.every((finding) => finding.ok !== false)
  return { ok, steps, notProven: isWitnessed ? NOT_PROVEN : [...NOT_PROVEN, UNWITNESSED], proof, opened }
}

const attempt = async (run: () => Promise<Omit<ReceiptFinding, 'step'>>): Promise<Omit<ReceiptFinding, 'step'>> => {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ok: false, words: error.message }
  }
}
