import { NextResponse, type NextRequest } from 'next/server'
import { callerFromRequest } from './lib/auth/session.ts'

const isDevelopment = process.env.NODE_ENV !== 'production'

/** Only what the platform serves itself may run; scripts by a nonce that is new with every answer. */
const policyFor = (nonce: string): string => [
  "default-src 'self'",
  `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
  `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  'report-uri /api/csp-report',
].join('; ')

const FORM_BYTES = 1024 * 1024
/** Drafts of thousands of lines come from who has signed in; from anyone else nothing larger than a form is read, nor what hides its length. */
const isTooLarge = async (request: NextRequest): Promise<boolean> => {
  const { headers } = request
  const bytes = headers.has('transfer-encoding') ? Infinity : Number(headers.get('content-length') ?? 0)
  if (bytes <= FORM_BYTES) return false
  return (await callerFromRequest(request)).credential === null
}

export const proxy = async (request: NextRequest): Promise<NextResponse> => {
  if (await isTooLarge(request)) return new NextResponse('This is more than a form holds. Sign in first.', { status: 413 })
  const nonce = btoa(crypto.randomUUID())
  const policy = policyFor(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  headers.set('x-batp-path', request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('cache-control', 'no-store')
  return response
}

/** Pages only: the API and files carry headers of their own and no scripts. */
export const config = { matcher: ['/((?!api|log/(?:checkpoint|vkey|tile)|_next/static|_next/image|healthz|readyz|metrics|icon.svg|favicon.ico|register.csv).*)'] }
