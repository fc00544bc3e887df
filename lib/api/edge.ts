import { problemsFrom, invalid, type Caller, type Operation } from '../auth/guard.ts'
import { may } from '../auth/policy.ts'
import { callerFromRequest } from '../auth/session.ts'
import type { z } from 'zod'
import { env } from '../shared/env.ts'
import { AppError } from '../shared/errors.ts'
import { formatList } from '../shared/format.ts'
import { logger } from '../shared/logger.ts'
import { ACTION_BYTES, readFile, readObject } from './body.ts'
import { callerKey, isGuessing, take, vouch, type Limit } from './limits.ts'
import { observeRequest } from './metrics.ts'
import { knownFrom, problemDocument, refusal } from './problems.ts'

/** What a route was called with. A path's id that cannot be one is "not there", as an unknown one is. */
type Params = Record<string, string>
/** Next gives no parameters at all to a path without any. */
type RouteContext = { params: Promise<Params | undefined> }
/** `endpoint` is what answers; a method that a route does not have answers 405 and has none. */
export type Handler = ((request: Request, context: RouteContext) => Promise<Response>) & { endpoint?: Endpoint }

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- operations of any input and answer meet here
type AnyOperation = Operation<any, any>
type Answer<R> = (value: R) => unknown
type Preview = { operation: AnyOperation; answer: Answer<never> }

/** A file: its name is ours, and holds nothing of the request. */
export type FileAnswer = { name: string; type: string; body: string | Uint8Array<ArrayBuffer> }
/** The same in another form, asked for by `?format=` and answered as a file. */
export type Format = { operation: AnyOperation; file: (value: never) => FileAnswer | Promise<FileAnswer>; limit?: Limit }

/** One method of a route. `answer` shapes the operation's value; text is taken for JSON that is written already. */
export type Endpoint = {
  operation: AnyOperation
  limit: Limit
  /** Largest body in bytes; 0 for a read, whose input is its query parameters. */
  bytes: number
  status: number
  answer?: Answer<never> | undefined
  location?: ((value: never) => string) | undefined
  /** What `?dryRun=true` asks instead. */
  dryRun?: Preview | undefined
  /** What `?format=` asks instead; without it, or with `json`, the answer is the operation's own. */
  formats?: Readonly<Record<string, Format>> | undefined
  /** Whether the operation's value is a file, and is handed out as one. */
  isFile?: true
  /** Whether the body is a file; `marked` is what `?marked=true` asks instead, and answers a file. */
  upload?: { marked: AnyOperation }
}

type ReadOptions<R> = { answer?: Answer<R>; limit?: Limit; formats?: Readonly<Record<string, Format>> }
/** GET: a guarded read, its input from the path and the query parameters. */
export const read = <S extends z.ZodType, R>(
  operation: Operation<S, R>, { answer, limit = 'read', formats }: ReadOptions<R> = {},
): Endpoint =>
  ({ operation, limit, bytes: 0, status: 200, answer, formats })

type WriteOptions<R> = { answer?: Answer<R>; bytes?: number; created?: (value: R) => string; dryRun?: Preview }
/** POST: a guarded write, its input from the path and the body. `created` names what it made: 201 with its Location. */
export const write = <S extends z.ZodType, R>(
  operation: Operation<S, R>, { answer, bytes = ACTION_BYTES, created, dryRun }: WriteOptions<R> = {},
): Endpoint =>
  ({ operation, limit: 'write', bytes, status: created ? 201 : 200, answer, location: created, dryRun })

/** GET of a file: the operation's value is one. */
export const download = <S extends z.ZodType>(operation: Operation<S, FileAnswer>): Endpoint =>
  ({ operation, limit: 'export', bytes: 0, status: 200, isFile: true })

/** POST of a file, which is read and not stored; the rest of the input comes from the query parameters. */
export const upload = <S extends z.ZodType, R>(operation: Operation<S, R>, marked: Operation<S, FileAnswer>, bytes: number, answer: Answer<R>): Endpoint =>
  ({ operation, limit: 'export', bytes, status: 200, answer, upload: { marked } })

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/
// eslint-disable-next-line no-control-regex -- control characters are what it finds
const CONTROL = /[\u0000-\u001f\u007f]/

const parametersOf = (operation: AnyOperation): string[] => Object.keys((operation.input as { shape?: object }).shape ?? {})

/** Query parameters, each known and stated once. What they may hold is the operation's matter. */
export const queryOf = (url: URL, allowed: readonly string[]): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const [name, value] of url.searchParams) {
    const refuse = (message: string) => invalid([{ pointer: `/${name.slice(0, 80)}`, message }])
    if (!allowed.includes(name)) {
      const others = allowed.length > 0 ? `Use ${formatList(allowed)}.` : 'There are none here.'
      throw refuse(`“${name.slice(0, 80)}” is not a parameter here. ${others}`)
    }
    if (name in found) throw refuse(`“${name}” is stated twice. State it once.`)
    if (CONTROL.test(value)) throw refuse(`“${name}” holds a control character. Remove it.`)
    found[name] = value
  }
  return found
}

/**
 * A session rides on a cookie that browsers send from anywhere, so a write by cookie must come from our own pages. Browsers say
 * where a request comes from in Sec-Fetch-Site or Origin; what sends neither is no browser, and nobody can make it ride.
 */
const mustBeSameOrigin = (request: Request): void => {
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  if (site === 'same-origin' || (site === null && origin === null)) return
  const ours = [new URL(env().baseUrl).host, request.headers.get('host')]
  if (site === null && URL.canParse(origin!) && ours.includes(new URL(origin!).host)) return
  throw new AppError('forbidden', 'This request comes from another site. Sign in here, or use a key.')
}

const mustBeWithin = (limit: Limit, { credential, ip }: Caller): void => {
  const caller = callerKey(credential, ip)
  const guessing = credential !== null && isGuessing(caller, callerKey(null, ip))
  const wait = guessing ? 60 : take(credential || limit === 'export' ? limit : 'anonymous', caller)
  if (wait > 0) throw refusal('rate_limited', `Too many requests. Come back in ${wait} seconds.`, [], { retryAfter: wait })
}

/** What the answer says about the key that was shown. */
const learn = ({ credential, ip }: Caller, status: number): void => {
  if (credential === null || status >= 500 || status === 429) return
  if (status === 401) take('refused', callerKey(null, ip))
  else vouch(callerKey(credential, ip))
}

const mustHaveGoodKey = ({ idempotencyKey }: Caller): void => {
  if (idempotencyKey == null || VISIBLE_ASCII.test(idempotencyKey)) return
  throw new AppError('invalid', 'The Idempotency-Key is 1 to 255 visible ASCII characters, such as a UUID.')
}

/** What the write's own input refuses, its preview refuses as well. */
const previewInput = (endpoint: Endpoint, input: unknown): unknown => {
  const parsed = endpoint.operation.input.safeParse(input)
  if (!parsed.success) throw invalid(problemsFrom(parsed.error))
  return input
}

const PLAIN = 'json'
/** The form that is asked for; undefined for the plain one. */
const formatOf = (formats: Endpoint['formats'], wanted: string): Format | undefined => {
  if (wanted === PLAIN) return undefined
  if (formats && Object.hasOwn(formats, wanted)) return formats[wanted]
  throw invalid([{ pointer: '/format', message: `There is no such format. Use ${formatList([PLAIN, ...Object.keys(formats ?? {})])}.` }])
}

const runRead = async (endpoint: Endpoint, caller: Caller, url: URL, params: Params): Promise<Response> => {
  const { operation, answer, formats } = endpoint
  const allowed = [...parametersOf(operation).filter((name) => !(name in params)), ...(formats ? ['format'] : [])]
  if (endpoint.isFile) return attached((await operation(caller, { ...queryOf(url, allowed), ...params })) as FileAnswer)
  const { format = PLAIN, ...stated } = queryOf(url, allowed)
  const chosen = formatOf(formats, format)
  const value = await (chosen?.operation ?? operation)(caller, { ...stated, ...params })
  return chosen ? attached(await chosen.file(value as never)) : respond(200, answer ? answer(value as never) : value)
}

const isAsked = (name: string, stated = 'false'): boolean => {
  if (stated !== 'true' && stated !== 'false') throw invalid([{ pointer: `/${name}`, message: 'State true or false.' }])
  return stated === 'true'
}

/** Before a body is read: nobody's is read for them, since the guard refuses, and records it. */
const mustBeWelcome = async ({ operation }: Endpoint, caller: Caller, request: Request): Promise<void> => {
  mustHaveGoodKey(caller)
  if (caller.credential && !caller.strict) mustBeSameOrigin(request)
  if (!caller.credential && !may('public', operation.permission)) await operation(caller, {})
}

const runUpload = async (endpoint: Endpoint, marked: AnyOperation, caller: Caller, request: Request, url: URL, params: Params): Promise<Response> => {
  await mustBeWelcome(endpoint, caller, request)
  const stated = queryOf(url, [...parametersOf(endpoint.operation).filter((name) => name !== 'file' && !(name in params)), 'name', 'marked'])
  const { name, marked: wanted, ...rest } = stated
  const input = { ...rest, ...params }
  const isMarked = isAsked('marked', wanted)
  const file = await readFile(request, endpoint.bytes, name)
  if (isMarked) return attached((await marked(caller, { ...input, file })) as FileAnswer)
  return respond(200, endpoint.answer!((await endpoint.operation(caller, { ...input, file })) as never))
}

const runWrite = async (endpoint: Endpoint, caller: Caller, request: Request, url: URL, params: Params): Promise<Response> => {
  const { operation, answer, dryRun, location } = endpoint
  await mustBeWelcome(endpoint, caller, request)
  const { dryRun: dry } = queryOf(url, dryRun ? ['dryRun'] : [])
  const isDry = isAsked('dryRun', dry)
  const body = await readObject(request, endpoint.bytes)
  const named = Object.keys(params).find((name) => Object.hasOwn(body, name))
  if (named) throw invalid([{ pointer: `/${named}`, message: `“${named}” is in the path. Leave it out of the body.` }])
  const input = { ...body, ...params }
  if (dryRun && isDry) return respond(200, dryRun.answer((await dryRun.operation(caller, previewInput(endpoint, input))) as never))
  const value = await operation(caller, input)
  return respond(endpoint.status, answer ? answer(value as never) : value, location ? { Location: location(value as never) } : {})
}

/** No page of another origin reads an answer: CORS headers are never sent. */
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'
const HEADERS = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }
export const respond = (status: number, value: unknown, headers: Record<string, string> = {}): Response =>
  new Response(typeof value === 'string' ? value : JSON.stringify(value), { status, headers: { ...HEADERS, ...headers } })

const attached = ({ name, type, body }: FileAnswer): Response =>
  new Response(body, { headers: { ...HEADERS, 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` } })

/** The problem document of an error. What nobody foresaw is logged with the request id, and not told. */
export const refuse = (error: unknown, request: Request, caller: Caller, operation: string): Response => {
  const known = knownFrom(error)
  if (known.code === 'internal') logger().error({ err: error, requestId: caller.requestId, operation }, 'request failed')
  const inQuery = request.method === 'GET' || request.method === 'HEAD'
  const { pathname } = new URL(request.url)
  const document = JSON.stringify(problemDocument(known, pathname, caller.requestId, inQuery))
  return new Response(document, { status: known.status, headers: { ...HEADERS, 'Content-Type': PROBLEM_TYPE, ...known.headers } })
}

/** Runs `answer` for whoever calls: within their limit, timed, every error a problem document. */
export const answering = async (
  request: Request, operation: string, limit: Limit, answer: (caller: Caller) => Promise<Response>,
): Promise<Response> => {
  const started = performance.now()
  const caller = await callerFromRequest(request)
  let response: Response
  try {
    mustBeWithin(limit, caller)
    response = await answer(caller)
  } catch (error) {
    response = refuse(error, request, caller, operation)
  }
  learn(caller, response.status)
  response.headers.set('X-Request-Id', caller.requestId)
  observeRequest(operation, response.status, (performance.now() - started) / 1000)
  return response
}

const handle = (endpoint: Endpoint): Handler => {
  const { operation, bytes } = endpoint
  const limitOf = ({ url }: Request): Limit => endpoint.formats?.[new URL(url).searchParams.get('format') ?? PLAIN]?.limit ?? endpoint.limit
  const handler = (request: Request, context: RouteContext) => answering(request, operation.operationName, limitOf(request), async (caller) => {
    const params = (await context.params) ?? {}
    if (params.id !== undefined && !ID.test(params.id)) throw new AppError('not_found', 'There is nothing under this id.')
    const url = new URL(request.url)
    if (endpoint.upload) return runUpload(endpoint, endpoint.upload.marked, caller, request, url, params)
    return bytes === 0 ? runRead(endpoint, caller, url, params) : runWrite(endpoint, caller, request, url, params)
  })
  return Object.assign(handler, { endpoint })
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/** All methods of a route: those given, and for the others a refusal that says which there are. */
export const only = (handlers: Partial<Record<'GET' | 'POST', Handler>>): Record<Method, Handler> => {
  const allow = [...Object.keys(handlers), ...(handlers.GET ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  const notAllowed: Handler = (request) => answering(request, 'method.refused', 'read', () =>
    Promise.reject(refusal('method_not_allowed', `There is no ${request.method} here. Use ${allow}.`, [], { allow })))
  const OPTIONS: Handler = (request) => answering(request, 'method.options', 'read', () =>
    Promise.resolve(new Response(null, { status: 204, headers: { Allow: allow, 'Cache-Control': 'no-store' } })))
  return { GET: notAllowed, POST: notAllowed, PUT: notAllowed, PATCH: notAllowed, DELETE: notAllowed, OPTIONS, ...handlers }
}

/** A route of the API: what each of its methods reads or writes. */
export const resource = ({ GET, POST }: Partial<Record<'GET' | 'POST', Endpoint>>): Record<Method, Handler> =>
  only({ ...(GET ? { GET: handle(GET) } : {}), ...(POST ? { POST: handle(POST) } : {}) })
