'use server'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { callerFromCookies, sessionCookie } from '@/lib/auth/session.ts'
import { env } from '@/lib/shared/env.ts'
import { signOut } from '@/lib/users/commands.ts'

/** Ends the session in the database first: from then on the cookie is worth nothing, whether or not the browser drops it. */
export const leave = async (): Promise<never> => {
  await signOut(await callerFromCookies(), {})
  // Not `delete`: a browser takes a `__Host-` cookie, even an empty one, only with `Secure`.
  const jar = await cookies()
  jar.set(sessionCookie(), '', { maxAge: 0, path: '/', secure: env().isHttps, httpOnly: true, sameSite: 'lax' })
  redirect('/')
}
