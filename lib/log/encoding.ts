import { AppError } from '../shared/errors.ts'

/** How bytes, numbers and text are written in the log's formats. Runs in a browser: no Buffer. */

export const refused = (message: string): AppError => new AppError('invalid', message)

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Any character below U+0020 that is not one of `allowed`. */
export const hasControls = (text: string, allowed: string): boolean =>
  Array.from(text).some((letter) => letter < ' ' && !allowed.includes(letter))

/** Strict UTF-8: an invalid sequence is refused, not replaced, and a byte order mark stays and is seen. */
export const decodeUtf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw refused('The file is not text in UTF-8.')
  }
}

export const concat = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Standard base64 with padding (RFC 4648 4). */
export const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

/** Null for anything but the one canonical spelling: `atob` alone skips white space and ignores trailing bits. */
export const fromBase64 = (text: string): Uint8Array | null => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return toBase64(bytes) === text ? bytes : null
}

/** Null unless canonical base64 of 32 bytes. */
export const hashFromBase64 = (text: string): Uint8Array | null => {
  const bytes = text.length === 44 ? fromBase64(text) : null
  return bytes?.length === 32 ? bytes : null
}

/** ASCII decimal without leading zeros, up to 2^53 - 1; null for anything else. */
export const parseDecimal = (text: string): number | null => {
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(value) ? value : null
}
