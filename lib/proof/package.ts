import { decodeUtf8, refused } from '../log/encoding.ts'
import { parseNote, splitKey } from '../log/note.ts'
import { parseProof } from '../log/proof.ts'

/**
 * A filing with what proves it, in one file: its text and record with the salt of both, for those who may read it whole; the two
 * log entries; the proof of each. Nothing else is needed to check it but the log's key, which must come from elsewhere. Runs in a browser.
 */
export const PACKAGE_FORMAT = 'batp-receipt@v1'

export type ReceiptPackage = {
  format: typeof PACKAGE_FORMAT
  filing: { id: string; number: string; version: number; participant: string; kind: string; filedAt: string }
  /** Canonical texts (RFC 8785), and the 32 bytes in hex that precede each where it is hashed. All three or none. */
  payload?: string
  salt?: string
  record?: string
  /** The log entries of the filing and of its record, letter by letter, with the index and the tlog-proof of each. */
  leaf: string
  index: number
  proof: string
  recordLeaf: string
  recordIndex: number
  recordProof: string
  vkey: string
  witnesses: readonly { name: string; vkey: string }[]
  /** Who must cosign (C2SP tlog-policy); null while nobody has said. */
  policy: string | null
  instructions: string
}

type Members = Record<string, unknown>
const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)

export const parseMembers = (text: string, what: string): Members => {
  try {
    const value: unknown = JSON.parse(text)
    if (isMembers(value)) return value
  } catch {
    // Said below, as for JSON of another shape.
  }
  throw refused(`${what} is not JSON: a character was changed or lost.`)
}

const TEXTS = ['leaf', 'proof', 'recordLeaf', 'recordProof', 'vkey', 'instructions'] as const
const SEALED = ['payload', 'salt', 'record'] as const
const HEAD = ['id', 'number', 'participant', 'kind', 'filedAt'] as const

const areTexts = (value: Members, names: readonly string[]): boolean => names.every((name) => typeof value[name] === 'string')
const mustBe = (holds: boolean, member: string, right: string): void => {
  if (!holds) throw refused(`The package’s “${member}” is not ${right}: it was changed, or lost on the way.`)
}

/** Reads a package; refuses what misses a part. Nothing in it has been checked: see `checkPackage`. */
export const parsePackage = (file: string | Uint8Array): ReceiptPackage => {
  const given = parseMembers(typeof file === 'string' ? file : decodeUtf8(file), 'The file')
  if (given.format !== PACKAGE_FORMAT) throw refused(`This is not a receipt package: its “format” would be “${PACKAGE_FORMAT}”.`)
  for (const name of TEXTS) mustBe(typeof given[name] === 'string', name, 'a text')
  for (const name of ['index', 'recordIndex']) mustBe(Number.isSafeInteger(given[name]), name, 'a whole number')
  const { filing, witnesses, policy } = given
  mustBe(isMembers(filing) && areTexts(filing, HEAD) && Number.isSafeInteger(filing.version), 'filing', 'the head of a filing')
  mustBe(Array.isArray(witnesses) && witnesses.every((one) => isMembers(one) && areTexts(one, ['name', 'vkey'])), 'witnesses', 'a list of names and keys')
  mustBe(policy === null || typeof policy === 'string', 'policy', 'a text or null')
  const held = SEALED.filter((name) => given[name] !== undefined)
  for (const name of held) mustBe(typeof given[name] === 'string', name, 'a text')
  if (held.length > 0) for (const name of SEALED) mustBe(held.includes(name), name, 'there, beside the others')
  if (held.length > 0) mustBe(/^[0-9a-f]{64}$/.test(given.salt as string), 'salt', '32 bytes in lower-case hex')
  return given as ReceiptPackage
}

type Entry = { at: string; commitment: string; id: string; participant: string | null; type: string }

/** The members of a log entry. Only its one canonical spelling is read, so that no two readers can see different things in it. */
export const parseEntry = (text: string, what = 'The log entry'): Entry => {
  const { at, commitment, id, participant, type } = parseMembers(text, what)
  const entry = { at, commitment, id, participant, type } as Entry
  const isWhole = areTexts({ at, commitment, id, type }, ['at', 'commitment', 'id', 'type']) && (participant === null || typeof participant === 'string')
  if (!isWhole || JSON.stringify(entry) !== text) {
    throw refused(`${what} is not as the log writes it: at, commitment, id, participant and type, in this order and without spaces.`)
  }
  return entry
}

/** Who stands under the receipt's checkpoint as a witness, and when they say they signed. Not checked: see `checkPackage`. */
export const cosignersOf = ({ proof, witnesses }: Pick<ReceiptPackage, 'proof' | 'witnesses'>): { name: string; at: string | null }[] => {
  const { signatures } = parseNote(parseProof(proof).checkpoint)
  return witnesses.flatMap(({ name, vkey }) => {
    const key = splitKey(vkey)
    const line = signatures.find((one) => one.name === key.name && one.keyId === key.keyId && one.bytes.length === 72)
    if (!line) return []
    const seconds = Number(new DataView(line.bytes.buffer, line.bytes.byteOffset).getBigUint64(0))
    // A witness may state any time; beyond the year 275760 there is no calendar.
    return [{ name, at: seconds < 8_640_000_000_000 ? new Date(seconds * 1000).toISOString() : null }]
  })
}

/** RS-2026-0001-v1: how files about a version are called. */
export const fileName = ({ number, version }: { number: string; version: number }): string => `${number}-v${version}`

/** How to check a package, in plain text, for whoever finds it in a folder years from now. `address` is the register's. */
export const instructionsFor = (name: string, address: string): string => `How to check this receipt. Each of the three ways is enough.

1. With the register's own program, on a machine without a network:
   npm run verify -- ${name}.batp-receipt.json
2. In a browser: open ${address}/log/check and choose this file. It is checked on your machine; nothing is sent.
3. By hand, with tools that everybody has (jq, xxd, sha256sum):
   The text of the filing. The first line printed must be the "commitment" in the second.
     (jq -r .salt FILE | xxd -r -p; jq -j .payload FILE) | sha256sum
     jq -r .leaf FILE
   The record about it (number, version, who released it), in the same way, with .record and .recordLeaf.
   The log entry. This hash, and those in "proof", give the root in the checkpoint at its end (RFC 6962, 2.1.1).
     (printf '\\000'; jq -j .leaf FILE) | sha256sum
   The signature under the checkpoint: any verifier of C2SP signed notes, such as golang.org/x/mod/sumdb/note, with the log's key.

Take the log's key from elsewhere than this file: from ${address}/log/vkey, from a neighbour, or from a witness.
Without "payload", "salt" and "record" the package is for readers who may not see the whole filing. It then shows that something
was filed, by whom and when, but not what.
No receipt shows that what was filed is true, or that nothing came after it: look the number up in the register.
`
