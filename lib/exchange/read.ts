import type { Json } from '../log/canonical.ts'
import { readCsv, readDeclaredCsv } from './csv.ts'
import type { SheetKind } from './declared-sheets.ts'
import { SHEET_BYTES } from './input.ts'
import type { Reading } from './reading.ts'
import { problemOf, refuseFile } from './refusal.ts'
import { openWorkbook } from './workbook.ts'
import { readDeclaredXlsx, readXlsx } from './xlsx.ts'
import { openZip } from './zip.ts'

/** A file as it came. `type` is the media type it was sent with; its name and its content must say the same. */
export type Given = { name: string; type: string; bytes: Uint8Array }
export type Format = 'xlsx' | 'csv'

const [ZIP, OLE] = [[0x50, 0x4b, 0x03, 0x04], [0xd0, 0xcf, 0x11, 0xe0]]
const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, index) => bytes[index] === byte)

const AS_XLSX = 'Open it in your spreadsheet program, save it as “Excel workbook (.xlsx)”, and send that.'
const OLD = `This is the old binary format of Excel, which is not read here. ${AS_XLSX}`
const ADVICE = new Map(Object.entries({
  xls: OLD,
  xlsb: `This is the binary format of Excel, which is not read here. ${AS_XLSX}`,
  xlsm: `This is a workbook for macros, which is not read here. ${AS_XLSX}`,
  xltm: `This is a template for macros, which is not read here. ${AS_XLSX}`,
  ods: `This is the OpenDocument format, which is not read here. ${AS_XLSX}`,
  numbers: `This is the format of Numbers, which is not read here. Export it as Excel or CSV, and send that.`,
}))
const OTHER = 'Only workbooks (.xlsx) and tables as text (.csv) are read. Give the name of the file with its ending.'
const LOCKED = 'The workbook is locked with a password. Remove the password and send it again.'
const TOO_LARGE = 'The file is larger than 10 MB. A declaration of 20,000 lines is smaller: copy the table into a new, empty workbook.'
const FORMATS = new Map<string, Format>([['xlsx', 'xlsx'], ['csv', 'csv'], ['tsv', 'csv']])

const isLocked = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'))

/** What the file is, by its name and by its content, which must agree (OWASP ASVS 5.2.2). */
export const formatOf = ({ name, bytes }: Pick<Given, 'name' | 'bytes'>): Format => {
  const extension = /\.([^./\\]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (bytes.byteLength === 0) throw refuseFile('The file is empty.')
  if (bytes.byteLength > SHEET_BYTES) throw refuseFile(TOO_LARGE)
  if (beginsWith(bytes, OLE)) throw refuseFile(isLocked(bytes) ? LOCKED : OLD)
  const format = FORMATS.get(extension)
  if (!format) throw refuseFile(ADVICE.get(extension) ?? OTHER)
  const isZip = beginsWith(bytes, ZIP)
  if (format === 'xlsx' && !isZip) throw refuseFile(`The file is named .xlsx, but is no workbook. ${AS_XLSX}`)
  if (format === 'csv' && isZip) {
    throw refuseFile('The file is named .csv, but is a workbook or an archive. Give it the ending that it has, or save it as CSV.')
  }
  return format
}

export const charsetOf = (type: string): string | null => /;\s*charset\s*=\s*"?([\w-]{1,40})"?/i.exec(type)?.[1] ?? null

type Of<K extends SheetKind> = K extends 'declaration.holdings' ? Reading : Reading<Record<string, Json>>

const readAs = async (kind: SheetKind, given: Given, asOf: string | undefined): Promise<Reading<unknown>> => {
  if (formatOf(given) === 'csv') {
    const charset = charsetOf(given.type)
    return kind === 'declaration.holdings' ? readCsv(given.bytes, charset, asOf) : readDeclaredCsv(kind, given.bytes, charset, asOf)
  }
  const book = await openWorkbook(openZip(given.bytes))
  return kind === 'declaration.holdings' ? readXlsx(book, asOf) : readDeclaredXlsx(kind, book, asOf)
}

/** A declaration of a kind from a file: its payload, or every cell that is wrong. A file that cannot be read at all is refused. */
export const readGiven = async <K extends SheetKind>(kind: K, given: Given, asOf?: string): Promise<Of<K>> => {
  try {
    return (await readAs(kind, given, asOf)) as Of<K>
  } catch (error) {
    const problem = problemOf(error)
    if (!problem) throw error
    return { sheets: problem.sheet === null ? [] : [problem.sheet], payload: null, problems: [problem], found: 1 } as Reading<never> as Of<K>
  }
}

export const readHoldings = (given: Given, asOf?: string): Promise<Reading> => readGiven('declaration.holdings', given, asOf)
