import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const USAGE = `npm run verify                          the whole register against its log (DATABASE_URL or BATP_DATA_DIR)
npm run verify -- FILE [--leaf FILE]    a receipt package, or a .tlog-proof with the log entry it is about; offline
npm run verify -- --url ADDRESS/log     the published log, kept as a copy and compared with what was seen last time
  --key VKEY     the log's key, as you know it from elsewhere (default: the file's, or what was seen first)
  --folder DIR   where the copy is kept (default: mirror)
Ends with 0 where everything holds, 1 where something does not, 2 where it could not be checked, 3 where the log showed two different pasts.`

const readArguments = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { url: { type: 'string' }, key: { type: 'string' }, leaf: { type: 'string' }, folder: { type: 'string', default: 'mirror' }, help: { type: 'boolean', short: 'h' } },
    })
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`)
    process.exit(2)
  }
}
const { values: options, positionals } = readArguments()

const read = (file: string): Uint8Array => {
  if (existsSync(file)) return new Uint8Array(readFileSync(file))
  console.error(`There is no file ${file}.`)
  process.exit(2)
}

/** What was found, in sentences: each with its mark, then what it does not show. */
const tell = ({ ok, steps, notProven }: { ok: boolean; steps: readonly { step: string; ok: boolean | null; words: string }[]; notProven: readonly string[] }): number => {
  for (const step of steps) console.log(`${step.ok === null ? '  ?' : step.ok ? ' ok' : 'NOT'}  ${step.words}`)
  for (const words of notProven) console.log(`  -  Not shown: ${words}`)
  const waits = !ok && steps.every(({ step, ok: holds }) => holds !== false || step === 'witnesses')
  console.log(ok ? '\nThe receipt holds.' : waits ? '\nIt holds, but too few witnesses stand under it yet: fetch a newer one.' : '\nThe receipt DOES NOT HOLD.')
  return ok ? 0 : 1
}

/** A key that comes with the receipt itself is nobody's word but the receipt's. */
const keyFor = (given: string | undefined): string => {
  if (options.key) return options.key
  if (given) {
    console.log(`No key was given: the one named in the file is taken, ${given}\nCompare it with one that you have from elsewhere (--key), such as ADDRESS/log/vkey or a neighbour's copy.`)
    return given
  }
  console.error('A .tlog-proof names no key: give the log\'s with --key, as you know it from elsewhere.')
  process.exit(2)
}

const checkFile = async (file: string): Promise<number> => {
  const [{ parsePackage }, { checkPackage }, { checkReceipt }, { nodePrimitives }, { parseVkey }, { parsePolicy }] = await Promise.all([
    import('../lib/proof/package.ts'), import('../lib/proof/package-check.ts'), import('../lib/log/receipt.ts'), import('../lib/log/primitives-node.ts'),
    import('../lib/log/note.ts'), import('../lib/log/policy.ts'),
  ])
  const bytes = read(file)
  if (bytes[0] !== 0x7b) {
    if (!options.leaf) {
      console.error('A .tlog-proof proves one log entry: give its text with --leaf FILE, or check the receipt package, which holds it.')
      return 2
    }
    const logKey = await parseVkey(keyFor(undefined), nodePrimitives)
    return tell(await checkReceipt({ leafData: read(options.leaf), proofText: bytes, logKey, witnessKeys: [], primitives: nodePrimitives }))
  }
  const receipt = parsePackage(bytes)
  const logKey = await parseVkey(keyFor(receipt.vkey), nodePrimitives)
  const witnessKeys = await Promise.all(receipt.witnesses.map(({ vkey }) => parseVkey(vkey, nodePrimitives)))
  const policy = receipt.policy ? { policy: await parsePolicy(receipt.policy, nodePrimitives) } : {}
  return tell(await checkPackage({ receipt, logKey, witnessKeys, ...policy, primitives: nodePrimitives }))
}

const checkDatabase = async (): Promise<number> => {
  const [{ database }, { checkRegister }, { logStore, readLogKey }, { readCheckpoint }, { parseVkey }, { nodePrimitives }] = await Promise.all([
    import('../lib/db/client.ts'), import('../lib/proof/check.ts'), import('../lib/log/key.ts'), import('../lib/log/store.ts'), import('../lib/log/note.ts'), import('../lib/log/primitives-node.ts'),
  ])
  const [connection, started] = [await database(), performance.now()]
  const key = options.key ? await parseVkey(options.key, nodePrimitives) : readLogKey()
  if (!key) console.log('No key is given (--key or BATP_LOG_KEY): signatures are not checked.')
  const store = await readCheckpoint(logStore()) === null ? null : logStore()
  if (!store) console.log(`There is no published log in ${logStore().place}: tiles are not checked.`)
  const { entries, findings } = await checkRegister({ read: (work) => connection.transaction('batp_auditor', work), key, store })
  await connection.close()
  for (const { words } of findings) console.log(`NOT  ${words}`)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${entries} entries of the log and all that they stand for, in ${seconds} s: ${findings.length === 0 ? 'everything holds.' : `${findings.length} findings.`}`)
  return findings.length === 0 ? 0 : 1
}

const checkUrl = async (url: string): Promise<number> => (await import('./mirror.ts')).mirror({ url, folder: options.folder, vkey: options.key ?? null, say: console.log })

try {
  if (options.help) console.log(USAGE)
  else if (options.url) process.exitCode = await checkUrl(options.url)
  else process.exitCode = await (positionals[0] ? checkFile(positionals[0]) : checkDatabase())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
process.exit()
