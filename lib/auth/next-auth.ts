import { randomUUID } from 'node:crypto'
import type { AuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { AppError } from '../shared/errors.ts'
import { env } from '../shared/env.ts'
import { signIn, signOut } from '../users/commands.ts'
import { SESSION_HOURS } from '../users/rules.ts'
import { sessionCookie } from './session.ts'

/** next-auth carries the cookie; whether a session lives is decided by the database at every request. TOTP, passkeys and OIDC join as providers. */
export const authOptions = (): AuthOptions => {
  const secure = env().isHttps
  const cookie = (name: string) => ({ name, options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure } })
  return {
    secret: env().secret,
    session: { strategy: 'jwt', maxAge: SESSION_HOURS * 3600 },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/' },
    cookies: {
      sessionToken: cookie(sessionCookie()),
      csrfToken: cookie(secure ? '__Host-batp-csrf' : 'batp-csrf'),
      callbackUrl: cookie(secure ? '__Host-batp-callback' : 'batp-callback'),
    },
    providers: [Credentials({
      name: 'Password',
      credentials: { email: { label: 'E-mail' }, password: { label: 'Password', type: 'password' } },
      authorize: async (given, request) => {
        const forwarded = (request.headers as Record<string, string> | undefined)?.['x-forwarded-for']
        const caller = { credential: null, requestId: randomUUID(), ip: forwarded?.split(',').at(-1)?.trim() ?? null }
        try {
          const { userId, token } = await signIn(caller, { email: given?.email ?? '', password: given?.password ?? '' })
          return { id: userId, credential: token }
        } catch (error) {
          if (error instanceof AppError) throw new Error(error.code === 'rate_limited' ? 'Throttled' : 'CredentialsSignin', { cause: error })
          throw error
        }
      },
    })],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, credential: (user as { credential?: string }).credential } : token),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => (url.startsWith('/') && !url.startsWith('//') && !url.startsWith('/\\') ? `${baseUrl}${url}` : baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.credential === 'string') await signOut({ credential: token.credential, requestId: randomUUID(), ip: null }, {})
      },
    },
  }
}
