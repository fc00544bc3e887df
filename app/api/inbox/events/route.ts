import { addresseesOf } from '@/lib/alerts/commands.ts'
import { subscribe } from '@/lib/alerts/live.ts'
import { callerFromRequest } from '@/lib/auth/session.ts'
import { getViewer } from '@/lib/users/queries.ts'

export const dynamic = 'force-dynamic'

const HEARTBEAT_MS = 20_000
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
}

/**
 * Says "something arrived", never what. Each heartbeat asks again whether the session lives, so that a sign-out, a disabled account or
 * half an hour without use closes the stream within 20 seconds; asking does not count as use.
 */
export const GET = async (request: Request): Promise<Response> => {
  const caller = { ...(await callerFromRequest(request)), passive: true }
  const viewer = await getViewer(caller, {})
  if (viewer.role === 'public') return new Response('Sign in first.', { status: 401, headers: { 'cache-control': 'no-store' } })
  const encoder = new TextEncoder()
  let close = () => {}
  const stream = new ReadableStream<Uint8Array>({
    start: async (controller) => {
      let open = true
      const say = (text: string) => {
        if (open) controller.enqueue(encoder.encode(text))
      }
      const beat = setInterval(async () => {
        const isHere = await getViewer(caller, {}).then(
          ({ role }) => role !== 'public',
          () => false,
        )
        if (isHere) return say(': still here\n\n')
        say('event: ended\ndata: session\n\n')
        close()
      }, HEARTBEAT_MS)
      let unsubscribe = () => {}
      close = () => {
        if (!open) return
        open = false
        clearInterval(beat)
        unsubscribe()
        controller.close()
      }
      request.signal.addEventListener('abort', () => close(), { once: true })
      say('retry: 5000\n: listening\n\n')
      await subscribe(addresseesOf({ viewer }), () => say('data: arrived\n\n')).then((stop) => {
        unsubscribe = stop
        if (!open) stop()
      }, close)
    },
    cancel: () => close(),
  })
  return new Response(stream, { headers: HEADERS })
}
