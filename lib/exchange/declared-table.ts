import { DECLARED } from '../filings/kinds/declared-fields.ts'
import { UNIT_LEVEL_LABEL } from '../filings/kinds/structure.ts'
import type { Json } from '../log/canonical.ts'
import { cellFor, dropDown } from './declared-cells.ts'
import { HEADINGS, type Form, type SheetField } from './declared-sheets.ts'
import type { OutCell } from './workbook-write.ts'

export type Stated = { [key: string]: Json | undefined }
type Row = { [key: string]: Json }

const isRow = (value: Json | undefined): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
const rowsIn = (value: Json | undefined): Row[] | null => (Array.isArray(value) ? value.filter(isRow) : null)
const header = (value: string): OutCell => ({ value, style: 'header' })
const wrapped = (value: string): OutCell => ({ value, style: 'wrapped' })
const at = (payload: Stated, path: string): Json | undefined => path.split('/').reduce<Json | undefined>((value, key) => (isRow(value) ? value[key] : undefined), payload as Row)

const UNITS: Partial<Record<SheetField['what'], string>> = { date: 'YYYY-MM-DD', year: 'four digits', share: 'part of one' }
/** What a value is stated in, or chosen from. */
export const unitOf = (field: SheetField): string => {
  if (field.what === 'stated') return `${field.in === 'currency' ? 'full units of the currency' : (field.in ?? 'number')}, nil, or “withheld: reason”`
  if (field.what === 'yes' || field.what === 'choice') return dropDown(field)!.join('; ')
  return UNITS[field.what] ?? 'text'
}
export const meaningOf = ({ hint, optional }: SheetField): string => [hint, optional ? 'May be left blank.' : ''].filter(Boolean).join(' ')

const fieldRow = (field: SheetField, value: Json | undefined): OutCell[] =>
  [{ value: field.label, style: 'label' }, cellFor(field, value), wrapped(unitOf(field)), wrapped(meaningOf(field))]
const said = (label: string, value: number, unit: string): OutCell[] => [{ value: label, style: 'label' }, { value, style: 'count' }, wrapped(unit), wrapped('Worked out by the register.')]

/** What all may read in place of what they may not: it stands under names that no import takes, so nobody takes it for a declaration. */
const derivedRows = ({ kind, list }: Form, payload: Stated): OutCell[][] => {
  const { strength, count, levels, active } = payload
  if (kind === 'declaration.personnel' && active === undefined && typeof strength === 'number' && payload.activeTotal === undefined) return [said('Active strength, all services', strength, 'persons')]
  if (!list || payload[list.at] !== undefined) return []
  const label = DECLARED[kind].rows!.label
  if (typeof count === 'number') return [said(`${label}: how many`, count, 'number')]
  return (rowsIn(levels) ?? []).flatMap(({ level, count: many }) =>
    (typeof many === 'number' ? [said(`${label}: ${UNIT_LEVEL_LABEL[level as keyof typeof UNIT_LEVEL_LABEL] ?? String(level)}`, many, 'number')] : []))
}

/** `isWhole`: what is not stated has a row as well, to be filled in; else it may be what the reader may not read. */
export type Tables = { fields: { field: SheetField | null; cells: OutCell[] }[]; list: OutCell[][] | null; columns: readonly SheetField[] }

/** A declaration as tables: its fields, and its list where it has one. */
export const tablesOf = (form: Form, payload: Stated, isWhole: boolean): Tables => {
  const stated = form.fields.flatMap((field) => {
    const value = at(payload, field.at)
    return value !== undefined || (isWhole && !field.compiledOnly) ? [{ field, cells: fieldRow(field, value) }] : []
  })
  const derived = isWhole ? [] : derivedRows(form, payload).map((cells) => ({ field: null, cells }))
  const rows = form.list ? (rowsIn(payload[form.list.at]) ?? (isWhole ? [] : null)) : null
  const columns = rows ? form.list!.columns.filter((column) => isWhole || rows.length === 0 || rows.some((row) => row[column.at] !== undefined)) : []
  const list = rows && [columns.map(({ label }) => header(label)), ...rows.map((row) => columns.map((column) => cellFor(column, row[column.at])))]
  return { fields: [...stated, ...derived], list, columns }
}
export const fieldsHeader = (): OutCell[] => Object.values(HEADINGS).map(header)
