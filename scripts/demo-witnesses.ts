import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { database } from '../lib/db/client.ts'
import { witnesses } from '../lib/db/schema.ts'
import { readLogKey } from '../lib/log/key.ts'
import { KEY_TYPES, type VerifierKey } from '../lib/log/note.ts'
import { formatPrivateKey, generateSigningKey, parsePrivateKey, type SigningKey } from '../lib/log/sign.ts'
import type { ParticipantCode } from '../lib/participants/rules.ts'
import { env } from '../lib/shared/env.ts'
import { logger } from '../lib/shared/logger.ts'
import { startWitness, type Witness } from './witness-server.ts'

/** Who watches the demonstration's log: two participants and an outside body, so that both sides of the quorum are there. */
const WATCHING: readonly { name: string; participant: ParticipantCode | null }[] = [
  { name: 'RS', participant: 'RS' }, { name: 'HR', participant: 'HR' }, { name: 'OSCE', participant: null },
]

const keyIn = (folder: string, name: string): SigningKey => {
  const file = join(folder, 'key')
  if (existsSync(file)) return parsePrivateKey(readFileSync(file, 'utf8').trim())
  const key = generateSigningKey(`${name.toLowerCase()}.witness.demo`, KEY_TYPES.cosigner)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(file, `${formatPrivateKey(key)}\n`, { mode: 0o600, flag: 'wx' })
  return key
}

const start = async ({ name, participant }: (typeof WATCHING)[number], log: VerifierKey): Promise<Witness> => {
  const data = join(env().dataDir, 'witnesses', name)
  const say = (words: string): void => { logger().warn({ witness: name }, words) }
  const witness = await startWitness({ key: keyIn(data, name), logs: new Map([[log.name, [log]]]), data, say })
  const found = { vkey: witness.key.vkey, url: `http://127.0.0.1:${witness.port}` }
  await (await database()).owner.insert(witnesses)
    .values({ id: randomUUID(), name, participant, ...found, by: 'demonstration', at: new Date().toISOString() })
    .onConflictDoUpdate({ target: witnesses.name, set: found })
  return witness
}

/**
 * Three witnesses as `npm run witness` runs them, on this machine, at ports that are free: asked over HTTP like any other, each with
 * its own key and record. Only here do they live in the register's own process, where they prove nothing against its host.
 */
export const startDemoWitnesses = async (): Promise<() => Promise<void>> => {
  const log = readLogKey()
  if (!log) return async () => {}
  // The register goes on without one whose record does not hold, as it would with one on another machine.
  const started = await Promise.all(WATCHING.map((watching) => start(watching, log).catch((error: unknown) => {
    logger().error({ err: error, witness: watching.name }, 'a witness of the demonstration did not start')
    return null
  })))
  return async () => { await Promise.all(started.map((witness) => witness?.close())) }
}
