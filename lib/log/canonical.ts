import { createHash } from 'node:crypto'
import { AppError } from '../shared/errors.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * Canonical JSON text by RFC 8785: keys sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. Throws on what JSON cannot hold (NaN, a lone surrogate), so that a hash never covers a guess.
 */
export const canonicalJson = (value: Json): string => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('RFC 8785 3.2.2.3: not a finite number')
  if (typeof value === 'string' && !value.isWellFormed()) throw new Error('RFC 8785 3.2.2.2: lone surrogate')
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value).filter((key) => value[key] !== undefined).toSorted()
  return `{${members.map((key) => `${canonicalJson(key)}:${canonicalJson(value[key]!)}`).join(',')}}`
}

/** SHA-256(salt of 32 bytes || canonical payload), lower-case hex: what may be shown of a payload without revealing it. */
export const commitment = (salt: Uint8Array, canonical: string): string =>
  createHash('sha256').update(salt).update(canonical, 'utf8').digest('hex')

const BYTE_ORDER_MARK = '\uFEFF'

/** What one body may hold: far above any filing, low enough that reading it is quick. */
const MAX_DEPTH = 32
const MAX_MEMBERS = 1_000
const MAX_ITEMS = 20_000

const refused = (detail: string, pointer = '', message = detail): AppError => new AppError('invalid', detail, [{ pointer, message }])

/**
 * Parses a request body that will be hashed: two parsers must not be able to read it differently. Refuses repeated keys
 * (RFC 8259 section 4 leaves them undefined), integers beyond 2^53, `__proto__`, NUL, half surrogate pairs, nesting over 32 and
 * a byte order mark. Takes time in proportion to the text, whatever it is.
 */
export const parseStrictJson = (text: string): Json => {
  if (text.startsWith(BYTE_ORDER_MARK)) throw refused('The body starts with a byte order mark; send plain UTF-8 JSON.')
  refuseAmbiguous(text)
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    throw refused('The body is not JSON. Send one JSON object in UTF-8.')
  }
  refuseUnsafe(value, text.includes('\\u'))
  return value
}

/** Refuses what could not be stored or hashed as it was meant, wherever in an input it stands. */
export const refuseUnsafe = (value: Json, escapes = true): void => {
  const found = unsafeIn(value, escapes)
  if (found) throw refused(found.what, found.path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''), found.right)
}

type Unsafe = { path: string[]; what: string; right: string }
const textProblem = (text: string): Unsafe | null => {
  if (text.includes('\u0000')) return { path: [], what: 'A text holds a NUL character.', right: 'Remove the NUL character.' }
  return text.isWellFormed() ? null : { path: [], what: 'A text is not valid Unicode.', right: 'Holds half of a surrogate pair.' }
}

/**
 * The first value that could not be hashed as it was meant, with the way to it. In UTF-8 that was decoded strictly, NUL and half a
 * surrogate pair come only from an escape: `escapes` says whether there is any.
 */
const unsafeIn = (value: Json, escapes: boolean): Unsafe | null => {
  if (typeof value === 'string') return escapes ? textProblem(value) : null
  if (typeof value === 'number') {
    const isExact = !Number.isInteger(value) || Number.isSafeInteger(value)
    return isExact ? null : { path: [], what: 'A number is too large to be exact.', right: 'State a number below 9,007,199,254,740,992.' }
  }
  if (value === null || typeof value !== 'object') return null
  for (const key of Object.keys(value)) {
    const found = (escapes ? textProblem(key) : null) ?? unsafeIn((value as Record<string, Json>)[key]!, escapes)
    if (found) return { ...found, path: [key, ...found.path] }
  }
  return null
}

const [QUOTE, COMMA, OPEN_LIST, SLASH, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x2c, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d]

/** Where the string that begins at `start` ends: at the first quote behind an even number of backslashes. */
const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === SLASH) slashes += 1
    if (slashes % 2 === 0) return end
  }
  return text.length
}

const keyAt = (text: string, start: number, end: number): string => {
  const raw = text.slice(start + 1, end)
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(`"${raw}"`) as string
  } catch {
    throw refused('The body is not JSON. Send one JSON object in UTF-8.')
  }
}

const notice = (keys: Set<string>, key: string): void => {
  if (key === '__proto__') throw refused('The body names “__proto__”, which is not allowed.')
  if (keys.has(key)) throw refused(`The body names “${key.slice(0, 80)}” twice in one object. State it once.`)
  if (keys.size >= MAX_MEMBERS) throw refused(`An object of the body has more than ${MAX_MEMBERS} members.`)
  keys.add(key)
}

/**
 * Walks the marks of a text before it is parsed, and refuses the first key that an object states twice, and what is too deep or
 * too much. A text that is no JSON may pass: parsing it refuses it.
 */
const refuseAmbiguous = (text: string): void => {
  const open: { keys: Set<string> | null; items: number }[] = []
  let expectsKey = false
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charCodeAt(at)
    if (mark === QUOTE) {
      const end = endOfString(text, at)
      const keys = expectsKey ? open.at(-1)?.keys : null
      if (keys) notice(keys, keyAt(text, at, end))
      expectsKey = false
      at = end
    } else if (mark === COMMA) {
      const within = open.at(-1)
      if (!within) return
      within.items += 1
      if (within.items > MAX_ITEMS) throw refused(`A list of the body has more than ${MAX_ITEMS} items. Send less at once.`)
      expectsKey = within.keys !== null
    } else if (mark === OPEN_OBJECT || mark === OPEN_LIST) {
      if (open.length >= MAX_DEPTH) throw refused(`The body is nested deeper than ${MAX_DEPTH} levels.`)
      open.push({ keys: mark === OPEN_OBJECT ? new Set() : null, items: 1 })
      expectsKey = mark === OPEN_OBJECT
    } else if (mark === CLOSE_OBJECT || mark === CLOSE_LIST) {
      open.pop()
      expectsKey = false
    }
  }
}
