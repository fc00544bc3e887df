import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * One bucket of an S3-compatible server, in memory. It computes each signature by itself, as "Authenticating requests: AWS Signature
 * Version 4" describes it, and answers conditions, tags and refusals as S3 does.
 */
export type Account = { keyId: string; secret: string; region: string }
type Stored = { bytes: Buffer; etag: string; type: string; at: number }
/** What goes wrong: an answer of that status, a connection cut before or after the object was stored, an answer that never comes. */
type Fault = { on: `${'GET' | 'PUT'} ${string}`; is: number | 'cut before' | 'cut after' | 'silent'; times?: number }
export type S3Server = {
  url: string
  objects: Map<string, Stored>
  /** 'PUT checkpoint 200', in the order of the answers. */
  answered: string[]
  headers: Record<string, string | string[] | undefined>[]
  heedsConditions: boolean
  fail: (...faults: Fault[]) => void
  /** Runs once, before the next such request is looked at. */
  before: (on: Fault['on'], run: () => void) => void
  put: (name: string, bytes: Uint8Array | string, ageMs?: number) => void
  text: (name: string) => string | null
  close: () => Promise<void>
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest()

type Signed = Pick<IncomingMessage, 'method' | 'url' | 'headers'>
/** The signature that the account's secret gives a request, over the headers that it names as signed. */
export const signatureOf = ({ method, url, headers }: Signed, body: Buffer, names: readonly string[], { secret, region }: Account): string => {
  const { pathname, searchParams } = new URL(url!, 'http://bucket')
  searchParams.sort()
  const canonical = [method, pathname, searchParams.toString(), ...names.map((name) => `${name}:${String(headers[name]).trim()}`), '', names.join(';'), sha256(body)].join('\n')
  const at = String(headers['x-amz-date'])
  const scope = [at.slice(0, 8), region, 's3', 'aws4_request']
  const key = scope.reduce<Buffer | string>((above, part) => hmac(above, part), `AWS4${secret}`)
  return hmac(key, ['AWS4-HMAC-SHA256', at, scope.join('/'), sha256(canonical)].join('\n')).toString('hex')
}

/** Why a signature is refused, or null. */
const signatureRefusal = (request: IncomingMessage, body: Buffer, account: Account): string | null => {
  const { headers } = request
  const given = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '')
  if (!given) return 'AccessDenied'
  const [, keyId, day, region, signed, signature] = given as unknown as string[]
  if (keyId !== account.keyId) return 'InvalidAccessKeyId'
  if (region !== account.region) return 'AuthorizationHeaderMalformed'
  const stated = String(headers['x-amz-date'])
  const at = Date.parse(stated.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!stated.startsWith(day!) || !(Math.abs(Date.now() - at) < 900_000)) return 'RequestTimeTooSkewed'
  const names = signed!.split(';')
  const mustBeSigned = ['host', 'x-amz-content-sha256', 'x-amz-date', ...['if-match', 'if-none-match'].filter((name) => headers[name] !== undefined)]
  if (mustBeSigned.some((name) => !names.includes(name))) return 'AccessDenied'
  if (headers['x-amz-content-sha256'] !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  return signatureOf(request, body, names, account) === signature ? null : 'SignatureDoesNotMatch'
}

const STATUS: Record<string, number> = {
  AuthorizationHeaderMalformed: 400, XAmzContentSHA256Mismatch: 400, NoSuchKey: 404, NoSuchBucket: 404, PreconditionFailed: 412,
}
const errorXml = (code: string): string => `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><StringToSign>what was signed</StringToSign></Error>`

type Reply = { status: number; body: Buffer | string; headers: Record<string, string> }
/** The code that S3 refuses a request with, or null. */
const refusalOf = (own: S3Server, request: IncomingMessage, name: string, body: Buffer, account: Account): string | null => {
  const { 'if-match': match, 'if-none-match': noneMatch } = request.headers
  const found = own.objects.get(name)
  const unsigned = signatureRefusal(request, body, account)
  if (unsigned) return unsigned
  if (name.startsWith('/')) return 'NoSuchBucket'
  if (request.method === 'GET') return found ? null : 'NoSuchKey'
  if (!own.heedsConditions) return null
  if (match !== undefined && !found) return 'NoSuchKey'
  return (noneMatch === '*' && found) || (match !== undefined && match !== found?.etag) ? 'PreconditionFailed' : null
}
const done = (own: S3Server, { method, headers }: IncomingMessage, name: string, body: Buffer): Reply => {
  if (method === 'PUT') {
    own.put(name, body)
    const stored = Object.assign(own.objects.get(name)!, { type: String(headers['content-type']) })
    return { status: 200, body: '', headers: { ETag: stored.etag } }
  }
  const { bytes, etag, type, at } = own.objects.get(name)!
  return { status: 200, body: bytes, headers: { ETag: etag, 'Content-Type': type, 'Last-Modified': new Date(at).toUTCString() } }
}
/** Null where a request is not even looked at. */
const replyTo = (own: S3Server, request: IncomingMessage, name: string, body: Buffer, account: Account, is: Fault['is'] | undefined): Reply | null => {
  if (is === 'cut before' || is === 'silent') return null
  const code = typeof is === 'number' ? `Injected${is}` : refusalOf(own, request, name, body, account)
  if (code === null) return done(own, request, name, body)
  return { status: typeof is === 'number' ? is : (STATUS[code] ?? 403), body: errorXml(code), headers: { 'Content-Type': 'application/xml' } }
}

export const startS3 = async (account: Account, path = '/bucket/log'): Promise<S3Server> => {
  const faults: Required<Fault>[] = []
  const hooks: { on: string; run: () => void }[] = []
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const name = request.url!.startsWith(`${path}/`) ? request.url!.slice(path.length + 1) : request.url!
    const isThis = ({ on }: { on: string }): boolean => on === `${request.method} ${name}` || on === `${request.method} *`
    own.headers.push(request.headers)
    const hook = hooks.findIndex(isThis)
    if (hook >= 0) hooks.splice(hook, 1)[0]!.run()
    const fault = faults.find((one) => one.times > 0 && isThis(one))
    if (fault) fault.times -= 1
    const is = fault?.is
    const reply = replyTo(own, request, name, body, account, is)
    own.answered.push(`${request.method} ${name} ${typeof is === 'string' ? is : reply!.status}`)
    if (is === 'cut before' || is === 'cut after') request.socket.destroy()
    else if (reply) response.writeHead(reply.status, { 'Content-Length': Buffer.byteLength(reply.body), ...reply.headers }).end(reply.body)
  }
  const server = createServer((request, response) => { void serve(request, response) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const own: S3Server = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    objects: new Map(), answered: [], headers: [], heedsConditions: true,
    fail: (...more) => { faults.push(...more.map((fault) => ({ times: 1, ...fault }))) },
    before: (on, run) => { hooks.push({ on, run }) },
    put: (name, bytes, ageMs = 0) => {
      const stored = Buffer.from(bytes)
      own.objects.set(name, { bytes: stored, etag: `"${createHash('md5').update(stored).digest('hex')}"`, type: 'binary/octet-stream', at: Date.now() - ageMs })
    },
    text: (name) => own.objects.get(name)?.bytes.toString() ?? null,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return own
}
