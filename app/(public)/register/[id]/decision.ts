import type { listSignatures } from '@/lib/verification/queries.ts'
import { DECISIONS, isDecided, SIGNATURES_NEEDED, type Decision } from '@/lib/verification/rules.ts'
import type { Filing, Version } from './lead.tsx'

export type Signature = Awaited<ReturnType<typeof listSignatures>>[number]

/** The decision on one version: from its signatures for who reads them, else from what the register's list says; null where none is known. */
export const decisionOf = ({ version: newest, verification, earlier }: Filing['entry'], { id, version }: Version, signatures: readonly Signature[]): Decision | null => {
  if (version === newest) return isDecided(verification) ? (verification as Decision) : null
  if (earlier?.version === version) return earlier.verification
  const own = signatures.filter(({ filingId }) => filingId === id)
  return DECISIONS.find((decision) => own.filter((signature) => signature.decision === decision).length >= SIGNATURES_NEEDED) ?? null
}
