import { lookup } from 'node:dns'
import { once } from 'node:events'
import { request as overHttp, type IncomingMessage } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from '../shared/addresses.ts'
import { decodeUtf8 } from './encoding.ts'

/** What a witness answered, whatever it is. */
export type Answer = { status: number; contentType: string; body: string }

/** Two cosignatures, or a sentence. */
const MAX_ANSWER_BYTES = 16_384

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1')

/** The addresses of witnesses come from participants: without this, one could make the register's worker knock at its neighbours. */
const mustBePublic = (host: string, address: string): void => {
  if (!isPublicAddress(address)) throw new Error(`${host} leads to ${address}, which is not an address of the public internet`)
}

/** Looks a name up once, and connects to what was looked at: a name that answers differently the second time gains nothing. */
const publicLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    try {
      if (error) throw error
      for (const { address } of found) mustBePublic(host, address)
      if (options.all) done(null, found)
      else done(null, found[0]!.address, found[0]!.family)
    } catch (refusal) {
      done(refusal as Error, options.all ? [] : '')
    }
  })
}

const readAnswer = async (response: IncomingMessage): Promise<Answer> => {
  const chunks: Buffer[] = []
  let length = 0
  // Leaving the loop early closes the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_ANSWER_BYTES) throw new Error(`answered with more than ${MAX_ANSWER_BYTES} bytes`)
    chunks.push(chunk)
  }
  const { statusCode = 0, headers } = response
  return { status: statusCode, contentType: headers['content-type'] ?? '', body: decodeUtf8(Buffer.concat(chunks)) }
}

type Manner = { mayBeLocal: boolean; signal: AbortSignal }
/** Posts text and reads a short answer. Follows no redirect: it would lead past the check of the address. */
export const ask = async (url: URL, body: string, { mayBeLocal, signal }: Manner): Promise<Answer> => {
  if (!mayBeLocal && isIP(hostOf(url)) !== 0) mustBePublic('The URL', hostOf(url))
  const sent = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
    method: 'POST', signal, agent: false, maxHeaderSize: 8_192, ...(mayBeLocal ? {} : { lookup: publicLookup }),
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': Buffer.byteLength(body), 'User-Agent': 'batp' },
  })
  // What fails after the answer began is thrown by who reads it, but also told here, where nobody else listens.
  sent.on('error', () => {})
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return readAnswer(response)
}
