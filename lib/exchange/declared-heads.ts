import { formatList } from '../shared/format.ts'
import { columnName, quoted, type Area, type Placed, type Row } from './cells.ts'
import { headingOf, HEADINGS, type Form } from './declared-sheets.ts'
import { HEAD_ROWS, PROBLEMS_HEADER } from './head.ts'
import { problemAt, refuseCell, refuseFile } from './refusal.ts'
import { wordKey } from './words.ts'

/** A sheet of a workbook, or the one table of a CSV: its rows that hold anything. */
export type Part = { sheet: string | null; rows: readonly Row[]; merged: readonly Area[] }
/** The header of one table: which column holds what, and which are passed over. */
export type TableHead = {
  sheet: string | null
  row: number
  columns: ReadonlyMap<string, number>
  known: ReadonlySet<number>
  aside: ReadonlySet<number>
  problems: { column: number; message: string }[]
}
export type Plan = { fields: TableHead; fieldRows: readonly Row[]; list: TableHead | null; listRows: readonly Row[] }
/** What a heading names; null where none of the table. */
type Naming = (text: string) => string | undefined

const textIn = ({ cell }: Placed): string | null => (cell.is === 'text' ? cell.text.trim() : null)
const named = (row: Row, naming: Naming): Set<string> => new Set(row.cells.flatMap((placed) => naming(textIn(placed) ?? '') ?? []))

const headAt = (sheet: string | null, { row, cells }: Row, naming: Naming, passed: readonly string[]): TableHead => {
  const columns = new Map<string, number>()
  const aside = new Set<number>()
  const problems: TableHead['problems'] = []
  for (const placed of cells) {
    const text = textIn(placed)
    const name = naming(text ?? '')
    if (name && !columns.has(name)) {
      columns.set(name, placed.column)
      if (passed.includes(name)) aside.add(placed.column)
      continue
    }
    aside.add(placed.column)
    if (wordKey(text ?? '') === wordKey(PROBLEMS_HEADER)) continue
    const what = text === null ? 'A heading is a text. Write the name of the column.'
      : name ? `${quoted(text)} heads the same as column ${columnName(columns.get(name)!)}. Keep one.` : `${quoted(text)} is not a column of this table. Remove the column, or rename it.`
    problems.push({ column: placed.column, message: what })
  }
  return { sheet, row, columns, known: new Set([...columns.values()].filter((column) => !aside.has(column))), aside, problems }
}

const lacking = (head: TableHead, needed: readonly { at: string; label: string }[]): TableHead => {
  const missing = needed.filter(({ at }) => !head.columns.has(at)).map(({ label }) => label)
  if (missing.length === 0) return head
  const message = `The header does not name ${formatList(missing)}. Add ${missing.length === 1 ? 'the column' : 'these columns'}.`
  return { ...head, problems: [...head.problems, { column: Math.max(...head.known, ...head.aside) + 1, message }] }
}

export const noHead = `No header was found in the first ${HEAD_ROWS} rows. One row must name the columns ${HEADINGS.field} and ${HEADINGS.value}.`

const isFieldsHead = (row: Row): boolean => {
  const found = named(row, headingOf)
  return found.has('field') && found.has('value')
}
/** The header of the fields among the first rows, and how many columns it names. */
export const fieldsHeadIn = (rows: readonly Row[]): { head: Row; named: number } | null => {
  const head = rows.find((one) => one.row <= HEAD_ROWS && isFieldsHead(one))
  return head ? { head, named: named(head, headingOf).size } : null
}

type Candidate = { part: Part; row: Row; columns: number; isWhole: boolean }

/** The row of a part that heads the list, if any: below the fields where it has them, else among the first rows. */
const listHeadIn = (form: Form, part: Part, fields: { part: Part; row: Row }): Candidate | null => {
  const { columnOf, needed } = form.list!
  const naming = (text: string) => columnOf(text)?.at
  const rows = part.rows.filter(({ row }) => (part === fields.part ? row > fields.row.row : row <= HEAD_ROWS))
  const found = rows.map((row): Candidate => {
    const names = named(row, naming)
    return { part, row, columns: needed.filter(({ at }) => names.has(at)).length, isWhole: needed.every(({ at }) => names.has(at)) }
  }).filter(({ columns }) => columns >= 2)
  return found.toSorted((a, b) => b.columns - a.columns || a.row.row - b.row.row)[0] ?? null
}

const twice = (parts: readonly Part[]): never => {
  throw refuseFile(`${formatList(parts.map(({ sheet }) => `“${sheet}”`))} are headed alike, and only one can be meant. Remove or hide the others.`)
}

/** The sheet that holds most names of fields that must be stated, to say what it lacks. */
const nearest = ({ fieldOf }: Form, parts: readonly Part[]): Part | undefined => {
  const naming = (text: string): string | undefined => {
    const field = fieldOf(text)
    return field?.optional ? undefined : field?.at
  }
  const names = ({ rows }: Part): number => rows.filter((row) => named(row, naming).size > 0).length
  return parts.filter(({ rows }) => rows.length > 0).toSorted((a, b) => names(b) - names(a))[0] ?? parts[0]
}

const fieldsIn = (form: Form, parts: readonly Part[]): { part: Part; row: Row } => {
  const found = parts.flatMap((part) => {
    const found = fieldsHeadIn(part.rows)
    return found ? [{ part, row: found.head }] : []
  })
  if (found.length > 1) return twice(found.map(({ part }) => part))
  if (found[0]) return found[0]
  const shown = nearest(form, parts)
  if (!shown) throw refuseFile('The workbook has no visible sheet.')
  throw refuseCell(problemAt(shown.sheet, shown.rows[0]?.row ?? 1, shown.rows[0]?.cells[0]?.column ?? 0, noHead))
}

const listIn = (form: Form, parts: readonly Part[], fields: { part: Part; row: Row }): Candidate | null => {
  const found = parts.flatMap((part) => listHeadIn(form, part, fields) ?? [])
  const whole = found.filter(({ isWhole }) => isWhole)
  if (whole.length > 1) return twice(whole.map(({ part }) => part))
  return whole[0] ?? found.toSorted((a, b) => b.columns - a.columns)[0] ?? null
}

/** Which rows of a file are fields and which are the list: on sheets of their own, or the list below the fields. */
export const findPlan = (form: Form, parts: readonly Part[]): Plan => {
  const fields = fieldsIn(form, parts)
  const found = form.list ? listIn(form, parts, fields) : null
  const isBelow = found?.part === fields.part
  const naming = (text: string) => form.list?.columnOf(text)?.at
  return {
    fields: headAt(fields.part.sheet, fields.row, headingOf, ['unit', 'meaning']),
    fieldRows: fields.part.rows.filter(({ row }) => row > fields.row.row && (!isBelow || row < found!.row.row)),
    list: found && lacking(headAt(found.part.sheet, found.row, naming, []), form.list!.needed),
    listRows: found ? found.part.rows.filter(({ row }) => row > found.row.row) : [],
  }
}
