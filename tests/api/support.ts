import { readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect } from 'vitest'
import type { Handler, Method } from '../../lib/api/edge.ts'
import { isShownProblem } from '../../lib/api/problems.ts'
import type { Json } from '../../lib/log/canonical.ts'

const APP = join(import.meta.dirname, '../../app')
type RouteModule = Partial<Record<Method, Handler>>

/** Routes of the API by their address: '/api/v1/filings/{id}/approve'. */
export const routeFiles = (): Map<string, string> =>
  new Map((readdirSync(join(APP, 'api/v1'), { recursive: true }) as string[]).filter((file) => file.endsWith('route.ts'))
    .map((file) => [`/api/v1/${dirname(file).replaceAll(/\[(\w+)\]/g, '{$1}')}`, join(APP, 'api/v1', file)]))

export const routeModule = (file: string): Promise<RouteModule> => import(file) as Promise<RouteModule>
export const nameOf = (file: string): string => relative(APP, file)

/** As in Next, an address that is written out goes before one with a parameter. */
const routes = [...routeFiles()].toSorted(([a], [b]) => a.split('{').length - b.split('{').length).map(([address, file]) => ({ file, pattern: new RegExp(`^${address.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`) }))

export type Sent = {
  /** Whose key: 'rs-submitter'; null for nobody. */
  as?: string | null
  body?: Json
  /** A body as it is, in place of `body`. */
  raw?: BodyInit
  headers?: Record<string, string>
}
export type Answered = { status: number; headers: Headers; text: string; body: any } // eslint-disable-line @typescript-eslint/no-explicit-any -- what a client would see

/** Calls the route's own handler, as the server would. */
export const call = async (method: Method, address: string, { as = null, body, raw, headers = {} }: Sent = {}): Promise<Answered> => {
  const url = new URL(address, 'http://localhost:3000')
  const route = routes.find(({ pattern }) => pattern.test(url.pathname))
  if (!route) throw new Error(`There is no route ${url.pathname}`)
  const handler = (await routeModule(route.file))[method]!
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const request = new Request(url, {
    method,
    headers: {
      'x-forwarded-for': '192.0.2.1', ...(as ? { authorization: `Bearer demo-${as}` } : {}),
      ...(content === undefined ? {} : { 'content-type': 'application/json' }), ...headers,
    },
    ...(content === undefined ? {} : { body: content, duplex: 'half' }),
  } as RequestInit)
  const { groups } = route.pattern.exec(url.pathname)!
  const response = await handler(request, { params: Promise.resolve(groups ? { ...groups } : undefined) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: text.startsWith('{') ? JSON.parse(text) : null }
}

export const get = (address: string, as: string | null = null, more: Sent = {}): Promise<Answered> => call('GET', address, { as, ...more })
export const post = (address: string, as: string | null, body?: Json, more: Sent = {}): Promise<Answered> =>
  call('POST', address, { as, ...(body === undefined ? {} : { body }), ...more })

/** A refusal that says what it should: RFC 9457, no word of how the platform is made. */
export const expectProblem = ({ status, headers, body, text }: Answered, expected: number, code: string): void => {
  expect({ status, code: body?.code, detail: body?.detail }).toMatchObject({ status: expected, code })
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(body).toMatchObject({ type: `/problems/${code}`, status: expected, title: expect.any(String), detail: expect.any(String) })
  expect(isShownProblem(code)).toBe(true) // so that `type` leads to a page
  expect(body.requestId).toBe(headers.get('x-request-id'))
  expect(text).not.toMatch(/\bat .+:\d+:\d+|node_modules|postgres|drizzle|select |insert /i)
}

export const pointers = (answer: Answered): string[] => ((answer.body.errors ?? []) as { pointer: string }[]).map(({ pointer }) => pointer)

/** The payloads of the register's specification, word for word. */
export const RAFALE = {
  stage: 'contracted', category: 'IVa', type: 'Rafale F3-R', quantity: 12, delivered: 0, supplier: 'FR', mode: 'purchase', decidedOn: '2024-04-09',
  signedOn: '2024-08-29', deliveries: { from: 2028, to: 2029 }, value: { amount: 2_700_000_000, currency: 'EUR' }, effect: 'replaces', replaces: 'MiG-29',
  purpose: 'Air policing',
}
export const TANKS_SOLD = {
  category: 'I', type: 'T-72', quantity: 30, mode: 'donation', recipient: 'UA', decidedOn: '2024-01-10', completedOn: '2024-03-01',
}
export const HOLDINGS = {
  asOf: '2026-01-01', lines: [{ category: 'I', type: 'M-84', inService: 195, inStorage: 16, unit: '1st Armoured Battalion', site: 'Niš' }], nil: ['VI'],
}
const KIND = { acquisition: 'notification.acquisition', disposal: 'notification.disposal', holdings: 'declaration.holdings' }
export const filing = (kind: keyof typeof KIND, participant: string, payload: Json): { [key: string]: Json } => ({ kind: KIND[kind], participant, payload })
export const acquisition = (participant: string, more: { [key: string]: Json } = {}) => filing('acquisition', participant, { ...RAFALE, ...more })
export const disposal = (participant: string, more: { [key: string]: Json } = {}) => filing('disposal', participant, { ...TANKS_SOLD, ...more })
export const holdings = (participant: string, more: { [key: string]: Json } = {}) => filing('holdings', participant, { ...HOLDINGS, ...more })
