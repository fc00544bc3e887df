import { canonicalJson, commitment, type Json } from './canonical.ts'

export const LEAF_TYPES = [
  'filing.filed', 'filing.amended', 'filing.withdrawn', 'filing.record', 'alert.issued', 'alert.acknowledged', 'verification.signed',
  'verification.decided', 'rule.in_force', 'ceiling.in_force', 'role.granted', 'role.revoked', 'witness.named', 'witness.retired', 'reminder.issued',
  'message.issued', 'clarification.asked', 'clarification.replied', 'clarification.insufficient', 'clarification.meeting_called', 'clarification.meeting_held',
  'clarification.shown', 'clarification.closed', 'observation.answered', 'observation.note', 'observation.joined', 'observation.comment', 'outage.recorded',
  'outlook.published',
] as const
export type LeafType = (typeof LEAF_TYPES)[number]

/** One official act. `commitment` is SHA-256(salt || canonical content) in hex: what happened is proven without being told. */
export type Leaf = { type: LeafType; id: string; participant: string | null; at: string; commitment: string }

/** The bytes that are hashed, as text: canonical JSON (RFC 8785), members in the order of their names. */
export const leafData = ({ at, commitment: sealed, id, participant, type }: Leaf): string => canonicalJson({ at, commitment: sealed, id, participant, type })

/** For what everyone may read anyway, such as a rule: no salt hides it, so it is 32 zero bytes. */
export const NO_SALT: Uint8Array = new Uint8Array(32)
export const sealPublic = (content: Json): string => commitment(NO_SALT, canonicalJson(content))
