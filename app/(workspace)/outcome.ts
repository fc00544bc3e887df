import { unstable_rethrow } from 'next/navigation'
import type { Caller } from '@/lib/auth/guard.ts'
import { callerFromCookies } from '@/lib/auth/session.ts'
import { AppError, type Outcome } from '@/lib/shared/errors.ts'
import { logger } from '@/lib/shared/logger.ts'

/** Runs one operation for whoever sent the form; a refusal comes back as a value, so that the form can show it. */
export const outcomeOf = async <T>(work: (caller: Caller) => Promise<T>): Promise<Outcome<T>> => {
  const caller = await callerFromCookies()
  try {
    return { ok: true, value: await work(caller) }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: { code: error.code, message: error.message, fields: error.fields } }
    unstable_rethrow(error)
    logger().error({ err: error, requestId: caller.requestId }, 'action')
    const message = `Something failed on our side and nothing was changed. Try again, or quote ${caller.requestId} to the secretariat.`
    return { ok: false, error: { code: 'internal', message, fields: [] } }
  }
}
