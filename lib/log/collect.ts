import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { rows, type Connection } from '../db/client.ts'
import { cosignatures } from '../db/schema.ts'
import { env } from '../shared/env.ts'
import { logger } from '../shared/logger.ts'
import { ask, type Answer } from './ask.ts'
import { verifyNote } from './checkpoint.ts'
import { parseDecimal } from './encoding.ts'
import { consistencyNodes, consistencyProof } from './merkle.ts'
import { formatNote, parseNote, parseSignatures, parseVkey, signatureLine } from './note.ts'
import { nodePrimitives } from './primitives-node.ts'
import { readNodes, reader } from './publish.ts'
import { encodeAddCheckpoint } from './witnessing.ts'

/**
 * Asks the witnesses to cosign the newest checkpoint (C2SP tlog-witness). All are asked for the same one at a time, so that a quorum of
 * them stands under one and the same. No transaction is open while a witness is waited for: PGlite has one session.
 */
type Asked = { id: string; name: string; vkey: string; url: string }
type Target = { size: number; note: string }
type Standing = {
  /** The largest tree that it cosigned, as far as is known. */
  seen: number
  /** The largest whose cosignature is stored; null before the database was asked. */
  done: number | null
  failures: number
  notBefore: number
  problem: string | null
  running: Promise<void> | null
}
type Pace = { everyMs: number; patienceMs: number }

const PACE: Pace = { everyMs: 2_000, patienceMs: 10_000 }
/** A witness whose clock is ahead would make a checkpoint look fresher than it is. */
const MAX_AHEAD_S = 300
/** Another worker may have asked in between; then the size that it is at is asked from. */
const ATTEMPTS = 3

/** Twice as long each time, up to 30 s: one that is back is asked well within a minute. */
export const waitMs = (failures: number): number => Math.min(30_000, 1_000 * 2 ** Math.min(failures, 10))

const proofBetween = (connection: Connection, old: number, size: number): Promise<Uint8Array[]> =>
  connection.transaction('batp_worker', async (tx) =>
    consistencyProof(old, size, reader(await readNodes(tx, consistencyNodes(old, size).flat()))))

const words = ({ status, body }: Answer): string =>
  (status >= 300 && status < 400 ? 'with a redirect, which is not followed' : `${status} “${body.slice(0, 200).trim()}”`)

/** The size that a witness says it is at (409). */
const statedSize = (answer: Answer, size: number): number => {
  const stated = answer.contentType.split(';')[0]!.trim() === 'text/x.tlog.size' ? parseDecimal(answer.body.replace(/\n$/, '')) : null
  if (stated === null) throw new Error(`answered ${words(answer)}, which states no size`)
  if (stated > size) throw new Error(`says that it cosigned ${stated} entries, which is more than the ${size} of the newest checkpoint`)
  return stated
}

/** The witness's own line and its time; refuses what it did not sign, or signed for later. */
const verified = async ({ body }: Answer, { vkey }: Asked, { note }: Target): Promise<{ line: string; at: string }> => {
  const key = await parseVkey(vkey, nodePrimitives)
  const own = parseSignatures(body).filter(({ name, keyId }) => name === key.name && keyId === key.keyId)
  if (own.length !== 1) throw new Error(`answered with ${own.length} cosignatures of its own instead of one`)
  const { signers } = await verifyNote(formatNote({ text: parseNote(note).text, signatures: own }), [key], nodePrimitives)
  const time = signers[0]?.time
  if (time == null) throw new Error('answered with a signature that states no time')
  if (time > Date.now() / 1000 + MAX_AHEAD_S) throw new Error('states a time that is more than five minutes ahead')
  return { line: signatureLine(own[0]!).trimEnd(), at: new Date(time * 1000).toISOString() }
}

const addCheckpointUrl = (url: string): URL => new URL(`${url.replace(/\/+$/, '')}/add-checkpoint`)

/** Asks until it cosigned, from the size that it is at, and stores that. */
const cosigned = async (
  connection: Connection, witness: Asked, standing: Standing, target: Target, signal: AbortSignal,
): Promise<void> => {
  const { size, note } = target
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const old = Math.min(standing.seen, size)
    const body = encodeAddCheckpoint({ old, proof: await proofBetween(connection, old, size), checkpoint: note })
    const answer = await ask(addCheckpointUrl(witness.url), body, { mayBeLocal: env().witnessLocal, signal })
    if (answer.status === 200) {
      const row = { size, witness: witness.id, ...(await verified(answer, witness, target)) }
      await connection.transaction('batp_worker', (tx) => tx.insert(cosignatures).values(row).onConflictDoNothing())
      Object.assign(standing, { seen: size, done: size })
      return
    }
    if (answer.status !== 409) throw new Error(`answered ${words(answer)}`)
    standing.seen = statedSize(answer, size)
  }
  throw new Error('answers each time that it is at another size')
}

const storedSize = async (connection: Connection, { id }: Asked): Promise<number> => {
  const [found] = await connection.transaction('batp_worker', (tx) =>
    rows<{ size: string | number | null }>(tx, sql`select max(size) as size from cosignatures where witness = ${id}::uuid`))
  return Number(found?.size ?? 0)
}

/** One round with one witness. Fails by no exception: what went wrong is said once, until it is something else or over. */
const visit = async (
  connection: Connection, witness: Asked, standing: Standing, target: Target, { patienceMs }: Pace, stop: AbortSignal,
): Promise<void> => {
  try {
    if (standing.done === null) standing.seen = standing.done = await storedSize(connection, witness)
    if (standing.done >= target.size) return
    await cosigned(connection, witness, standing, target, AbortSignal.any([stop, AbortSignal.timeout(patienceMs)]))
    if (standing.problem !== null) logger().info({ witness: witness.name, size: target.size }, 'the witness cosigns again')
    Object.assign(standing, { failures: 0, notBefore: 0, problem: null })
  } catch (error) {
    if (stop.aborted) return
    const isLate = (error as Error).name === 'TimeoutError' || ((error as Error).cause as Error | undefined)?.name === 'TimeoutError'
    const problem = isLate ? `gave no answer within ${patienceMs / 1000} s` : error instanceof Error ? error.message : String(error)
    if (problem !== standing.problem) logger().warn({ witness: witness.name, size: target.size, problem }, 'the witness did not cosign')
    standing.failures += 1
    Object.assign(standing, { notBefore: Date.now() + waitMs(standing.failures), problem })
  }
}

const readWork = (connection: Connection): Promise<{ target: Target | null; witnesses: Asked[] }> =>
  connection.transaction('batp_worker', async (tx) => {
    const [newest] = await rows<{ size: string | number; note: string }>(tx, sql`
      select size, note from log_checkpoints order by size desc limit 1`)
    const witnesses = await rows<Asked>(tx, sql`select id, name, vkey, url from witnesses where retired_at is null`)
    return { target: newest ? { size: Number(newest.size), note: newest.note } : null, witnesses }
  })

/** Looks for a new checkpoint every two seconds. A witness that is slow or away delays no other. Returns how to stop. */
export const startCollecting = (connection: Connection, pace: Pace = PACE): (() => Promise<void>) => {
  const stop = new AbortController()
  const standings = new Map<string, Standing>()
  const round = async (): Promise<void> => {
    const { target, witnesses } = await readWork(connection)
    if (!target || stop.signal.aborted) return
    for (const id of standings.keys()) if (!witnesses.some((witness) => witness.id === id)) standings.delete(id)
    for (const witness of witnesses) {
      const standing = standings.get(witness.id) ?? { seen: 0, done: null, failures: 0, notBefore: 0, problem: null, running: null }
      standings.set(witness.id, standing)
      if (standing.running || (standing.done ?? -1) >= target.size || Date.now() < standing.notBefore) continue
      standing.running = visit(connection, witness, standing, target, pace, stop.signal).finally(() => { standing.running = null })
    }
  }
  let problem: string | null = null
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await round().then(() => { problem = null }, (error: unknown) => {
        if (String(error) !== problem) logger().warn({ err: error }, 'cosignatures could not be collected')
        problem = String(error)
      })
      await pause(pace.everyMs, undefined, { signal: stop.signal, ref: false }).catch(() => {})
    }
  }
  const running = loop()
  return async () => {
    stop.abort()
    await running
    await Promise.all([...standings.values()].map((standing) => standing.running))
  }
}
