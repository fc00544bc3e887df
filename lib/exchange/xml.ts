import { refuseFile } from './refusal.ts'

export type Attributes = Readonly<Record<string, string>>
export type Handlers = {
  /** Names come without their prefix, since which one a writer chose says nothing; and as they were written, for who writes them anew. */
  open: (name: string, attributes: Attributes, written: string) => void
  close: (name: string, written: string) => void
  text?: (text: string) => void
  /** A character that no XML holds. Without this, or when it answers false, the part is refused. */
  badCharacter?: () => boolean
}

const DAMAGED = 'A part of the workbook is no well-formed XML. Open it in your spreadsheet program and save it anew as XLSX.'
const FOREIGN = 'A part of the workbook defines entities of its own (DTD), which no spreadsheet program does. Save it anew as XLSX.'
const ENCODING = 'A part of the workbook is not written in UTF-8. Open it in your spreadsheet program and save it anew as XLSX.'
/** No text, tag or comment of a workbook is as long; and none nests as deep. */
const MOST_TOKEN_BYTES = 1024 * 1024
const MOST_DEPTH = 100
const BAD_CHARACTER = /(disallowed character|malformed character entity)\.$/

const local = (name: string): string => name.slice(name.indexOf(':') + 1)
/** Thrown by a handler that has read enough. */
export const ENOUGH: unique symbol = Symbol('enough')

/**
 * Reads one part, piece by piece. A document type is refused, so there are no entities but the five of XML, and nothing outside of the
 * part is ever looked up (OWASP ASVS 1.5.1).
 */
export const readXml = async (pieces: AsyncIterable<Uint8Array>, handlers: Handlers): Promise<void> => {
  const { SaxesParser } = await import('saxes')
  const parser = new SaxesParser()
  let [depth, fed, lastEvent] = [0, 0, 0]
  const seen = (): void => { lastEvent = fed }
  parser.on('error', ({ message }) => {
    if (BAD_CHARACTER.test(message) && handlers.badCharacter?.()) return
    throw refuseFile(DAMAGED)
  })
  parser.on('doctype', () => { throw refuseFile(FOREIGN) })
  parser.on('xmldecl', ({ encoding = 'utf-8' }) => { if (encoding.toLowerCase() !== 'utf-8') throw refuseFile(ENCODING) })
  parser.on('comment', seen)
  parser.on('processinginstruction', seen)
  parser.on('opentag', ({ name, attributes }) => {
    seen()
    if ((depth += 1) > MOST_DEPTH) throw refuseFile(DAMAGED)
    handlers.open(local(name), attributes, name)
  })
  parser.on('closetag', ({ name }) => {
    seen()
    depth -= 1
    handlers.close(local(name), name)
  })
  const text = (found: string): void => { seen(); handlers.text?.(found) }
  parser.on('text', text)
  parser.on('cdata', text)

  const decoder = new TextDecoder('utf-8', { fatal: true })
  const feed = (piece?: Uint8Array): void => {
    parser.write(decodedBy(decoder, piece))
    fed += piece?.byteLength ?? 0
    if (fed - lastEvent > MOST_TOKEN_BYTES) throw refuseFile(DAMAGED)
  }
  try {
    for await (const piece of pieces) feed(piece)
    feed()
    parser.close()
  } catch (error) {
    if (error !== ENOUGH) throw error
  }
}

const decodedBy = (decoder: TextDecoder, piece: Uint8Array | undefined): string => {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
  } catch {
    throw refuseFile(ENCODING)
  }
}

/** An attribute by its local name: `id` finds `r:id`. */
export const attributeOf = (attributes: Attributes, name: string): string | undefined =>
  attributes[name] ?? Object.entries(attributes).find(([key]) => local(key) === name)?.[1]

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
// eslint-disable-next-line no-control-regex -- those that no XML holds, and those that reading would change
const UNHOLDABLE = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g
const hex = (character: string): string => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`

export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (mark) => ESCAPED[mark]!)
export const escapeAttribute = (text: string): string => escapeXml(text).replace(/[\t\n\r]/g, (mark) => `&#${mark.charCodeAt(0)};`)

/** ST_Xstring (ECMA-376 part 1, 22.9.2.19): what XML cannot hold stands as _xHHHH_, and what looks like that is escaped itself. */
export const writeText = (text: string): string =>
  escapeXml(text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(UNHOLDABLE, hex))
export const readEscapes = (text: string): string =>
  (text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text)
