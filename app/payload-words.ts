import { ACQUISITION_MODE_LABEL, EFFECT_LABEL, STAGE_LABEL } from '@/lib/filings/kinds/acquisition.ts'
import { DECLARED, isDeclared, type FormKind } from '@/lib/filings/kinds/declared-fields.ts'
import { DISPOSAL_MODE_LABEL } from '@/lib/filings/kinds/disposal.ts'
import type { CategoryTotal } from '@/lib/filings/kinds/holdings.ts'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import { isWithheld } from '@/lib/filings/kinds/stated.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import { countryName } from '@/lib/taxonomy/countries.ts'
import { categoryOf, isCategory, type CategoryCode } from '@/lib/taxonomy/rules.ts'
import { declaredItems, declaredRows, type Item } from './declared-words.ts'
import { totalWords } from './holdings-words.ts'

type Payload = Record<string, unknown>

/** Fields of every kind, in the order in which a reader wants them. */
export const FIELD_LABEL = {
  stage: 'Stage', asOf: 'As of', category: 'Category', type: 'Type', quantity: 'Quantity', delivered: 'Delivered so far',
  supplier: 'Supplier', recipient: 'Recipient', mode: 'Mode', deliveries: 'Deliveries', effect: 'Effect', replaces: 'Replaces',
  fromHoldings: 'Leaves holdings',
  decidedOn: 'Decided on', signedOn: 'Signed on', deliveredOn: 'Delivered on', completedOn: 'Completed on', value: 'Value',
  purpose: 'Purpose', nil: 'Nil categories', remark: 'Remark', lines: 'Declared lines',
} as const
export type FieldName = keyof typeof FIELD_LABEL
export const FIELDS = Object.keys(FIELD_LABEL) as FieldName[]

const LABELS: Partial<Record<FieldName, Record<string, string>>> = {
  stage: STAGE_LABEL, effect: EFFECT_LABEL, mode: { ...ACQUISITION_MODE_LABEL, ...DISPOSAL_MODE_LABEL },
}

/** 'IVa · Manned combat aircraft' */
export const categoryLabel = (code: CategoryCode): string =>
  (code === 'none' ? categoryOf(code).title : `${code} · ${categoryOf(code).title}`)

const categoryWords = (code: unknown) => (isCategory(code) ? categoryLabel(code) : String(code))
const yearsWords = ({ from, to }: { from: number; to: number }) => (from === to ? String(from) : `${from} to ${to}`)
const moneyWords = ({ amount, currency }: { amount: number; currency: string }) => `${currency} ${formatNumber(amount)}`

/** A field's value as a reader sees it; undefined where the filing does not state it, or not to this reader. */
export const fieldWords = (field: FieldName, value: unknown): string | undefined => {
  if (value === undefined || value === null) return undefined
  if (isWithheld(value)) return `Withheld: ${value.withheld}`
  if (field === 'category') return categoryWords(value)
  if (field === 'supplier' || field === 'recipient') return countryName(String(value))
  if (field === 'deliveries') return yearsWords(value as { from: number; to: number })
  if (field === 'value') return moneyWords(value as { amount: number; currency: string })
  if (field === 'fromHoldings') return value ? 'Yes' : 'No: new production for export'
  if (field === 'nil') return (value as unknown[]).length > 0 ? (value as unknown[]).map(categoryWords).join(', ') : undefined
  if (typeof value === 'number') return formatNumber(value)
  return LABELS[field]?.[String(value)] ?? String(value)
}

/** A payload field by field, as its reader sees it; lines and rows have tables of their own. */
export const itemsOf = (kind: KindName, payload: Payload): Item[] =>
  isDeclared(kind) ? declaredItems(kind, payload) : FIELDS.filter((field) => field !== 'lines' && payload[field] !== undefined)
    .map((field) => ({ field, at: `/${field}`, label: FIELD_LABEL[field], value: fieldWords(field, payload[field]) ?? 'none' }))

/** Members of a kind's payload with their labels, each once. */
export const labelsOf = (kind: KindName): { field: string; label: string }[] => {
  if (!isDeclared(kind)) return FIELDS.map((field) => ({ field, label: FIELD_LABEL[field] }))
  const { fields, rows } = DECLARED[kind]
  const named = fields.map(({ at, label }) => (at.startsWith('active/') ? { field: 'active', label: 'Active strength by service' } : { field: at, label }))
  return [...new Map([...named, ...(rows ? [{ field: rows.at, label: rows.label }] : [])].map((one) => [one.field, one])).values()]
}

export type Change = { field: string; before?: string | undefined; after?: string | undefined }
type Line = { category: CategoryCode; type: string; inService: unknown; inStorage: unknown; unit?: string; site?: string; remark?: string }

const lineName = ({ category, type, unit, site }: Line) => [`${category} · ${type}`, unit, site].filter(Boolean).join(', ')
const lineWords = ({ inService, inStorage, remark }: Line) =>
  [`${fieldWords('quantity', inService)} in service`, `${fieldWords('quantity', inStorage)} in storage`, remark].filter(Boolean).join(', ')

/** Lines by name; a name that stands twice is told apart by its place. */
const byName = (lines: readonly Line[]): Map<string, string> => {
  const times = new Map<string, number>()
  return new Map(lines.map((line) => {
    const name = lineName(line)
    const time = (times.get(name) ?? 0) + 1
    times.set(name, time)
    return [time > 1 ? `${name} (${time})` : name, lineWords(line)]
  }))
}

const lineChanges = (before: readonly Line[], after: readonly Line[]): Change[] => {
  const [was, now] = [byName(before), byName(after)]
  return [...new Set([...was.keys(), ...now.keys()])]
    .map((field) => ({ field, before: was.get(field), after: now.get(field) }))
    .filter((change) => change.before !== change.after)
}

/** Of holdings whose lines the reader may not read: what the sums of the categories come to. */
const sumChanges = (before: Payload, after: Payload): Change[] => {
  const inWords = ({ totals = [] }: { totals?: readonly CategoryTotal[] }) => new Map(totals.map((total) => [categoryLabel(total.category), totalWords(total)]))
  const [was, now] = [inWords(before), inWords(after)]
  return [...new Set([...was.keys(), ...now.keys()])].map((field) => ({ field, before: was.get(field), after: now.get(field) }))
    .filter((change) => change.before !== change.after)
}

const declaredChanges = (kind: FormKind, before: Payload, after: Payload): Change[] => {
  const byLabel = (payload: Payload) => new Map(declaredItems(kind, payload).map(({ label, value }) => [label, value]))
  return [[byLabel(before), byLabel(after)] as const, [declaredRows(kind, before), declaredRows(kind, after)] as const].flatMap(([was, now]) =>
    [...new Set([...was.keys(), ...now.keys()])].map((field) => ({ field, before: was.get(field), after: now.get(field) })))
    .filter((change) => change.before !== change.after)
}

/** What changed between two versions, in words, as far as the reader may read both. */
export const changesBetween = (kind: KindName, before: Payload, after: Payload): Change[] => {
  if (isDeclared(kind)) return declaredChanges(kind, before, after)
  const fields = FIELDS.filter((field) => field !== 'lines')
    .map((field) => ({ field: FIELD_LABEL[field], before: fieldWords(field, before[field]), after: fieldWords(field, after[field]) }))
    .filter((change) => change.before !== change.after)
  return [...fields, ...sumChanges(before, after), ...lineChanges((before.lines ?? []) as Line[], (after.lines ?? []) as Line[])]
}

const LINE_LABEL: Record<string, string> = { category: 'Category', type: 'Type', unit: 'Unit', site: 'Site', inService: 'In service', inStorage: 'In storage', remark: 'Remark' }

/** A place of a payload in words, as its reader names it: 'I · M-84, 1st Brigade: in service'. `was` is its value, or its whole line. */
export const placeWords = (kind: KindName, at: string, was: unknown): string => {
  const [field = '', index, column] = at.split('/').slice(1)
  const rows = isDeclared(kind) ? DECLARED[kind].rows : undefined
  if (index !== undefined && (field === 'lines' || field === rows?.at)) {
    const name = field === 'lines' ? lineName(was as Line) : String((was as Payload)[rows!.name])
    const label = column && (LINE_LABEL[column] ?? rows?.columns.find((one) => one.at === column)?.label)
    return label ? `${name}: ${label.toLowerCase()}` : name
  }
  if (!isDeclared(kind)) return FIELD_LABEL[field as FieldName] ?? field
  const fields = DECLARED[kind].fields
  return (fields.find((one) => `/${one.at}` === at) ?? fields.find((one) => one.at === field))?.label ?? (field === rows?.at || field === 'nil' ? rows!.label : field)
}
