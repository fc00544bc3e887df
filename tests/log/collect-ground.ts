import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { sql } from 'drizzle-orm'
import { afterEach, beforeAll, onTestFinished } from 'vitest'
import { rows } from '../../lib/db/client.ts'
import { startCollecting } from '../../lib/log/collect.ts'
import { nameWitness, retireWitness } from '../../lib/log/commands.ts'
import { readLogKey } from '../../lib/log/key.ts'
import { openedLog } from '../../lib/log/publish.ts'
import type { Refusal } from '../../lib/log/refusal.ts'
import type { SigningKey } from '../../lib/log/sign.ts'
import type { Witness } from '../../scripts/witness-server.ts'
import { filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { useLog } from '../support/log.ts'
import { newKey, witness as startedWitness } from './witness-ground.ts'

// A register whose worker may ask witnesses on this machine: one for the test file that imports this.
useLog()
beforeAll(() => { Object.assign(process.env, { BATP_WITNESS_LOCAL: '1', LOG_LEVEL: 'fatal' }) })
export const register = useRegister()
afterEach(async () => {
  const left = await rows<{ id: string; participant: string | null }>(register().owner, sql`select id, participant from witnesses where retired_at is null`)
  for (const { id, participant } of left) await retireWitness(as(participant === null ? 'secretariat' : `${participant.toLowerCase()}-approver`), { id })
})

const FAST = { everyMs: 25, patienceMs: 1_000 }
/** What witnesses said against the log to a worker of the running test. */
export const told: Refusal[] = []
afterEach(() => { told.length = 0 })
export const collecting = (ways: Partial<Parameters<typeof startCollecting>[1]> = {}): (() => Promise<void>) => {
  const stop = startCollecting(register(), { refused: async (refusal) => { told.push(refusal) }, ...FAST, ...ways })
  onTestFinished(stop)
  return stop
}
/** The size that is signed, once the database keeps it, where the worker looks for it. */
export const keptSize = async (): Promise<number> => {
  const log = (await openedLog())!
  await log.running?.ended
  return log.signed.size
}
export const file = async (): Promise<number> => {
  await filed(an.acquisition('ME'))
  return keptSize()
}
export const witness = (options: Partial<Parameters<typeof startedWitness>[0]> = {}): Promise<Witness> => {
  const log = readLogKey()!
  return startedWitness({ logs: new Map([[log.name, [log]]]), key: newKey(), ...options })
}

let number = 0
/** Named by Serbia, Croatia or, for null, the secretariat. */
export const named = async (of: 'RS' | 'HR' | 'ME' | null, { key, port }: { key: SigningKey; port: number }): Promise<{ id: string; name: string }> => {
  number += 1
  const who = of === null ? 'secretariat' : `${of.toLowerCase()}-approver`
  return nameWitness(as(who), { name: of === null ? `OSCE-${number}` : `${of}-${number}`, vkey: key.vkey, url: `http://127.0.0.1:${port}` })
}

/** A witness that is none: it answers as the test says. */
export const impostor = async (handle: (body: string, key: SigningKey) => { status?: number; type?: string; body: string | Uint8Array; headers?: Record<string, string> } | null) => {
  const key = newKey()
  const asked: number[] = []
  const bodies: string[] = []
  const listener: RequestListener = (request, response) => {
    let body = ''
    request.on('data', (chunk) => { body += String(chunk) })
    request.on('end', () => {
      asked.push(Date.now())
      bodies.push(body)
      const answer = handle(body, key)
      if (!answer) return
      response.writeHead(answer.status ?? 200, { 'Content-Type': answer.type ?? 'text/plain', ...answer.headers })
      response.end(answer.body)
    })
  }
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => { server.closeAllConnections(); server.close() })
  return { key, asked, bodies, port: (server.address() as AddressInfo).port }
}

export const stored = (id: string) => rows<{ size: number; line: string; at: string }>(register().owner, sql`
  select size::int, line, at::text from cosignatures where witness = ${id}::uuid order by size`)
export const until = async <T>(what: string, look: () => Promise<T | undefined | false>, withinMs = 10_000): Promise<T> => {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline;) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => { setTimeout(resolve, 20) })
  }
  throw new Error(`${what} did not happen within ${withinMs} ms`)
}
export const hasCosigned = (id: string, size: number, withinMs?: number) =>
  until(`the cosignature of ${size}`, async () => (await stored(id)).some((row) => row.size === size), withinMs)
export const wait = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })
