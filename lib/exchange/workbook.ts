import { shownBy, type Shown } from './formats.ts'
import { refuseFile } from './refusal.ts'
import { attributeOf, readEscapes, readXml, type Handlers } from './xml.ts'
import { partName, unpacked, type Zip } from './zip.ts'

export type SheetPart = { name: string; part: string; isVisible: boolean }
/** `strings` are null where one holds a character that no text may hold. */
export type Workbook = {
  zip: Zip; part: string; sheets: SheetPart[]; strings: (string | null)[]; shown: Shown[]; from1904: boolean; stylesPart: string | null
}

const MACROS = 'The workbook holds macros. Save it as XLSX, a workbook without macros, and send that.'
const NOT_A_WORKBOOK = 'The file is no workbook of the XLSX format. Open it in your spreadsheet program and save it as XLSX.'
const TOO_MUCH = 'The workbook holds far more text than a declaration. Copy the table into a new, empty workbook and send that.'
/** Far beyond what 20,000 lines need. */
const [MOST_STRINGS, MOST_CHARACTERS, MOST_SHEETS, MOST_STYLES] = [200_000, 32_000_000, 100, 65_536]

const TOO_MANY = `The workbook has more than ${MOST_SHEETS} sheets. Copy the table into a new, empty workbook and send that.`

const read = async (zip: Zip, part: string, handlers: Handlers): Promise<boolean> => {
  const entry = zip.entries.get(part)
  if (entry) await readXml(unpacked(zip, entry), handlers)
  return Boolean(entry)
}
const nothing = (): void => {}

export type Relation = { id: string; type: string; target: string }
const folderOf = (part: string): string => part.slice(0, part.lastIndexOf('/') + 1)
export const relationsPart = (part: string): string => `${folderOf(part)}_rels/${part.slice(folderOf(part).length)}.rels`

/** '../worksheets/sheet1.xml' as seen from 'xl/workbook.xml' */
const resolved = (base: string, target: string): string => {
  if (target.startsWith('/')) return partName(target)
  const steps: string[] = []
  for (const step of partName(folderOf(base) + target).split('/')) if (step === '..') steps.pop(); else if (step !== '.') steps.push(step)
  return steps.join('/')
}

/** What a part refers to within the workbook; addresses outside of it are not looked at. */
export const relationsOf = async (zip: Zip, part: string): Promise<Relation[]> => {
  const found: Relation[] = []
  await read(zip, relationsPart(part), {
    open: (name, { Id, Type, Target, TargetMode }) => {
      if (name !== 'Relationship' || !Id || !Type || !Target || TargetMode === 'External') return
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target: resolved(part, Target) })
    },
    close: nothing,
  })
  return found
}

const MAIN = 'spreadsheetml.sheet.main+xml'

/** The kind of the main part is what the package says of itself; a name that ends in .xlsx says nothing. */
const mainPart = async (zip: Zip): Promise<string> => {
  if ([...zip.entries.keys()].some((name) => name.includes('vbaproject') || name.includes('macrosheets/'))) throw refuseFile(MACROS)
  const types = new Map<string, string>()
  let isFormat = false
  await read(zip, '[content_types].xml', {
    open: (name, { PartName, ContentType, Extension }) => {
      if (/macroEnabled|vbaProject/i.test(ContentType ?? '')) throw refuseFile(MACROS)
      if (name === 'Override' && PartName) types.set(partName(PartName), ContentType ?? '')
      if (name === 'Default' && Extension === 'xml') isFormat ||= Boolean(ContentType?.endsWith(MAIN))
    },
    close: nothing,
  })
  const main = (await relationsOf(zip, '')).find(({ type }) => type === 'officeDocument')?.target
  if (!main || !zip.entries.has(main) || !(types.get(main)?.endsWith(MAIN) ?? isFormat)) throw refuseFile(NOT_A_WORKBOOK)
  return main
}

const sheetsOf = async (zip: Zip, main: string, relations: readonly Relation[]): Promise<Pick<Workbook, 'sheets' | 'from1904'>> => {
  const sheets: SheetPart[] = []
  let from1904 = false
  await read(zip, main, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (name !== 'sheet') return
      const relation = relations.find(({ id }) => id === attributeOf(attributes, 'id'))
      if (relation?.type !== 'worksheet') return
      sheets.push({ name: attributes.name ?? '', part: relation.target, isVisible: (attributes.state ?? 'visible') === 'visible' })
      if (sheets.length > MOST_SHEETS) throw refuseFile(TOO_MANY)
    },
    close: nothing,
  })
  return { sheets, from1904 }
}

const stringsOf = async (zip: Zip, part: string | undefined): Promise<(string | null)[]> => {
  const strings: (string | null)[] = []
  let [text, characters, isIn, isRead, isBad] = ['', 0, false, true, false]
  if (part) await read(zip, part, {
    open: (name) => {
      if (name === 'si') [text, isBad] = ['', false]
      if (name === 'rPh') isRead = false
      isIn = name === 't'
    },
    text: (piece) => { if (isIn && isRead) text += piece },
    close: (name) => {
      if (name === 't') isIn = false
      if (name === 'rPh') isRead = true
      if (name !== 'si') return
      strings.push(isBad ? null : readEscapes(text))
      characters += text.length
      if (strings.length > MOST_STRINGS || characters > MOST_CHARACTERS) throw refuseFile(TOO_MUCH)
    },
    badCharacter: () => (isBad = true),
  })
  return strings
}

/** How each style of a cell shows a number. */
const stylesOf = async (zip: Zip, part: string | null): Promise<Shown[]> => {
  const codes = new Map<number, string>()
  const shown: Shown[] = []
  let isIn = false
  if (part) await read(zip, part, {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt' && numFmtId && formatCode !== undefined && codes.size < MOST_STYLES) codes.set(Number(numFmtId), formatCode)
      if (name === 'cellXfs') isIn = true
      if (name === 'xf' && isIn && shown.length < MOST_STYLES) shown.push(shownBy(Number(numFmtId ?? 0), codes.get(Number(numFmtId ?? 0))))
    },
    close: (name) => { if (name === 'cellXfs') isIn = false },
  })
  return shown
}

export const openWorkbook = async (zip: Zip): Promise<Workbook> => {
  const part = await mainPart(zip)
  const relations = await relationsOf(zip, part)
  const partOf = (wanted: string): string | undefined => relations.find(({ type }) => type === wanted)?.target
  const stylesPart = partOf('styles') ?? null
  return {
    zip, part, ...(await sheetsOf(zip, part, relations)), strings: await stringsOf(zip, partOf('sharedStrings')),
    shown: await stylesOf(zip, stylesPart), stylesPart,
  }
}
