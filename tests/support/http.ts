import net from 'node:net'

/** An answer as it came over the wire; `body` is decoded from chunks, not from text. */
export type Answer = { status: number; head: string; body: Buffer }

export type Session = {
  /** One request at a time; `request` is the whole of it, head and body. */
  send: (request: Buffer) => Promise<Answer>
  close: () => void
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')
const END_OF_LINE = Buffer.from('\r\n')

/** The body of a chunked answer and where it ends, or null while some of it is still to come (RFC 9112, 7.1). */
const unchunk = (buffer: Buffer, from: number): { body: Buffer; end: number } | null => {
  const parts: Buffer[] = []
  for (let at = from; ;) {
    const line = buffer.indexOf(END_OF_LINE, at)
    if (line < 0) return null
    const size = Number.parseInt(buffer.toString('latin1', at, line), 16)
    const next = line + 2 + size + 2
    if (buffer.length < next) return null
    if (size === 0) return { body: parts.length === 1 ? parts[0]! : Buffer.concat(parts), end: next }
    parts.push(buffer.subarray(line + 2, line + 2 + size))
    at = next
  }
}

const read = (buffer: Buffer): Answer | null => {
  const end = buffer.indexOf(END_OF_HEAD)
  if (end < 0) return null
  const head = buffer.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) {
    const last = end + 4 + Number(length)
    return buffer.length < last ? null : { status, head, body: buffer.subarray(end + 4, last) }
  }
  const found = unchunk(buffer, end + 4)
  return found && { status, head, body: found.body }
}

/** A kept-alive connection that does as little as it can, since whoever measures with it shares the machine with what is measured. */
export const connect = (port: number, host = '127.0.0.1'): Promise<Session> => new Promise((opened, refused) => {
  const socket = net.connect({ port, host, noDelay: true })
  let received: Buffer[] = []
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null
  const fail = (error: Error) => {
    socket.destroy()
    refused(error)
    waiting?.reject(error)
    waiting = null
  }
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the connection was closed')))
  socket.on('data', (chunk: Buffer) => {
    received.push(chunk)
    const answer = read(received.length === 1 ? chunk : Buffer.concat(received))
    if (!answer || !waiting) return
    const { resolve } = waiting
    received = []
    waiting = null
    resolve(answer)
  })
  const send = (request: Buffer): Promise<Answer> => new Promise((resolve, reject) => {
    if (socket.destroyed) return reject(new Error('the connection is closed'))
    waiting = { resolve, reject }
    socket.write(request)
  })
  socket.on('connect', () => opened({ send, close: () => socket.destroy() }))
})

export type Request = { method?: 'GET' | 'POST'; path: string; key: string; body?: unknown; idempotencyKey?: string }

/** A request of the API as bytes, so that preparing it is not part of what is timed. */
export const request = ({ method = 'GET', path, key, body, idempotencyKey }: Request): Buffer => {
  const text = body === undefined ? '' : JSON.stringify(body)
  const lines = [
    `${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', `Authorization: Bearer ${key}`,
    ...(idempotencyKey ? [`Idempotency-Key: ${idempotencyKey}`] : []),
    ...(text ? ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`] : []),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`)
}
