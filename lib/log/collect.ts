import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { rows, type Connection } from '../db/client.ts'
import { cosignatures, renewedCosignatures } from '../db/schema.ts'
import { logger } from '../shared/logger.ts'
import { askToCosign, type Asked, type Cosigned, type Target } from './cosigning.ts'
import { refusalOf, type Refusal } from './refusal.ts'

/**
 * Asks the witnesses to cosign the newest checkpoint (C2SP tlog-witness). All are asked for the same one at a time, so that a quorum of
 * them stands under one and the same. No transaction is open while a witness is waited for: PGlite has one session.
 */
type Standing = {
  /** The size of the newest head that it cosigned, as is stored here; null before the database was asked. */
  done: number | null
  /** When it last cosigned that, in milliseconds. */
  fresh: number
  failures: number
  notBefore: number
  problem: string | null
  running: Promise<void> | null
}
type Ways = {
  /** What a witness says against the log; once more each time that it is asked and says so. */
  refused: (refusal: Refusal) => Promise<void>
  everyMs?: number
  patienceMs?: number
  now?: () => number
}
type Work = Required<Ways> & { connection: Connection; stop: AbortSignal }

const PACE = { everyMs: 2_000, patienceMs: 10_000 }

/** While nothing is filed the head stays the same: it is cosigned again, at a new time, so that one can tell quiet from silenced. */
export const RENEW_AFTER_MS = 10 * 60_000

/** Twice as long each time, up to 30 s: one that is back is asked well within a minute. */
export const waitMs = (failures: number): number => Math.min(30_000, 1_000 * 2 ** Math.min(failures, 10))

const isDue = ({ done, fresh }: Standing, { size }: Target, now: number): boolean => done !== size || now - fresh >= RENEW_AFTER_MS

/** What is stored of a witness: another worker may have asked it meanwhile. */
const storedStanding = async (connection: Connection, { id }: Asked): Promise<Pick<Standing, 'done' | 'fresh'>> => {
  const [found] = await connection.transaction('batp_worker', (tx) => rows<{ size: string | number; at: string }>(tx, sql`
    select c.size, greatest(c.at, r.at)::text as at from cosignatures c left join renewed_cosignatures r using (size, witness)
     where c.witness = ${id}::uuid order by c.size desc limit 1`))
  return found ? { done: Number(found.size), fresh: new Date(found.at).getTime() } : { done: 0, fresh: 0 }
}

/** The first cosignature under a checkpoint stays, and receipts with it; of later ones the newest replaces the one before. */
const store = (connection: Connection, { id }: Asked, { size }: Target, given: Cosigned): Promise<void> =>
  connection.transaction('batp_worker', async (tx) => {
    const row = { size, witness: id, ...given }
    const first = await tx.insert(cosignatures).values(row).onConflictDoNothing().returning({ size: cosignatures.size })
    if (first.length > 0) return
    const { witness, size: before, at } = renewedCosignatures
    const setWhere = sql`(${before}, ${at}) < (${size}, ${given.at}::timestamptz)`
    await tx.insert(renewedCosignatures).values(row).onConflictDoUpdate({ target: witness, set: { size, ...given }, setWhere })
  })

/** One round with one witness. Fails by no exception: what went wrong is said once, until it is something else or over. */
const visit = async (work: Work, witness: Asked, standing: Standing, target: Target): Promise<void> => {
  const { connection, patienceMs, refused, now, stop } = work
  try {
    Object.assign(standing, await storedStanding(connection, witness))
    if (!isDue(standing, target, now())) return
    const signal = AbortSignal.any([stop, AbortSignal.timeout(patienceMs)])
    const outcome = await askToCosign(connection, witness, standing.done!, target, { signal, now: now() })
    if ('claim' in outcome) {
      await refused(refusalOf(witness.name, standing.done!, outcome.claim))
      throw new Error(outcome.said)
    }
    await store(connection, witness, target, outcome.cosigned)
    if (standing.problem !== null) logger().info({ witness: witness.name, size: target.size }, 'the witness cosigns again')
    Object.assign(standing, { done: target.size, fresh: now(), failures: 0, notBefore: 0, problem: null })
  } catch (error) {
    if (stop.aborted) return
    const isLate = (error as Error).name === 'TimeoutError' || ((error as Error).cause as Error | undefined)?.name === 'TimeoutError'
    const problem = isLate ? `gave no answer within ${patienceMs / 1000} s` : error instanceof Error ? error.message : String(error)
    if (problem !== standing.problem) logger().warn({ witness: witness.name, size: target.size, problem }, 'the witness did not cosign')
    standing.failures += 1
    Object.assign(standing, { notBefore: now() + waitMs(standing.failures), problem })
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
export const startCollecting = (connection: Connection, ways: Ways): (() => Promise<void>) => {
  const stop = new AbortController()
  const work: Work = { ...PACE, now: Date.now, ...ways, connection, stop: stop.signal }
  const standings = new Map<string, Standing>()
  const round = async (): Promise<void> => {
    const { target, witnesses } = await readWork(connection)
    if (!target || stop.signal.aborted) return
    for (const id of standings.keys()) if (!witnesses.some((witness) => witness.id === id)) standings.delete(id)
    for (const witness of witnesses) {
      const standing = standings.get(witness.id) ?? { done: null, fresh: 0, failures: 0, notBefore: 0, problem: null, running: null }
      standings.set(witness.id, standing)
      if (standing.running || work.now() < standing.notBefore || !isDue(standing, target, work.now())) continue
      standing.running = visit(work, witness, standing, target).finally(() => { standing.running = null })
    }
  }
  let problem: string | null = null
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await round().then(() => { problem = null }, (error: unknown) => {
        if (String(error) !== problem) logger().warn({ err: error }, 'cosignatures could not be collected')
        problem = String(error)
      })
      await pause(work.everyMs, undefined, { signal: stop.signal, ref: false }).catch(() => {})
    }
  }
  const running = loop()
  return async () => {
    stop.abort()
    await running
    await Promise.all([...standings.values()].map((standing) => standing.running))
  }
}
