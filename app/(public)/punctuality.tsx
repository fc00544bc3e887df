import { StatusMark, type StatusKind } from '@/app/ui/status-mark.tsx'
import { plural } from '@/lib/shared/format.ts'
import type { Obligation, ObligationState } from '@/lib/schedule/rules.ts'

const MARK: Record<ObligationState, StatusKind> = { upcoming: 'none', due: 'pending', filed: 'ok', filed_late: 'late', late: 'late' }

const stateWords = ({ state, daysLeft, daysLate, nil }: Obligation): string => {
  if (state === 'filed') return nil ? 'Filed, nil' : 'Filed in time'
  if (state === 'filed_late') return `Filed ${plural(daysLate, 'day')} late${nil ? ', nil' : ''}`
  if (state === 'late') return `Late by ${plural(daysLate, 'day')}`
  return state === 'due' ? `Due in ${plural(daysLeft, 'day')}` : 'Upcoming'
}

export const ObligationMark = ({ obligation }: { obligation: Obligation }) =>
  <StatusMark mark={MARK[obligation.state]}>{stateWords(obligation)}</StatusMark>

/** The worst of what is owed now: a missing declaration outweighs what was filed. */
export const Punctuality = ({ obligations }: { obligations: readonly Obligation[] }) => {
  const late = obligations.filter(({ state }) => state === 'late')
  if (late.length > 0) return <StatusMark mark="late">{plural(late.length, 'declaration')} late</StatusMark>
  const inState = (wanted: ObligationState) => obligations.find(({ state }) => state === wanted)
  const next = inState('due') ?? obligations.findLast(({ filing }) => filing) ?? inState('upcoming')
  return next ? <ObligationMark obligation={next} /> : <span className="text-ink-3">nothing due</span>
}
