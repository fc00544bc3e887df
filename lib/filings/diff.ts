import type { Json } from '../log/canonical.ts'

/** One difference between two versions of a payload. Null where a version does not state it. */
export type FieldChange = {
  /** Into the later payload; into the earlier one for what it no longer states. */
  pointer: string
  /** 'Value', 'M-84 (I): in storage' */
  label: string
  before: Json | null
  after: Json | null
}

type Row = { [key: string]: Json }
type Side = Record<string, Json>

const LABEL: Record<string, string> = {
  asOf: 'As of', decidedOn: 'Decided on', signedOn: 'Signed on', deliveredOn: 'Delivered on', completedOn: 'Completed on',
  deliveries: 'Delivery years', nil: 'Nil categories', previous: 'Earlier stage', fromHoldings: 'Taken from holdings',
}

/** 'inStorage' -> 'In storage' */
const labelOf = (field: string): string => {
  const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return LABEL[field] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

const isRow = (value: Json | undefined): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
const isRows = (value: Json | undefined): value is Row[] => Array.isArray(value) && value.length > 0 && value.every(isRow)

/** Whether two values are the same JSON, whatever the order of members: payloads are canonical, what was typed is not. */
const isSame = (a: Json | undefined, b: Json | undefined): boolean => {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  if (!isRow(a) || !isRow(b)) return a === b
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => isSame(a[name], b[name]))
}

/** Rows are the same row when they state the same category, type and unit; equal ones are told apart by their order. */
const keyed = (rows: readonly Row[]): Map<string, { row: Row; index: number }> => {
  const met = new Map<string, number>()
  return new Map(rows.map((row, index) => {
    const key = JSON.stringify([row.category, row.type, row.unit])
    const nth = met.get(key) ?? 0
    met.set(key, nth + 1)
    return [`${key}${nth}`, { row, index }]
  }))
}

const rowName = (row: Row): string => {
  const category = typeof row.category === 'string' ? row.category : ''
  return typeof row.type === 'string' ? `${row.type} (${category})` : category
}

const rowChanges = (field: string, before: readonly Row[], after: readonly Row[]): FieldChange[] => {
  const earlier = keyed(before)
  const later = keyed(after)
  const kept = [...later].flatMap(([key, { row, index }]): FieldChange[] => {
    const was = earlier.get(key)?.row
    if (!was) return [{ pointer: `/${field}/${index}`, label: rowName(row), before: null, after: row }]
    const names = [...new Set([...Object.keys(was), ...Object.keys(row)])]
    return names.filter((name) => !isSame(was[name], row[name])).map((name) => ({
      pointer: `/${field}/${index}/${name}`, label: `${rowName(row)}: ${labelOf(name).toLowerCase()}`,
      before: was[name] ?? null, after: row[name] ?? null,
    }))
  })
  const gone = [...earlier].filter(([key]) => !later.has(key))
    .map(([, { row, index }]): FieldChange => ({ pointer: `/${field}/${index}`, label: rowName(row), before: row, after: null }))
  return [...kept, ...gone]
}

/**
 * What differs between two payloads, member by member in the order of the later one. A member is compared as a whole (a value
 * with its currency is one fact); lists of rows are compared row by row, so that a row put in between changes no other.
 */
export const changesBetween = (before: Side, after: Side): FieldChange[] =>
  [...new Set([...Object.keys(after), ...Object.keys(before)])].flatMap((field): FieldChange[] => {
    const [was, is] = [before[field], after[field]]
    if (isSame(was, is)) return []
    if (isRows(was) && isRows(is)) return rowChanges(field, was, is)
    return [{ pointer: `/${field}`, label: labelOf(field), before: was ?? null, after: is ?? null }]
  })
