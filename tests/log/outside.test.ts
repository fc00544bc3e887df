import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { formatCheckpoint } from '../../lib/log/checkpoint.ts'
import { consistencyProof, inclusionProof, rootOfFrontier } from '../../lib/log/merkle.ts'
import { formatNote } from '../../lib/log/note.ts'
import { encodeProof } from '../../lib/log/proof.ts'
import { cosign, formatPrivateKey, generateSigningKey, signNote, signText } from '../../lib/log/sign.ts'
import { encodeBundle, encodeHashTile, tileNodes, tilePath, tilesBetween } from '../../lib/log/tiles.ts'
import { encodeAddCheckpoint } from '../../lib/log/witnessing.ts'
import { LEAVES, growNumbered, numbered, unhex, vectors } from './given.ts'

// What our code writes, read by programs that share no line with it. New keys each time: nothing here is a recorded value.
const LOG = generateSigningKey('batp.example/log', 0x01)
const WITNESS = generateSigningKey('witness.example/xk', 0x04)
const TIME = 1_790_000_000

type Case = { kind: string; [name: string]: unknown }
type Program = { name: string; command: string; args: string[]; env: Record<string, string>; isHere: boolean; missing: string }

const FOLDER = path.join(import.meta.dirname, 'outside')
const GOPATH = '/usr/share/gocode'
const runs = (command: string, args: string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0

const PYTHON: Program = {
  name: 'Python’s cryptography', command: 'python3', args: [path.join(FOLDER, 'check.py')], env: {},
  isHere: runs('python3', ['-c', 'from cryptography.hazmat.primitives.asymmetric import ed25519']),
  missing: 'python3 with python3-cryptography',
}
const GO: Program = {
  name: 'Go’s x/mod', command: 'go', args: ['run', path.join(FOLDER, 'check.go')], env: { GO111MODULE: 'off', GOPATH, GOFLAGS: '' },
  isHere: runs('go', ['version']) && existsSync(`${GOPATH}/src/golang.org/x/mod/sumdb/note`),
  missing: 'golang-go with golang-golang-x-mod-dev',
}

const ask = ({ command, args, env }: Program, cases: readonly Case[]): (true | string)[] => {
  const { stdout, stderr } = spawnSync(command, args, {
    input: JSON.stringify(cases), encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 64_000_000,
  })
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout) as (true | string)[]
}

const SIZE = 66_000
const tree = growNumbered(SIZE)
const textOf = (size: number): string =>
  formatCheckpoint({ origin: LOG.name, size, root: rootOfFrontier(tree.frontiers[size]!), extensions: [] })
const checkpointOf = (size: number): string => {
  const text = textOf(size)
  return formatNote({ text, signatures: [signText(text, LOG), cosign(text, WITNESS, TIME)] })
}

const keys = { logVkey: LOG.vkey, witnessVkey: WITNESS.vkey, time: TIME }
const receipt = (index: number, size: number): Case => {
  const hashes = inclusionProof(index, size, tree.nodeAt)
  const proof = encodeProof({ extra: null, index, hashes, checkpoint: checkpointOf(size) })
  return { kind: 'receipt', ...keys, leaf: unhex(numbered(index)), receipt: proof }
}
const growth = (old: number, size: number): Case => ({
  kind: 'growth', ...keys, before: checkpointOf(old),
  request: encodeAddCheckpoint({ old, proof: consistencyProof(old, size, tree.nodeAt), checkpoint: checkpointOf(size) }),
})
const tilesOf = (size: number): Case => {
  const written = tilesBetween(0, size).map((tile) => {
    const bytes = tile.level === 'entries'
      ? encodeBundle(Array.from({ length: tile.width }, (_, at) => numbered(tile.index * 256 + at)))
      : encodeHashTile(tileNodes(tile).map(({ level, index }) => tree.nodeAt(level, index)))
    return [tilePath(tile), unhex(bytes)] as const
  })
  return { kind: 'tiles', ...keys, checkpoint: checkpointOf(size), tiles: Object.fromEntries(written) }
}

const VECTOR = { logVkey: vectors.log_vkey, witnessVkey: vectors.witness_vkey, time: vectors.timestamp }
const INCLUSIONS = [[0, 1], [0, 2], [6, 7], [255, 256], [256, 257], [12_345, 65_537], [SIZE - 1, SIZE]] as const
const GROWTHS = [[1, 2], [3, 8], [255, 256], [256, 257], [4_096, 65_537], [65_535, SIZE], [SIZE, SIZE]] as const
const GENUINE: Case[] = [
  {
    kind: 'receipt', ...VECTOR, leaf: unhex(LEAVES[5]!),
    receipt: ['c2sp.org/tlog-proof@v1', 'index 5', ...vectors.inclusion_idx5_size8, '', vectors.checkpoint_8].join('\n'),
  },
  ...INCLUSIONS.map(([index, size]) => receipt(index, size)),
  ...GROWTHS.map(([old, size]) => growth(old, size)),
  ...[1, 255, 256, 257, SIZE].map(tilesOf),
]

const swap = (given: Case, key: string, from: string | RegExp, to: string): Case => {
  const text = given[key] as string
  expect(text.replace(from, to)).not.toBe(text)
  return { ...given, [key]: text.replace(from, to) }
}
const tiny = tilesOf(257)
const FALSE: Case[] = [
  { ...receipt(6, 7), leaf: unhex(numbered(5)) },
  swap(receipt(6, 7), 'receipt', 'index 6', 'index 5'),
  swap(receipt(255, 256), 'receipt', '\n256\n', '\n255\n'),
  { ...receipt(6, 7), logVkey: vectors.log_vkey },
  { ...receipt(6, 7), witnessVkey: vectors.witness_vkey },
  { ...receipt(6, 7), time: TIME + 1 },
  swap(growth(255, 256), 'request', 'old 255', 'old 254'),
  { ...growth(3, 8), before: checkpointOf(4) },
  { ...tiny, tiles: { ...tiny.tiles as object, 'tile/0/000': '00'.repeat(256 * 32) } },
]

for (const program of [PYTHON, GO]) {
  if (!program.isHere) console.warn(`SKIPPED: ${program.name} did not check the register's formats. Install ${program.missing}.`)

  describe.skipIf(!program.isHere)(`${program.name}`, () => {
    test('accepts our checkpoints, cosignatures, receipts, consistency proofs and tiles', () => {
      expect(ask(program, GENUINE)).toEqual(GENUINE.map(() => true))
    }, 120_000)

    test('refuses them once they are changed: its acceptance means something', () => {
      for (const [at, verdict] of ask(program, FALSE).entries()) expect(verdict, `case ${at}`).toBeTypeOf('string')
    }, 120_000)
  })
}

test.skipIf(!GO.isHere)('Go signs the same bytes with our private key', () => {
  const text = textOf(1_000)
  const given = { kind: 'signing', skey: formatPrivateKey(LOG), text, signed: signNote(text, LOG) }
  expect(ask(GO, [given, { ...given, text: textOf(999) }])).toEqual([true, 'signed otherwise'])
}, 120_000)
