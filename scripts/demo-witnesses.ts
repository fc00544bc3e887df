import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { database } from '../lib/db/client.ts'
import { witnesses } from '../lib/db/schema.ts'
import { nameWitness } from '../lib/log/commands.ts'
import { readLogKey } from '../lib/log/key.ts'
import { KEY_TYPES, type VerifierKey } from '../lib/log/note.ts'
import { formatPrivateKey, generateSigningKey, parsePrivateKey, type SigningKey } from '../lib/log/sign.ts'
import { env } from '../lib/shared/env.ts'
import { logger } from '../lib/shared/logger.ts'
import { startWitness, type Witness } from './witness-server.ts'

/** Who watches the demonstration's log: two participants and an outside body, so that both sides of the quorum are there. */
const WATCHING: readonly { name: string; namedBy: string }[] = [
  { name: 'RS', namedBy: 'demo-rs-approver' }, { name: 'HR', namedBy: 'demo-hr-approver' }, { name: 'OSCE', namedBy: 'demo-secretariat' },
]

const keyIn = (folder: string, name: string): SigningKey => {
  const file = join(folder, 'key')
  if (existsSync(file)) return parsePrivateKey(readFileSync(file, 'utf8').trim())
  const key = generateSigningKey(`${name.toLowerCase()}.witness.demo`, KEY_TYPES.cosigner)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(file, `${formatPrivateKey(key)}\n`, { mode: 0o600, flag: 'wx' })
  return key
}

/** Named once, by who would; after that it comes back under the key and at the port that stand in the log. */
const start = async ({ name, namedBy }: (typeof WATCHING)[number], log: VerifierKey): Promise<Witness> => {
  const data = join(env().dataDir, 'witnesses', name)
  const key = keyIn(data, name)
  const [known] = await (await database()).owner.select().from(witnesses).where(eq(witnesses.name, name))
  if (known && known.vkey !== key.vkey) throw new Error(`The key in ${data} is not the one that was named as ${name}.`)
  const say = (words: string): void => { logger().warn({ witness: name }, words) }
  const witness = await startWitness({ key, logs: new Map([[log.name, [log]]]), data, say, port: known ? Number(new URL(known.url).port) : 0 })
  if (known) return witness
  const caller = { credential: namedBy, requestId: randomUUID(), ip: null, strict: true }
  try {
    await nameWitness(caller, { name, vkey: key.vkey, url: `http://127.0.0.1:${witness.port}` })
    return witness
  } catch (error) {
    await witness.close()
    throw error
  }
}

/**
 * Three witnesses as `npm run witness` runs them, on this machine, at ports that were free: asked over HTTP like any other, each with
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
