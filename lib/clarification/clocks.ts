import { rulesInForce } from '../thresholds/rules.ts'
import type { Rule } from '../thresholds/situation.ts'
import type { Clocks } from './rules.ts'

export const UNANSWERED = 'clarification.unanswered'

/** The clocks as the rule states them that is in force at `at`, and which version that is. */
export const clocksAt = (rules: readonly Rule[], at: string): Clocks & { rule: Pick<Rule, 'id' | 'version' | 'severity'> } => {
  const [rule] = rulesInForce(rules.filter(({ id }) => id === UNANSWERED), at)
  if (!rule) throw new Error(`no version of ${UNANSWERED} is in force: there would be no clock`)
  const { hours, meetingHours, reminderHours } = rule.params
  return { hours: hours as number, meetingHours: meetingHours as number, reminderHours: (reminderHours as readonly string[]).map(Number), rule }
}
