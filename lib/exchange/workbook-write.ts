import { cellName, RUNS_AS_FORMULA, kept } from './cells.ts'
import { styleIndex, stylesXml, type Style } from './styles.ts'
import { escapeAttribute, escapeXml, writeText } from './xml.ts'
import { writeZip } from './zip-write.ts'

export type OutCell = { value: string | number | null; style: Style }
/** What Excel and LibreOffice let into the cells of `area`; `formula` is a list in quotes, or a condition on the first cell. */
export type Validation = { area: string; kind: 'list' | 'custom'; formula: string; title: string; prompt: string; error: string; isStrict: boolean }
export type OutSheet = {
  name: string
  widths: readonly number[]
  rows: readonly (readonly OutCell[])[]
  /** Rows that stay in sight. */
  frozen?: number
  validations?: readonly Validation[]
  isHidden?: boolean
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const XLSX_TYPE = `${TYPE}.sheet`

const cellXml = ({ value, style }: OutCell, column: number, row: number): string => {
  if (value === null || value === '') return style === 'plain' ? '' : `<c r="${cellName(column, row)}" s="${styleIndex(style)}"/>`
  if (typeof value === 'number') return `<c r="${cellName(column, row)}" s="${styleIndex(style)}"><v>${value}</v></c>`
  const index = styleIndex(style === 'text' && RUNS_AS_FORMULA.test(value) ? 'typed' : style)
  return `<c r="${cellName(column, row)}" s="${index}" t="inlineStr"><is><t xml:space="preserve">${writeText(kept(value))}</t></is></c>`
}

const validationXml = ({ area, kind, formula, title, prompt, error, isStrict }: Validation): string =>
  `<dataValidation type="${kind}" errorStyle="${isStrict ? 'stop' : 'warning'}" allowBlank="1" showInputMessage="1" showErrorMessage="1" `
  + `errorTitle="${escapeAttribute(title)}" error="${escapeAttribute(error)}" promptTitle="${escapeAttribute(title)}" prompt="${escapeAttribute(prompt)}" `
  + `sqref="${area}"><formula1>${escapeXml(formula)}</formula1></dataValidation>`

const viewXml = (frozen: number | undefined): string => {
  const pane = frozen ? `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>` : ''
  return `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`
}

export const sheetXml = ({ widths, rows, frozen, validations = [] }: OutSheet): string => {
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('')
  const rowXml = (row: readonly OutCell[], at: number): string => `<row r="${at}">${row.map((cell, column) => cellXml(cell, column, at)).join('')}</row>`
  const cells = rows.map((row, at) => (row.length === 0 ? '' : rowXml(row, at + 1)))
  const checks = validations.length > 0 ? `<dataValidations count="${validations.length}">${validations.map(validationXml).join('')}</dataValidations>` : ''
  return `${DECLARATION}<worksheet xmlns="${MAIN}">${viewXml(frozen)}<cols>${columns}</cols><sheetData>${cells.join('')}</sheetData>${checks}</worksheet>`
}

const workbookXml = (sheets: readonly OutSheet[]): string =>
  `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews><sheets>`
  + sheets.map(({ name, isHidden }, at) =>
    `<sheet name="${escapeAttribute(name)}" sheetId="${at + 1}"${isHidden ? ' state="veryHidden"' : ''} r:id="rId${at + 1}"/>`).join('')
  + '</sheets></workbook>'

const relation = (id: number, type: string, target: string): string => `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`
export const relationsXml = (relations: readonly string[]): string =>
  `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`

const typesXml = (sheets: readonly OutSheet[]): string =>
  `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
  + `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>`
  + sheets.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`).join('')
  + `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`

/** A workbook of ours (ECMA-376): texts stand in their cells, no formula is ever written. */
export const writeWorkbook = (sheets: readonly OutSheet[]): Promise<Uint8Array<ArrayBuffer>> => writeZip(new Map([
  ['[Content_Types].xml', typesXml(sheets)],
  ['_rels/.rels', relationsXml([relation(1, 'officeDocument', 'xl/workbook.xml')])],
  ['xl/workbook.xml', workbookXml(sheets)],
  ['xl/_rels/workbook.xml.rels', relationsXml([
    ...sheets.map((_, at) => relation(at + 1, 'worksheet', `worksheets/sheet${at + 1}.xml`)), relation(sheets.length + 1, 'styles', 'styles.xml'),
  ])],
  ['xl/styles.xml', stylesXml()],
  ...sheets.map((sheet, at): [string, string] => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet)]),
]))
