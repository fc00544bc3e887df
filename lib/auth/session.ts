import { randomUUID } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { decode } from 'next-auth/jwt'
import { env } from '../shared/env.ts'
import type { Caller } from './guard.ts'

/** `__Host-` binds the cookie to this host and to TLS; on plain loopback browsers would drop it. */
export const sessionCookie = (): string => (env().isHttps ? '__Host-batp-session' : 'batp-session')

const tokenIn = async (cookie: string | undefined): Promise<string | null> => {
  if (!cookie) return null
  const decoded = await decode({ token: cookie, secret: env().secret }).catch(() => null)
  return typeof decoded?.credential === 'string' ? decoded.credential : null
}

/** Whom the server heard: `scripts/start.ts` puts the one address that it believes in place of what the client or a proxy sent. */
const addressIn = (forwarded: string | null): string | null => forwarded?.split(',').at(-1)?.trim().slice(0, 64) ?? null

/** Who opens a page or sends a form: the only place that reads the session cookie. */
export const callerFromCookies = async (): Promise<Caller> => {
  const [jar, head] = await Promise.all([cookies(), headers()])
  return { credential: await tokenIn(jar.get(sessionCookie())?.value), requestId: randomUUID(), ip: addressIn(head.get('x-forwarded-for')) }
}

const cookieOf = (request: Request, name: string): string | undefined =>
  request.headers.get('cookie')?.split(/;\s*/).find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)

/** Who calls the API: a bearer key, else the session of the same browser. */
export const callerFromRequest = async (request: Request): Promise<Caller> => {
  const bearer = /^Bearer ([\x21-\x7e]{1,512})$/.exec(request.headers.get('authorization') ?? '')?.[1]
  const about = { requestId: randomUUID(), ip: addressIn(request.headers.get('x-forwarded-for')), idempotencyKey: request.headers.get('idempotency-key') }
  if (bearer !== undefined || request.headers.has('authorization')) return { ...about, credential: bearer ?? 'malformed', strict: true }
  return { ...about, credential: await tokenIn(cookieOf(request, sessionCookie())) }
}
