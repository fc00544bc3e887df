import { logger } from '../shared/logger.ts'
import { parseCheckpoint } from '../log/checkpoint.ts'
import { listCosignatures } from '../log/queries.ts'
import { logStore, readLogKey } from '../log/key.ts'
import { parseNote } from '../log/note.ts'
import { publishAll } from '../log/publish.ts'
import { readCheckpoint, readTile } from '../log/store.ts'
import { parseTilePath, widthAt, type Tile } from '../log/tiles.ts'
import { anonymousCaller } from '../auth/guard.ts'

/**
 * The log as C2SP tlog-tiles serves it: from files or a bucket, so that it is read while the database is away. Open to everyone, pages
 * of other origins included: whoever checks the log does so with their own tools.
 */
const HEADERS = { 'X-Content-Type-Options': 'nosniff', 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }
const text = (body: string, status = 200, cache = 'no-store'): Response =>
  new Response(body, { status, headers: { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': cache } })
const notThere = (): Response => text('Not found\n', 404)

/** A bucket may be away, as a disk is not: that is no fault of whoever asks, and they may ask again. */
const orUnavailable = (answer: Promise<Response>): Promise<Response> => answer.catch((error: unknown) => {
  logger().error({ err: error }, 'the published log could not be read')
  return text('The published log cannot be read at present. Try again later.\n', 503)
})

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

const readPublished = async (): Promise<{ note: string; size: number } | null> => {
  const note = await readCheckpoint(logStore())
  return note === null ? null : { note, size: parseCheckpoint(parseNote(note).text).size }
}

const newest = async (): Promise<Response> => {
  const published = await readPublished()
  return published ? text(published.note + (await cosignatureLines(published.size)), 200, 'public, max-age=2') : notThere()
}
export const checkpoint = (): Promise<Response> => orUnavailable(newest())

export const verifierKey = (): Response => {
  const key = readLogKey()
  return key ? text(`${key.vkey}\n`, 200, 'public, max-age=300') : notThere()
}

/** The published log only grows, so what was within it once still is: a tile costs a bucket one request and not two. */
const reached = { place: '', size: 0 }
const isPublished = async (asked: Tile): Promise<boolean> => {
  const { place } = logStore()
  if (place === reached.place && asked.width <= widthAt(asked, reached.size)) return true
  Object.assign(reached, { place, size: (await readPublished())?.size ?? 0 })
  return asked.width <= widthAt(asked, reached.size)
}

type Context = { params: Promise<{ path: string[] }> }
const published = async ({ params }: Context): Promise<Response> => {
  const asked = parseTilePath(`tile/${(await params).path.join('/')}`)
  const bytes = asked && (await isPublished(asked)) ? await readTile(logStore(), asked) : null
  if (!bytes) return notThere()
  return new Response(new Uint8Array(bytes), { headers: { ...HEADERS, 'Content-Type': 'application/octet-stream', 'Cache-Control': NEVER_CHANGES } })
}
export const tile = (_request: Request, context: Context): Promise<Response> => orUnavailable(published(context))

/** Whether the log signs; what is committed and not signed yet, it signs now. */
export const logState = async (): Promise<string> => {
  const log = await publishAll()
  return log ? (log.refused ?? 'ok') : 'no key'
}
