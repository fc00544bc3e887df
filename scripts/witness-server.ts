import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseCheckpoint, verifyNote } from '../lib/log/checkpoint.ts'
import { formatNote, parseNote, signatureLine, type VerifierKey } from '../lib/log/note.ts'
import { nodePrimitives } from '../lib/log/primitives-node.ts'
import { cosign, type SigningKey } from '../lib/log/sign.ts'
import { judgeCheckpoint, parseAddCheckpoint, type LastCosigned, type WitnessRequest } from '../lib/log/witnessing.ts'
import { AppError } from '../lib/shared/errors.ts'
import { openState, originFolder, type State } from './witness-state.ts'

/** A witness (C2SP tlog-witness): it cosigns a log's head only if that grew from the head it cosigned before. */
export type WitnessOptions = {
  key: SigningKey
  /** The logs it watches, by origin, with the keys that it trusts for each. */
  logs: ReadonlyMap<string, readonly VerifierKey[]>
  /** Where it remembers what it cosigned: of this process alone. */
  data: string
  host?: string
  /** 0: any that is free. */
  port?: number
  say?: (words: string) => void
  /** Where a test makes it die. */
  at?: (point: 'judged' | 'persisted') => void
}
export type Witness = { key: SigningKey; port: number; close: () => Promise<void> }

/** A request holds 63 hashes and a note; ours are about 4 KB. */
const MAX_BODY_BYTES = 65_536
const LIMITS = {
  requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 8_192,
}
const MAX_CONNECTIONS = 100
const HEADERS = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' }

type Answer = { status: number; contentType: string; body: string; allow?: string }
const PLAIN = 'text/plain; charset=utf-8'
const plain = (status: number, body: string): Answer => ({ status, contentType: PLAIN, body: `${body}\n` })
const notAllowed = (allow: string): Answer => ({ ...plain(405, `Use ${allow}.`), allow })

/** Null when it is longer than any honest request. */
const readBody = async (request: IncomingMessage): Promise<Buffer | null> => {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return null
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_BODY_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** One after the other for each log: what is judged against the last checkpoint is stored before the next is judged. */
const taker = () => {
  const turns = new Map<string, Promise<unknown>>()
  return <T>(origin: string, work: () => Promise<T>): Promise<T> => {
    const mine = (turns.get(origin) ?? Promise.resolve()).then(work, work)
    turns.set(origin, mine)
    return mine
  }
}

const lastOf = (note: string | null): LastCosigned | null => (note === null ? null : parseCheckpoint(parseNote(note).text))

/** Reads again from disk each time: what could not be stored whole must not be believed to be. */
const judgeAndStore = async (options: WitnessOptions, state: State, request: WitnessRequest, sent: Uint8Array): Promise<Answer> => {
  const { key, logs, say = () => {}, at = () => {} } = options
  const { origin } = request.stated
  const cosigned = logs.has(origin) ? await state.read(origin) : null
  const judged = await judgeCheckpoint({ request, knownLogs: logs, last: lastOf(cosigned), primitives: nodePrimitives })
  at('judged')
  if (judged.status === 422) {
    say(`refused to cosign size ${request.stated.size} of ${origin}: ${judged.body.trim()}`)
    await state.keep(judged.isEvidence ? 'evidence' : 'suspect', origin, { request: sent, text: request.text, cosigned })
      .catch((error: unknown) => say(`could not keep what was refused: ${String(error)}`))
  }
  if (judged.status !== 200) return judged
  const trusted = logs.get(origin)!
  const signatures = parseNote(request.checkpoint).signatures
    .filter(({ name, keyId }) => trusted.some((known) => known.name === name && known.keyId === keyId))
  const cosignature = cosign(judged.text, key, Math.floor(Date.now() / 1000))
  // First on disk, then out: dying in between loses an answer, and whoever asked will ask again from the new size.
  await state.persist(origin, formatNote({ text: judged.text, signatures: [...signatures, cosignature] }))
  at('persisted')
  return { status: 200, contentType: PLAIN, body: signatureLine(cosignature) }
}

type Take = ReturnType<typeof taker>
const addCheckpoint = async (options: WitnessOptions, state: State, take: Take, incoming: IncomingMessage): Promise<Answer> => {
  const sent = await readBody(incoming)
  if (!sent) return plain(413, `A request has at most ${MAX_BODY_BYTES} bytes.`)
  let request: WitnessRequest
  try {
    request = parseAddCheckpoint(sent)
  } catch (error) {
    if (error instanceof AppError) return plain(400, error.message)
    throw error
  }
  const work = () => judgeAndStore(options, state, request, sent)
  return options.logs.has(request.stated.origin) ? take(request.stated.origin, work) : work()
}

const answer = async (options: WitnessOptions, state: State, take: Take, incoming: IncomingMessage): Promise<Answer> => {
  const { method = '', url = '' } = incoming
  const path = url.split('?')[0]!
  const isRead = method === 'GET' || method === 'HEAD'
  if (path === '/add-checkpoint') return method === 'POST' ? addCheckpoint(options, state, take, incoming) : notAllowed('POST')
  const asked = path === '/' ? null : [...options.logs.keys()].find((origin) => path === `/${originFolder(origin)}/checkpoint`)
  if (asked === undefined) return plain(404, 'Not found')
  if (!isRead) return notAllowed('GET')
  if (asked === null) return plain(200, `A witness of ${[...options.logs.keys()].join(', ')}\n${options.key.vkey}`)
  const note = await state.read(asked)
  return note === null ? plain(404, 'Nothing of that log was cosigned yet.') : { status: 200, contentType: PLAIN, body: note }
}

/** A record that does not hold is not begun anew: a witness that forgets is worse than one that is silent. */
const checkRecord = async (state: State, logs: WitnessOptions['logs'], data: string): Promise<void> => {
  for (const [origin, keys] of logs) {
    const note = await state.read(origin)
    if (note === null) continue
    const read = await verifyNote(note, keys, nodePrimitives).then(({ text }) => parseCheckpoint(text), () => null)
    if (read?.origin === origin) continue
    throw new Error(`${data}/${originFolder(origin)}/checkpoint is not a checkpoint that ${origin} signed with a key given here. `
      + 'Give the key that it was signed with as one more --log. If the file is damaged, begin again in an empty folder with a new key, '
      + 'and register that.')
  }
}

export const startWitness = async (options: WitnessOptions): Promise<Witness> => {
  const { key, logs, data, host = '127.0.0.1', port = 0, say = () => {} } = options
  const state = await openState(data, logs.keys())
  const take = taker()
  const server = createServer(LIMITS, (incoming, response) => {
    response.on('error', () => {})
    void answer(options, state, take, incoming).catch((error: unknown) => {
      if (!incoming.socket.destroyed) say(`failed: ${error instanceof Error ? error.message : String(error)}`)
      return plain(500, 'This witness failed to answer. Ask again.')
    }).then(({ status, contentType, body, allow }) => {
      const ends = incoming.complete ? {} : { Connection: 'close' }
      response.writeHead(status, {
        'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body), ...HEADERS,
        ...(allow ? { Allow: allow } : {}), ...ends,
      })
      response.end(incoming.method === 'HEAD' ? undefined : body)
    })
  })
  server.maxConnections = MAX_CONNECTIONS
  try {
    await checkRecord(state, logs, data)
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    await state.close()
    throw error
  }
  const close = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
    await Promise.all([...logs.keys()].map((origin) => take(origin, async () => {}).catch(() => {})))
    await state.close()
  }
  return { key, port: (server.address() as AddressInfo).port, close }
}
