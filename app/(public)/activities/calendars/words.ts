import type { PlannedOne, YearCalendar } from '@/lib/activities/yearly.ts'
import { formatDate, plural } from '@/lib/shared/format.ts'
import type { StatusKind } from '@/app/ui/status-mark.tsx'

type Said = { mark: StatusKind; words: string }

/** Whether a calendar is filed, and whether in time: nothing is late that was not owed. */
export const filedWords = ({ filing, due, planned }: Pick<YearCalendar, 'filing' | 'due' | 'planned'>): Said => {
  if (filing) {
    const late = due && due.daysLate > 0 ? `, ${plural(due.daysLate, 'day')} late` : ''
    return { mark: late ? 'late' : 'ok', words: `filed on ${formatDate(filing.filedAt)}${planned.length === 0 ? ', nil' : ''}${late}` }
  }
  if (!due) return { mark: 'none', words: 'no calendar filed' }
  return due.state === 'late' ? { mark: 'late', words: `no calendar filed, late by ${plural(due.daysLate, 'day')}` } : { mark: due.state === 'due' ? 'pending' : 'none', words: `no calendar filed yet, due by ${due.on}` }
}

/** What has become of an activity that was planned. */
export const becameWords = ({ notified, passed }: PlannedOne): Said => {
  if (notified) return { mark: 'ok', words: 'notified' }
  return passed ? { mark: 'discrepancy', words: 'its days have passed without a notice' } : { mark: 'none', words: 'not notified yet' }
}
