import type { Addressee, ParticipantCode } from '../participants/rules.ts'
import type { Severity } from '../thresholds/situation.ts'

/** What participants deal with between each other, beside filings. */
export const MATTERS = ['clarification', 'invitation'] as const
export type Matter = (typeof MATTERS)[number]

/** What is to be told of such a matter. Each `step` of a `subject` is told once, whoever tries again. */
export type Message = {
  matter: Matter
  /** The clarification, or the entry that is to be observed. */
  subject: string
  step: string
  /** Whose act it tells of; null: the register's own. */
  participant: ParticipantCode | null
  addressees: Addressee[]
  severity: Severity
  /** The rule that was met, of a clock that ran out. */
  rule: { id: string; version: number } | null
  title: string
  words: string
  /** Where to read and answer it, within the register. */
  path: string
}
