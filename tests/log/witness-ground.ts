import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { formatCheckpoint, verifyNote } from '../../lib/log/checkpoint.ts'
import { consistencyProof, leafHash, rootOfFrontier } from '../../lib/log/merkle.ts'
import { formatNote, KEY_TYPES, parseNote, parseSignatures, parseVkey } from '../../lib/log/note.ts'
import { nodePrimitives } from '../../lib/log/primitives-node.ts'
import { generateSigningKey, signNote, type SigningKey } from '../../lib/log/sign.ts'
import { encodeAddCheckpoint } from '../../lib/log/witnessing.ts'
import { originFolder } from '../../scripts/witness-state.ts'
import { startWitness, type Witness, type WitnessOptions } from '../../scripts/witness-server.ts'
import { grow, LOG_KEY, numbered, vectors } from './given.ts'

export const ORIGIN = LOG_KEY.name
export const logKey = await parseVkey(vectors.log_vkey, nodePrimitives)
export const SIZE = 120

/** Two histories of one log that part after `FORKED` entries. */
export const FORKED = 40
const treeOf = (name: string) => grow(Array.from({ length: SIZE }, (_, index) =>
  leafHash(index < FORKED ? numbered(index) : new TextEncoder().encode(`${name} ${index}`))))
const TREES = { honest: treeOf('honest'), forked: treeOf('forked') }
export type Tree = keyof typeof TREES

export const signed = (size: number, tree: Tree = 'honest', key: SigningKey = LOG_KEY): string =>
  signNote(formatCheckpoint({ origin: ORIGIN, size, root: rootOfFrontier(TREES[tree].frontiers[size]!), extensions: [] }), key)
export const proofOf = (old: number, size: number, tree: Tree = 'honest'): Uint8Array[] => consistencyProof(old, size, TREES[tree].nodeAt)
export const request = (old: number, size: number, tree: Tree = 'honest'): string =>
  encodeAddCheckpoint({ old, proof: old > size ? [] : proofOf(old, size, tree), checkpoint: signed(size, tree) })

export const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'batp-witness-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

export const newKey = (name = 'witness.example/test'): SigningKey => generateSigningKey(name, KEY_TYPES.cosigner)

/** A witness of the test's log, ended with the test. */
export const witness = async (options: Partial<WitnessOptions> = {}): Promise<Witness> => {
  const started = await startWitness({ key: newKey(), logs: new Map([[ORIGIN, [logKey]]]), data: options.data ?? folder(), ...options })
  onTestFinished(() => started.close().catch(() => {}))
  return started
}

export type Answered = { status: number; type: string | null; text: string }
const answered = async (response: Response): Promise<Answered> =>
  ({ status: response.status, type: response.headers.get('content-type'), text: await response.text() })
export const post = async (port: number, body: string | Uint8Array<ArrayBuffer>): Promise<Answered> =>
  answered(await fetch(`http://127.0.0.1:${port}/add-checkpoint`, { method: 'POST', body }))
export const get = async (port: number, path: string, method = 'GET'): Promise<Answered> =>
  answered(await fetch(`http://127.0.0.1:${port}${path}`, { method }))

export const RECORD = `/${originFolder(ORIGIN)}/checkpoint`

/** Whether an answer is this witness's cosignature over that checkpoint, as outsiders check it. */
export const isCosigned = async (answer: string, { key }: Pick<Witness, 'key'>, note: string): Promise<boolean> => {
  const { text } = parseNote(note)
  const { signers } = await verifyNote(formatNote({ text, signatures: parseSignatures(answer) }), [key], nodePrimitives)
  return Math.abs(signers[0]!.time! - Date.now() / 1000) < 10
}
