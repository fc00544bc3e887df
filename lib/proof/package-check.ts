import { concat, refused, toHex, utf8 } from '../log/encoding.ts'
import type { VerifierKey } from '../log/note.ts'
import type { Policy } from '../log/policy.ts'
import type { Primitives } from '../log/primitives.ts'
import { parseProof } from '../log/proof.ts'
import { checkReceipt, type ReceiptCheck, type ReceiptFinding } from '../log/receipt.ts'
import { DESIGNATION, isParticipant } from '../participants/rules.ts'
import { AppError } from '../shared/errors.ts'
import { parseEntry, parseMembers, type ReceiptPackage } from './package.ts'

export const PACKAGE_STEPS = ['format', 'payload', 'record', 'agreement', 'signature', 'inclusion', 'witnesses'] as const
export type PackageStep = (typeof PACKAGE_STEPS)[number]
export type PackageFinding = { step: PackageStep; ok: boolean | null; words: string }
export type PackageCheck = { ok: boolean; steps: PackageFinding[]; notProven: string[]; opened: ReceiptCheck['opened'] }
type Finding = Omit<PackageFinding, 'step'>

export type PackageQuestion = {
  receipt: ReceiptPackage
  /** From elsewhere than the package: whoever makes up a package also makes up the key in it. */
  logKey: VerifierKey
  witnessKeys: readonly VerifierKey[]
  policy?: Policy
  primitives: Primitives
}

const ACTION_OF: Record<string, readonly string[]> = {
  'filing.filed': ['file', 'stage'], 'filing.amended': ['amend'], 'filing.withdrawn': ['withdraw'],
}
const AGREES_WITHOUT_RECORD =
  'Participant, time and id are those of the log entries. Number, version and kind cannot be held against a record here.'
const NO_TEXT = 'The package holds no text: it is for readers who may not see the whole filing.'
const WITHOUT_TEXT = 'What was filed. This package shows that something was, by whom and when; its number is only the register’s word here.'

const attempt = (run: () => Finding): Finding => {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ok: false, words: error.message }
  }
}

const formatFinding = ({ filing, index, recordIndex, proof, recordProof, leaf, recordLeaf }: ReceiptPackage): Finding => attempt(() => {
  parseEntry(leaf)
  parseEntry(recordLeaf, 'The log entry of the record')
  const stated = [parseProof(proof).index, parseProof(recordProof).index]
  if (stated[0] !== index || stated[1] !== recordIndex) {
    throw refused(`The package says entries ${index} and ${recordIndex}; its proofs are for entries ${stated[0]} and ${stated[1]}.`)
  }
  const who = isParticipant(filing.participant) ? DESIGNATION[filing.participant] : filing.participant
  return { ok: true, words: `The file is the receipt package of ${filing.number}, version ${filing.version}, of ${who}.` }
})

const saltBytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))

type Seal = { fits: boolean; found: string }
const sealOf = async ({ salt }: ReceiptPackage, text: string, leaf: string, { sha256 }: Primitives): Promise<Seal> => {
  const found = toHex(await sha256(concat([saltBytes(salt!), utf8(text)])))
  const stated = attempt(() => ({ ok: null, words: parseEntry(leaf).commitment }))
  return { fits: stated.ok === null && stated.words === found, found }
}

/** The payload and the record lie under one salt: if one of them fits, the salt is right and the other was changed. */
const sealFindings = async (receipt: ReceiptPackage, primitives: Primitives): Promise<[Finding, Finding]> => {
  const { payload, record, leaf, recordLeaf } = receipt
  if (payload === undefined || record === undefined) return [{ ok: null, words: NO_TEXT }, { ok: null, words: NO_TEXT }]
  const [text, about] = await Promise.all([sealOf(receipt, payload, leaf, primitives), sealOf(receipt, record, recordLeaf, primitives)])
  const words = (what: string, { fits, found }: Seal, other: boolean): string => {
    if (fits) return `${what}, under its salt, gives the commitment that its log entry states (${found.slice(0, 12)}…): not a letter was changed.`
    const culprit = other ? `${what} was changed, for the salt fits the rest` : `${what}, the salt or the log entry was changed`
    return `${what}, under the salt, gives ${found.slice(0, 12)}…, and its log entry states another commitment. ${culprit}.`
  }
  return [
    { ok: text.fits, words: words('The text of the filing', text, about.fits) },
    { ok: about.fits, words: words('The record of the filing', about, text.fits) },
  ]
}

/** What the package says of itself in plain words, held against what the log entries and the record say. */
const agreementFinding = ({ filing, record, leaf, recordLeaf }: ReceiptPackage): Finding => attempt(() => {
  const [entry, about] = [parseEntry(leaf), parseEntry(recordLeaf)]
  const differs = (what: string, stated: unknown, proven: unknown): void => {
    if (stated !== proven) throw refused(`The package says “${String(stated)}” as the ${what}; what is proven says “${String(proven)}”.`)
  }
  for (const each of [entry, about]) {
    differs('id', filing.id, each.id)
    differs('participant', filing.participant, each.participant)
    differs('time', filing.filedAt, each.at)
  }
  differs('type of the record’s entry', 'filing.record', about.type)
  if (record === undefined) return { ok: true, words: AGREES_WITHOUT_RECORD }
  const stated = parseMembers(record, 'The record')
  differs('number', filing.number, stated.number)
  differs('version', filing.version, stated.version)
  differs('kind', filing.kind, stated.kind)
  const action = String(stated.action)
  if (!ACTION_OF[entry.type]?.includes(action)) throw refused(`The log entry says “${entry.type}”, the record says “${action}”.`)
  return { ok: true, words: 'Number, version, kind, participant and time are those of the log entries and of the record.' }
})

const bothOf = (first: ReceiptFinding, second: ReceiptFinding): Finding => {
  if (first.ok === false) return { ok: false, words: `The entry of the filing: ${first.words}` }
  if (second.ok === false) return { ok: false, words: `The entry of the record: ${second.words}` }
  return { ok: first.ok === null || second.ok === null ? null : true, words: first.words }
}

/** Checks all that a package says. Nothing is looked up anywhere, and every step is tried, so that each fault is named. */
export const checkPackage = async ({ receipt, logKey, witnessKeys, policy, primitives }: PackageQuestion): Promise<PackageCheck> => {
  const ask = (leaf: string, proofText: string) => checkReceipt({
    leafData: utf8(leaf), proofText, logKey, witnessKeys, primitives, ...(policy ? { policy } : {}),
  })
  const [first, second] = await Promise.all([ask(receipt.leaf, receipt.proof), ask(receipt.recordLeaf, receipt.recordProof)])
  const of = (step: ReceiptFinding['step']): Finding =>
    bothOf(first.steps.find((one) => one.step === step)!, second.steps.find((one) => one.step === step)!)
  const [payload, record] = await sealFindings(receipt, primitives)
  const [signature, inclusion] = [of('signature'), of('inclusion')]
  const isOtherKey = signature.ok === false && receipt.vkey !== logKey.vkey
  const found: Record<PackageStep, Finding> = {
    format: formatFinding(receipt), payload, record, agreement: agreementFinding(receipt),
    signature: isOtherKey ? { ...signature, words: `${signature.words} ${otherKeyWords(receipt.vkey, logKey)}` } : signature,
    inclusion: inclusion.ok ? { ...inclusion, words: inclusionWords(receipt) } : inclusion, witnesses: of('witnesses'),
  }
  const steps = PACKAGE_STEPS.map((step) => ({ step, ...found[step] }))
  const notProven = receipt.payload === undefined ? [WITHOUT_TEXT, ...first.notProven] : first.notProven
  return { ok: steps.every(({ ok }) => ok !== false), steps, notProven, opened: first.opened }
}

const otherKeyWords = (named: string, { vkey }: VerifierKey): string =>
  `The package names the key ${named.slice(0, 120)}; you check with ${vkey}. Whose is it? A key in a package proves nothing by itself.`

const inclusionWords = ({ index, recordIndex }: ReceiptPackage): string =>
  `The filing is entry ${index} of that register and its record entry ${recordIndex}, letter by letter: with any other the signed root would differ.`
