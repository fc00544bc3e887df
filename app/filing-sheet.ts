import { setImmediate } from 'node:timers/promises'
import type { FileAnswer, Format } from '@/lib/api/edge.ts'
import { FOOTNOTE } from '@/lib/participants/rules.ts'
import { fileName } from '@/lib/proof/package.ts'
import { getFilingPaper } from '@/lib/proof/queries.ts'
import { paperOf, type Given, type Paper, type PaperColumn, type PaperRow, type PaperTable } from './filing-paper.ts'
import { INK, LEFT, openPaper, PALE, RULE, TOP, WIDTH, type Doc } from './paper.ts'

const [BOTTOM, FOOT, LABELS, FIGURE, GAP] = [772, 786, 112, 80, 8]
const [SIZE, LEAD, PADDING] = [8.5, 2, 3.5]
/** Rows between which others are served. */
const BREATH = 100

const leave = (doc: Doc, height: number, again?: () => void): void => {
  if (doc.y + height <= BOTTOM) return
  doc.addPage()
  doc.y = TOP
  again?.()
}

const heading = (doc: Doc, words: string): void => {
  leave(doc, 70)
  doc.y += 14
  doc.font('bold').fontSize(11).fillColor(INK).text(words, LEFT, doc.y, { width: WIDTH })
  doc.y += 4
}

const drawRow = (doc: Doc, { label, value, isCode }: PaperRow): void => {
  const width = WIDTH - LABELS
  const face = () => (isCode ? doc.font('Courier').fontSize(8) : doc.font('text').fontSize(SIZE))
  const height = face().heightOfString(value, { width, lineGap: LEAD })
  leave(doc, Math.min(height, BOTTOM - TOP))
  const { y } = doc
  doc.font('text').fontSize(SIZE).fillColor(PALE).text(label, LEFT, y, { width: LABELS - GAP })
  const below = doc.y
  face().fillColor(INK).text(value, LEFT + LABELS, y, { width, lineGap: LEAD })
  doc.y = Math.max(doc.y, below) + 1.5
}

type Placed = PaperColumn & { x: number; width: number }
const placed = (columns: readonly PaperColumn[]): Placed[] => {
  const figures = columns.filter(({ numeric }) => numeric).length
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  let x = LEFT
  return columns.map((column, index) => {
    const width = column.numeric ? FIGURE : ((WIDTH - figures * FIGURE) * column.share) / shares
    const at = { ...column, x, width: index === columns.length - 1 ? width : width - GAP }
    x += width
    return at
  })
}

/** Lines of a cell, broken once: most are short, and measuring one by one is what takes the time. */
const breaker = (doc: Doc) => {
  const widths = new Map<string, number>()
  const widthOf = (words: string): number => {
    const known = widths.get(words)
    if (known !== undefined) return known
    const width = doc.widthOfString(words)
    widths.set(words, width)
    return width
  }
  /** A word that is wider than its column is cut where it must be. */
  const cut = (word: string, width: number): string[] => {
    if (widthOf(word) <= width) return [word]
    const parts = ['']
    for (const letter of word) {
      if (parts.at(-1) !== '' && doc.widthOfString(parts.at(-1)! + letter) > width) parts.push('')
      parts[parts.length - 1] += letter
    }
    return parts
  }
  const broken = (words: string, width: number): string[] => {
    if (words === '' || widthOf(words) <= width) return [words]
    const lines: string[] = []
    for (const word of words.split(' ').flatMap((each) => cut(each, width))) {
      const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`
      if (lines.length > 0 && doc.widthOfString(longer) <= width) lines[lines.length - 1] = longer
      else lines.push(word)
    }
    return lines
  }
  return { widthOf, linesOf: (cell: string, width: number) => cell.split('\n').flatMap((words) => broken(words, width)) }
}

const drawHead = (doc: Doc, columns: readonly Placed[]): void => {
  const { y } = doc
  doc.font('text').fontSize(7.5).fillColor(PALE)
  for (const { label, x, width, numeric } of columns) doc.text(label, numeric ? x + width - doc.widthOfString(label) : x, y, { lineBreak: false })
  doc.y = y + 12
  doc.moveTo(LEFT, doc.y).lineTo(LEFT + WIDTH, doc.y).lineWidth(0.6).strokeColor(PALE).stroke()
  doc.y += PADDING
  doc.font('text').fontSize(SIZE).fillColor(INK)
}

const drawTable = async (doc: Doc, { title, columns, rows, note }: PaperTable): Promise<void> => {
  heading(doc, title)
  const places = placed(columns)
  const again = () => drawHead(doc, places)
  again()
  const { widthOf, linesOf } = breaker(doc)
  const step = SIZE + LEAD + 0.8
  for (const [index, row] of rows.entries()) {
    if (index % BREATH === BREATH - 1) await setImmediate()
    const cells = places.map(({ width }, at) => linesOf(row[at] ?? '', width))
    leave(doc, Math.max(...cells.map((lines) => lines.length)) * step + PADDING, again)
    const { y } = doc
    for (const [at, { x, width, numeric }] of places.entries()) {
      cells[at]!.forEach((line, nth) => {
        if (line !== '') doc.text(line, numeric ? x + width - widthOf(line) : x, y + nth * step, { lineBreak: false })
      })
    }
    doc.y = y + Math.max(...cells.map((lines) => lines.length)) * step + PADDING - 1
    doc.moveTo(LEFT, doc.y).lineTo(LEFT + WIDTH, doc.y).lineWidth(0.3).strokeColor(RULE).stroke()
    doc.y += PADDING
  }
  if (note) doc.fontSize(7.5).fillColor(PALE).text(note, LEFT, doc.y + 2, { width: WIDTH })
}

/** On every page: what it is a page of, and of how many; and what the asterisk means, where it stands. */
const drawFeet = (doc: Doc, { number, title }: Paper, isNoted: boolean): void => {
  const { start, count } = doc.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page)
    doc.font('text').fontSize(7.5).fillColor(PALE)
    const words = `Page ${page + 1} of ${count}`
    doc.text(words, LEFT + WIDTH - doc.widthOfString(words), FOOT, { lineBreak: false })
    doc.text(page === start ? `Balkan Arms Transparency Platform · ${number}` : `${number} · ${title}`, LEFT, FOOT, { width: WIDTH - 80, height: 10, ellipsis: true })
    if (isNoted) doc.fontSize(6.5).text(FOOTNOTE, LEFT, FOOT + 13, { width: WIDTH })
  }
}

const draw = async (doc: Doc, paper: Paper): Promise<void> => {
  doc.font('text').fontSize(SIZE).fillColor(PALE).text('Balkan Arms Transparency Platform', LEFT, TOP)
  doc.font('bold').fontSize(16).fillColor(INK).text(paper.title, LEFT, doc.y + 4, { width: WIDTH })
  doc.y += 10
  for (const row of paper.about) drawRow(doc, row)
  if (paper.stated.length > 0) heading(doc, 'What it states')
  for (const row of paper.stated) drawRow(doc, row)
  for (const table of paper.tables) await drawTable(doc, table)
  if (!paper.closed) return
  leave(doc, 40)
  doc.font('text').fontSize(7.5).fillColor(PALE).text(paper.closed, LEFT, doc.y + 10, { width: WIDTH })
}

/** A filing for paper, as its reader may read it. */
export const filingSheet = async (given: Given): Promise<FileAnswer> => {
  const paper = paperOf(given)
  const { doc, bytes } = openPaper(`${paper.number}: ${paper.title}`)
  await draw(doc, paper)
  drawFeet(doc, paper, JSON.stringify(paper).includes('Kosovo*'))
  const { entry, version } = given.filing
  return { name: `${fileName({ number: entry.number, version: version.version })}-filing.pdf`, type: 'application/pdf', body: await bytes() }
}

export const filingFiles: Readonly<Record<string, Format>> = { pdf: { operation: getFilingPaper, file: filingSheet, limit: 'export' } }
