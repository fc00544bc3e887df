import { durationInWords, timelinessInWords, type ClarificationState } from '@/lib/clarification/rules.ts'
import type { ClarificationView } from '@/lib/clarification/queries.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import type { StatusKind } from '../ui/status-mark.tsx'

export const STATE_MARK: Record<ClarificationState, StatusKind> = {
  waiting: 'pending', unanswered: 'late', answered: 'ok', insufficient: 'discrepancy', meeting_called: 'pending', meeting_held: 'ok', closed: 'none',
}

const MINUTE = 60_000
/** '5 hours 3 minutes left', '2 hours over', 'in time', 'closed without a reply', of the clock that runs or ran last. */
export const clockInWords = ({ clock: { what, dueAt, stoppedAt, stoppedBy } }: Pick<ClarificationView, 'clock'>, now: Date): string => {
  if (stoppedBy === 'closed') return what === 'reply' ? 'closed without a reply' : 'closed without a meeting on record'
  if (stoppedAt) return what === 'reply' ? timelinessInWords(stoppedAt, dueAt) : `held ${timelinessInWords(stoppedAt, dueAt)}`
  const minutes = Math.floor((Date.parse(dueAt) - now.getTime()) / MINUTE)
  return minutes >= 0 ? `${durationInWords(minutes)} left` : `${durationInWords(-minutes)} over`
}

export const dueInWords = ({ clock }: Pick<ClarificationView, 'clock'>): string => `${clock.what === 'reply' ? 'Reply' : 'Meeting'} due ${formatDateTime(clock.dueAt)}`
