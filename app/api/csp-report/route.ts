import { logger } from '@/lib/shared/logger.ts'

/** Browsers tell here what the content security policy blocked. At most 8 kB of it is kept, as one log line. */
export const POST = async (request: Request): Promise<Response> => {
  const report = (await request.text()).slice(0, 8192)
  logger().warn({ report }, 'content security policy violation')
  return new Response(null, { status: 204 })
}
