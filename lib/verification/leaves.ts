import type { Leaf } from '../log/leaf.ts'
import { canonicalJson, commitment } from '../log/canonical.ts'
import type { VerificationStatus } from './rules.ts'

export type StoredSignature = {
  id: string; filingId: string; participant: string; decision: string; remark: string | null; verifierId: string; verifierName: string
  verifierParticipant: string | null; affiliation: string; at: string; salt: Uint8Array
}

export const signedLeaf = (signature: StoredSignature): Leaf => ({
  type: 'verification.signed', id: signature.id, participant: signature.participant, at: new Date(signature.at).toISOString(),
  commitment: commitment(signature.salt, canonicalJson({
    filing: signature.filingId, decision: signature.decision, remark: signature.remark, affiliation: signature.affiliation,
    by: { id: signature.verifierId, name: signature.verifierName, participant: signature.verifierParticipant },
  })),
})

/** That this signature decided, and what: the status that follows from it and those before. */
export const decidedLeaf = (signature: StoredSignature, status: VerificationStatus): Leaf => ({
  type: 'verification.decided', id: signature.filingId, participant: signature.participant, at: new Date(signature.at).toISOString(),
  commitment: commitment(signature.salt, canonicalJson({ filing: signature.filingId, signature: signature.id, status })),
})
