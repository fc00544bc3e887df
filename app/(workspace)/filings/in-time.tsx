import { timelinessOf, type TimeLimits } from '@/lib/filings/rules.ts'
import { plural } from '@/lib/shared/format.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { StatusMark } from '../../ui/status-mark.tsx'

const EVENT = {
  decision: { done: 'Decided', what: 'a plan is to be notified within' },
  signature: { done: 'Signed', what: 'a contract is to be notified within' },
  delivery: { done: 'Delivered', what: 'a delivery is to be notified within' },
}
const ago = (days: number) => (days === 0 ? 'today' : `${plural(days, 'day')} ago`)

// Whether the filing, sent now, would be in time.
export const InTime = ({ payload, today, limits }: { payload: Record<string, unknown>; today: string; limits: TimeLimits }) => {
  const found = timelinessOf(payload, today, limits)
  return (
    <Sheet title="In time">
      {found === null && <p className="text-sm text-ink-3">Said here once the date that the stage turns on is stated.</p>}
      {found && (
        <p className="text-sm text-ink-3">
          {EVENT[found.event].done} {ago(found.days)}; {EVENT[found.event].what} {plural(found.allowed, 'day')}.
        </p>
      )}
      {found && found.lateBy > 0 && (
        <p className="mt-1.5 text-sm">
          <StatusMark mark="late">Filed today, it is late by {plural(found.lateBy, 'day')}; the secretariat is told.</StatusMark>
        </p>
      )}
    </Sheet>
  )
}
