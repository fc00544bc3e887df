import { DECLARED, type DeclaredField, type DeclaredRows, type FormKind } from '@/lib/filings/kinds/declared-fields.ts'
import { isWithheld } from '@/lib/filings/kinds/stated.ts'
import type { Area } from '@/lib/geo/area.ts'
import { describeArea } from '@/lib/geo/words.ts'
import { formatList, formatNumber, plural } from '@/lib/shared/format.ts'
import { countryName } from '@/lib/taxonomy/countries.ts'

type Payload = Record<string, unknown>
/** `field` is the member of the payload, `at` the pointer of the place. */
export type Item = { label: string; value: string; field: string; at: string }

const at = (payload: Payload, path: string): unknown => path.split('/').reduce<unknown>((value, key) => (value as Payload | undefined)?.[key], payload)

const percent = (share: number) => `${(share * 100).toLocaleString('en-GB', { maximumFractionDigits: 2 })} %`

/** A value as a reader sees it; undefined where the filing does not state it, or not to this reader. */
export const declaredWords = ({ what, in: unit, options }: DeclaredField, value: unknown, currency?: unknown): string | undefined => {
  if (value === undefined || value === null || value === '') return undefined
  if (isWithheld(value)) return `Withheld: ${value.withheld}`
  if (what === 'yes') return value ? 'Yes' : 'No'
  if (what === 'area') return describeArea(value as Area)
  if (what === 'codes') return formatList((value as string[]).map(countryName))
  if (what === 'several') return (value as string[]).length === 0 ? 'None' : formatList((value as string[]).map((one) => options?.[one] ?? one))
  if (what === 'share') return percent(value as number)
  if (what === 'stated' && typeof value === 'number') return unit === 'currency' ? `${typeof currency === 'string' ? `${currency} ` : ''}${formatNumber(value)}` : formatNumber(value)
  return options?.[String(value)] ?? String(value)
}

const fieldOf = (path: string): string => path.split('/')[0]!

/** Fields of a declaration or statement in words, in their order; its rows apart. */
export const declaredItems = (kind: FormKind, payload: Payload): Item[] => {
  const { fields, rows } = DECLARED[kind]
  const share = kind === 'declaration.budget' && typeof payload.share === 'number' && payload.shareOfGdp === undefined
    ? [{ label: 'Share of gross domestic product', value: percent(payload.share), field: 'gdp', at: '/share' }] : []
  const strength = typeof payload.strength === 'number' && payload.activeTotal === undefined ? [{ label: 'Active strength', value: formatNumber(payload.strength), field: 'active', at: '/strength' }] : []
  const stated = fields.flatMap((field): Item[] => {
    const value = declaredWords(field, at(payload, field.at), payload.currency)
    // Of history that nobody filed, nobody withheld anything: what its source does not say is left out.
    return value === undefined || (payload.compiled !== undefined && isWithheld(at(payload, field.at))) ? [] : [{ label: field.label, value, field: fieldOf(field.at), at: `/${field.at}` }]
  })
  const nil = rows?.nil && payload.nil === true ? [{ label: rows.label, value: `Nil: ${rows.nil.charAt(0).toLowerCase()}${rows.nil.slice(1)}`, field: rows.at, at: '/nil' }] : []
  return [...stated.slice(0, 1), ...strength, ...stated.slice(1), ...share, ...nil]
}

/** A row in one line: '1st Brigade: Brigade, subordinate to Land Force, Niš'. */
const rowWords = (columns: readonly DeclaredField[], name: string, row: Payload): string =>
  columns.filter((column) => column.at !== name).flatMap((column) => {
    const value = declaredWords(column, row[column.at])
    return value === undefined ? [] : [column.what === 'yes' || column.at === 'superior' ? `${column.label.toLowerCase()} ${value}` : value]
  }).join(', ')

/** Rows by name, in words, for telling two versions apart. */
export const declaredRows = (kind: FormKind, payload: Payload): Map<string, string> => {
  const { rows } = DECLARED[kind]
  const given = rows ? payload[rows.at] : undefined
  if (!rows || !Array.isArray(given)) return new Map()
  return new Map((given as Payload[]).map((row, index) => [String(row[rows.name] ?? `${rows.one} ${index + 1}`), rowWords(rows.columns, rows.name, row)]))
}

/** What a table of the rows has beside their names: the columns that some row states. Remarks stand under the names. */
export const columnsOf = ({ columns, name }: DeclaredRows, given: readonly Payload[]): DeclaredField[] =>
  columns.filter(({ at }) => at !== name && at !== 'remark' && given.some((row) => row[at] !== undefined && row[at] !== ''))

export const rowsTitle = ({ label, one }: DeclaredRows, given: readonly Payload[]): string =>
  `${label}: ${plural(given.length, one, one === 'formation or unit' ? 'formations and units' : undefined)}`
