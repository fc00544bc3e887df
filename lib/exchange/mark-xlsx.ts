import type { Row } from './cells.ts'
import { mergedNotes, notesVml, notesXml, ourNote, readNotes, type Note } from './notes.ts'
import { problemRows, WHAT_IS_WRONG } from './problem-rows.ts'
import type { Reading } from './reading.ts'
import { rewriteXml, tag, type Edit } from './rewrite.ts'
import { MOST_CELLS, readRows } from './sheet-rows.ts'
import { markSheet, markStyles, RELATIONS, type Restyle, type Wrong } from './mark-sheet.ts'
import { STYLES, styleIndex, stylesXml } from './styles.ts'
import { openWorkbook, relationsOf, relationsPart, type Relation, type SheetPart, type Workbook } from './workbook.ts'
import { relationsXml, sheetXml } from './workbook-write.ts'
import { attributeOf, type Attributes } from './xml.ts'
import { openZip, packedAs, unpacked, type Zip } from './zip.ts'
import { writeZip } from './zip-write.ts'

/** What is rewritten is held as text: more than this is no declaration that a person fills in. */
const MOST_MARKED_BYTES = 40 * 1024 * 1024
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** For a workbook that came without any. */
const OWN_STYLES = 'xl/batp-styles.xml'
const LIST = 'Problems'
const FIRST_PARTS = ['[content_types].xml', '_rels/.rels']

type Parts = { zip: Zip; changed: Map<string, string>; dropped: Set<string>; types: [attribute: 'PartName' | 'Extension', name: string, type: string][] }

const piecesOf = (zip: Zip, part: string) => unpacked(zip, zip.entries.get(part)!)
const free = (taken: (name: string) => boolean, name: (nth: number) => string): string => {
  let nth = 1
  while (taken(name(nth))) nth += 1
  return name(nth)
}

/** As writers name each other's parts: '../comments1.xml' as seen from 'xl/worksheets/sheet1.xml'. */
const seenFrom = (base: string, target: string): string => {
  const [from, to] = [base.split('/').slice(0, -1), target.split('/')]
  const common = from.findIndex((step, index) => step !== to[index])
  const shared = common === -1 ? from.length : common
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/')
}

/** Adds relations to a part's list of them, and takes away those of some types. */
const relate = async ({ zip, changed }: Parts, part: string, added: readonly Relation[], without: readonly string[] = []): Promise<void> => {
  const list = relationsPart(part)
  const xml = added.map(({ id, type, target }) => ({ Id: id, Type: `${RELATIONS}/${type}`, Target: seenFrom(part, target) }))
  const all = (prefix: string): string => xml.map((relation) => `${tag(`${prefix}Relationship`, relation)}</${prefix}Relationship>`).join('')
  changed.set(list, zip.entries.has(list)
    ? await rewriteXml(piecesOf(zip, list), {
      open: (name, attributes) => (name === 'Relationship' && without.some((type) => attributes.Type?.endsWith(`/${type}`)) ? null : attributes),
      close: (_name, { path, prefix }, put) => { if (path.length === 1) put(all(prefix)) },
    })
    : relationsXml([all('')]))
}

type Problems = Reading['problems']
const notesOf = (problems: Problems): Note[] =>
  [...Map.groupBy(problems.filter(({ cell }) => cell !== null), ({ cell }) => cell!)].map(([cell, own]) => ourNote(cell, own.map(({ message }) => message)))

const wrongCells = (problems: Problems): Wrong => {
  const wrong = new Map<number, Set<number>>()
  for (const { row, column } of problems) if (row && column) wrong.set(row, (wrong.get(row) ?? new Set()).add(column - 1))
  return wrong
}

/** Marks one sheet: the colour of its wrong cells comes from `restyle`, their notes stand in parts of its own. */
const markCells = async (parts: Parts, { name, part: at }: SheetPart, problems: Problems, restyle: Restyle): Promise<void> => {
  const { zip, changed, dropped, types } = parts
  const relations = await relationsOf(zip, at)
  const old = relations.filter(({ type, target }) => ['comments', 'vmlDrawing'].includes(type) && zip.entries.has(target))
  const theirs: Note[] = []
  for (const { target } of old.filter(({ type }) => type === 'comments')) theirs.push(...(await readNotes(piecesOf(zip, target))))
  for (const { target } of old) dropped.add(target)
  const own = problems.filter(({ sheet }) => sheet === name)
  const notes = mergedNotes(notesOf(own), theirs)
  const part = (named: (nth: number) => string): string => free((taken) => zip.entries.has(taken.toLowerCase()) || changed.has(taken), named)
  const [comments, boxes] = [part((nth) => `xl/comments${nth}.xml`), part((nth) => `xl/drawings/vmlDrawing${nth}.vml`)]
  const id = (what: string): string => free((taken) => relations.some((relation) => relation.id === taken), (nth) => `batp${what}${nth}`)
  const [commentsId, boxesId] = [id('comments'), id('notes')]
  changed.set(at, await markSheet(piecesOf(zip, at), wrongCells(own), restyle, boxesId))
  const added = [{ id: commentsId, type: 'comments', target: comments }, { id: boxesId, type: 'vmlDrawing', target: boxes }]
  await relate(parts, at, added, ['comments', 'vmlDrawing'])
  changed.set(comments, notesXml(notes))
  changed.set(boxes, notesVml(notes))
  types.push(['PartName', `/${comments}`, `${TYPE}.comments+xml`], ['Extension', 'vml', 'application/vnd.openxmlformats-officedocument.vmlDrawing'])
}

/** Marks every sheet that was read. */
const markSheets = async (parts: Parts, book: Workbook, { sheets, problems }: Reading<unknown>): Promise<void> => {
  const copied: number[] = []
  const base = book.stylesPart ? book.shown.length : STYLES.length
  const restyle = (style: number): number => {
    if (!book.stylesPart) return styleIndex('wrong')
    if (!copied.includes(style)) copied.push(style)
    return base + copied.indexOf(style)
  }
  const found = book.sheets.filter(({ name, part }) => sheets.includes(name) && parts.zip.entries.has(part))
  for (const sheet of found) await markCells(parts, sheet, problems, restyle)
  if (found.length > 0) await dressIn(parts, book, copied)
}

const dressIn = async ({ zip, changed, types }: Parts, { stylesPart }: Workbook, copied: readonly number[]): Promise<void> => {
  if (stylesPart) changed.set(stylesPart, await markStyles(piecesOf(zip, stylesPart), copied))
  else {
    changed.set(OWN_STYLES, stylesXml())
    types.push(['PartName', `/${OWN_STYLES}`, `${TYPE}.styles+xml`])
  }
}

/** The list of problems of an earlier copy, which makes way for the new one. */
const earlierList = async (book: Workbook): Promise<string | null> => {
  for (const sheet of book.sheets.filter(({ name }) => name.startsWith(LIST))) {
    const rows: Row[] = []
    await readRows(book, sheet, (row) => rows.push(row), { left: MOST_CELLS }, 1)
    if (rows[0]?.cells.some(({ cell }) => cell.is === 'text' && cell.text === WHAT_IS_WRONG)) return sheet.part
  }
  return null
}

/** A sheet that lists all problems. Its cells take the plain style of the workbook, whatever that is. */
const addList = async (parts: Parts, book: Workbook, reading: Reading<unknown>): Promise<void> => {
  const { zip, changed, types } = parts
  const rows = problemRows(reading).map((row) => row.map((value) => ({ value, style: 'plain' as const })))
  const relations = await relationsOf(zip, book.part)
  const earlier = await earlierList(book)
  const part = earlier ?? free((taken) => zip.entries.has(taken), (nth) => `xl/worksheets/sheet${nth}.xml`)
  const id = free((taken) => relations.some((relation) => relation.id === taken), (nth) => `batpproblems${nth}`)
  changed.set(part, sheetXml({ name: LIST, widths: [20, 10, 120], rows, frozen: 1 }))
  if (!earlier) {
    types.push(['PartName', `/${part}`, `${TYPE}.worksheet+xml`])
    changed.set(book.part, await rewriteXml(piecesOf(zip, book.part), listedIn(book, id)))
  }
  const styles = changed.has(OWN_STYLES) && !book.stylesPart ? [{ id: `${id}styles`, type: 'styles', target: OWN_STYLES }] : []
  await relate(parts, book.part, [...(earlier ? [] : [{ id, type: 'worksheet', target: part }]), ...styles])
}

/** Names one more sheet, behind all others. */
const listedIn = ({ sheets }: Workbook, id: string): Edit => {
  const name = free((taken) => sheets.some((sheet) => sheet.name.toLowerCase() === taken.toLowerCase()), (nth) => (nth === 1 ? LIST : `${LIST} ${nth}`))
  let last = 0
  return {
    open: (element, attributes) => {
      if (element === 'sheet') last = Math.max(last, Number(attributes.sheetId ?? 0))
      return attributes
    },
    close: (element, { path, prefix }, put) => {
      const attributes = { name, 'sheetId': String(last + 1), 'xmlns:r': RELATIONS, 'r:id': id }
      if (element === 'sheets' && path.length === 2) put(`${tag(`${prefix}sheet`, attributes)}</${prefix}sheet>`)
    },
  }
}

/** What each added part is, and nothing of those that were dropped. */
const declareTypes = async ({ zip, changed, dropped, types }: Parts): Promise<void> => {
  const list = '[content_types].xml'
  const known = new Set<string>()
  const isStale = ({ PartName }: Attributes): boolean => PartName !== undefined
    && (dropped.has(PartName.replace(/^\//, '').toLowerCase()) || types.some(([, name]) => name === PartName))
  changed.set(list, await rewriteXml(piecesOf(zip, list), {
    open: (_name, attributes) => {
      const extension = attributeOf(attributes, 'Extension')
      if (extension) known.add(extension.toLowerCase())
      return isStale(attributes) ? null : attributes
    },
    close: (_name, { path, prefix }, put) => {
      if (path.length !== 1) return
      for (const [attribute, name, type] of types) {
        if (attribute === 'Extension' && known.has(name)) continue
        known.add(name)
        const element = `${prefix}${attribute === 'Extension' ? 'Default' : 'Override'}`
        put(`${tag(element, { [attribute]: name, ContentType: type })}</${element}>`)
      }
    },
  }))
}

/** The user's own workbook with its wrong cells coloured, a note on each, and a sheet that lists them. Nothing else of it is changed. */
export const markXlsx = async (bytes: Uint8Array, reading: Reading<unknown>): Promise<Uint8Array<ArrayBuffer>> => {
  const zip = openZip(bytes)
  zip.budget.left = MOST_MARKED_BYTES
  const book = await openWorkbook(zip)
  const parts: Parts = { zip, changed: new Map(), dropped: new Set(), types: [] }
  await markSheets(parts, book, reading)
  await addList(parts, book, reading)
  await declareTypes(parts)
  const out = new Map<string, string | ReturnType<typeof packedAs>>()
  const names = [...new Set([...FIRST_PARTS, ...zip.entries.keys(), ...parts.changed.keys()])]
  for (const name of names) {
    const entry = zip.entries.get(name)
    const content = parts.changed.get(name) ?? (entry && !parts.dropped.has(name) ? packedAs(zip, entry) : undefined)
    if (content !== undefined) out.set(entry?.written ?? name, content)
  }
  return writeZip(out)
}
