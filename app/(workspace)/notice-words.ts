import type { AlertView } from '@/lib/alerts/queries.ts'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import type { Action } from '@/lib/filings/rules.ts'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import { formatDateTime, formatList } from '@/lib/shared/format.ts'

const NOUN = {
  'notification.acquisition': 'an acquisition',
  'notification.disposal': 'a disposal',
  'declaration.holdings': 'its holdings',
} as const satisfies Record<KindName, string>

const act = (action: Action, kind: KindName): string => {
  if (action === 'amend') return kind === 'declaration.holdings' ? 'amends its declaration' : `amends ${NOUN[kind]}`
  if (action === 'withdraw') return kind === 'declaration.holdings' ? 'withdraws its declaration' : `withdraws ${NOUN[kind]}`
  if (action === 'stage') return `notifies the next stage of ${NOUN[kind]}`
  return kind === 'declaration.holdings' ? 'declares its holdings' : `notifies ${NOUN[kind]}`
}

/** 'Serbia notifies an acquisition: 12 Rafale F3-R from France, contracted' */
export const headline = (notice: { participant: ParticipantCode; action: Action; kind: KindName; summary: string }): string =>
  `${DESIGNATION[notice.participant]} ${act(notice.action, notice.kind)}: ${notice.summary}`

/** 'You receive this because Croatia is adjacent to Serbia. Also told: Montenegro and the secretariat.' */
export const whyYou = (alerts: readonly Pick<AlertView, 'why'>[], alsoTold: readonly string[]): string => {
  const given = [...new Set(alerts.flatMap(({ why }) => why ?? []))]
  const reasons = given.filter((reason) => !given.some((other) => other !== reason && other.includes(reason)))
  const because = reasons.length > 0 ? `You receive this because ${formatList(reasons)}. ` : ''
  return `${because}${alsoTold.length > 0 ? `Also told: ${formatList(alsoTold)}.` : 'Nobody else was told.'}`
}

export const acknowledgedWords = (by: string | null, at: string | null): string | null =>
  at ? `Acknowledged by ${by ?? 'a colleague'}, ${formatDateTime(at)}` : null
