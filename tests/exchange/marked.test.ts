import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { markedFile } from '../../lib/exchange/files.ts'
import { readNotes } from '../../lib/exchange/notes.ts'
import { WRONG_FILL } from '../../lib/exchange/styles.ts'
import { openZip, unpacked } from '../../lib/exchange/zip.ts'
import { cells, DAY, HEADER, read, readText } from './given.ts'
import { formula, number, oneSheet, partsOf, STYLE, zipped, type RawCell } from './raw.ts'

const ROWS: RawCell[][] = [['Title'], [], HEADER, ['I', 'M-84', '1.234', 16, null, 'Niš'], ['I', 'T-72', null, formula('1+1', 2)], ['VI', null, 'nil', 'nil'], ['I', number(46_000, STYLE.date), 1, 2]]
const WRONG = ['C4', 'C5', 'D5', 'B7']

const partOf = async (bytes: Uint8Array, name: string): Promise<string> => {
  const zip = openZip(bytes)
  const pieces: Uint8Array[] = []
  for await (const piece of unpacked(zip, zip.entries.get(name)!)) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}
const mark = async (bytes: Uint8Array, name = 'mine.xlsx'): Promise<Uint8Array> => {
  const { body } = await markedFile('declaration.holdings', { name, type: '', bytes }, DAY)
  return typeof body === 'string' ? Buffer.from(body) : body
}
async function* onePiece(text: string): AsyncGenerator<Uint8Array> { yield Buffer.from(text) }

/** Cells whose style has the colour of what is wrong. */
const coloured = async (bytes: Uint8Array, sheet = 'xl/worksheets/sheet1.xml'): Promise<string[]> => {
  const styles = await partOf(bytes, 'xl/styles.xml')
  const fills = (styles.match(/<fill>.*?<\/fill>/gs) ?? []).flatMap((fill, index) => (fill.includes(WRONG_FILL) ? [index] : []))
  const looks = styles.match(/<cellXfs>.*<\/cellXfs>/s)![0].match(/<xf [^>]*>/g)!
  const found = [...(await partOf(bytes, sheet)).matchAll(/<c (?=[^>]*r="([A-Z]+\d+)")[^>]*\bs="(\d+)"/g)]
  return found.filter(([, , style]) => fills.includes(Number(/fillId="(\d+)"/.exec(looks[Number(style)]!)?.[1]))).map(([, cell]) => cell!)
}

describe('the marked copy of a workbook', () => {
  test('colours the cells that are wrong and no others, and says in a note and in a list what would be right', async () => {
    const marked = await mark(await oneSheet(ROWS))
    expect((await coloured(marked)).toSorted()).toEqual(WRONG.toSorted())
    const notes = await readNotes(onePiece(await partOf(marked, 'xl/comments1.xml')))
    expect(notes.map(({ cell }) => cell)).toEqual(WRONG)
    expect(notes[0]!.text).toBe('Not imported: “1.234” can be read as 1234 or as 1.234. Write 1234 if that is meant.')
    const list = await partOf(marked, 'xl/worksheets/sheet2.xml')
    for (const cell of WRONG) expect(list).toContain(`>${cell}<`)
    expect(await partOf(marked, 'xl/workbook.xml')).toContain('name="Problems"')
    expect(await partOf(marked, 'xl/drawings/vmldrawing1.vml')).toContain('<x:Row>3</x:Row><x:Column>2</x:Column>')
  })

  test('is read like the original: the same cells are wrong, and all others say what they said', async () => {
    const original = await oneSheet(ROWS)
    expect(cells(await read(await mark(original)))).toEqual(cells(await read(original)))
    const whole = await oneSheet(ROWS.filter((_, index) => index < 3 || index === 5))
    expect((await read(await mark(whole))).payload).toEqual((await read(whole)).payload)
  })

  test('marked again it has one list, one note a cell, and no colour where nothing is wrong any more', async () => {
    const once = await mark(await oneSheet(ROWS))
    const sheet = (await partOf(once, 'xl/worksheets/sheet1.xml')).replace('>1.234<', '>1234<')
    const zip = openZip(once)
    const parts: Record<string, string> = {}
    for (const { name, written } of zip.entries.values()) parts[written] = name === 'xl/worksheets/sheet1.xml' ? sheet : await partOf(once, name)
    const twice = await mark(await zipped(parts))
    expect((await coloured(twice)).toSorted()).toEqual(['B7', 'C5', 'D5'])
    expect((await partOf(twice, 'xl/workbook.xml')).match(/name="Problems/g)).toHaveLength(1)
    const names = [...openZip(twice).entries.keys()].filter((name) => name.includes('comments'))
    expect(names).toHaveLength(1)
    const notes = await readNotes(onePiece(await partOf(twice, names[0]!)))
    expect(notes.map(({ cell, text }) => [cell, text.split('Not imported').length])).toEqual([['C5', 2], ['D5', 2], ['B7', 2]])
  })

  test('keeps everything else of the file: other sheets, styles, and parts that nobody looks at, to the byte', async () => {
    const parts = partsOf([{ name: 'Holdings', rows: ROWS }, { name: 'Mine', rows: [['keep & <me>']] }])
    const bytes = await zipped({ ...parts, 'xl/media/logo.png': Buffer.from([1, 2, 3]), 'custom/Mixed Case.bin': Buffer.from('x') })
    const marked = await mark(bytes)
    expect(await partOf(marked, 'xl/worksheets/sheet2.xml')).toBe(parts['xl/worksheets/sheet2.xml'])
    const zip = openZip(marked)
    expect([...zip.entries.values()].map(({ written }) => written)).toEqual(expect.arrayContaining(['xl/media/logo.png', 'custom/Mixed Case.bin']))
    expect([...zip.entries.values()][0]!.written).toBe('[Content_Types].xml')
    expect(await partOf(marked, 'xl/worksheets/sheet1.xml')).toContain('<f>1+1</f>')
  })

  test('keeps the notes that people wrote, behind ours where a cell has both', async () => {
    const marked = await mark(readFileSync(join(import.meta.dirname, 'files/exceljs.xlsx')))
    const name = [...openZip(marked).entries.keys()].find((part) => part.startsWith('xl/comments'))!
    expect((await readNotes(onePiece(await partOf(marked, name)))).map(({ cell, text }) => [cell, text])).toEqual([['A5', 'a note']])
  })

  test('marks what never was written: a missing column, a blank cell, a row that is not there', async () => {
    const marked = await mark(await oneSheet([[], [], ['Category', 'Type', 'In service'], ['I', 'M-84', 1]]))
    expect(await coloured(marked)).toEqual(['D3'])
    const blank = await mark(await oneSheet([HEADER, [null, null, 1], ['I']]))
    expect((await coloured(blank)).toSorted()).toEqual(['A2', 'C3', 'D2', 'D3'])
  })

  test('of a workbook without styles, and of one under prefixes', async () => {
    const { 'xl/styles.xml': _styles, ...parts } = partsOf([{ name: 'Holdings', rows: [HEADER, ['I', 'M-84', '1.234', 1]] }])
    const bare = { ...parts, 'xl/_rels/workbook.xml.rels': String(parts['xl/_rels/workbook.xml.rels']).replace(/<Relationship Id="rId900"[^>]*>/, '') }
    const marked = await mark(await zipped(bare))
    expect(cells(await read(marked))).toEqual(['C2'])
    expect(await partOf(marked, 'xl/batp-styles.xml')).toContain(WRONG_FILL)
    const prefixed = String(parts['xl/worksheets/sheet1.xml']).replace(/<(\/?)(\w)/g, '<$1x:$2').replace('xmlns=', 'xmlns:x=')
    const under = await mark(await zipped({ ...bare, 'xl/worksheets/sheet1.xml': prefixed }))
    expect(await partOf(under, 'xl/worksheets/sheet1.xml')).toMatch(/<x:legacyDrawing [^>]*><\/x:legacyDrawing><\/x:worksheet>$/)
    expect(cells(await read(under))).toEqual(['C2'])
  })

  test('of a file with nothing wrong says so', async () => {
    expect(await partOf(await mark(await oneSheet([HEADER, ['I', 'M-84', 1, 0]])), 'xl/worksheets/sheet2.xml')).toContain('No problem was found.')
  })
})

describe('the marked copy of a CSV', () => {
  const text = 'As of;2027-01-01\r\n\r\nCategory;Type;In service;In storage\r\nI;M-84;1.234;=A1\r\nI;T-72;1;0\r\n'
  const marked = async (given: string) => (await mark(Buffer.from(given), 'mine.csv')).toString()

  test('says in a column of its own what is wrong in each row, and runs nothing', async () => {
    const lines = (await marked(text)).split('\r\n')
    expect(lines[2]).toBe('Category;Type;In service;In storage;Problems')
    expect(lines[3]).toMatch(/^I;M-84;1\.234;'=A1;C4: “1\.234” can be read as .* D4: This is a formula\./)
    expect(lines[4]).toBe('I;T-72;1;0;')
  })

  test('is read like the original, and marked again in the same column', async () => {
    const once = await marked(text)
    expect(cells(await readText(once))).toEqual(['C4', 'D4'])
    const twice = await marked(once)
    expect(twice.split('\r\n')[2]).toBe('Category;Type;In service;In storage;Problems')
    expect((await readText((await marked(once.replace('1.234', '1234').replace("'=A1", '5'))))).payload?.lines).toHaveLength(2)
  })

  test('says what is wrong with the header in the row under it, which keeps the header readable', async () => {
    const lines = (await marked('Category,Type,In service,Colour\nI,M-84,1,green\n')).split('\r\n')
    expect(lines[0]).toBe('\uFEFFCategory,Type,In service,Colour,Problems')
    expect(lines[1]).toMatch(/D1: “Colour” is not a column.* E1: The header does not name In storage/)
  })
})
