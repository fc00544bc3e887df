import { refuseFile } from './refusal.ts'

const DECLARABLE = ['utf-8', 'utf-16le', 'windows-1250', 'windows-1251'] as const
type Encoding = (typeof DECLARABLE)[number]
const NAMES = new Map<string, Encoding>([
  ...DECLARABLE.map((name): [string, Encoding] => [name, name]),
  ['utf8', 'utf-8'], ['us-ascii', 'utf-8'], ['utf-16', 'utf-16le'], ['cp1250', 'windows-1250'], ['cp1251', 'windows-1251'],
])

const SAVE = 'In Excel choose “CSV UTF-8” when saving; in LibreOffice choose the character set Unicode (UTF-8).'
const UNKNOWN = `The characters of the file can be read in more than one way. ${SAVE}`

const decoded = (bytes: Uint8Array, encoding: Encoding): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const marked = (bytes: Uint8Array): Encoding | 'utf-16be' | null => {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : null
}

/** Letters and marks that the languages of the region write beyond ASCII. */
const LATIN = /^[čćžšđëçöüä„“”‘’–—…«»°§€\u00a0]*$/iu
const CYRILLIC = /^[а-шђѓјљњќћџѕ„“”‘’–—…«»°§€№\u00a0]*$/iu
// eslint-disable-next-line no-control-regex -- ASCII that is no letter, control characters included
const WORDS = /[^\s\u0000-\u0040]+/gu
// eslint-disable-next-line no-control-regex -- all of ASCII
const ASCII = /[\u0000-\u007f]+/g

/** Whether every word that goes beyond ASCII could be one of the region: in one script, of its own letters. */
const isPlausible = (text: string, letters: RegExp, isLatin: boolean): boolean => {
  for (const [word] of text.matchAll(WORDS)) {
    const beyond = word.replace(ASCII, '')
    if (beyond !== '' && (!letters.test(beyond) || (!isLatin && /[a-z]/i.test(word)))) return false
  }
  return true
}

/** The old code pages cannot be told apart by their bytes: taken only if the words make sense in one of them and not in the other. */
const guessed = (bytes: Uint8Array): string => {
  const [latin, cyrillic] = [decoded(bytes, 'windows-1250'), decoded(bytes, 'windows-1251')]
  const isLatin = latin !== null && isPlausible(latin, LATIN, true)
  const isCyrillic = cyrillic !== null && isPlausible(cyrillic, CYRILLIC, false)
  if (isLatin === isCyrillic) throw refuseFile(UNKNOWN)
  return isLatin ? latin : cyrillic!
}

const looksWide = (bytes: Uint8Array): boolean => {
  const start = bytes.subarray(0, 200)
  const zeros = start.filter((byte, index) => index % 2 === 1 && byte === 0).length
  return zeros > start.length / 8
}

/** The text of a CSV: by its byte order mark, by the character set it was sent with, else by what it can only be. */
export const decodeText = (bytes: Uint8Array, charset: string | null): string => {
  const mark = marked(bytes)
  const name = charset?.toLowerCase() ?? null
  const declared = name === null ? null : NAMES.get(name)
  if (declared === undefined) throw refuseFile(`The character set ${charset!.slice(0, 40)} is not read here. ${SAVE}`)
  if (mark === 'utf-16be') throw refuseFile(`The file is written in UTF-16 with the high byte first, which is not read here. ${SAVE}`)
  if (mark && declared && mark !== declared) {
    throw refuseFile(`The file was sent as ${declared}, but begins as ${mark} does. Send it without a character set, or with the right one.`)
  }
  const certain = mark ?? declared ?? (looksWide(bytes) ? 'utf-16le' : null)
  const text = decoded(bytes, certain ?? 'utf-8') ?? (certain ? null : guessed(bytes))
  if (text === null) throw refuseFile(`The file is not valid ${certain}. ${SAVE}`)
  return text
}
