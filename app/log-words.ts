import type { LeafType } from '@/lib/log/leaf.ts'
import { addresseeName, type Addressee } from '@/lib/participants/rules.ts'

/** What an entry of the log says has happened. */
export const LEAF_LABEL = {
  'filing.filed': 'Filing', 'filing.amended': 'Amendment', 'filing.withdrawn': 'Withdrawal', 'filing.record': 'Record of a filing',
  'alert.issued': 'Alert issued', 'alert.acknowledged': 'Alert acknowledged', 'verification.signed': 'Verification signed',
  'verification.decided': 'Verification decided', 'rule.in_force': 'Threshold put in force', 'ceiling.in_force': 'Ceiling put in force',
  'role.granted': 'Role granted', 'role.revoked': 'Role taken back', 'outlook.published': 'Outlook published',
} as const satisfies Record<LeafType, string>

const sentence = (text: string) => text[0]!.toUpperCase() + text.slice(1)

/** Whose act it is, or whom it is addressed to; acts of the register itself name nobody. */
export const leafParty = (participant: string | null): string => (participant ? sentence(addresseeName(participant as Addressee)) : 'The register')

/** Where the list of entries shows this one: first on its page, and marked. */
export const entryAddress = (index: number): string => `/log?before=${index + 1}#entry-${index}`
