import type { z } from 'zod'
import { kindOf } from '../filings/kinds/registry.ts'
import type { DeclaredKind } from '../filings/kinds/declared-fields.ts'
import type { Json } from '../log/canonical.ts'
import type { Area, Cell, Row } from './cells.ts'
import { readValue } from './declared-cells.ts'
import { findPlan, type Part, type Plan, type TableHead } from './declared-heads.ts'
import { formOf, type Form, type SheetField } from './declared-sheets.ts'
import { mergedCells, MOST_COLUMNS, type Reading } from './reading.ts'
import { MOST_PROBLEMS, problemAt, refuseCell, type CellProblem } from './refusal.ts'

type Payload = Record<string, Json | undefined>
type Spot = { sheet: string | null; row: number; column: number }

const OUTSIDE = 'Something stands here outside of the table, in a column without a heading. Remove it.'
const NO_LABEL = 'This value stands beside no name of a field. Write the name, or remove the value.'
const LABEL_IS_TEXT = 'Write the name of the field as a text.'
const TOO_WIDE = `A sheet may have ${MOST_COLUMNS} columns. Remove what stands beyond.`

/** Where problems are kept, and said once of each cell. */
const problemsOf = () => {
  const problems: CellProblem[] = []
  const told = new Set<string>()
  let found = 0
  const keyOf = ({ sheet, row, column }: Spot): string => JSON.stringify([sheet, row, column])
  return {
    refuse: (spot: Spot, message: string): void => {
      found += 1
      told.add(keyOf(spot))
      if (problems.length < MOST_PROBLEMS) problems.push(problemAt(spot.sheet, spot.row, spot.column, message))
    },
    isTold: (spot: Spot): boolean => told.has(keyOf(spot)),
    end: (sheets: readonly string[]) => {
      const at = ({ sheet, row, column }: CellProblem): number[] => [sheet === null ? 0 : sheets.indexOf(sheet), row ?? 0, column ?? 0]
      return { sheets, found, problems: problems.toSorted((a, b) => at(a).map((place, step) => place - at(b)[step]!).find((apart) => apart !== 0) ?? 0) }
    },
  }
}
type Problems = ReturnType<typeof problemsOf>

const put = (payload: Payload, path: string, value: Json | undefined): void => {
  const [first, second] = path.split('/') as [string, string | undefined]
  if (second === undefined) payload[first] = value
  else payload[first] = { ...(payload[first] as Record<string, Json> | undefined), ...(value === undefined ? {} : { [second]: value }) }
}

const valueIn = (field: SheetField, cell: Cell | undefined, spot: Spot, { refuse }: Problems): Json | undefined => {
  const read = readValue(field, cell)
  if ('value' in read) return read.value
  refuse(spot, read.problem)
  return undefined
}

/** Complains of cells in columns that the header does not name; true where the row holds nothing of the table. */
const isBeside = ({ sheet, known, aside }: TableHead, { row, cells }: Row, { refuse }: Problems): boolean => {
  for (const { column } of cells) {
    if (column >= MOST_COLUMNS) throw refuseCell(problemAt(sheet, row, column, TOO_WIDE))
    if (!known.has(column) && !aside.has(column)) refuse({ sheet, row, column }, OUTSIDE)
  }
  return !cells.some(({ column }) => known.has(column))
}

type Placed = { payload: Payload; spots: Map<string, Spot>; missing: Spot }

/** The single fields, each in a row: its name and its value. A field that has no row is asked for at the header. */
const readFields = (form: Form, head: TableHead, rows: readonly Row[], problems: Problems): Placed => {
  const { sheet } = head
  const [nameAt, valueAt] = [head.columns.get('field')!, head.columns.get('value')!]
  const payload: Payload = {}
  const spots = new Map<string, Spot>()
  for (const field of form.fields) put(payload, field.at, undefined)
  for (const given of rows) {
    if (isBeside(head, given, problems)) continue
    const { row, cells } = given
    const at = (column: number) => cells.find((placed) => placed.column === column)?.cell
    const [name, value] = [at(nameAt), at(valueAt)]
    if (!name) {
      if (value) problems.refuse({ sheet, row, column: valueAt }, NO_LABEL)
      continue
    }
    const field = name.is === 'text' ? form.fieldOf(name.text) : undefined
    if (!field) {
      const unknown = name.is === 'text' ? `“${name.text.trim().slice(0, 60)}” is not a field of this ${form.sheet.toLowerCase()}. Remove the row, or correct the name.` : LABEL_IS_TEXT
      problems.refuse({ sheet, row, column: nameAt }, unknown)
    } else if (spots.has(field.at)) problems.refuse({ sheet, row, column: nameAt }, `“${field.label}” stands twice: in row ${spots.get(field.at)!.row} already. Keep one.`)
    else {
      const spot = { sheet, row, column: valueAt }
      spots.set(field.at, spot)
      put(payload, field.at, valueIn(field, value, spot, problems))
    }
  }
  return { payload, spots, missing: { sheet, row: head.row, column: valueAt } }
}

type Listed = { rows: Record<string, Json>[]; at: number[] }

const readList = (form: Form, head: TableHead | null, rows: readonly Row[], problems: Problems): Listed => {
  const listed: Listed = { rows: [], at: [] }
  if (!head || !form.list) return listed
  const columns = form.list.columns.filter(({ at }) => head.columns.has(at))
  for (const given of rows) {
    if (isBeside(head, given, problems)) continue
    const stated = columns.map((field): [string, Json | undefined] => {
      const column = head.columns.get(field.at)!
      return [field.at, valueIn(field, given.cells.find((placed) => placed.column === column)?.cell, { sheet: head.sheet, row: given.row, column }, problems)]
    })
    listed.rows.push(Object.fromEntries(stated.filter(([, value]) => value !== undefined)) as Record<string, Json>)
    listed.at.push(given.row)
  }
  return listed
}

const otherDay = (said: string, asked: string): string => `The sheet says ${said}, but ${asked} is being stated. Correct the one that is wrong.`

/** The day beside the file, where the sheet says none; of a budget its year. */
const stateDay = ({ kind }: Form, { payload, spots, missing }: Placed, asOf: string | undefined, { refuse }: Problems): void => {
  if (!asOf) return
  const [field, asked] = kind === 'declaration.budget' ? ['year', Number(asOf.slice(0, 4))] as const : ['asOf', asOf] as const
  const said = payload[field]
  if (said === undefined) payload[field] = asked
  else if (said !== asked) refuse(spots.get(field) ?? missing, otherDay(String(said), String(asked)))
}

const touches = ({ row, known, aside }: TableHead, { bottom, left, right }: Area): boolean => {
  const columns = [...known, ...aside]
  return bottom >= row && left <= Math.max(...columns) && right >= Math.min(...columns)
}

const refuseMerged = (heads: readonly TableHead[], parts: readonly Part[], { refuse }: Problems): void => {
  for (const { sheet, merged } of parts) for (const area of merged) {
    if (heads.some((head) => head.sheet === sheet && touches(head, area))) refuse({ sheet, row: area.top, column: area.left }, mergedCells(area))
  }
}

const spoken = (message: string): string => message.replace(/: true or false\.$/, ': Yes or No.')

/** The cell that a problem of the payload comes from; where it has none, the header under which it would stand. */
const spotOf = (form: Form, { fields, list }: Plan, { spots, missing }: Placed, { at }: Listed, path: readonly PropertyKey[]): { spot: Spot; lacks?: string } => {
  const [first, index, column] = path
  if (form.list && first === form.list.at) {
    if (!list) return { spot: missing, lacks: `There is no table headed ${form.list.needed.map(({ label }) => label).join(', ')}.` }
    if (typeof index !== 'number') return { spot: spots.get('nil') ?? { sheet: list.sheet, row: list.row, column: Math.min(...list.known) } }
    return { spot: { sheet: list.sheet, row: at[index] ?? list.row, column: list.columns.get(String(column ?? '')) ?? Math.min(...list.known) } }
  }
  const field = form.fields.find((one) => one.at === path.slice(0, 2).join('/')) ?? form.fields.find((one) => one.at === first)
  const spot = field && spots.get(field.at)
  if (spot) return { spot }
  return { spot: field ? missing : { sheet: fields.sheet, row: fields.row, column: fields.columns.get('field')! }, ...(field ? { lacks: `There is no row “${field.label}”.` } : {}) }
}

/** A declaration or statement out of the tables of a file: its payload, or every cell that is wrong. Pure. */
export const readDeclared = (kind: DeclaredKind, parts: readonly Part[], asOf: string | undefined): Reading<Record<string, Json>> => {
  const form = formOf(kind)
  const plan = findPlan(form, parts)
  const problems = problemsOf()
  const heads = [plan.fields, ...(plan.list ? [plan.list] : [])]
  for (const { sheet, row, problems: own } of heads) for (const { column, message } of own) problems.refuse({ sheet, row, column }, message)
  refuseMerged(heads, parts, problems)
  const sheets = [...new Set(heads.flatMap(({ sheet }) => sheet ?? []))]
  if (plan.list && form.list!.needed.some(({ at }) => !plan.list!.columns.has(at))) return { payload: null, ...problems.end(sheets) }
  const placed = readFields(form, plan.fields, plan.fieldRows, problems)
  const listed = readList(form, plan.list, plan.listRows, problems)
  stateDay(form, placed, asOf, problems)
  const stated = { ...placed.payload, ...(form.list ? { [form.list.at]: listed.rows } : {}) }
  const parsed = kindOf(kind).schema.safeParse(Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)))
  for (const { path, message } of (parsed.success ? [] : parsed.error.issues) as z.core.$ZodIssue[]) {
    const { spot, lacks } = spotOf(form, plan, placed, listed, path)
    // What the reader said of a cell is said; a header may lack several fields.
    if (lacks || !problems.isTold(spot)) problems.refuse(spot, lacks ? `${lacks} ${spoken(message)}` : spoken(message))
  }
  const told = problems.end(sheets)
  return { payload: told.found === 0 && parsed.success ? (parsed.data as Record<string, Json>) : null, ...told }
}
