import type { Json } from '../log/canonical.ts'
import { sealPublic, type Leaf } from '../log/leaf.ts'
import type { Reminder } from './rules.ts'

export type StoredReminder = Reminder & { id: string; at: string }

/** That a participant was reminded, of what, and who was told: everyone may read it, so no salt hides it. */
export const reminderLeaf = ({ id, at, ...reminder }: StoredReminder): Leaf => {
  const { obligation, participant, rule, title, asOf, dueOn, days, severity, addressees, words } = reminder
  const content: Json = { obligation, participant, rule, title, asOf, dueOn, days, severity, addressees, words }
  return { type: 'reminder.issued', id, participant, at: new Date(at).toISOString(), commitment: sealPublic(content) }
}
