import { countUnacknowledged } from '@/lib/alerts/queries.ts'
import { callerFromRequest } from '@/lib/auth/session.ts'
import { countWaiting } from '@/lib/messages/queries.ts'
import { AppError, ERROR_STATUS } from '@/lib/shared/errors.ts'

export const dynamic = 'force-dynamic'
const headers = { 'cache-control': 'no-store' }

/** How many notices wait, and how many messages were received: what a page asks every 15 seconds where its event stream does not get through. */
export const GET = async (request: Request): Promise<Response> => {
  try {
    const caller = { ...(await callerFromRequest(request)), passive: true }
    const [count, { messages }] = await Promise.all([countUnacknowledged(caller, {}), countWaiting(caller, {})])
    return Response.json({ count, messages }, { headers })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return Response.json({ code: error.code, detail: error.message }, { status: ERROR_STATUS[error.code], headers })
  }
}
