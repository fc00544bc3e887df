import { z } from 'zod'
import { PARTICIPANTS } from '../participants/rules.ts'
import { CATEGORY_CODES } from '../taxonomy/rules.ts'
import { VERIFICATION_STATUSES } from '../verification/rules.ts'
import type { Json } from '../log/canonical.ts'
import { KIND_NAMES } from './kinds/registry.ts'
import { STAGES } from './kinds/acquisition.ts'
import { ACTIONS } from './rules.ts'

const Kind = z.enum(KIND_NAMES, `State the kind: one of ${KIND_NAMES.join(', ')}.`)
const Participant = z.enum(PARTICIPANTS, `State the participant: one of ${PARTICIPANTS.join(', ')}.`)

const isPlain = (value: object): boolean => [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)
const isJson = (value: unknown, depth: number): value is Json => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth === 0) return false
  return Array.isArray(value) ? value.every((item) => isJson(item, depth - 1)) : isPlain(value) && Object.values(value).every((item) => isJson(item, depth - 1))
}
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value) && isJson(value, 32)
/** Judged by the schema of its kind; drafts keep it as typed. One walk: `z.json()` takes as long as all the rest for 400 lines. */
const Payload = z.custom<{ [key: string]: Json }>(isObject, 'State the payload as an object.')

const Id = z.uuid('This is not the id of a filing.').toLowerCase()
const Reason = z.string('State the reason.').trim().min(3, 'State the reason, in at least 3 characters.').max(1000, 'At most 1000 characters.')
/** A place in the payload as it was sent, by its JSON pointer (RFC 6901): a line, or a field. */
export const PlaceRemark = z.strictObject({
  at: z.string('State the place as a JSON pointer, such as /lines/12.').regex(/^(\/([^/~]|~[01])+){1,8}$/, 'State the place as a JSON pointer, such as /lines/12.').max(200, 'At most 200 characters.'),
  remark: z.string('State a remark.').trim().min(1, 'State a remark.').max(500, 'At most 500 characters.'),
})
const Remark = z.string('State a remark.').trim().min(3, 'State a remark, in at least 3 characters.').max(2000, 'At most 2000 characters.')

export const SubmitFiling = z.strictObject({ kind: Kind, participant: Participant, payload: Payload })
export const AmendFiling = z.strictObject({ id: Id, payload: Payload, reason: Reason })
export const WithdrawFiling = z.strictObject({ id: Id, reason: Reason })
export const FilingId = z.strictObject({ id: Id })
export const ReturnFiling = z.strictObject({
  id: Id, remark: Remark, remarks: z.array(PlaceRemark, 'State remarks as a list.').max(200, 'At most 200 remarks on places.').default([]),
})

export const PreviewFiling = z.strictObject({
  kind: Kind, participant: Participant, payload: Payload, action: z.enum(ACTIONS).default('file'), basedOn: Id.nullish(),
})

export const SaveDraft = z.strictObject({
  id: Id,
  kind: Kind,
  action: z.enum(ACTIONS).default('file'),
  basedOn: Id.nullish(),
  payload: Payload,
  reason: z.string().trim().max(1000, 'At most 1000 characters.').nullish(),
  /** The revision that the writer saw last; 0 for a new draft. A newer one in the register is a conflict, never overwritten. */
  revision: z.int().min(0),
})
export const DraftAt = z.strictObject({ id: Id, revision: z.int().min(1) })

export const FILING_SORTS = ['-filedAt', 'filedAt', 'participant', '-participant', 'type', '-type', 'quantity', '-quantity', 'number', '-number'] as const
const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
const LAST_DAYS = ['-31', '-30', '-29', '-28']
const firstOf = (period: string): string => period + '-01-01'.slice(period.length - 4)
const lastOf = (period: string): string =>
  period.length === 10 ? period : LAST_DAYS.map((day) => (period.length === 4 ? `${period}-12` : period) + day).find(isDay)!
/** A day, or a month or a year in its place. From 1900 to 2099, so that the day after is a date that the database takes. */
const dayBy = (edge: (period: string) => string) =>
  z.string().regex(/^(19|20)\d\d(-(0[1-9]|1[0-2])(-\d\d)?)?$/, 'State a date as YYYY-MM-DD, or a month or a year alone.')
    .transform(edge).refine(isDay, 'State a date that exists, as YYYY-MM-DD.')
/** The first and the last day that may be meant. */
export const FirstDay = dayBy(firstOf)
export const LastDay = dayBy(lastOf)
const blank = (value: unknown) => (value === '' ? undefined : value)
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional())

/** Filters of the register, the same for the page, the API and the CSV. */
export const FilingFilter = z.strictObject({
  participant: optional(Participant),
  kind: optional(Kind),
  category: optional(z.enum(CATEGORY_CODES, 'This is not a category of the register.')),
  stage: optional(z.enum(STAGES, `State the stage: one of ${STAGES.join(', ')}.`)),
  status: optional(z.enum(['filed', 'withdrawn'], 'State filed or withdrawn.')),
  verification: optional(z.enum(VERIFICATION_STATUSES, `State one of ${VERIFICATION_STATUSES.join(', ')}.`)),
  from: optional(FirstDay),
  to: optional(LastDay),
  q: optional(z.string().trim().max(200, 'At most 200 characters.')),
  sort: z.preprocess(blank, z.enum(FILING_SORTS, `Sort by one of ${FILING_SORTS.join(', ')}.`).default('-filedAt')),
  cursor: optional(z.string().regex(/^[A-Za-z0-9_-]{1,200}$/, 'This is not a cursor that the register gave.')),
  limit: z.preprocess(blank, z.coerce.number('State a number.').int().min(1, 'At least 1.').max(200, 'At most 200.').default(50)),
})
export type FilingFilter = z.output<typeof FilingFilter>
