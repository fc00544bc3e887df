import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { concat, utf8 } from './encoding.ts'
import { equalBytes } from './steps.ts'
import { CHECKPOINT, notesIn, type LogStore, type Part } from './store.ts'

/**
 * The published log in an S3-compatible bucket. The database's lock keeps apart only the processes of one database; a second database
 * with the same key, such as a replica that took over while the first still runs, is kept apart by conditions: nothing is put but in
 * the place of what was read. So of two checkpoints that follow the same one the first stands, and its tiles with it.
 */
export type S3Config = { url: string; keyId: string; secret: string; region: string }
type Pace = { patienceMs: number; pauseMs: number }
type Found = { bytes: Uint8Array; etag: string; ageMs: number }
type Bucket = S3Config & Pace & {
  /** The checkpoint that was read or written last: only this one is replaced. Undefined when it is not known. */
  seen: Found | null | undefined
  /** The tiles of the last write, for as long as its checkpoint is the one that stands. */
  tiles: Map<string, Found>
  heedsConditions: boolean
}

const PACE: Pace = { patienceMs: 3_000, pauseMs: 100 }
const ATTEMPTS = 3
/** A write puts no checkpoint later than this after its first tile, so tiles much older than that belong to a write that is over. */
const WRITE_MS = 300_000
const ABANDONED_MS = 3 * WRITE_MS
const ABREAST = 32

const failure = (what: string): Error => new Error(`The log's bucket: ${what}`)
const taken = ({ url }: Bucket, name: string): Error =>
  failure(`${url}/${name} was written by somebody else. Another process or another database signs this log: end it. Nothing of theirs was overwritten.`)
const HINT = 'Check BATP_LOG_S3_URL, BATP_LOG_S3_KEY_ID, BATP_LOG_S3_SECRET, BATP_LOG_S3_REGION, the clock, and that the key may get, put and list.'

/** `status` 0 where nothing was answered. */
type Answer = { status: number; code: string; etag: string | null; bytes: Uint8Array; ageMs: number; problem: Error }
const asAnswer = async (asked: string, response: Response): Promise<Answer> => {
  const { status, ok, headers } = response
  const bytes = new Uint8Array(await response.arrayBuffer())
  // Of a refusal only its code is repeated: the rest quotes what was signed.
  const code = ok ? '' : (/<Code>(\w{1,60})<\/Code>/.exec(Buffer.from(bytes).toString('latin1'))?.[1] ?? '')
  const problem = failure(`${asked} was answered with ${`${status} ${code}`.trim()}.${status >= 300 && status < 500 ? ` ${HINT}` : ''}`)
  // Both times are the server's, so that our clock does not matter.
  const ageMs = Date.parse(headers.get('date') ?? '') - Date.parse(headers.get('last-modified') ?? '')
  return { status, code, etag: headers.get('etag'), bytes, ageMs, problem }
}

const send = async (bucket: Bucket, method: 'GET' | 'PUT', name: string, body?: Uint8Array, more: Record<string, string> = {}): Promise<Answer> => {
  const { url, region, keyId: accessKeyId, secret: secretAccessKey, patienceMs } = bucket
  const hash = createHash('sha256').update(body ?? '').digest('hex')
  const headers = { ...more, 'X-Amz-Content-Sha256': hash }
  const signer = new AwsV4Signer({ method, url: `${url}/${name}`, service: 's3', region, accessKeyId, secretAccessKey, headers })
  const asked = `${method} ${url}/${name}`
  try {
    const signed = await signer.sign()
    // With a signal and "no-store", because Next otherwise shares or keeps answers while it makes a page.
    const init: RequestInit = { method, headers: signed.headers, redirect: 'manual', cache: 'no-store', signal: AbortSignal.timeout(patienceMs) }
    return await asAnswer(asked, await fetch(signed.url, body ? { ...init, body: new Uint8Array(body) } : init))
  } catch (error) {
    const { message, cause } = error as Error
    const why = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : message
    return { status: 0, code: '', etag: null, bytes: new Uint8Array(), ageMs: Number.NaN, problem: failure(`${asked} was not answered: ${why}.`) }
  }
}
const mayPass = ({ status }: Answer): boolean => status === 0 || status === 429 || status >= 500
const isAbsent = ({ status, code }: Answer): boolean => status === 404 && code !== 'NoSuchBucket'
const rest = ({ pauseMs }: Pace, attempt: number): Promise<void> => pause(pauseMs * 3 ** attempt)

/** Again where nobody knows what became of it: for what changes nothing. */
const insist = async (...asked: Parameters<typeof send>): Promise<Answer> => {
  let answer = await send(...asked)
  for (let attempt = 1; attempt < ATTEMPTS && mayPass(answer); attempt += 1) {
    await rest(asked[0], attempt - 1)
    answer = await send(...asked)
  }
  return answer
}

const get = async (bucket: Bucket, name: string): Promise<Found | null> => {
  const answer = await insist(bucket, 'GET', name)
  if (isAbsent(answer)) return null
  const { status, etag, bytes, ageMs, problem } = answer
  if (status !== 200 || etag === null) throw problem
  return { bytes, etag, ageMs }
}

/** Puts in the place of what was found. An error that is returned leaves open whether it happened: what lies there now tells. */
const put = async (bucket: Bucket, name: string, bytes: Uint8Array, before: Found | null): Promise<Found | Error> => {
  const type = name === CHECKPOINT ? 'text/plain; charset=utf-8' : 'application/octet-stream'
  const answer = await send(bucket, 'PUT', name, bytes, { 'Content-Type': type, ...(before ? { 'If-Match': before.etag } : { 'If-None-Match': '*' }) })
  const { status, etag, problem } = answer
  if (status === 200 && etag !== null) return { bytes, etag, ageMs: 0 }
  if (mayPass(answer) || isAbsent(answer) || [200, 409, 412].includes(status)) return problem
  throw problem
}

/**
 * What a tile becomes. Beyond what is published lies what a write left that did not end: our own, or that of another database, which may
 * still end with a checkpoint and then needs its bytes. So where they agree the longer one stays, and others' are left alone while fresh.
 */
const continued = (bucket: Bucket, before: Found | null, { name, offset, bytes }: Part): Uint8Array => {
  const { bytes: held, ageMs } = before ?? { bytes: new Uint8Array(), ageMs: 0 }
  if (held.length < offset) throw failure(`${bucket.url}/${name} holds ${held.length} bytes, but ${offset} were published. Restore it.`)
  const beyond = held.subarray(offset)
  const common = Math.min(beyond.length, bytes.length)
  const isOurs = equalBytes(beyond.subarray(0, common), bytes.subarray(0, common))
  if (!isOurs && !(ageMs > ABANDONED_MS)) throw taken(bucket, name)
  return isOurs && beyond.length > common ? held : concat([held.subarray(0, offset), bytes])
}

const writeTile = async (bucket: Bucket, part: Part): Promise<Found> => {
  let problem: Error | null = null
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await rest(bucket, attempt - 1)
    const before = (attempt === 0 && bucket.tiles.get(part.name)) || await get(bucket, part.name)
    const done = await put(bucket, part.name, continued(bucket, before, part), before)
    if (!(done instanceof Error)) return done
    problem = done
  }
  throw problem
}

const writeTiles = async (bucket: Bucket, parts: readonly Part[]): Promise<Map<string, Found>> => {
  const written = new Map<string, Found>()
  for (let from = 0; from < parts.length; from += ABREAST) {
    const ended = await Promise.allSettled(parts.slice(from, from + ABREAST).map(async (part) => written.set(part.name, await writeTile(bucket, part))))
    const failed = ended.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
  }
  return written
}

/** Compare and swap. What became of a put without an answer is read: there lies ours, still the one before, or somebody else's. */
const writeCheckpoint = async (bucket: Bucket, note: Uint8Array, before: Found | null, startedMs: number): Promise<Found> => {
  let problem = failure(`the tiles took longer than ${WRITE_MS / 1000} s, so the checkpoint waits for the next round.`)
  for (let attempt = 0; attempt < ATTEMPTS && performance.now() - startedMs < WRITE_MS; attempt += 1) {
    const done = await put(bucket, CHECKPOINT, note, before)
    if (!(done instanceof Error)) return done
    problem = done
    await rest(bucket, attempt)
    const found = await get(bucket, CHECKPOINT)
    if (found && equalBytes(found.bytes, note)) return found
    if (found?.etag !== before?.etag) throw taken(bucket, CHECKPOINT)
  }
  throw problem
}

/** Some servers take a condition and ignore it, and two databases would both publish. Tried once, with the bytes that lie there anyway. */
const mustHeedConditions = async (bucket: Bucket, { bytes }: Found): Promise<void> => {
  const { status, problem } = await insist(bucket, 'PUT', CHECKPOINT, bytes, { 'If-Match': `"${'0'.repeat(32)}"` })
  if (status === 200) throw failure(`${bucket.url} ignores If-Match, so two databases could both publish. It must be one with conditional writes.`)
  if (status !== 412) throw problem
  bucket.heedsConditions = true
}

const write = async (bucket: Bucket, ...[parts, note, at]: Parameters<LogStore['write']>): Promise<void> => {
  const [startedMs, before] = [performance.now(), bucket.seen === undefined ? await get(bucket, CHECKPOINT) : bucket.seen]
  try {
    if (before && !bucket.heedsConditions) await mustHeedConditions(bucket, before)
    const written = await writeTiles(bucket, parts)
    at('tiles written')
    bucket.seen = await writeCheckpoint(bucket, utf8(note), before, startedMs)
    bucket.tiles = written.size > ABREAST ? new Map() : written
    at('checkpoint written')
  } catch (error) {
    [bucket.seen, bucket.tiles] = [undefined, new Map()]
    throw error
  }
}

/** Whoever writes has one of its own, and reads the checkpoint by it: only what it read is replaced. */
export const s3Store = (config: S3Config, pace = PACE): LogStore => {
  const bucket: Bucket = { ...config, ...pace, seen: undefined, tiles: new Map(), heedsConditions: false }
  return {
    place: config.url,
    read: async (name) => (bucket.tiles.get(name) ?? await get(bucket, name))?.bytes ?? null,
    checkpoints: async () => {
      const found = await get(bucket, CHECKPOINT)
      if (found?.etag !== bucket.seen?.etag) bucket.tiles = new Map()
      bucket.seen = found
      // A file that was copied here from a folder may hold several. Its tiles came with it: there is nothing to repair.
      return found ? [notesIn(found.bytes).notes.at(-1) ?? Buffer.from(found.bytes).toString('utf8')] : []
    },
    write: (...given) => write(bucket, ...given),
  }
}
