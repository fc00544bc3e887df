import { utf8 } from '@/lib/log/encoding.ts'
import { parseVkey } from '@/lib/log/note.ts'
import { parsePolicy } from '@/lib/log/policy.ts'
import { webPrimitives } from '@/lib/log/primitives-web.ts'
import { parseProof } from '@/lib/log/proof.ts'
import { checkReceipt, type ReceiptStep } from '@/lib/log/receipt.ts'
import { checkPackage, type PackageStep } from '@/lib/proof/package-check.ts'
import { parsePackage } from '@/lib/proof/package.ts'

/** What a reader gives to be checked, and what this page knows of the log. Everything happens in the browser. */
export type Question = { file: Uint8Array; leaf: string; vkey: string; witnessKeys: readonly string[]; policy: string }
export type Step = { step: ReceiptStep | PackageStep; ok: boolean | null; words: string }
export type Verdict =
  | { kind: 'needs-entry'; index: number }
  | { kind: 'checked'; ok: boolean; isPending: boolean; steps: readonly Step[]; notProven: readonly string[]; text: string | null }

const MOST_BYTES = 20_000_000
const [BRACE, PERCENT] = [0x7b, 0x25]

const tellOther = (file: Uint8Array): void => {
  if (file.length > MOST_BYTES) throw new Error('The file is too large to be a receipt. Choose the .batp-receipt.json or the .tlog-proof.')
  if (file[0] !== PERCENT) return
  throw new Error('This is the page for paper. What proves it is attached to it: open it, save the attached .batp-receipt.json, and choose that.')
}

type Found = { ok: boolean; steps: readonly Step[]; notProven: readonly string[] }

/** Too few cosignatures are no sign of a change: they arrive within minutes, and a newer receipt holds them. */
const verdictOf = ({ ok, steps, notProven }: Found, text: string | null): Verdict => {
  const isPending = !ok && steps.every((step) => step.ok !== false || step.step === 'witnesses')
  return { kind: 'checked', ok, isPending, steps, notProven, text }
}

/** A text as its lines, for reading; what is proven is the text itself, without the spaces. */
const readable = (payload: string | undefined): string | null => (payload === undefined ? null : JSON.stringify(JSON.parse(payload), null, 2))

/** Throws with a sentence where nothing could be checked, which is not the same as a check that failed. */
export const judge = async ({ file, leaf, vkey, witnessKeys: named, policy: text }: Question): Promise<Verdict> => {
  tellOther(file)
  const primitives = webPrimitives()
  const logKey = await parseVkey(vkey.trim(), primitives)
  const witnessKeys = await Promise.all(named.map((key) => parseVkey(key, primitives)))
  const parsed = await parsePolicy(text, primitives)
  const policy = parsed.quorum === null ? {} : { policy: parsed }
  if (file[0] === BRACE) {
    const receipt = parsePackage(file)
    const found = await checkPackage({ receipt, logKey, witnessKeys, primitives, ...policy })
    return verdictOf(found, found.steps.some(({ step, ok }) => step === 'payload' && ok) ? readable(receipt.payload) : null)
  }
  const { index } = parseProof(file)
  if (leaf.trim() === '') return { kind: 'needs-entry', index }
  return verdictOf(await checkReceipt({ leafData: utf8(leaf.trim()), proofText: file, logKey, witnessKeys, primitives, ...policy }), null)
}
