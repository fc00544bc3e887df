import { createServer } from 'node:http'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { NextConfig } from 'next'
import { clientAddress } from '../lib/shared/addresses.ts'
import { compressedAssets } from './assets.ts'
import { listeningAt } from './listening.ts'
import { importQuickly } from './quick-import.ts'

const { values: options } = parseArgs({ options: { demo: { type: 'boolean' }, dev: { type: 'boolean' }, port: { type: 'string' }, host: { type: 'string' } } })
const settings = process.env as Record<string, string | undefined>
settings.NODE_ENV = options.dev ? 'development' : 'production'
if (options.demo) settings.BATP_DEMO = '1'
if (options.port) settings.PORT = options.port
const { host, name } = listeningAt(options.host, options.demo ?? false)
if (options.demo || options.dev) settings.NEXTAUTH_URL ??= `http://${name}:${settings.PORT ?? 3000}`

const { env } = await import('../lib/shared/env.ts')
const { prepare, banner } = await import('./prepare.ts')
const configuration = env()
settings.NEXTAUTH_SECRET ??= configuration.secret

const { default: next } = await import('next')
const server = next({ dev: options.dev ?? false, port: configuration.port, hostname: options.host ?? 'localhost' })
const [stop] = await Promise.all([importQuickly(prepare), server.prepare()])
const handle = server.getRequestHandler()
const { default: built } = (await import('../next.config.js' as string)) as { default: NextConfig & { distDir: string } }
const [everywhere] = (await built.headers?.()) ?? []
const answersCompressed = options.dev ? () => false : compressedAssets(path.resolve(built.distDir, 'static'), everywhere?.headers ?? [])

/** What Next knows; it fails on the others (TRACE) instead of refusing them. */
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'

/** Next fails on what cannot be decoded, such as `/register/%E0%A4%A`. */
const isReadable = (address: string): boolean => {
  try {
    return typeof decodeURIComponent(address.split('?')[0]!) === 'string'
  } catch {
    return false
  }
}

const http = createServer({ requestTimeout: 60_000, headersTimeout: 20_000, maxHeaderSize: 16_384 }, (request, response) => {
  if (!METHODS.split(', ').includes(request.method ?? '')) {
    response.writeHead(405, { Allow: METHODS, 'Cache-Control': 'no-store' }).end()
    return
  }
  if (!isReadable(request.url ?? '')) {
    response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
      .end('This address cannot be read: a percent sign in it begins no character.\n')
    return
  }
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
  request.headers['x-forwarded-for'] = clientAddress(request.socket.remoteAddress ?? '', forwarded, configuration.trustedProxies)
  for (const name of ['x-nonce', 'x-batp-path', 'x-middleware-subrequest', 'content-security-policy']) delete request.headers[name]
  // Here and not in next.config.js, whose headers are fixed when it is built, before anyone knows the address.
  if (configuration.isHttps) response.setHeader('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
  if (!answersCompressed(request, response)) void handle(request, response)
})
http.listen(configuration.port, host, () => {
  banner()
  // Asked once by ourselves: it opens the log, signs what is committed, and says at once if the log refuses to.
  void fetch(`http://${name}:${configuration.port}/readyz`).catch(() => {})
})

const close = (): void => {
  http.close()
  http.closeAllConnections()
  void stop().finally(() => process.exit(0))
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, close)
