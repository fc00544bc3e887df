import { isWithheld } from '@/lib/filings/kinds/stated.ts'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import type { Action, DraftStatus } from '@/lib/filings/rules.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import type { StatusKind } from '../ui/status-mark.tsx'

const NOUN = {
  'notification.acquisition': 'Acquisition', 'notification.disposal': 'Disposal', 'declaration.holdings': 'Declaration of holdings',
} as const satisfies Record<KindName, string>
const PREFIX = { file: '', stage: 'Next stage: ', amend: 'Amendment: ', withdraw: 'Withdrawal: ' } as const satisfies Record<Action, string>

const subject = ({ quantity, type, asOf }: Record<string, unknown>): string => {
  if (typeof asOf === 'string') return `as of ${asOf}`
  if (typeof type !== 'string' || type === '') return 'type not stated yet'
  if (isWithheld(quantity)) return `${type}, quantity withheld`
  return typeof quantity === 'number' ? `${formatNumber(quantity)} ${type}` : type
}

/** What a draft is about, as far as it says so yet: 'Acquisition: 12 Rafale F3-R'. */
export const draftTitle = (draft: { kind: KindName; action: Action; payload: Record<string, unknown> }): string => {
  const prefix = PREFIX[draft.action]
  const noun = prefix ? `${NOUN[draft.kind].charAt(0).toLowerCase()}${NOUN[draft.kind].slice(1)}` : NOUN[draft.kind]
  return `${prefix}${noun}: ${subject(draft.payload)}`
}

export const DRAFT_MARK = {
  draft: 'none', awaiting_approval: 'pending', returned: 'late', released: 'ok', discarded: 'withdrawn',
} as const satisfies Record<DraftStatus, StatusKind>
