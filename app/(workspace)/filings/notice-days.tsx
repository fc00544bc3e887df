import { plural } from '@/lib/shared/format.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { StatusMark } from '../../ui/status-mark.tsx'

/** `asked`: days before the first day on which notice is due; null while no rule asks for any. */
export type NoticeAsked = { today: string; asked: number | null }

const DAY_MS = 86_400_000
const dayBefore = (day: string, days: number): string => new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10)

// How long before its first day an activity would be notified, if it were filed today.
export const NoticeDays = ({ payload: { startsOn, readiness }, notice: { today, asked } }: { payload: Record<string, unknown>; notice: NoticeAsked }) => {
  const first = typeof startsOn === 'string' && /^\d{4}-\d\d-\d\d$/.test(startsOn) && !Number.isNaN(Date.parse(startsOn)) ? startsOn : null
  if (asked === null) return null
  const days = first ? (Date.parse(first) - Date.parse(today)) / DAY_MS : null
  const isShort = days !== null && days < asked && readiness !== true
  return (
    <Sheet title="Days of notice">
      {first === null || days === null
        ? <p className="text-sm text-ink-3">Said here once the first day is stated; {asked} days are asked for.</p>
        : days < 0
          ? <p className="text-sm text-ink-3">{first} has passed.</p>
          : <p className="text-sm text-ink-3">{plural(days, 'day')} from today to the first day. Of an activity that reaches a threshold, notice is asked for {asked} days before: by {dayBefore(first, asked)}.</p>}
      {readiness === true && <p className="mt-1.5 text-sm text-ink-3">A readiness exercise without warning is notified when it begins, and is not late.</p>}
      {isShort && days >= 0 && <p className="mt-1.5 text-sm"><StatusMark mark="late">Filed today, {plural(asked - days, 'day')} short, where a threshold is met; a reason is asked for.</StatusMark></p>}
    </Sheet>
  )
}
