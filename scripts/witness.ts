import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { KEY_TYPES, parseVkey, type VerifierKey } from '../lib/log/note.ts'
import { nodePrimitives } from '../lib/log/primitives-node.ts'
import { formatPrivateKey, generateSigningKey, parsePrivateKey, type SigningKey } from '../lib/log/sign.ts'
import { startWitness } from './witness-server.ts'

// `npm run witness`: docs/witness.md. Needs Node 24 and nothing else: no package, no database.

const HELP = `A witness for the register's log. See docs/witness.md.

  npm run witness -- --name witness.mod.example/rs --log 'register.example/log+1234abcd+A...'

  --log    the log's public key, from https://<register>/log/vkey; may be given more than once   BATP_WITNESS_LOG
  --name   the name of this witness: an address of yours without https://, never changed later   BATP_WITNESS_NAME
  --data   the folder of its record; witness, if not given                                       BATP_WITNESS_DATA
  --key    the file of its secret key, made when it is missing; in the folder of the record      BATP_WITNESS_KEY
  --port   8100, if not given                                                                    BATP_WITNESS_PORT
  --host   127.0.0.1, if not given                                                               BATP_WITNESS_HOST
`

const { values: options } = parseArgs({
  options: {
    log: { type: 'string', multiple: true }, name: { type: 'string' }, data: { type: 'string' }, key: { type: 'string' },
    port: { type: 'string' }, host: { type: 'string' }, help: { type: 'boolean' },
  },
})
const setting = (name: 'name' | 'data' | 'key' | 'port' | 'host'): string | undefined =>
  options[name] ?? (process.env[`BATP_WITNESS_${name.toUpperCase()}`] || undefined)

/** Made once. It must never be used with another record than its own: then it could cosign two trees. */
const ownKey = async (file: string, name: string | undefined): Promise<SigningKey> => {
  if (existsSync(file)) {
    const key = parsePrivateKey((await readFile(file, 'utf8')).trim())
    if (key.type !== KEY_TYPES.cosigner) throw new Error(`${file} holds the key of a log. A witness needs a key of its own.`)
    if (name !== undefined && name !== key.name) {
      throw new Error(`${file} is the key of ${key.name}, not of ${name}. Leave --name out, or name another --key.`)
    }
    return key
  }
  if (name === undefined) throw new Error(`There is no key in ${file} yet. Give a --name to make one, such as witness.mod.example/rs.`)
  const key = generateSigningKey(name, KEY_TYPES.cosigner)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, `${formatPrivateKey(key)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  return key
}

const trustedLogs = async (): Promise<Map<string, VerifierKey[]>> => {
  const given = options.log ?? (process.env.BATP_WITNESS_LOG ?? '').split(/\s+/).filter((text) => text !== '')
  if (given.length === 0) {
    throw new Error('Give the public key of the log as --log. It is at https://<register>/log/vkey; compare it over another channel.')
  }
  const logs = new Map<string, VerifierKey[]>()
  for (const vkey of given) {
    const key = await parseVkey(vkey.trim(), nodePrimitives)
    if (key.type !== KEY_TYPES.log) throw new Error(`The key of ${key.name} is not the key of a log.`)
    logs.set(key.name, [...(logs.get(key.name) ?? []), key])
  }
  return logs
}

const run = async (): Promise<void> => {
  const data = resolve(setting('data') ?? 'witness')
  const port = Number(setting('port') ?? 8100)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('The --port is a number from 1 to 65535.')
  const keyFile = resolve(setting('key') ?? join(data, 'key'))
  const [logs, key, host] = [await trustedLogs(), await ownKey(keyFile, setting('name')), setting('host') ?? '127.0.0.1']
  const witness = await startWitness({ key, logs, data, host, port, say: (words) => console.log(`${new Date().toISOString()} ${words}`) })
  console.log(`
Witness ${key.name}

  Public key   ${key.vkey}
  Watches      ${[...logs.keys()].join(', ')}
  Record       ${data}    never replace it by an older copy
  Secret key   ${keyFile}    belongs to this record; keep it to yourself
  Listens at   http://${host.includes(':') ? `[${host}]` : host}:${witness.port}/add-checkpoint

  To register it, give the public key and the address under which the register reaches this witness (https://...), as an approver:
    curl -X POST https://<register>/api/v1/witnesses -H 'Authorization: Bearer <key>' -H 'Content-Type: application/json' \\
      -d '{"name": "RS", "vkey": "${key.vkey}", "url": "https://..."}'
`)
  const stop = (): void => void witness.close().finally(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
}

if (options.help) console.log(HELP)
else {
  await run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  })
}
