import { DECLARED, DECLARED_KINDS, type DeclaredField, type DeclaredKind } from '../filings/kinds/declared-fields.ts'
import { wordsFor } from './declared-words.ts'
import { headingKey, LANGUAGES, type Words } from './words.ts'

/** Every kind that goes through a spreadsheet. */
export type SheetKind = DeclaredKind | 'declaration.holdings'

/** The columns of the sheet of single fields. */
export const HEADINGS = { field: 'Field', value: 'Value', unit: 'Unit or choice', meaning: 'Meaning' } as const
export type Heading = keyof typeof HEADINGS

export type SheetField = DeclaredField & { words: Words }
/** The list of a kind: a sheet of its own, or a table below the fields. */
export type SheetList = { at: string; sheet: string; one: string; label: string; columns: readonly SheetField[]; needed: readonly SheetField[]; columnOf: (text: string) => SheetField | undefined }
export type Form = { kind: DeclaredKind; sheet: string; fields: readonly SheetField[]; fieldOf: (text: string) => SheetField | undefined; list: SheetList | null }

export const keysOf = (words: Words): Set<string> => new Set(LANGUAGES.flatMap((language) => words[language]).map(headingKey))
const finder = <T extends { words: Words }>(all: readonly T[]): ((text: string) => T | undefined) => {
  const known = new Map(all.flatMap((one) => [...keysOf(one.words)].map((key): [string, T] => [key, one])))
  return (text) => known.get(headingKey(text))
}
const worded = (field: DeclaredField): SheetField => ({ ...field, words: wordsFor(field.label) })
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const heading = finder(Object.entries(HEADINGS).map(([name, label]) => ({ name: name as Heading, words: wordsFor(label) })))
export const headingOf = (text: string): Heading | undefined => heading(text)?.name

const formFor = (kind: DeclaredKind): Form => {
  const { fields, rows } = DECLARED[kind]
  const nil: DeclaredField[] = rows?.nil ? [{ at: 'nil', label: rows.nil, what: 'yes', optional: true, hint: 'Nil is stated, not left out: Yes where the list is empty.' }] : []
  const all = [...fields.filter(({ at }) => at !== 'remark'), ...nil, ...fields.filter(({ at }) => at === 'remark')].map(worded)
  const columns = rows?.columns.map(worded) ?? []
  const list = rows
    ? { at: rows.at, sheet: capital(rows.at), one: rows.one, label: rows.label, columns, needed: columns.filter(({ optional }) => !optional), columnOf: finder(columns) }
    : null
  return { kind, sheet: kind.startsWith('statement.') ? 'Statement' : 'Declaration', fields: all, fieldOf: finder(all), list }
}
const FORMS = new Map(DECLARED_KINDS.map((kind) => [kind, formFor(kind)]))
/** How a kind stands in a sheet: made from its table of fields, as its form and its page are. */
export const formOf = (kind: DeclaredKind): Form => FORMS.get(kind)!

/** A category is chosen by its code, as in every other sheet. */
export const isCategory = ({ at, what }: DeclaredField): boolean => what === 'choice' && at === 'category'
