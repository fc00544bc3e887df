import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)
const ADDRESS = '/_next/static/'
const TYPE: Record<string, string> = { '.js': 'application/javascript; charset=UTF-8', '.css': 'text/css; charset=UTF-8' }

type Asset = { body: Buffer; headers: Record<string, string | number> }

const read = async (folder: string, name: string): Promise<Asset> => {
  const body = await compress(await readFile(path.join(folder, name)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  return {
    body,
    headers: {
      'Content-Type': TYPE[path.extname(name)]!, 'Content-Encoding': 'br', 'Content-Length': body.length, 'Vary': 'Accept-Encoding',
      'Cache-Control': 'public, max-age=31536000, immutable',
    },
  }
}

/**
 * Next compresses with gzip, anew for every request. A script never changes under its name, so it is compressed once, with Brotli at its
 * best, and is a sixth smaller. One after another and after the start, so that the first answer waits for none of it; until a file is
 * ready, and for browsers that do not take it, Next answers. Only names found in the folder are answered: no address reaches a path.
 */
export const compressedAssets = (folder: string, headers: readonly { key: string; value: string }[]) => {
  const ready = new Map<string, Asset>()
  const prepare = async (): Promise<void> => {
    const names = (await readdir(folder, { recursive: true })).filter((name) => path.extname(name) in TYPE)
    for (const name of names) ready.set(ADDRESS + name.split(path.sep).join('/'), await read(folder, name))
  }
  setTimeout(() => { void prepare().catch(() => {}) }, 1500).unref()
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const asset = request.method === 'GET' && /\bbr\b/.test(request.headers['accept-encoding']?.toString() ?? '')
      ? ready.get(request.url?.split('?')[0] ?? '') : undefined
    if (!asset) return false
    for (const { key, value } of headers) response.setHeader(key, value)
    response.writeHead(200, asset.headers).end(asset.body)
    return true
  }
}
