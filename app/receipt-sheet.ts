import { INK, LEFT, openPaper, PALE, RULE, TOP, WIDTH, type Doc } from '@/app/paper.ts'
import { FIELD_LABEL, itemsOf } from '@/app/payload-words.ts'
import type { FileAnswer } from '@/lib/api/edge.ts'
import { isKind, kindOf } from '@/lib/filings/kinds/registry.ts'
import { parseCheckpoint } from '@/lib/log/checkpoint.ts'
import { toBase64 } from '@/lib/log/encoding.ts'
import { parseNote } from '@/lib/log/note.ts'
import { parseProof } from '@/lib/log/proof.ts'
import { DESIGNATION, FOOTNOTE, type ParticipantCode } from '@/lib/participants/rules.ts'
import { cosignersOf, fileName } from '@/lib/proof/package.ts'
import type { getReceiptSheet } from '@/lib/proof/queries.ts'
import { env } from '@/lib/shared/env.ts'
import { formatDateTime, plural } from '@/lib/shared/format.ts'

type Sheet = Awaited<ReturnType<typeof getReceiptSheet>>
type Row = [label: string, value: string, isCode?: boolean]

const [LABELS, BOTTOM] = [112, 806]
const SMALL = 5.6
/** How much lower Courier starts, to stand on the line of the label beside it. */
const DROP = 1.6
/** Of a letter of Courier, in ems. */
const LETTER = 0.6

/** What was filed, as far as the reader may read it; of a declaration's lines only how many there are. */
const filedRows = ({ receipt: { filing }, summary, reason, payload }: Sheet): Row[] => {
  const lines = Array.isArray(payload.lines) ? payload.lines.length : 0
  return [
    ['Participant', DESIGNATION[filing.participant as ParticipantCode] ?? filing.participant],
    ['Kind', isKind(filing.kind) ? kindOf(filing.kind).title : filing.kind],
    ['In short', summary],
    ...(payload.compiled ? [['Standing', 'Compiled from open sources, not an official filing: nobody filed it'] as Row] : []),
    [payload.compiled ? 'Dated' : 'Filed', `${formatDateTime(filing.filedAt)} (${filing.filedAt})`],
    ...(reason ? [['Reason', reason] as Row] : []),
    ...(isKind(filing.kind) ? itemsOf(filing.kind, payload) : []).map(({ label, value }): Row => [label, value]),
    ...(lines > 0 ? [[FIELD_LABEL.lines, `${plural(lines, 'line')}, in the attached file`] as Row] : []),
  ]
}

const logRows = ({ receipt }: Sheet): Row[] => {
  const { origin, size, root } = parseCheckpoint(parseNote(parseProof(receipt.proof).checkpoint).text)
  const cosigners = cosignersOf(receipt)
  const signed = cosigners.map(({ name, at }) => `${name} (${at ? formatDateTime(at) : 'at a time beyond the calendar'})`).join(', ')
  const all = plural(receipt.witnesses.length, 'witness', 'witnesses')
  const none = receipt.witnesses.length === 0 ? 'No witness has been named yet.' : `By none of ${all} so far; a newer receipt may hold some.`
  return [
    ['Log', origin],
    ['Entry', `${receipt.index}, and ${receipt.recordIndex} for the record about it (counted from 0)`],
    ['Signed tree', plural(size, 'entry', 'entries')],
    ['Its root', toBase64(root), true],
    ['Key of the log', receipt.vkey, true],
    ['Cosigned', cosigners.length > 0 ? `By ${cosigners.length} of ${all}: ${signed}` : none],
    ['The entry’s text', receipt.leaf, true],
  ]
}

const howTo = ({ receipt: { filing, payload } }: Sheet): string => {
  const name = fileName(filing)
  return [
    `Two files are attached to this one: ${name}.batp-receipt.json and ${name}.tlog-proof. Choose the first at ${env().baseUrl}/log/check, where a`,
    `browser checks it without sending it anywhere; or run “npm run verify -- ${name}.batp-receipt.json” on a machine without a network; or follow`,
    'the instructions in it, by hand. Take the log’s key from elsewhere than this page.',
    ...(payload === undefined ? ['The whole text is not attached: this copy is for a reader who may not see all of the filing.'] : []),
    'A receipt does not show that what was filed is true, nor that nothing came after it.',
  ].join(' ')
}

const heading = (doc: Doc, words: string): void => {
  doc.moveDown(0.7)
  doc.moveTo(LEFT, doc.y).lineTo(LEFT + WIDTH, doc.y).lineWidth(0.5).strokeColor(RULE).stroke()
  doc.moveDown(0.5).font('bold').fontSize(10).fillColor(INK).text(words, LEFT, doc.y, { width: WIDTH }).moveDown(0.3)
}

/** What a machine reads is set so that l, I and 1 differ. */
const valueFace = (doc: Doc, [, , isCode]: Row): Doc => (isCode ? doc.font('Courier').fontSize(8) : doc.font('text').fontSize(8.5))
const rowHeight = (doc: Doc, row: Row): number => valueFace(doc, row).heightOfString(row[1], { width: WIDTH - LABELS }) + (row[2] ? DROP + 3 : 2.5)

const drawRow = (doc: Doc, row: Row, y: number, room?: number): void => {
  doc.font('text').fontSize(8.5).fillColor(PALE).text(row[0], LEFT, y, { width: LABELS - 8 })
  const clipped = room === undefined ? {} : { height: room, ellipsis: ' …' }
  valueFace(doc, row).fillColor(INK).text(row[1], LEFT + LABELS, row[2] ? y + DROP : y, { width: WIDTH - LABELS, ...clipped })
}

const LINE = 12
/** Rows as far as there is room, the last of them shortened to it; how many are not there whole. */
const table = (doc: Doc, rows: readonly Row[], until: number): number => {
  for (const [at, row] of rows.entries()) {
    const { y } = doc
    const height = rowHeight(doc, row)
    const room = until - y
    if (height > room) {
      if (room >= LINE) drawRow(doc, row, y, room)
      doc.y = Math.max(y, until)
      return rows.length - at
    }
    drawRow(doc, row, y)
    doc.y = y + height
  }
  return 0
}

/** The proof letter by letter: hashes in three columns, read downwards, then the signed head. Copied out, it is the file again. */
const drawProof = (doc: Doc, proof: string): void => {
  const end = proof.indexOf('\n\n')
  const [lines, head] = [proof.slice(0, end).split('\n'), proof.slice(end + 2).split('\n')]
  const size = Math.min(SMALL, WIDTH / (LETTER * Math.max(...head.map((line) => line.length))))
  const perColumn = Math.ceil(lines.length / 3)
  const step = SMALL * 1.25
  const top = doc.y
  doc.font('Courier').fontSize(SMALL).fillColor(INK)
  lines.forEach((line, at) => doc.text(line, LEFT + Math.floor(at / perColumn) * (WIDTH / 3), top + (at % perColumn) * step, { lineBreak: false }))
  doc.fontSize(size)
  head.forEach((line, at) => doc.text(line, LEFT, top + (perColumn + 1 + at) * step, { lineBreak: false }))
}
const proofHeight = (proof: string): number => {
  const end = proof.indexOf('\n\n')
  return (Math.ceil(proof.slice(0, end).split('\n').length / 3) + 1 + proof.slice(end + 2).split('\n').length) * SMALL * 1.25
}

const draw = (doc: Doc, sheet: Sheet): void => {
  const { receipt } = sheet
  const [filed, log, how] = [filedRows(sheet), logRows(sheet), howTo(sheet)]
  const note = [...filed, ...log].some(([, value]) => value.includes('Kosovo*')) ? FOOTNOTE : ''
  doc.font('text').fontSize(8.5).fillColor(PALE).text('Balkan Arms Transparency Platform', LEFT, TOP)
  doc.font('bold').fontSize(17).fillColor(INK).text(`Receipt of ${receipt.filing.number}, version ${receipt.filing.version}`, LEFT, doc.y + 2, { width: WIDTH })
  const below = log.reduce((sum, row) => sum + rowHeight(doc, row), 0) + doc.font('text').fontSize(8.5).heightOfString(how, { width: WIDTH })
    + proofHeight(receipt.proof) + (note ? doc.fontSize(7).heightOfString(note, { width: WIDTH }) + 8 : 0) + 3 * 34
  heading(doc, 'What was filed')
  const left = table(doc, filed, BOTTOM - below - 14)
  if (left > 0) doc.font('text').fontSize(8.5).fillColor(PALE).text(`${plural(left, 'field')} shortened or left out: see the attached file, or the filing’s page.`, LEFT + LABELS, doc.y)
  heading(doc, 'Where it stands in the log')
  table(doc, log, BOTTOM)
  heading(doc, 'How to check it')
  doc.font('text').fontSize(8.5).fillColor(INK).text(how, LEFT, doc.y, { width: WIDTH })
  heading(doc, 'The proof')
  drawProof(doc, receipt.proof)
  if (note) doc.font('text').fontSize(7).fillColor(PALE).text(note, LEFT, BOTTOM - doc.fontSize(7).heightOfString(note, { width: WIDTH }), { width: WIDTH })
}

/** One page that a ministry can put into a file, with what proves it attached. */
export const receiptSheet = async (sheet: Sheet): Promise<FileAnswer> => {
  const name = fileName(sheet.receipt.filing)
  const { doc, bytes } = openPaper(`Receipt of ${sheet.receipt.filing.number}, version ${sheet.receipt.filing.version}`)
  const attach = (body: string, file: string, type: string, description: string) => doc.file(Buffer.from(body), { name: file, type, description })
  attach(`${JSON.stringify(sheet.receipt, null, 2)}\n`, `${name}.batp-receipt.json`, 'application/json', 'What it takes to check this receipt')
  attach(sheet.receipt.proof, `${name}.tlog-proof`, 'text/plain', 'The proof of the log entry')
  draw(doc, sheet)
  return { name: `${name}.pdf`, type: 'application/pdf', body: await bytes() }
}
