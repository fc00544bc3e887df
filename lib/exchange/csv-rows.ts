import { problemAt, refuseCell } from './refusal.ts'

/** A row of 64 cells as long as they may be is shorter; one of as many cells is none. */
const [LONGEST_ROW, MOST_CELLS] = [200_000, 1_000]
const PLAIN = { ',': /[^,"\r\n]*/y, ';': /[^;"\r\n]*/y, '\t': /[^\t"\r\n]*/y } as const
export type Delimiter = keyof typeof PLAIN
export const DELIMITERS = Object.keys(PLAIN) as Delimiter[]

const QUOTES = 'The quotation marks of this cell do not match. A cell that holds one is written in quotation marks, with two for each inside.'
const LONG = 'This row is longer than any row of a declaration. A quotation mark in it may not be closed.'

/** Where the quotation that begins at `start` ends; -1 when it does not. Two marks in a row are one within. */
const closing = (text: string, start: number): number => {
  let at = text.indexOf('"', start + 1)
  while (at !== -1 && text[at + 1] === '"' && at - start < LONGEST_ROW) at = text.indexOf('"', at + 2)
  return at
}

/**
 * Rows of RFC 4180, one after the other, as a spreadsheet counts them: a line break within quotation marks begins none. A mark that stands
 * where none may is refused: programs do not agree on what it means.
 */
export function* csvRows(text: string, delimiter: Delimiter): Generator<string[]> {
  const plain = PLAIN[delimiter]
  let [at, row, begun] = [0, 1, 0]
  let cells: string[] = []
  const refused = (message: string) => refuseCell(problemAt(null, row, cells.length, message))
  while (at < text.length) {
    if (text[at] === '"') {
      const end = closing(text, at)
      if (end - begun > LONGEST_ROW) throw refused(LONG)
      if (end === -1) throw refused(QUOTES)
      cells.push(text.slice(at + 1, end).replaceAll('""', '"'))
      at = end + 1
    } else {
      plain.lastIndex = at
      cells.push(plain.exec(text)![0])
      at = plain.lastIndex
    }
    const mark = text[at]
    if (at - begun > LONGEST_ROW || cells.length > MOST_CELLS) throw refused(LONG)
    if (mark === delimiter) {
      at += 1
      if (at < text.length) continue
      cells.push('')
    } else if (mark !== undefined && mark !== '\r' && mark !== '\n') {
      cells.pop()
      throw refused(QUOTES)
    }
    yield cells
    at += mark === '\r' && text[at + 1] === '\n' ? 2 : 1
    row += 1
    cells = []
    begun = at
  }
}
