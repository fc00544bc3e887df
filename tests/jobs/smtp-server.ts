import { createServer, type AddressInfo, type Socket } from 'node:net'

export type Received = { from: string; to: string[]; message: string }
export type SmtpServer = { url: string; received: Received[]; answers: string[]; connections: () => number; close: () => Promise<void> }

/** As much of RFC 5321 as a client needs. Each text in `answers` is given once in place of the answer to MAIL FROM. */
export const startSmtp = async (): Promise<SmtpServer> => {
  const received: Received[] = []
  const answers: string[] = []
  const open = new Set<Socket>()
  let connections = 0

  const serve = (socket: Socket): void => {
    connections += 1
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
    const say = (line: string) => socket.write(`${line}\r\n`)
    let mail: Received = { from: '', to: [], message: '' }
    let readsData = false
    let rest = ''
    const command = (line: string): void => {
      if (/^(ehlo|helo)/i.test(line)) say('250 here')
      else if (/^mail from:/i.test(line)) {
        mail = { from: line.replace(/^.*<|>.*$/g, ''), to: [], message: '' }
        say(answers.shift() ?? '250 go on')
      } else if (/^rcpt to:/i.test(line)) {
        mail.to.push(line.replace(/^.*<|>.*$/g, ''))
        say('250 go on')
      } else if (/^data/i.test(line)) {
        readsData = true
        say('354 end with a dot')
      } else if (/^quit/i.test(line)) socket.end('221 bye\r\n')
      else say('250 fine')
    }
    const take = (line: string): void => {
      if (!readsData) command(line)
      else if (line === '.') {
        readsData = false
        received.push(mail)
        say('250 kept')
      } else mail.message += `${line.replace(/^\.\./, '.')}\n`
    }
    say('220 test')
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\r\n')
      rest = lines.pop()!
      lines.forEach(take)
    })
  }

  const server = createServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of open) socket.destroy()
      server.close(() => resolve())
    })
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, received, answers, connections: () => connections, close }
}
