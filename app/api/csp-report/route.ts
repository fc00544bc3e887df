import { readStart } from '@/lib/api/body.ts'
import { logger } from '@/lib/shared/logger.ts'

const KEPT_BYTES = 8192

/** Browsers tell here what the content security policy blocked. Anybody may post here: its first 8 kB are read, into one log line. */
export const POST = async (request: Request): Promise<Response> => {
  const report = request.body ? await readStart(request.body, KEPT_BYTES) : ''
  logger().warn({ report }, 'content security policy violation')
  return new Response(null, { status: 204 })
}
