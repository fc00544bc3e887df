import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Connection } from '../db/client.ts'
import { outages, pulse } from '../db/schema.ts'
import { appendLeaves } from '../log/append.ts'
import { mustSign, openedLog, publishAll } from '../log/publish.ts'
import { outageLeaf, type StoredOutage } from '../messages/leaves.ts'

/** So long without a round is an outage; shorter is a restart. */
const OUTAGE_MS = 5 * 60_000

/**
 * Marks that the worker is at work. Where its last mark is too old the time between was an outage: clocks of 48 hours did not stop in it, so
 * it is put on record, with an entry of the log. Several workers mark the same row, so only all of them being away is one.
 */
export const beatOnce = async (connection: Connection, now: Date): Promise<StoredOutage | null> => {
  const log = await openedLog()
  const outage = await connection.transaction('batp_worker', async (tx) => {
    const [last] = await tx.select().from(pulse).for('update')
    await tx.insert(pulse).values({ single: true, at: now.toISOString() }).onConflictDoUpdate({ target: pulse.single, set: { at: sql`greatest(pulse.at, excluded.at)` } })
    if (!last || now.getTime() - Date.parse(last.at) <= OUTAGE_MS) return null
    const recorded = { id: randomUUID(), fromAt: new Date(last.at).toISOString(), toAt: now.toISOString() }
    mustSign(log)
    await tx.insert(outages).values(recorded)
    await appendLeaves(tx, [outageLeaf(recorded)])
    return recorded
  })
  if (outage) await publishAll()
  return outage
}
