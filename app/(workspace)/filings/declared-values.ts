import type { Declared, DeclaredField } from '@/lib/filings/kinds/declared-fields.ts'
import type { FieldProblem } from '@/lib/shared/errors.ts'
import type { Placed } from './fields.ts'
import { inside, numberTyped, reasonIn, stated, statedTyped, text, wordTyped, type Payload } from './form-values.ts'
import type { Typed } from './use-typed.ts'

/** Names of controls: 'active/land', and beside it whether it is withheld and why. A row's are 'units/r3/name'. */
export const withheldName = (name: string): string => `${name}~withheld`
export const reasonName = (name: string): string => `${name}~reason`
export const NIL = 'nil'
/** One of several that may be ticked: 'liveFire~artillery'. */
export const tickName = (name: string, option: string): string => `${name}~${option}`

const formFields = ({ fields }: Declared): readonly DeclaredField[] => fields.filter(({ compiledOnly }) => !compiledOnly)
export const rowName = (rows: string, id: string, column: string): string => `${rows}/${id}/${column}`

const atPath = (payload: Record<string, unknown>, path: string): unknown => path.split('/').reduce<unknown>((value, key) => inside(value)[key], payload)
const rowsIn = (declared: Declared, payload: Record<string, unknown>): Record<string, unknown>[] => {
  const given = declared.rows && payload[declared.rows.at]
  return Array.isArray(given) ? (given as Record<string, unknown>[]) : []
}

/** A control of one line drops breaks, and with them what parts two words. */
const inOneLine = (value: string): string => value.replace(/\s*[\r\n]\s*/g, ' ')

const opened = (field: DeclaredField, name: string, value: unknown): [string, string | boolean][] => {
  if (field.what === 'yes') return [[name, value === true ? 'yes' : value === false ? 'no' : '']]
  if (field.what === 'several') return Object.keys(field.options ?? {}).map((option) => [tickName(name, option), Array.isArray(value) && value.includes(option)])
  if (field.what === 'codes') return [[name, Array.isArray(value) ? value.join(', ') : '']]
  if (field.what === 'area') return [[name, value === undefined ? '' : JSON.stringify(value)]]
  if (field.what !== 'stated') return [[name, field.what === 'long' ? text(value) : inOneLine(text(value))]]
  return [[name, text(value)], [withheldName(name), reasonIn(value) !== null], [reasonName(name), inOneLine(reasonIn(value) ?? '')]]
}

/** What the controls hold when a draft is opened, and the ids of its rows. */
export const declaredValues = (declared: Declared, payload: Record<string, unknown>, reason: string): { values: Typed; rows: string[] } => {
  const given = rowsIn(declared, payload)
  const rows = given.map((_, index) => `r${index}`)
  const within = given.flatMap((row, index) => declared.rows!.columns.flatMap((column) => opened(column, rowName(declared.rows!.at, rows[index]!, column.at), row[column.at])))
  return { rows, values: Object.fromEntries([['reason', reason], [NIL, payload.nil === true], ...formFields(declared).flatMap((field) => opened(field, field.at, atPath(payload, field.at))), ...within]) }
}

/** 'rs, hu' as ['RS', 'HU']; nothing where nothing is typed. */
const codesTyped = (typed: string): string[] | undefined => {
  const codes = typed.toUpperCase().split(/[\s,;]+/).filter(Boolean)
  return codes.length > 0 ? codes : undefined
}
const ticked = ({ options = {}, optional }: DeclaredField, name: string, values: Typed): string[] | undefined => {
  const chosen = Object.keys(options).filter((option) => values[tickName(name, option)] === true)
  return chosen.length === 0 && optional ? undefined : chosen
}

const valueOf = (field: DeclaredField, name: string, values: Typed): unknown => {
  const { what } = field
  const value = values[name]
  if (what === 'several') return ticked(field, name, values)
  if (what === 'codes') return codesTyped(text(value))
  if (what === 'area') return text(value) === '' ? undefined : (JSON.parse(text(value)) as unknown)
  if (what === 'yes') return value === 'yes' ? true : value === 'no' ? false : undefined
  if (what === 'stated') return statedTyped(text(value), values[withheldName(name)] === true, text(values[reasonName(name)]))
  return what === 'year' ? numberTyped(text(value)) : wordTyped(text(value))
}

const put = (payload: Record<string, unknown>, path: string, value: unknown): void => {
  const [first, second] = path.split('/') as [string, string | undefined]
  if (second === undefined) payload[first] = value
  else payload[first] = stated({ ...inside(payload[first]), [second]: value })
}

/** What may be left out as a whole is, where nothing of it is stated: an invitation without guests is none. */
const withoutEmpty = (declared: Declared, payload: Record<string, unknown>): Record<string, unknown> => {
  const needed = new Set(formFields(declared).filter(({ optional }) => !optional).map(({ at }) => at.split('/')[0]))
  const groups = new Set(formFields(declared).filter(({ at }) => at.includes('/')).map(({ at }) => at.split('/')[0]!))
  return Object.fromEntries(Object.entries(payload).filter(([name, value]) => needed.has(name) || !groups.has(name) || Object.keys(inside(value)).length > 0))
}

/** What would be filed, as far as it is typed. */
export const declaredPayload = (declared: Declared, values: Typed, rows: readonly string[]): Payload => {
  const payload: Record<string, unknown> = {}
  for (const field of formFields(declared)) put(payload, field.at, valueOf(field, field.at, values))
  if (declared.rows) {
    const { at, columns } = declared.rows
    payload[at] = rows.map((id) => stated(Object.fromEntries(columns.map((column) => [column.at, valueOf(column, rowName(at, id, column.at), values)]))))
    if (declared.rows.nil && values[NIL] === true) payload.nil = true
  }
  return stated(withoutEmpty(declared, payload))
}

/** The control at which a problem is asked for; undefined where none on the page fits. */
const nameAt = (declared: Declared, rows: readonly string[], pointer: string): string | undefined => {
  const path = pointer.replace(/^\/payload\//, '')
  if (declared.rows && path.startsWith(`${declared.rows.at}/`)) {
    const [at, index, column] = path.split('/')
    const id = rows[Number(index)]
    return id && column ? rowName(at!, id, column) : undefined
  }
  const names = formFields(declared).map(({ at }) => at)
  return names.find((at) => path === at || path.startsWith(`${at}/`)) ?? names.find((at) => at.startsWith(`${path}/`))
}

/** Problems with their controls, in the order of the form. What is asked of a person is yes or no. */
export const placedDeclared = (declared: Declared, rows: readonly string[], problems: readonly FieldProblem[]): Placed[] => {
  const order = [...formFields(declared).map(({ at }) => at), ...(declared.rows ? rows.flatMap((id) => declared.rows!.columns.map((column) => rowName(declared.rows!.at, id, column.at))) : [])]
  return problems.map(({ pointer, message }): Placed => {
    const words = message.replace(/: true or false\.$/, ': yes or no.')
    if (pointer === '/reason') return { pointer, message: words }
    const name = nameAt(declared, rows, pointer) ?? (pointer === `/payload/${declared.rows?.at}` || pointer === '/payload/nil' ? declared.rows!.at : undefined)
    return name === undefined ? { message: words } : { pointer: `/payload/${name}`, message: words }
  }).toSorted((a, b) => (order.indexOf(a.pointer?.replace('/payload/', '') ?? '') + 1 || 1e6) - (order.indexOf(b.pointer?.replace('/payload/', '') ?? '') + 1 || 1e6))
}
