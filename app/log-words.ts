import type { LeafType } from '@/lib/log/leaf.ts'
import { addresseeName, type Addressee } from '@/lib/participants/rules.ts'

/** What an entry of the log says has happened. */
export const LEAF_LABEL = {
  'filing.filed': 'Filing', 'filing.amended': 'Amendment', 'filing.withdrawn': 'Withdrawal', 'filing.record': 'Record of a filing',
  'alert.issued': 'Alert issued', 'alert.acknowledged': 'Alert acknowledged', 'verification.signed': 'Verification signed',
  'verification.decided': 'Verification decided', 'reminder.issued': 'Reminder issued', 'rule.in_force': 'Threshold put in force', 'ceiling.in_force': 'Ceiling put in force',
  'role.granted': 'Role granted', 'role.revoked': 'Role taken back', 'witness.named': 'Witness named', 'witness.retired': 'Witness retired',
  'message.issued': 'Message issued', 'clarification.asked': 'Clarification asked for', 'clarification.replied': 'Reply to a request for clarification',
  'clarification.insufficient': 'Reply found insufficient', 'clarification.meeting_called': 'Meeting called', 'clarification.meeting_held': 'Meeting held',
  'clarification.shown': 'Clarification shown to all', 'clarification.closed': 'Clarification closed', 'observation.answered': 'Invitation answered',
  'observation.note': 'Note of observers', 'observation.joined': 'Note of observers joined', 'observation.comment': 'Comment of a host', 'outage.recorded': 'Outage recorded',
  'outlook.published': 'Outlook published',
} as const satisfies Record<LeafType, string>

const sentence = (text: string) => text[0]!.toUpperCase() + text.slice(1)

const BETWEEN = /^(clarification|observation|message)\./
/** Whose act it is, or whom it is addressed to; acts of the register itself name nobody, nor do matters between participants: everyone reads this. */
export const leafParty = ({ type, participant }: { type: LeafType; participant: string | null }): string =>
  (participant ? sentence(addresseeName(participant as Addressee)) : BETWEEN.test(type) ? 'Between participants' : 'The register')

type Placed = { index: number; type: LeafType; subject: string }
/** When somebody was told and answered, as the log has it; `size`: how many entries were looked through. */
export type ToldAt = { told: number | null; acknowledged: number | null; size: number }

export const toldAt = (notice: string, { places, size }: { places: readonly Placed[]; size: number }): ToldAt => {
  const entryOf = (type: LeafType): number | null => places.find((place) => place.subject === notice && place.type === type)?.index ?? null
  return { told: entryOf('alert.issued'), acknowledged: entryOf('alert.acknowledged'), size }
}

/** Where the list of entries shows this one: first on its page, and marked. */
export const entryAddress = (index: number): string => `/log?before=${index + 1}#entry-${index}`
