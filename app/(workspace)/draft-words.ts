import { isWithheld } from '@/lib/filings/kinds/stated.ts'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import { isAgreement, KIND_WORDS, takesPlace } from '@/lib/filings/kinds/words.ts'
import type { Action, DraftStatus } from '@/lib/filings/rules.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import type { StatusKind } from '../ui/status-mark.tsx'

const STEP = { stage: 'Next stage of', amend: 'Amendment of', withdraw: 'Withdrawal of' } as const satisfies Record<
  Exclude<Action, 'file'>,
  string
>

const subject = (kind: KindName, { quantity, type, asOf, year, name, title }: Record<string, unknown>): string => {
  if (takesPlace(kind)) return typeof name === 'string' && name !== '' ? name : 'name not stated yet'
  if (isAgreement(kind)) return typeof title === 'string' && title !== '' ? title : 'title not stated yet'
  if (typeof year === 'number') return `for ${year}`
  if (typeof asOf === 'string') return `as of ${asOf}`
  if (typeof type !== 'string' || type === '') return 'type not stated yet'
  if (isWithheld(quantity)) return `${type}, quantity withheld`
  return typeof quantity === 'number' ? `${formatNumber(quantity)} ${type}` : type
}

/** What a draft is about, as far as it says so yet: 'Acquisition: 12 Rafale F3-R', 'Amendment of an acquisition: 12 Rafale F3-R'. */
export const draftTitle = ({ kind, action, payload }: { kind: KindName; action: Action; payload: Record<string, unknown> }): string => {
  const { noun, article } = KIND_WORDS[kind]
  const what = action === 'file' ? `${noun.charAt(0).toUpperCase()}${noun.slice(1)}` : `${STEP[action]} ${article} ${noun}`
  return `${what}: ${subject(kind, payload)}`
}

export const DRAFT_MARK = {
  draft: 'none',
  awaiting_approval: 'pending',
  returned: 'late',
  released: 'ok',
  discarded: 'withdrawn',
} as const satisfies Record<DraftStatus, StatusKind>
