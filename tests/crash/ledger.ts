import { closeSync, fsync, openSync, rmSync, writeSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { connect, request } from '../support/http.ts'
import type { Promised } from './checks.ts'

const flush = promisify(fsync)

/** One filing that a client asked for, and the answer it got, byte for byte; null while nobody knows whether it was filed. */
export type Asked = { key: string; participant: string; request: Buffer; answer: Buffer | null }

/** What clients know. An answer counts as acknowledged once it is on the client's own disk, as a ministry would keep its receipt. */
export type Ledger = { asked: Asked[]; acknowledge: (asked: Asked, answer: Buffer) => Promise<void>; remove: () => void }

export const openLedger = (): Ledger => {
  const file = join(tmpdir(), `batp-crash-${randomUUID()}.ndjson`)
  const handle = openSync(file, 'a', 0o600)
  const acknowledge = async (asked: Asked, answer: Buffer) => {
    const kept = Buffer.from(answer)
    writeSync(handle, `${JSON.stringify({ key: asked.key, answer: kept.toString() })}\n`)
    await flush(handle)
    asked.answer = kept
  }
  return { asked: [], acknowledge, remove: () => { closeSync(handle); rmSync(file) } }
}

export const promisedIn = (answer: Buffer): Promised => {
  const { receipt, alerts } = JSON.parse(answer.toString()) as { receipt: { filing: string; number: string; commitment: string }; alerts: Promised['alerts'] }
  return {
    id: receipt.filing, number: receipt.number, commitment: receipt.commitment, alerts: alerts.map(({ id, rule, recipients }) => ({ id, rule, recipients })),
  }
}

/** Those of the seven whom one pair of eyes is enough in the demonstration; each filing is told to their neighbours. */
const FILERS = ['AL', 'BA', 'ME', 'MK', 'XK']
const CATEGORIES = [['III', 'Howitzer'], ['IVa', 'Fighter'], ['E1', 'Loiterer'], ['I', 'Tank']] as const

const newFiling = (turn: number): Asked => {
  const key = randomUUID()
  const participant = FILERS[turn % FILERS.length]!
  const [category, type] = CATEGORIES[turn % CATEGORIES.length]!
  const year = new Date().getUTCFullYear()
  const payload = {
    stage: 'contracted', category, type: `${type} ${turn % 50}`, quantity: 20 + (turn % 30), supplier: 'DE', mode: 'purchase',
    signedOn: `${year - 1}-06-15`, deliveries: { from: year + 1, to: year + 2 }, value: { withheld: 'Crash test' }, effect: 'adds', purpose: `Crash test ${turn}`,
  }
  const body = { kind: 'notification.acquisition', participant, payload }
  const sent = request({ method: 'POST', path: '/api/v1/filings', key: `demo-${participant.toLowerCase()}-submitter`, body, idempotencyKey: key })
  return { key, participant, request: sent, answer: null }
}

/** One client: files until its connection breaks. Any answer but 201 is a failure of the test. */
const fileOn = async (port: number, ledger: Ledger): Promise<void> => {
  const session = await connect(port)
  for (;;) {
    const asked = newFiling(ledger.asked.length)
    ledger.asked.push(asked)
    const answer = await session.send(asked.request).catch(() => null)
    if (!answer) return
    if (answer.status !== 201) throw new Error(`Filing answered ${answer.status}: ${answer.body.toString().slice(0, 500)}`)
    await ledger.acknowledge(asked, answer.body)
  }
}

export const fileUntilKilled = async (port: number, clients: number, ledger: Ledger): Promise<void> => {
  await Promise.all(Array.from({ length: clients }, () => fileOn(port, ledger)))
}

/** Asks again, twice at once. Both answers must be the same, and the first one's if there was one. Returns what is wrong. */
export const askAgain = async (port: number, asked: Asked, ledger: Ledger): Promise<string | null> => {
  const sessions = await Promise.all([connect(port), connect(port)])
  const [one, two] = await Promise.all(sessions.map((session) => session.send(asked.request)))
  sessions.forEach((session) => session.close())
  if (one!.status !== 201 || two!.status !== 201) return `key ${asked.key} answered ${one!.status} and ${two!.status}: ${one!.body.toString().slice(0, 300)}`
  if (!one!.body.equals(two!.body)) return `key ${asked.key} answered two things at once`
  if (asked.answer && !asked.answer.equals(one!.body)) return `key ${asked.key} first answered ${asked.answer.toString()}, then ${one!.body.toString()}`
  if (!asked.answer) await ledger.acknowledge(asked, one!.body)
  return null
}
