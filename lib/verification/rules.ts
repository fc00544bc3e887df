import type { ParticipantCode } from '../participants/rules.ts'
import { AppError } from '../shared/errors.ts'

export const DECISIONS = ['verified', 'discrepant', 'not_verifiable'] as const
export type Decision = (typeof DECISIONS)[number]
export const VERIFICATION_STATUSES = ['unverified', 'pending', ...DECISIONS] as const
export type VerificationStatus = (typeof VERIFICATION_STATUSES)[number]

export const DECISION_LABEL = {
  verified: 'Verified', discrepant: 'Discrepant', not_verifiable: 'Not verifiable',
} as const satisfies Record<Decision, string>
export const VERIFICATION_LABEL = {
  unverified: 'Unverified', pending: 'Pending', ...DECISION_LABEL,
} as const satisfies Record<VerificationStatus, string>

export const SIGNATURES_NEEDED = 2

export type Signature = { decision: Decision; verifierId: string; verifierParticipant: ParticipantCode | null }
export type Verifier = { userId: string; participant: ParticipantCode | null }

/**
 * Status of one version from its signatures: none is unverified; a decision that two verifiers share stands; anything
 * else is pending, two that disagree included, until a third agrees with one of them.
 */
export const statusFrom = (signatures: readonly Signature[]): VerificationStatus => {
  const shared = DECISIONS.find((decision) => signatures.filter((signature) => signature.decision === decision).length >= SIGNATURES_NEEDED)
  return shared ?? (signatures.length > 0 ? 'pending' : 'unverified')
}

export const isDecided = (status: VerificationStatus): boolean => DECISIONS.some((decision) => decision === status)

/** The newest earlier version that was decided on, and how: it says nothing of the version that took its place. */
export type Earlier = { version: number; verification: Decision }
export const earlierOf = (row: { earlierVersion: number | null; earlierVerification: Decision | null }): Earlier | null =>
  (row.earlierVersion !== null && row.earlierVerification !== null ? { version: row.earlierVersion, verification: row.earlierVerification } : null)

/** What stands of earlier decisions beside a version that is not decided itself. */
export const EARLIER_LABEL = {
  verified: 'verified an earlier version', discrepant: 'an earlier version was discrepant', not_verifiable: 'an earlier version was not verifiable',
} as const satisfies Record<Decision, string>

/** Signatures behind the leading decision: what "1 of 2" counts. */
export const leadingSignatures = (signatures: readonly Signature[]): number =>
  Math.max(0, ...DECISIONS.map((decision) => signatures.filter((signature) => signature.decision === decision).length))

/** Separation of duties: nobody verifies their own participant, signs twice, or joins a colleague of the same participant. */
export const mustBeAbleToSign = (verifier: Verifier, owner: ParticipantCode, signatures: readonly Signature[]): void => {
  if (verifier.participant === owner) {
    throw new AppError('forbidden', 'A verifier never verifies the entries of their own participant.')
  }
  if (signatures.some((signature) => signature.verifierId === verifier.userId)) {
    throw new AppError('conflict', 'You have signed this version already; the second signature is another verifier’s.')
  }
  if (verifier.participant && signatures.some((signature) => signature.verifierParticipant === verifier.participant)) {
    throw new AppError('forbidden', 'A verifier of your participant has signed already; the second signature comes from a third participant or from none of the seven.')
  }
  if (isDecided(statusFrom(signatures))) {
    throw new AppError('conflict', 'This version has been decided by two signatures; a new version opens it again.')
  }
}
