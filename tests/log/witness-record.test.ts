import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { describe, expect, onTestFinished, test } from 'vitest'
import { formatPrivateKey, generateSigningKey } from '../../lib/log/sign.ts'
import { originFolder } from '../../scripts/witness-state.ts'
import { vectors } from './given.ts'
import { folder, isCosigned, logKey, newKey, ORIGIN, post, request, signed, witness } from './witness-ground.ts'

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
    const child = spawn(process.execPath, ['scripts/witness.ts', ...args], { cwd: join(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: '', NODE_ENV: 'test' } })
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
