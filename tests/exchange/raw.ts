import { crc32 } from 'node:zlib'
import { cellName } from '../../lib/exchange/cells.ts'
import { writeZip } from '../../lib/exchange/zip-write.ts'

/** Workbooks as other programs may write them, and as none should: written here letter by letter, not by the code under test. */
export type RawCell = string | number | null | { xml: (cell: string) => string }
export type RawSheet = { name: string; rows: RawCell[][]; merged?: string[]; state?: string; part?: string }

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
/** Indices into the styles below. */
export const STYLE = { general: 0, date: 1, percent: 2, scaled: 3, text: 4, thousands: 5, ownDate: 6, pieces: 7, time: 8 } as const
const FORMATS = ['0', '14', '9', '164', '49', '3', '165', '166', '21']
const STYLES = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0,"/>'
  + '<numFmt numFmtId="165" formatCode="[$-41A]dd\\.mm\\.yyyy;@"/><numFmt numFmtId="166" formatCode="#,##0&quot; kom&quot;"/></numFmts>'
  + '<fonts><font><sz val="11"/></font></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
  + '<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>'
  + `<cellXfs>${FORMATS.map((id) => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0"/>`).join('')}</cellXfs></styleSheet>`

const value = (type: string, text: string | number, style = 0) => ({ xml: (cell: string) => `<c r="${cell}" s="${style}" t="${type}"><v>${text}</v></c>` })
export const number = (of: number | string, style = 0): RawCell => value('n', of, style)
export const boolean = (of: boolean): RawCell => value('b', of ? 1 : 0)
export const error = (of: string): RawCell => value('e', of)
export const shared = (index: number): RawCell => value('s', index)
export const formula = (of: string, result: string | number): RawCell => ({ xml: (cell) => `<c r="${cell}"><f>${escape(of)}</f><v>${result}</v></c>` })
export const array = (of: string, area: string, result: number): RawCell => ({ xml: (cell) => `<c r="${cell}"><f t="array" ref="${area}">${escape(of)}</f><v>${result}</v></c>` })
/** As it stands in the part, marks and all. */
export const inline = (xml: string): RawCell => ({ xml: (cell) => `<c r="${cell}" t="inlineStr"><is><t xml:space="preserve">${xml}</t></is></c>` })

const cellXml = (cell: RawCell, name: string): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${name}"><v>${cell}</v></c>`
  return typeof cell === 'string' ? `<c r="${name}" t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>` : cell.xml(name)
}

export const sheetPart = ({ rows, merged = [] }: Pick<RawSheet, 'rows' | 'merged'>): string => {
  const data = rows.map((row, at) => `<row r="${at + 1}">${row.map((cell, column) => cellXml(cell, cellName(column, at + 1))).join('')}</row>`).join('')
  const areas = merged.length > 0 ? `<mergeCells>${merged.map((area) => `<mergeCell ref="${area}"/>`).join('')}</mergeCells>` : ''
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${data}</sheetData>${areas}</worksheet>`
}

const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** As it is, not packed: for what would pack more tightly than any table. */
export const stored = (text: string) => ({ data: Buffer.from(text), size: Buffer.byteLength(text), crc: crc32(text), method: 0 })

export type Parts = Record<string, string | Uint8Array | ReturnType<typeof stored>>
export const partsOf = (sheets: readonly RawSheet[], strings: readonly string[] = []): Parts => ({
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${MAIN}.sheet.main+xml"/>`
    + `${sheets.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${MAIN}.worksheet+xml"/>`).join('')}</Types>`,
  '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"><sheets>`
    + `${sheets.map(({ name, state }, at) => `<sheet name="${escape(name)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')
    + `<Relationship Id="rId900" Type="${RELATIONS}/styles" Target="styles.xml"/><Relationship Id="rId901" Type="${RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
  'xl/styles.xml': STYLES,
  'xl/sharedStrings.xml': `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${strings.map((xml) => `<si>${xml}</si>`).join('')}</sst>`,
  ...Object.fromEntries(sheets.map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheet.part ?? sheetPart(sheet)])),
})

export const zipped = (parts: Parts): Promise<Uint8Array<ArrayBuffer>> => writeZip(new Map(Object.entries(parts)))
export const workbook = (sheets: readonly RawSheet[], strings?: readonly string[]): Promise<Uint8Array<ArrayBuffer>> => zipped(partsOf(sheets, strings))
export const oneSheet = (rows: RawCell[][], more: Partial<RawSheet> = {}): Promise<Uint8Array<ArrayBuffer>> => workbook([{ name: 'Holdings', rows, ...more }])
