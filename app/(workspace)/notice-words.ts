import type { AlertView } from '@/lib/alerts/queries.ts'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import { KIND_WORDS } from '@/lib/filings/kinds/words.ts'
import type { Action } from '@/lib/filings/rules.ts'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import { formatDateTime, formatList } from '@/lib/shared/format.ts'

const act = (action: Action, kind: KindName): string => {
  const { own, files } = KIND_WORDS[kind]
  if (action === 'amend') return `amends ${own}`
  if (action === 'withdraw') return `withdraws ${own}`
  return action === 'stage' ? `notifies the next stage of ${own}` : files
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
