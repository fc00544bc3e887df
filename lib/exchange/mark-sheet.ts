import { cellName, placeOf } from './cells.ts'
import { rewriteXml, tag, type Edit, type Place } from './rewrite.ts'
import { WRONG_FILL, wrongFill } from './styles.ts'
import type { Attributes } from './xml.ts'

export const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The elements that stand behind the reference to the notes in a sheet (ECMA-376 part 1, 18.3.1.99). */
const AFTER_NOTES = ['legacyDrawingHF', 'drawingHF', 'picture', 'oleObjects', 'controls', 'AlternateContent', 'webPublishItems', 'tableParts', 'extLst']

/** Wrong cells by row, then by column. */
export type Wrong = ReadonlyMap<number, ReadonlySet<number>>
/** The style that a wrong cell gets in place of the one that it has. */
export type Restyle = (style: number) => number

const isAt = ({ path }: Place, ...names: string[]): boolean => path.length === names.length + 1 && names.every((name, index) => path[index + 1] === name)

/** Colours the wrong cells, makes those that were never written, and refers to the notes. Everything else stays. */
export const markSheet = (pieces: AsyncIterable<Uint8Array>, wrong: Wrong, restyle: Restyle, notesId: string): Promise<string> => {
  const rows = [...wrong.keys()].toSorted((a, b) => a - b)
  let columns: number[] = []
  let [row, column, isReferred, isBehind] = [0, -1, false, false]
  const blank = (prefix: string, at: number): string => `${tag(`${prefix}c`, { r: cellName(at, row), s: String(restyle(0)) })}</${prefix}c>`
  const columnsOf = (at: number): number[] => [...(wrong.get(at) ?? [])].toSorted((a, b) => a - b)
  const cellsBefore = (prefix: string, end: number): string => {
    let made = ''
    while (columns.length > 0 && columns[0]! < end) made += blank(prefix, columns.shift()!)
    return made
  }
  const rowsBefore = (prefix: string, end: number): string => {
    let made = ''
    while (rows.length > 0 && rows[0]! < end) {
      row = rows.shift()!
      columns = columnsOf(row)
      made += `${tag(`${prefix}row`, { r: String(row) })}${cellsBefore(prefix, Infinity)}</${prefix}row>`
    }
    return made
  }
  const reference = (prefix: string): string => {
    isReferred = true
    return `${tag(`${prefix}legacyDrawing`, { 'xmlns:r': RELATIONS, 'r:id': notesId })}</${prefix}legacyDrawing>`
  }
  const openRow = (attributes: Attributes, prefix: string, put: (xml: string) => void): Attributes => {
    const at = attributes.r === undefined ? row + 1 : Number(attributes.r)
    put(rowsBefore(prefix, at))
    row = at
    column = -1
    if (rows[0] === row) rows.shift()
    columns = columnsOf(row)
    const { spans: _spans, ...kept } = attributes
    return { ...kept, r: String(row) }
  }
  const openCell = (attributes: Attributes, prefix: string, put: (xml: string) => void): Attributes => {
    column = placeOf(attributes.r ?? '')?.column ?? column + 1
    put(cellsBefore(prefix, column))
    if (columns[0] !== column) return attributes
    columns.shift()
    return { ...attributes, s: String(restyle(Number(attributes.s ?? 0))) }
  }
  const edit: Edit = {
    open: (name, attributes, place, put) => {
      const { prefix } = place
      if (isAt(place, 'dimension') || isAt(place, 'legacyDrawing')) return null
      if (isBehind && !isReferred && AFTER_NOTES.some((other) => isAt(place, other))) put(reference(prefix))
      if (isAt(place, 'sheetData', 'row')) return openRow(attributes, prefix, put)
      return isAt(place, 'sheetData', 'row', 'c') ? openCell(attributes, prefix, put) : attributes
    },
    close: (_name, place, put) => {
      const { prefix, path } = place
      if (isAt(place, 'sheetData', 'row')) put(cellsBefore(prefix, Infinity))
      if (isAt(place, 'sheetData')) { put(rowsBefore(prefix, Infinity)); isBehind = true }
      if (path.length === 1 && !isReferred) put(reference(prefix))
    },
  }
  return rewriteXml(pieces, edit)
}

const filled = (xf: string, fill: number): string =>
  xf.replace(/^<[^>]*?(\/?)>/, (start) => start.replace(/ (fillId|applyFill)="[^"]*"/g, '').replace(/>$/, ` fillId="${fill}" applyFill="1">`))

/** Adds to the styles those of wrong cells: each the style that the cell had, in another colour. Marks of an earlier copy are taken away. */
export const markStyles = (pieces: AsyncIterable<Uint8Array>, copied: readonly number[]): Promise<string> => {
  const looks: string[] = []
  let fills = 0
  const edit: Edit = {
    open: (name, attributes, place) => {
      if (isAt(place, 'fills', 'fill')) fills += 1
      if (name === 'fgColor' && attributes.rgb === WRONG_FILL) return { ...attributes, rgb: 'FFFFFFFF' }
      if (isAt(place, 'fills') || isAt(place, 'cellXfs')) { const { count: _count, ...kept } = attributes; return kept }
      return attributes
    },
    close: (name, place, put, whole) => {
      if (isAt(place, 'cellXfs', 'xf')) looks.push(`${whole()}</${place.prefix}${name}>`)
      if (isAt(place, 'fills')) put(wrongFill(place.prefix))
      if (isAt(place, 'cellXfs')) put(copied.map((style) => filled(looks[style] ?? looks[0] ?? `<${place.prefix}xf></${place.prefix}xf>`, fills)).join(''))
    },
  }
  return rewriteXml(pieces, edit)
}
