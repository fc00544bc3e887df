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

/**
 * Parses a request body that will be hashed: two parsers must not be able to read it differently. Refuses repeated keys
 * (RFC 8259 section 4 leaves them undefined), integers beyond 2^53, `__proto__`, nesting over 32 and a byte order mark.
 */
export const parseStrictJson = (text: string): Json => {
  if (text.startsWith(BYTE_ORDER_MARK)) throw new AppError('invalid', 'The body starts with a byte order mark; send plain UTF-8 JSON.')
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    throw new AppError('invalid', 'The body is not JSON. Send one JSON object in UTF-8.')
  }
  refuseAmbiguous(text)
  refuseUnsafe(value, '', 0)
  return value
}

const refuseUnsafe = (value: Json, pointer: string, depth: number): void => {
  if (depth > 32) throw new AppError('invalid', 'The body is nested deeper than 32 levels.', [{ pointer, message: 'Nested too deeply.' }])
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new AppError('invalid', 'A number is too large to be exact.', [{ pointer, message: 'State a number below 9,007,199,254,740,992.' }])
  }
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new AppError('invalid', 'A text is not valid Unicode.', [{ pointer, message: 'Holds half of a surrogate pair.' }])
  }
  if (typeof value === 'string' && value.includes('\u0000')) {
    throw new AppError('invalid', 'A text holds a NUL character.', [{ pointer, message: 'Remove the NUL character.' }])
  }
  if (value === null || typeof value !== 'object') return
  for (const [key, child] of Object.entries(value)) refuseUnsafe(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1)
}

const STRING_OR_MARK = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/** Walks tokens of text that JSON.parse has accepted, and refuses the first key that an object states twice. */
const refuseAmbiguous = (text: string): void => {
  const open: (Set<string> | null)[] = []
  let expectKey = false
  for (const [token] of text.matchAll(STRING_OR_MARK)) {
    if (token === '{') { open.push(new Set()); expectKey = true }
    else if (token === '[') { open.push(null); expectKey = false }
    else if (token === '}' || token === ']') { open.pop(); expectKey = false }
    else if (token === ',') expectKey = open.at(-1) instanceof Set
    else if (token === ':') expectKey = false
    else if (expectKey) {
      const key = JSON.parse(token) as string
      const seen = open.at(-1)!
      if (key === '__proto__' || seen.has(key)) {
        const message = key === '__proto__' ? 'This name is not allowed.' : 'State it once.'
        throw new AppError('invalid', `The body names “${key.slice(0, 80)}” ${key === '__proto__' ? '' : 'twice '}in one object.`, [{ pointer: '', message }])
      }
      seen.add(key)
    }
  }
}
