import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import PdfDocument from 'pdfkit'

export type Doc = InstanceType<typeof PdfDocument>

/** A4, in points. */
export const [WIDTH, LEFT, TOP] = [499, 48, 44]
export const [INK, PALE, RULE] = ['#1b2733', '#596672', '#dcd9d0']

/** Read once: the pages' own fonts are cut into subsets, and these letters must be there for every name in the region. */
let faces: { text: Buffer; bold: Buffer } | null = null
const face = (file: string): Buffer => readFileSync(join(process.cwd(), 'node_modules/@expo-google-fonts/inter', file))
const loadFaces = () => (faces ??= { text: face('400Regular/Inter_400Regular.ttf'), bold: face('600SemiBold/Inter_600SemiBold.ttf') })

/** An empty page in the register's faces, and what ends it. Nothing breaks by itself: who draws says where a page ends. */
export const openPaper = (title: string): { doc: Doc; bytes: () => Promise<Uint8Array<ArrayBuffer>> } => {
  const doc = new PdfDocument({
    size: 'A4', margins: { top: TOP, bottom: 0, left: LEFT, right: LEFT }, lang: 'en', displayTitle: true, bufferPages: true,
    info: { Title: title, Author: 'Balkan Arms Transparency Platform' },
  })
  const parts: Buffer[] = []
  const whole = new Promise<void>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  const { text, bold } = loadFaces()
  doc.registerFont('text', text).registerFont('bold', bold)
  const bytes = async () => {
    doc.end()
    await whole
    return new Uint8Array(Buffer.concat(parts))
  }
  return { doc, bytes }
}
