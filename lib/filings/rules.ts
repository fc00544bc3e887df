import type { Json } from '../log/canonical.ts'
import { AppError } from '../shared/errors.ts'

/** What a filing does to its entry. `file` begins one; the others follow a filed version. */
export const ACTIONS = ['file', 'stage', 'amend', 'withdraw'] as const
export type Action = (typeof ACTIONS)[number]
export const ACTION_LABEL = {
  file: 'Filed', stage: 'Next stage', amend: 'Amendment', withdraw: 'Withdrawal',
} as const satisfies Record<Action, string>

/** A draft on its way: `draft -> awaiting_approval -> (filed)`, `awaiting_approval -> returned -> awaiting_approval`. */
export const DRAFT_STATUSES = ['draft', 'awaiting_approval', 'returned', 'released', 'discarded'] as const
export type DraftStatus = (typeof DRAFT_STATUSES)[number]
export const DRAFT_STATUS_LABEL = {
  draft: 'Draft', awaiting_approval: 'Awaiting approval', returned: 'Returned with a remark', released: 'Filed', discarded: 'Discarded',
} as const satisfies Record<DraftStatus, string>

/** What an approver says of one place: `at` is its JSON pointer in the payload as it was sent, `was` what stood there, of a line the line. */
export type PlaceRemark = { at: string; remark: string; was: Json }

export const ENTRY_STATUSES = ['filed', 'withdrawn'] as const
export type EntryStatus = (typeof ENTRY_STATUSES)[number]

/** Status of one version as readers see it; superseded when a later version took its place. */
export const FILING_STATUSES = ['draft', 'awaiting_approval', 'returned', 'filed', 'superseded', 'withdrawn'] as const
export type FilingStatus = (typeof FILING_STATUSES)[number]
export const FILING_STATUS_LABEL = {
  draft: 'Draft', awaiting_approval: 'Awaiting approval', returned: 'Returned', filed: 'Filed', superseded: 'Superseded', withdrawn: 'Withdrawn',
} as const satisfies Record<FilingStatus, string>

export const statusOfVersion = (version: { version: number; action: Action }, newest: number): FilingStatus => {
  if (version.version < newest) return 'superseded'
  return version.action === 'withdraw' ? 'withdrawn' : 'filed'
}

const OPEN: readonly DraftStatus[] = ['draft', 'returned']

export const mustBeOpen = (status: DraftStatus): void => {
  if (!OPEN.includes(status)) throw new AppError('conflict', `This is ${DRAFT_STATUS_LABEL[status].toLowerCase()}, so it can no longer be changed.`)
}

export const mustAwaitApproval = (status: DraftStatus): void => {
  if (status !== 'awaiting_approval') throw new AppError('conflict', `Only what awaits approval can be released or returned; this is ${DRAFT_STATUS_LABEL[status].toLowerCase()}.`)
}

/** Four eyes: who drafted a filing does not release it. */
export const mustNotReleaseOwn = (draftedBy: string, viewerId: string): void => {
  if (draftedBy === viewerId) throw new AppError('forbidden', 'You drafted this filing; another person of your participant releases it.')
}

/** 'RS-2026-0041' */
export const filingNumber = (participant: string, year: number, serial: number): string =>
  `${participant}-${year}-${String(serial).padStart(4, '0')}`

/** Whether the earlier stage may be followed by this one: stages go forward or stay, never back. */
export const stageProblem = (earlier: string | null, next: string | null, stages: readonly string[]): string | null => {
  if (!earlier || !next) return null
  if (stages.indexOf(next) > stages.indexOf(earlier)) return null
  if (next === earlier && next === 'first_delivery') return null
  return `The entry is already at the stage “${earlier.replace('_', ' ')}”. File a later stage, or amend the entry to correct it.`
}

/** Days within which each stage is to be notified; those of contract and delivery are the rule's figures, so they may change. */
export type TimeLimits = { decisionDays: number; contractDays: number; deliveryDays: number }
export type Timeliness = { event: 'decision' | 'signature' | 'delivery'; on: string; days: number; allowed: number; lateBy: number }

const DAY = /^\d{4}-\d\d-\d\d$/

/** How the date that a stage turns on stands against its limit on the day `today` (YYYY-MM-DD, Vienna); null until that date is stated. */
export const timelinessOf = (
  stated: { stage?: unknown; decidedOn?: unknown; signedOn?: unknown; deliveredOn?: unknown }, today: string, limits: TimeLimits,
): Timeliness | null => {
  const [event, on, allowed] = stated.stage === 'planned' ? ['decision', stated.decidedOn, limits.decisionDays] as const
    : stated.stage === 'contracted' ? ['signature', stated.signedOn, limits.contractDays] as const
      : ['delivery', stated.deliveredOn, limits.deliveryDays] as const
  if (typeof on !== 'string' || !DAY.test(on) || Number.isNaN(Date.parse(on))) return null
  const days = (Date.parse(today) - Date.parse(on)) / 86_400_000
  return days < 0 ? null : { event, on, days, allowed, lateBy: Math.max(0, days - allowed) }
}

/** Words of a row for full-text search, and of a query against it: letters and digits only, accents kept, lower case. */
export const searchText = (parts: readonly (string | null | undefined)[]): string =>
  parts.filter(Boolean).join(' ').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** 'f3-r rafale' -> "f3:* & r:* & rafale:*": every word must begin a word of the row. Null when nothing searchable is left. */
export const searchQuery = (typed: string): string | null => {
  const words = searchText([typed]).split(' ').filter(Boolean).slice(0, 12)
  return words.length > 0 ? words.map((word) => `${word}:*`).join(' & ') : null
}
