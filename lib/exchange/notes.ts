import { readXml, writeText } from './xml.ts'
import { placeOf } from './cells.ts'

/** A note on a cell, as Excel and LibreOffice show it when the pointer rests there. */
export type Note = { cell: string; author: string; text: string }
const OUR_NAME = 'Register'
/** Notes that begin so are ours, and make way for newer ones; not every program keeps the author. */
const OURS = 'Not imported: '
const BEHIND = '\n\n———\n'

export const ourNote = (cell: string, messages: readonly string[]): Note => ({ cell, author: OUR_NAME, text: OURS + messages.join('\n') })

/** What people wrote: all of a note of theirs, or what stands behind one of ours. */
const written = ({ text }: Note): string => (text.startsWith(OURS) ? text.split(BEHIND).slice(1).join(BEHIND) : text)

/** Notes that people wrote stay; on a cell that is wrong theirs is put behind ours. */
export const mergedNotes = (ours: readonly Note[], found: readonly Note[]): Note[] => {
  const merged = new Map(ours.map((note) => [note.cell, note]))
  for (const note of found) {
    const own = merged.get(note.cell)
    const text = written(note)
    if (text !== '') merged.set(note.cell, own ? { ...own, text: own.text + BEHIND + text } : { ...note, text })
  }
  return [...merged.values()]
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** The notes of a sheet; runs of text are one text. */
export const readNotes = async (pieces: AsyncIterable<Uint8Array>): Promise<Note[]> => {
  const authors: string[] = []
  const notes: Note[] = []
  const path: string[] = []
  await readXml(pieces, {
    open: (name, { ref = '', authorId = '0' }) => {
      path.push(name)
      if (name === 'author') authors.push('')
      if (name === 'comment') notes.push({ cell: ref, author: authors[Number(authorId)] ?? '', text: '' })
    },
    text: (text) => {
      if (path.at(-1) === 'author') authors[authors.length - 1] += text
      const note = notes.at(-1)
      if (note && path.at(-1) === 't' && !path.includes('rPh')) note.text += text
    },
    close: () => path.pop(),
    badCharacter: () => true,
  })
  return notes.filter(({ cell }) => placeOf(cell) !== null)
}

export const notesXml = (notes: readonly Note[]): string => {
  const authors = [...new Set(notes.map(({ author }) => author))]
  const list = notes.map(({ cell, author, text }) =>
    `<comment ref="${cell}" authorId="${authors.indexOf(author)}"><text><r><t xml:space="preserve">${writeText(text)}</t></r></text></comment>`)
  return `${DECLARATION}<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
    + `<authors>${authors.map((author) => `<author>${writeText(author)}</author>`).join('')}</authors><commentList>${list.join('')}</commentList></comments>`
}

const shape = ({ cell }: Note, nth: number): string => {
  const { column, row } = placeOf(cell)!
  return `<v:shape id="_x0000_s${1025 + nth}" type="#_x0000_t202" style="position:absolute;width:240pt;height:90pt;z-index:${nth + 1};visibility:hidden" `
    + 'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    + '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    + `<x:Anchor>${column + 1}, 15, ${Math.max(row - 2, 0)}, 4, ${column + 5}, 15, ${row + 4}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>`
    + `<x:Row>${row - 1}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
}

/** The boxes of the notes: spreadsheet programs still draw them from VML (ECMA-376 part 4, 19). */
export const notesVml = (notes: readonly Note[]): string =>
  '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
  + '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
  + '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
  + `<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${notes.map(shape).join('')}</xml>`
