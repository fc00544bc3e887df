import { escapeAttribute, escapeXml, readXml, type Attributes } from './xml.ts'

/** Where an element stands: names from the root down to it, and the prefix that the part's writer uses ('x:' or ''). */
export type Place = { path: readonly string[]; prefix: string }
export type Edit = {
  /** The attributes that the element shall have; null drops it with all that it holds. `put` writes in front of it. */
  open?: (name: string, attributes: Attributes, place: Place, put: (xml: string) => void) => Attributes | null
  /** `put` writes before the closing tag; `whole` is the element so far, from its opening tag on: of small elements only. */
  close?: (name: string, place: Place, put: (xml: string) => void, whole: () => string) => void
}

// eslint-disable-next-line no-control-regex -- those that no XML holds
const UNHOLDABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const writtenText = (text: string): string => escapeXml(text).replace(UNHOLDABLE, '\ufffd').replaceAll('\r', '&#13;')
export const tag = (name: string, attributes: Attributes): string =>
  `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value).replace(UNHOLDABLE, '\ufffd')}"`).join('')}>`

const [SETTLED, MANY] = [2, 20_000]

/** A part written anew with some of its elements changed, and everything else as it was. Comments are left out. */
export const rewriteXml = async (pieces: AsyncIterable<Uint8Array>, { open, close }: Edit): Promise<string> => {
  const done: string[] = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
  let out: string[] = []
  const path: string[] = []
  const starts: number[] = []
  let prefix = ''
  let dropped = 0
  const put = (xml: string): void => { out.push(xml) }
  /** Between rows, so that a sheet is not held as a million pieces. Nobody asks for the whole of what reaches over them. */
  const settle = (): void => {
    if (path.length > SETTLED || out.length < MANY) return
    done.push(out.join(''))
    out = []
  }
  await readXml(pieces, {
    open: (name, attributes, written) => {
      if (path.length === 0) prefix = written.slice(0, written.length - name.length)
      path.push(name)
      if (dropped > 0) { dropped += 1; return }
      const kept = open ? open(name, attributes, { path, prefix }, put) : attributes
      if (!kept) { dropped = 1; return }
      starts.push(out.length)
      put(tag(written, kept))
    },
    close: (name, written) => {
      if (dropped > 0) dropped -= 1
      else {
        const start = starts.pop()!
        close?.(name, { path, prefix }, put, () => out.slice(start).join(''))
        put(`</${written}>`)
      }
      path.pop()
      settle()
    },
    text: (text) => { if (dropped === 0) put(writtenText(text)) },
    badCharacter: () => true,
  })
  return done.concat(out).join('')
}
