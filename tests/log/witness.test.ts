import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openCheckpoint, verifyNote } from '../../lib/log/checkpoint.ts'
import { formatNote, parseNote, parseSignatures } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { formatPrivateKey, generateSigningKey, signNote } from '../../lib/log/sign.ts'
import { encodeAddCheckpoint } from '../../lib/log/witnessing.ts'
import { originFolder } from '../../scripts/witness-state.ts'
import type { Witness } from '../../scripts/witness-server.ts'
import { LOG_KEY, vectors } from './given.ts'
import { folder, FORKED, get, logKey, newKey, ORIGIN, post, proofOf, request, signed, SIZE, witness } from './witness-ground.ts'

const PLAIN = 'text/plain; charset=utf-8'
const RECORD = `/${originFolder(ORIGIN)}/checkpoint`

/** Whether an answer is this witness's cosignature over that checkpoint, as outsiders check it. */
const isCosigned = async (answer: string, { key }: Pick<Witness, 'key'>, note: string): Promise<boolean> => {
  const { text } = parseNote(note)
  const { signers } = await verifyNote(formatNote({ text, signatures: parseSignatures(answer) }), [key], nodePrimitives)
  return Math.abs(signers[0]!.time! - Date.now() / 1000) < 10
}

describe('a witness', () => {
  test('cosigns the first checkpoint, what grew from it, and the same one again', async () => {
    const one = await witness()
    for (const [old, size] of [[0, 7], [7, 64], [64, 64], [64, SIZE]] as const) {
      const { status, type, text } = await post(one.port, request(old, size))
      expect({ status, type }).toEqual({ status: 200, type: PLAIN })
      expect(await isCosigned(text, one, signed(size))).toBe(true)
    }
  })

  test('shows the last checkpoint with the log’s signature and its own; before there is one, 404', async () => {
    const one = await witness()
    expect((await get(one.port, RECORD)).status).toBe(404)
    await post(one.port, request(0, 7))
    const { status, type, text } = await get(one.port, RECORD)
    expect({ status, type }).toEqual({ status: 200, type: PLAIN })
    const opened = await openCheckpoint(text, logKey, [one.key], nodePrimitives)
    expect(opened).toMatchObject({ checkpoint: { origin: ORIGIN, size: 7 }, cosignatures: [{ key: { vkey: one.key.vkey } }] })
    expect(await get(one.port, RECORD, 'HEAD')).toMatchObject({ status: 200, text: '' })
    expect((await get(one.port, `/${originFolder('other.example/log')}/checkpoint`)).status).toBe(404)
  })

  const stranger = generateSigningKey(ORIGIN, 0x01)
  const elsewhere = generateSigningKey('other.example/log', 0x01)
  const of = (old: number, checkpoint: string, proof: Uint8Array[] = []): string => encodeAddCheckpoint({ old, proof, checkpoint })
  const { text: honest } = parseNote(signed(64))
  test.each<[string, string | Uint8Array<ArrayBuffer>, number, string?]>([
    ['what is no request', 'hello', 400],
    ['nothing', '', 400],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x0a), 400],
    ['an old size above the new one', request(65, 64), 400],
    ['a log that it does not know', of(0, signNote(honest.replace(ORIGIN, elsewhere.name), elsewhere)), 404],
    ['a checkpoint that another key signed', of(7, signNote(honest, stranger), proofOf(7, 64)), 403],
    ['another size than it is at', request(3, 64), 409, '7\n'],
    ['size 0, though it has seen more', request(0, 64), 409, '7\n'],
    ['a proof that does not hold', of(7, signed(64), proofOf(8, 64)), 422],
    ['another tree of the size it is at', of(7, signNote(parseNote(signed(7)).text.replace(/\n[^\n]{44}\n$/, `\n${'A'.repeat(43)}=\n`), LOG_KEY)), 422],
  ])('answers %s as the specification says', async (_what, body, status, stated) => {
    const one = await witness()
    await post(one.port, request(0, 7))
    const answer = await post(one.port, body)
    expect(answer.status).toBe(status)
    expect(answer.type).toBe(stated ? 'text/x.tlog.size' : PLAIN)
    if (stated) expect(answer.text).toBe(stated)
    // Whatever was refused changed nothing.
    expect((await post(one.port, request(7, 64))).status).toBe(200)
  })

  test('accepts the vector that Go and Python accept, answered by a witness of that name', async () => {
    const one = await witness()
    await post(one.port, of(0, vectors.checkpoint_8.split('\n').slice(0, 5).join('\n').concat('\n')))
    expect((await get(one.port, RECORD)).text.split('\n').slice(0, 3)).toEqual(vectors.checkpoint_8.split('\n').slice(0, 3))
  })

  test('takes only what there is: methods, paths, 64 KB', async () => {
    const one = await witness()
    expect((await get(one.port, '/add-checkpoint')).status).toBe(405)
    expect((await get(one.port, RECORD, 'DELETE')).status).toBe(405)
    expect((await get(one.port, '/../etc/passwd')).status).toBe(404)
    expect((await get(one.port, '/')).text).toContain(one.key.vkey)
    const huge = 'old 0\n\n'.padEnd(70_000, 'x')
    expect(await post(one.port, huge).then(({ status }) => status, () => 413)).toBe(413)
    const socket = connect(one.port, '127.0.0.1')
    socket.on('error', () => {})
    let heard = ''
    socket.on('data', (chunk) => { heard += String(chunk) })
    socket.write('POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nTransfer-Encoding: chunked\r\n\r\n')
    for (let sent = 0; sent < 80_000; sent += 8_000) socket.write(`1f40\r\n${'x'.repeat(8_000)}\r\n`)
    await once(socket, 'close')
    expect(heard).toMatch(/^HTTP\/1.1 413 /)
    expect((await post(one.port, request(0, 7))).status).toBe(200)
  })
})

describe('a log that shows two histories', () => {
  const kept = (data: string, kind: string): string[] => {
    const where = join(data, originFolder(ORIGIN), kind)
    return existsSync(where) ? readdirSync(where).toSorted() : []
  }

  test('another tree of one size is refused with 422, and both signed heads are kept as evidence', async () => {
    const data = folder()
    const one = await witness({ data })
    await post(one.port, request(0, 64))
    const forgery = request(64, 64, 'forked')
    for (let again = 0; again < 3; again += 1) expect((await post(one.port, forgery)).status).toBe(422)
    const [cosigned, sent, ...others] = kept(data, 'evidence').map((name) => readFileSync(join(data, originFolder(ORIGIN), 'evidence', name), 'utf8'))
    expect(others).toEqual([])
    expect(sent).toBe(forgery)
    const heads = await Promise.all([cosigned!, sent!.slice(sent!.indexOf('\n\n') + 2)].map((note) => openCheckpoint(note, logKey, [one.key], nodePrimitives)))
    expect(heads.map(({ checkpoint }) => checkpoint.size)).toEqual([64, 64])
    expect(heads[0]!.checkpoint.root).not.toEqual(heads[1]!.checkpoint.root)
    expect((await get(one.port, RECORD)).text).toBe(cosigned)
  })

  test('a tree that did not grow from the one before is refused with 422, and kept apart: the sender may have been wrong', async () => {
    const data = folder()
    const one = await witness({ data })
    await post(one.port, request(0, 64))
    for (const size of [80, 100]) expect((await post(one.port, request(64, size, 'forked'))).status).toBe(422)
    expect(kept(data, 'suspect').filter((name) => name.endsWith('.request'))).toHaveLength(2)
    expect(kept(data, 'evidence')).toEqual([])
    // What stands before the fork is in both.
    const other = await witness()
    for (const [old, size] of [[0, FORKED], [FORKED, 80]] as const) expect((await post(other.port, request(old, size, 'forked'))).status).toBe(200)
  })

  test('what is kept has an end', async () => {
    const data = folder()
    const one = await witness({ data })
    await post(one.port, request(0, 7))
    const where = join(data, originFolder(ORIGIN), 'suspect')
    mkdirSync(where)
    for (let index = 0; index < 200; index += 1) writeFileSync(join(where, `${index}.request`), '')
    expect((await post(one.port, encodeAddCheckpoint({ old: 7, proof: [], checkpoint: signed(64) }))).status).toBe(422)
    expect(kept(data, 'suspect')).toHaveLength(200)
  })

  test('50 posts of two histories at once: never both are cosigned, however they interleave', async () => {
    for (let round = 0; round < 5; round += 1) {
      const one = await witness()
      await post(one.port, request(0, FORKED - 5))
      const trees = Array.from({ length: 50 }, (_, index) => (['honest', 'forked'] as const)[index % 2]!)
      const answers = await Promise.all(trees.map(async (tree, index) => ({ tree, ...(await post(one.port, request(FORKED - 5, FORKED + 1 + (index % 7), tree))) })))
      const cosigned = answers.filter(({ status }) => status === 200)
      expect(cosigned).toHaveLength(1)
      expect(new Set(answers.map(({ status }) => status)).difference(new Set([200, 409]))).toEqual(new Set())
      const { text } = await get(one.port, RECORD)
      const size = Number(text.split('\n')[1])
      expect(text.startsWith(parseNote(signed(size, cosigned[0]!.tree)).text)).toBe(true)
      const other = cosigned[0]!.tree === 'honest' ? 'forked' : 'honest'
      expect((await post(one.port, request(size, SIZE, other))).status).toBe(422)
      expect((await post(one.port, request(size, SIZE, cosigned[0]!.tree))).status).toBe(200)
    }
  })

  test('50 posts of two histories as the first that it ever sees: one is cosigned, and only what grows from it', async () => {
    const one = await witness()
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => post(one.port, request(0, 64, index % 2 === 0 ? 'honest' : 'forked'))))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(49).fill(409)])
  })
})

describe('a witness that dies', () => {
  const start = async (data: string, key: string, point: string): Promise<{ child: ChildProcess; port: number }> => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'witness-process.ts'), vectors.log_vkey, key, data, point], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => { child.kill('SIGKILL') })
    const [line] = (await once(child.stdout!, 'data')) as [Buffer]
    return { child, port: Number(line) }
  }

  test('after it has stored and before it answers has moved on: it says so, and cosigns from there', async () => {
    const [data, key] = [folder(), newKey()]
    const { child, port } = await start(data, formatPrivateKey(key), 'persisted')
    const ended = once(child, 'exit')
    await expect(post(port, request(0, 64))).rejects.toThrow('fetch failed')
    expect((await ended)[1]).toBe('SIGKILL')
    const again = await witness({ data, key })
    expect(await post(again.port, request(0, 64))).toEqual({ status: 409, type: 'text/x.tlog.size', text: '64\n' })
    expect((await post(again.port, request(64, 64, 'forked'))).status).toBe(422)
    const { status, text } = await post(again.port, request(64, 64))
    expect(status).toBe(200)
    expect(await isCosigned(text, again, signed(64))).toBe(true)
  })

  test('before it has stored has seen nothing', async () => {
    const [data, key] = [folder(), newKey()]
    const { child, port } = await start(data, formatPrivateKey(key), 'judged')
    const ended = once(child, 'exit')
    await expect(post(port, request(0, 64))).rejects.toThrow('fetch failed')
    await ended
    const again = await witness({ data, key })
    expect((await post(again.port, request(0, 64, 'forked'))).status).toBe(200)
    expect((await post(again.port, request(0, 64))).status).toBe(409)
  })

  test('while it writes leaves the record before, whole', async () => {
    const [data, key] = [folder(), newKey()]
    const first = await witness({ data, key })
    await post(first.port, request(0, 7))
    await first.close()
    writeFileSync(join(data, originFolder(ORIGIN), 'checkpoint.new'), 'batp.exam')
    const again = await witness({ data, key })
    expect((await post(again.port, request(7, 64))).status).toBe(200)
  })
})

describe('the record', () => {
  test('has one process at a time, and is free again when it ends, in order or not', async () => {
    const data = folder()
    const first = await witness({ data })
    await expect(witness({ data })).rejects.toThrow(/Another witness works on .*process \d+ on/)
    await first.close()
    const second = await witness({ data })
    await second.close()
    writeFileSync(join(data, 'lock'), `${hostname()} 999999999 -`)
    await (await witness({ data })).close()
    const living = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    onTestFinished(() => { living.kill('SIGKILL') })
    const boot = existsSync('/proc/sys/kernel/random/boot_id') ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() : '-'
    writeFileSync(join(data, 'lock'), `${hostname()} ${living.pid} ${boot}`)
    await expect(witness({ data })).rejects.toThrow(`process ${living.pid}`)
    writeFileSync(join(data, 'lock'), `another-machine 1 ${boot}`)
    await expect(witness({ data })).rejects.toThrow('on another-machine')
  })

  test('that is damaged, or of a log with another key, is not begun anew', async () => {
    const data = folder()
    const first = await witness({ data })
    await post(first.port, request(0, 7))
    await first.close()
    const file = join(data, originFolder(ORIGIN), 'checkpoint')
    const note = readFileSync(file, 'utf8')
    for (const damaged of ['', note.replace('\n7\n', '\n6\n'), note.slice(0, 40)]) {
      writeFileSync(file, damaged)
      await expect(witness({ data })).rejects.toThrow('is not a checkpoint that')
    }
    writeFileSync(file, note)
    const stranger = generateSigningKey(ORIGIN, 0x01)
    await expect(witness({ data, logs: new Map([[ORIGIN, [stranger]]]) })).rejects.toThrow('is not a checkpoint that')
    const again = await witness({ data, logs: new Map([[ORIGIN, [stranger, logKey]]]) })
    expect((await post(again.port, request(7, 64))).status).toBe(200)
  })

  test('that cannot be written is answered with 500, and nothing is cosigned', async () => {
    const [data, said] = [folder(), [] as string[]]
    const one = await witness({ data, say: (words) => said.push(words) })
    mkdirSync(join(data, originFolder(ORIGIN), 'checkpoint.new'))
    const { status, text } = await post(one.port, request(0, 7))
    expect(status).toBe(500)
    expect(text).not.toContain('—')
    expect(said.join()).toContain('EISDIR')
    rmSync(join(data, originFolder(ORIGIN), 'checkpoint.new'), { recursive: true })
    expect((await post(one.port, request(0, 7))).status).toBe(200)
  })
})

describe('npm run witness', () => {
  const run = (...args: string[]) => {
    const child = spawn(process.execPath, ['scripts/witness.ts', ...args], { cwd: join(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: '' } })
    onTestFinished(() => { child.kill('SIGKILL') })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += String(chunk) })
    const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
      for (const deadline = Date.now() + 15_000; Date.now() < deadline;) {
        const found = pattern.exec(said)
        if (found) return found
        await new Promise((resolve) => { setTimeout(resolve, 20) })
      }
      throw new Error(`never said ${pattern}, but:\n${said}`)
    }
    return { child, until, ended: once(child, 'exit'), said: () => said }
  }

  test('makes a key, says what to register, cosigns, and is the same witness after a restart', async () => {
    const data = folder()
    const first = run('--data', data, '--name', 'witness.example/rs', '--log', vectors.log_vkey, '--port', '0')
    const [, vkey] = await first.until(/Public key\s+(\S+)/)
    const [, port] = await first.until(/127\.0\.0\.1:(\d+)\/add-checkpoint/)
    expect((await post(Number(port), request(0, 7))).text).toMatch(/^— witness\.example\/rs /)
    const [file] = [join(data, 'key')]
    expect(readFileSync(file, 'utf8')).toMatch(/^PRIVATE\+KEY\+witness\.example\/rs\+/)
    const second = run('--data', data, '--log', vectors.log_vkey, '--port', '0')
    expect((await second.ended)[0]).toBe(1)
    expect(second.said()).toContain('Another witness works on')
    first.child.kill('SIGTERM')
    expect((await first.ended)[0]).toBe(0)
    const third = run('--data', data, '--log', vectors.log_vkey, '--port', '0')
    expect((await third.until(/Public key\s+(\S+)/))[1]).toBe(vkey)
    const [, next] = await third.until(/127\.0\.0\.1:(\d+)\/add-checkpoint/)
    expect((await post(Number(next), request(7, 64))).status).toBe(200)
  })

  test.each([
    ['no log', ['--name', 'w.example'], '--log'],
    ['no name for a new key', ['--log', vectors.log_vkey], '--name'],
    ['the key of a witness as a log', ['--name', 'w.example', '--log', vectors.witness_vkey], 'is not the key of a log'],
    ['a port that is none', ['--name', 'w.example', '--log', vectors.log_vkey, '--port', 'x'], '--port'],
  ])('refuses %s, and says what is missing', async (_what, args, words) => {
    const refused = run('--data', folder(), ...args)
    expect((await refused.ended)[0]).toBe(1)
    expect(refused.said()).toContain(words)
    expect(refused.said()).not.toContain('    at ')
  })

  test('needs no package: what it imports is Node’s own, or pure', () => {
    const root = join(import.meta.dirname, '../..')
    const seen = new Set<string>()
    const packages: string[] = []
    const walk = (file: string): void => {
      if (seen.has(file)) return
      seen.add(file)
      for (const [line, name] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) .*from '([^']+)'/gm)) {
        if (line.startsWith('import type')) continue
        if (name!.startsWith('.')) walk(join(file, '..', name!))
        else if (!name!.startsWith('node:')) packages.push(`${file}: ${name}`)
      }
    }
    walk(join(root, 'scripts/witness.ts'))
    expect(packages).toEqual([])
    expect([...seen].filter((file) => file.includes('/lib/db/'))).toEqual([])
    expect(seen.size).toBeGreaterThan(8)
  })
})
