import { columnName } from './cells.ts'
import { dropDown } from './declared-cells.ts'
import { declaredGuide } from './declared-guide.ts'
import type { Form, SheetField } from './declared-sheets.ts'
import { fieldsHeader, meaningOf, tablesOf, unitOf, type Stated } from './declared-table.ts'
import type { About } from './guide.ts'
import { plainAmount } from './quantities.ts'
import { templateMark } from './template-mark.ts'
import { writeWorkbook, type OutSheet, type Validation } from './workbook-write.ts'
import { csvText, quantityCheck } from './write.ts'

/** Rows for which the list offers its choices. */
const OFFERED = 2_000
/** A list in a drop-down is one text of at most 255 characters, parted by commas. */
const MOST_LISTED = 255

const numberCheck = (cell: string): string => `OR(AND(ISNUMBER(${cell}),${cell}>=0),LOWER(TRIM(${cell}))="nil",LEFT(LOWER(TRIM(${cell})),9)="withheld:")`

/** What may stand in the cells of `area`, whose first is `cell`: a warning and no bar, since the words may be of another language. */
const checkFor = (field: SheetField, cell: string, area: string): Validation[] => {
  const about = { area, title: field.label.slice(0, 32), prompt: `${unitOf(field)}. ${meaningOf(field)}`.slice(0, 255), isStrict: false }
  const choices = dropDown(field)
  if (choices) {
    const listed = choices.join(',')
    const isListed = listed.length <= MOST_LISTED && choices.every((choice) => !/[,"]/.test(choice))
    return isListed ? [{ ...about, kind: 'list', formula: `"${listed}"`, error: 'Choose from the list.' }] : []
  }
  if (field.what !== 'stated') return []
  const error = 'Write a number, 0, nil, or “withheld: reason”. A blank is not a nil.'
  return [{ ...about, kind: 'custom', formula: field.in === 'currency' ? numberCheck(cell) : quantityCheck(cell), error }]
}

/** A declaration or statement as a workbook: to read, to change, or to start from. What it holds, it imports to. */
export const declaredXlsx = (form: Form, payload: Stated, isWhole: boolean, about: About): Promise<Uint8Array<ArrayBuffer>> => {
  const { fields, list, columns } = tablesOf(form, payload, isWhole)
  const single: OutSheet = {
    name: form.sheet, widths: [44, 44, 44, 60], frozen: 1, rows: [fieldsHeader(), ...fields.map(({ cells }) => cells)],
    validations: fields.flatMap(({ field }, at) => (field ? checkFor(field, `B${at + 2}`, `B${at + 2}`) : [])),
  }
  const listed: OutSheet[] = list
    ? [{
      name: form.list!.sheet, widths: columns.map(({ what }) => (what === 'text' ? 34 : 24)), frozen: 1, rows: list,
      validations: columns.flatMap((column, at) => checkFor(column, `${columnName(at)}2`, `${columnName(at)}2:${columnName(at)}${OFFERED + 1}`)),
    }]
    : []
  return writeWorkbook([single, ...listed, declaredGuide(form, about), templateMark(form.kind)])
}

/** The same as one table: the fields, a blank row, and the list below them. */
export const declaredCsv = (form: Form, payload: Stated, isWhole: boolean): Promise<string> => {
  const { fields, list } = tablesOf(form, payload, isWhole)
  const rows = [fieldsHeader(), ...fields.map(({ cells }) => cells), ...(list ? [[], ...list] : [])]
  return csvText(rows.map((row) => row.map(({ value }) => (typeof value === 'number' ? plainAmount(value) : value))))
}
