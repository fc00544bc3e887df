import { logger } from '../shared/logger.ts'
import { parseCheckpoint } from '../log/checkpoint.ts'
import { listCosignatures } from '../log/queries.ts'
import { logStore, readLogKey } from '../log/key.ts'
import { parseNote } from '../log/note.ts'
import { publishAll } from '../log/publish.ts'
import { readCheckpoint, readTile } from '../log/store.ts'
import { parseTilePath, widthAt } from '../log/tiles.ts'
import { anonymousCaller } from '../auth/guard.ts'

/**
 * The log as C2SP tlog-tiles serves it: files, so that it is read while the database is away. Open to everyone, pages of other
 * origins included: whoever checks the log does so with their own tools.
 */
const HEADERS = { 'X-Content-Type-Options': 'nosniff', 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }
const text = (body: string, status = 200, cache = 'no-store'): Response =>
  new Response(body, { status, headers: { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': cache } })
const notThere = (): Response => text('Not found\n', 404)

const PATIENCE_MS = 500
const NEVER_CHANGES = 'public, max-age=31536000, immutable'

/** Cosignatures are an addition: without the database, or with a slow one, the log's own signature stands alone. */
const cosignatureLines = async (size: number): Promise<string> => {
  const late = new Promise<never>((_, reject) => { setTimeout(() => reject(new Error('late')), PATIENCE_MS).unref() })
  try {
    const found = await Promise.race([listCosignatures(anonymousCaller(), { size }), late])
    return found.map(({ line }) => `${line}\n`).join('')
  } catch (error) {
    logger().warn({ err: error }, 'the checkpoint is served without cosignatures')
    return ''
  }
}

export const checkpoint = async (): Promise<Response> => {
  const note = await readCheckpoint(logStore())
  if (note === null) return notThere()
  return text(note + (await cosignatureLines(parseCheckpoint(parseNote(note).text).size)), 200, 'public, max-age=2')
}

export const verifierKey = (): Response => {
  const key = readLogKey()
  return key ? text(`${key.vkey}\n`, 200, 'public, max-age=300') : notThere()
}

type Context = { params: Promise<{ path: string[] }> }
export const tile = async (_request: Request, { params }: Context): Promise<Response> => {
  const asked = parseTilePath(`tile/${(await params).path.join('/')}`)
  const note = await readCheckpoint(logStore())
  if (!asked || note === null || asked.width > widthAt(asked, parseCheckpoint(parseNote(note).text).size)) return notThere()
  const bytes = await readTile(logStore(), asked)
  if (!bytes) return notThere()
  return new Response(new Uint8Array(bytes), { headers: { ...HEADERS, 'Content-Type': 'application/octet-stream', 'Cache-Control': NEVER_CHANGES } })
}

/** Whether the log signs; what is committed and not signed yet, it signs now. */
export const logState = async (): Promise<string> => {
  const log = await publishAll()
  return log ? (log.refused ?? 'ok') : 'no key'
}
