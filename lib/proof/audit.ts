import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { rows, type Connection, type Tx } from '../db/client.ts'
import { logStore, readLogKey } from '../log/key.ts'
import { publishAll } from '../log/publish.ts'
import { PARTICIPANTS } from '../participants/rules.ts'
import { logger } from '../shared/logger.ts'
import { checkRegister } from './check.ts'
import type { Finding } from './finding.ts'
import type { Memory } from './remembered.ts'

const EVERY_MS = 50_000
/** Once in about an hour nothing is remembered: so long, and no longer, the fingerprints are believed that the database computes. */
const ROUNDS_REMEMBERED = 60
/** More than these is one disaster, told once: whoever looks runs npm run verify. */
const TOLD = 50

/** How findings go out, in the transaction that keeps them: each is sent if, and only if, it is kept. */
export type Tell = (tx: Tx, ids: string[]) => Promise<void>

/** Keeps what is new of the findings, wakes every open page, sends them out, and answers how many they are. */
export const raise = (connection: Connection, findings: readonly Finding[], tell: Tell): Promise<number> => connection.transaction('batp_worker', async (tx) => {
  const given = findings.slice(0, TOLD).map((finding) => ({ id: randomUUID(), ...finding }))
  const added = await rows<{ id: string }>(tx, sql`insert into findings (id, at, key, words)
    select id, now(), key, words from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r(id uuid, key text, words text)
    on conflict (key) do nothing returning id::text as id`)
  if (added.length === 0) return 0
  await tx.execute(sql`select pg_notify('batp_inbox', ${[...PARTICIPANTS, 'secretariat', 'observers', 'verifiers'].join(',')})`)
  await tell(tx, added.map(({ id }) => id))
  return added.length
})

/** One round: signs what is committed, then checks the whole register, of which only what was not found to hold before is verified again. */
export const auditOnce = async (connection: Connection, tell: Tell, memory: Memory): Promise<Finding[]> => {
  const log = await publishAll()
  const refusal: Finding[] = log?.refused ? [{ key: `refused ${log.refused}`, words: `The log refuses to sign. ${log.refused}` }] : []
  const { findings } = await checkRegister({ read: (work) => connection.transaction('batp_auditor', work), key: readLogKey(), store: log && logStore(), memory })
  const all = [...refusal, ...findings]
  if (all.length === 0) return all
  const added = await raise(connection, all, tell)
  if (added > 0) logger().fatal({ findings: all.slice(0, TOLD) }, 'the register’s check of itself found what disagrees')
  return all
}

/** Checks the register for as long as the process lives, one round after another, and never twice at once. */
export const startAudit = (connection: Connection, tell: Tell): (() => Promise<void>) => {
  let [stopped, running, rounds] = [false, Promise.resolve(), 0]
  let timer: NodeJS.Timeout
  const memory: Memory = new Map()
  const round = async (): Promise<void> => {
    try {
      if (rounds % ROUNDS_REMEMBERED === 0) memory.clear()
      rounds += 1
      await auditOnce(connection, tell, memory)
    } catch (error) {
      if (!stopped) logger().error({ err: error }, 'the register could not check itself')
    }
    if (!stopped) timer = setTimeout(() => { running = round() }, EVERY_MS)
  }
  timer = setTimeout(() => { running = round() }, 5_000)
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
  }
}
