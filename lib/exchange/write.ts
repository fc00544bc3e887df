import { CATEGORY_CODES } from '../taxonomy/rules.ts'
import { columnName, neutral } from './cells.ts'
import { COLUMNS } from './columns.ts'
import { GUIDE_SHEET, guideSheet, type About } from './guide.ts'
import { MOST_LINES } from './reading.ts'
import { tableOf, totalsTable, type Declared, type Table } from './table.ts'
import { templateMark } from './template-mark.ts'
import { writeWorkbook, type OutCell, type OutSheet, type Validation } from './workbook-write.ts'
import type { Delimiter } from './csv-rows.ts'

const SHEET = 'Holdings'

/** A number, 0, nil or withheld; a warning and no bar, since the words may be of another language. */
export const quantityCheck = (cell: string): string =>
  `OR(AND(ISNUMBER(${cell}),${cell}>=0,${cell}=INT(${cell})),LOWER(TRIM(${cell}))="nil",LEFT(LOWER(TRIM(${cell})),9)="withheld:")`

const checksFor = (head: number): Validation[] => COLUMNS.flatMap(({ field, header, meaning }, at): Validation[] => {
  const column = columnName(at)
  const area = `${column}${head + 1}:${column}${head + MOST_LINES}`
  const about = { area, title: header, prompt: meaning.slice(0, 255) }
  if (field === 'category') {
    const error = `Choose a category from the list. The sheet “${GUIDE_SHEET}” says what each covers.`
    return [{ ...about, kind: 'list', formula: `"${CATEGORY_CODES.join(',')}"`, error, isStrict: true }]
  }
  if (field !== 'inService' && field !== 'inStorage') return []
  const error = 'Write a whole number, 0, nil, or “withheld: reason”. A blank is not a nil.'
  return [{ ...about, kind: 'custom', formula: quantityCheck(`${column}${head + 1}`), error, isStrict: false }]
})

/** A declaration as a workbook: to read, to change, or to start from. What it holds, it imports to. */
export const holdingsXlsx = (declared: Declared, about: About): Promise<Uint8Array<ArrayBuffer>> => {
  const { rows, head } = tableOf(declared)
  const sheet: OutSheet = { name: SHEET, widths: COLUMNS.map(({ width }) => width), rows, frozen: head, validations: checksFor(head) }
  return writeWorkbook([sheet, guideSheet(about), templateMark('declaration.holdings')])
}

type Totals = Parameters<typeof totalsTable>[1]
export const totalsXlsx = (asOf: string | null, totals: Totals, about: About): Promise<Uint8Array<ArrayBuffer>> => {
  const { rows, head } = totalsTable(asOf, totals)
  return writeWorkbook([{ name: 'Totals', widths: [11, 22, 22, 34], rows, frozen: head }, guideSheet(about)])
}

/** Lines of RFC 4180, every text that a spreadsheet would run kept a text (OWASP ASVS 1.2.10). A byte order mark, for Excel. */
export const csvText = async (rows: readonly (readonly (string | number | null)[])[], delimiter: Delimiter = ','): Promise<string> => {
  const { stringify } = await import('csv-stringify/sync')
  const written = rows.map((row) => row.map((value) => (typeof value === 'string' ? neutral(value) : value)))
  return `\uFEFF${stringify(written, { delimiter, record_delimiter: 'windows', quoted_match: /[,;\t\r\n]|^\s|\s$/ })}`
}

const valuesOf = ({ rows }: Table): (string | number | null)[][] => rows.map((row: readonly OutCell[]) => row.map(({ value }) => value))
export const holdingsCsv = (declared: Declared): Promise<string> => csvText(valuesOf(tableOf(declared)))
export const totalsCsv = (asOf: string | null, totals: Totals): Promise<string> => csvText(valuesOf(totalsTable(asOf, totals)))
