import { parseStrictJson, type Json } from '../log/canonical.ts'
import { AppError } from '../shared/errors.ts'
import { refusal } from './problems.ts'

/** Largest bodies, in bytes: a filing may hold 20,000 lines, an action a remark. */
export const FILING_BYTES = 8 * 1024 * 1024
export const ACTION_BYTES = 1024 * 1024
/** What is read past the limit and thrown away, so that the sender hears the answer instead of a broken connection. */
const DRAINED_BYTES = 32 * 1024 * 1024

const tooLarge = (limit: number) => refusal('too_large', `The body is larger than ${limit / 1024 / 1024} MB. Send less at once.`)
const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i

const readBytes = async (body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array[]> => {
  const reader = body.getReader()
  let kept: Uint8Array[] = []
  let size = 0
  for (let part = await reader.read(); !part.done && size <= DRAINED_BYTES; part = await reader.read()) {
    size += part.value.byteLength
    if (size <= limit) kept.push(part.value)
    else kept = []
  }
  if (size > DRAINED_BYTES) await reader.cancel()
  if (size > limit) throw tooLarge(limit)
  return kept
}

/** The first `limit` bytes of a body as text, for what is noted and never judged. What follows is not read. */
export const readStart = async (body: ReadableStream<Uint8Array>, limit: number): Promise<string> => {
  const reader = body.getReader()
  const kept: Uint8Array[] = []
  let size = 0
  while (size < limit) {
    const part = await reader.read()
    if (part.done) break
    kept.push(part.value)
    size += part.value.byteLength
  }
  await reader.cancel()
  return Buffer.concat(kept).subarray(0, limit).toString('utf8')
}

const FILE_TYPES = /^(application\/(vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet|vnd\.ms-excel|octet-stream)|text\/(csv|tab-separated-values))\s*(;|$)/i
const FILE_NAME = /filename\*?\s*=\s*(?:utf-8'[\w-]*')?"?([^";]{1,255})/i

/** What the file is called: by the query, by Content-Disposition, else as its media type says. */
const fileName = (request: Request, type: string, name: string | undefined): string =>
  name ?? FILE_NAME.exec(request.headers.get('content-disposition') ?? '')?.[1] ?? (type.includes('openxml') ? 'sheet.xlsx' : type.startsWith('text/csv') ? 'sheet.csv' : 'sheet')

/** The body as one file. As with JSON, never more than `limit` is held. */
export const readFile = async (request: Request, limit: number, name: string | undefined): Promise<File> => {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit)
  const type = request.headers.get('content-type')?.toLowerCase() ?? ''
  if (!FILE_TYPES.test(type)) {
    throw refusal('unsupported_media_type', 'Send the bytes of the file: a workbook as application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, a table as text/csv.')
  }
  const chunks = request.body ? await readBytes(request.body, limit) : []
  return new File(chunks as Uint8Array<ArrayBuffer>[], fileName(request, type, name), { type })
}

const decode = (chunks: Uint8Array[]): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
  } catch {
    throw refusal('syntax', 'The body is not valid UTF-8.')
  }
}

const parse = (text: string): Json => {
  try {
    return parseStrictJson(text)
  } catch (error) {
    if (error instanceof AppError) throw refusal('syntax', error.message, error.fields)
    throw error
  }
}

/**
 * The body as one JSON object. The declared length is looked at before a byte is read, and what arrives is counted: never
 * more than `limit` is held. No body at all is an empty object, which is all that some actions need.
 */
export const readObject = async (request: Request, limit: number): Promise<Record<string, Json>> => {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit)
  const type = request.headers.get('content-type')
  if (type !== null && !JSON_TYPE.test(type)) throw refusal('unsupported_media_type', 'Send the body as application/json in UTF-8.')
  const chunks = request.body ? await readBytes(request.body, limit) : []
  if (chunks.length === 0) return {}
  if (type === null) throw refusal('unsupported_media_type', 'Send the body with Content-Type: application/json.')
  const value = parse(decode(chunks))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refusal('syntax', 'The body is not a JSON object. Send one object.')
  return value
}
