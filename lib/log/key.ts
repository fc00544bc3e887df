import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from '../shared/env.ts'
import { KEY_TYPES } from './note.ts'
import { fileStore, type LogStore } from './store.ts'
import { s3Store } from './store-s3.ts'
import { formatPrivateKey, generateSigningKey, parsePrivateKey, signingKey, type SigningKey } from './sign.ts'

/** Where the published log lies, tiles and the last checkpoint, unless a bucket is named. */
export const logFolder = (): string => join(env().dataDir, 'log')
export const logStore = (): LogStore => {
  const { logBucket } = env()
  return logBucket ? s3Store(logBucket) : fileStore(logFolder())
}

const KEY_FILE = 'log-key'
const SEED = /^[0-9a-f]{64}$/i

/** The demonstration makes a key of its own, once. */
const demonstrationKey = (origin: string): SigningKey => {
  const file = join(env().dataDir, KEY_FILE)
  if (existsSync(file)) return parsePrivateKey(readFileSync(file, 'utf8').trim())
  const key = generateSigningKey(origin, KEY_TYPES.log)
  mkdirSync(env().dataDir, { recursive: true })
  writeFileSync(file, `${formatPrivateKey(key)}\n`, { mode: 0o600, flag: 'wx' })
  chmodSync(file, 0o600)
  return key
}

let known: SigningKey | null = null

/** The key that signs the log: BATP_LOG_KEY, as Go's note tools write it or as 64 hex digits with BATP_LOG_ORIGIN as its name. */
export const readLogKey = (): SigningKey | null => {
  if (known) return known
  const { logKey, logOrigin, isDemo } = env()
  if (logKey !== null) known = SEED.test(logKey) ? signingKey(logOrigin, KEY_TYPES.log, Buffer.from(logKey, 'hex')) : parsePrivateKey(logKey)
  else if (isDemo) known = demonstrationKey(logOrigin)
  return known
}
