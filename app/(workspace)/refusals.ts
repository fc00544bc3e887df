import { headers } from 'next/headers'
import { forbidden, notFound, redirect } from 'next/navigation'
import { AppError } from '@/lib/shared/errors.ts'

/** Where to sign in, and to come back from there. The proxy says which page was asked for. */
export const signInAddress = async (): Promise<string> =>
  `/sign-in?next=${encodeURIComponent((await headers()).get('x-batp-path') ?? '/workspace')}`

/** What a page makes of a refusal: "not yours" and "not there" are one page, a wrong role is another. */
export const orRefuse = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'unauthenticated') redirect(await signInAddress())
    if (error.code === 'forbidden') forbidden()
    if (error.code === 'not_found' || error.code === 'invalid') notFound()
    throw error
  }
}
