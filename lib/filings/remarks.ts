import type { Json } from '../log/canonical.ts'
import { AppError } from '../shared/errors.ts'
import type { PlaceRemark } from './rules.ts'

type Payload = { [key: string]: Json }

/** '/lines/12/inService' -> ['lines', '12', 'inService'], by RFC 6901. */
const stepsOf = (at: string): string[] => at.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const within = (value: Json | undefined, step: string): Json | undefined => {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(step) ? value[Number(step)] : undefined
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? value[step] : undefined
}

/** What stands at a place; undefined where the pointer leads to nothing. */
export const valueAt = (payload: Payload, at: string): Json | undefined => stepsOf(at).reduce<Json | undefined>(within, payload)

type Place = { list: string; index: number; rest: string[] }
/** The row of a list that a place is, or lies in; null elsewhere. */
const rowAt = (payload: Payload, at: string): Place | null => {
  const [list = '', index, ...rest] = stepsOf(at)
  return index !== undefined && Array.isArray(payload[list]) ? { list, index: Number(index), rest } : null
}

/** The remarks with what they are about. One whose place is not in the draft would lead its drafter nowhere. */
export const remarksIn = (payload: Payload, remarks: readonly Omit<PlaceRemark, 'was'>[]): PlaceRemark[] => {
  const problems = remarks.flatMap(({ at }, index) => {
    const refuse = (message: string) => [{ pointer: `/remarks/${index}/at`, message }]
    if (valueAt(payload, at) === undefined) return refuse(`“${at}” leads to nothing in what was sent. State the place of a line or field that is there, such as /asOf.`)
    return remarks.findIndex((other) => other.at === at) < index ? refuse(`“${at}” has a remark already. Say it in one.`) : []
  })
  if (problems.length > 0) throw new AppError('invalid', problems.length === 1 ? problems[0]!.message : `${problems.length} remarks need attention.`, problems)
  return remarks.map(({ at, remark }) => {
    const row = rowAt(payload, at)
    return { at, remark, was: row ? valueAt(payload, `/${row.list}/${row.index}`)! : valueAt(payload, at)! }
  })
}

const NAME = ['category', 'type', 'unit', 'site', 'name', 'system']
/** Enough of a row at its old place to be the one that was meant, with its name or its figures corrected. */
const KNOWN_BY = [['type'], ['name'], ['system'], ['inService', 'inStorage']]

const wordsOf = (row: Json | undefined, keys: readonly string[]): string => JSON.stringify(keys.map((key) => within(row, key) ?? null))
const isKnown = (row: Json | undefined, was: Json): boolean =>
  KNOWN_BY.some((keys) => keys.every((key) => within(was, key) !== undefined) && wordsOf(row, keys) === wordsOf(was, keys))

/** Of each word the first row that says it. */
const firstBy = (rows: readonly Json[], words: (row: Json) => string): ReadonlyMap<string, number> =>
  new Map(rows.map((row, index) => [words(row), index] as const).toReversed())

/** A row is known by what it says: rows come and go while a draft is corrected. */
const finder = (rows: readonly Json[]) => {
  const whole = (row: Json) => JSON.stringify(row)
  const name = (row: Json) => (typeof row === 'object' ? wordsOf(row, NAME) : whole(row))
  const [byWhole, byName] = [firstBy(rows, whole), firstBy(rows, name)]
  return (was: Json, index: number): number | undefined => {
    const here = rows[index]
    if (here !== undefined && name(here) === name(was)) return index
    return byWhole.get(whole(was)) ?? byName.get(name(was)) ?? (isKnown(here, was) ? index : undefined)
  }
}

/**
 * Where each place is in the draft as it stands now; null where it is no more. Of a row that is the one of the same name, at its old place
 * if it can be, else the one at its old place that still says part of what it said.
 */
export const placesNow = (payload: Payload, remarks: readonly PlaceRemark[]): (string | null)[] => {
  const finders = new Map<string, ReturnType<typeof finder>>()
  return remarks.map(({ at, was }) => {
    const row = rowAt(payload, at)
    if (!row) return valueAt(payload, at) === undefined && /^\/\w+\/\d/.test(at) ? null : at
    const find = finders.get(row.list) ?? finder(payload[row.list] as Json[])
    finders.set(row.list, find)
    const index = find(was, row.index)
    return index === undefined ? null : ['', row.list, index, ...row.rest].join('/')
  })
}
