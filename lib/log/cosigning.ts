import { sql } from 'drizzle-orm'
import { rows, type Connection } from '../db/client.ts'
import { env } from '../shared/env.ts'
import { ask, type Answer } from './ask.ts'
import { verifyNote } from './checkpoint.ts'
import { parseDecimal } from './encoding.ts'
import { consistencyNodes, consistencyProof } from './merkle.ts'
import { formatNote, parseNote, parseSignatures, parseVkey, signatureLine } from './note.ts'
import { nodePrimitives } from './primitives-node.ts'
import { readNodes, reader } from './nodes.ts'
import type { Claim } from './refusal.ts'
import { encodeAddCheckpoint } from './witnessing.ts'

/** One question to one witness (C2SP tlog-witness, add-checkpoint), and what its answer is worth. */
export type Asked = { id: string; name: string; vkey: string; url: string }
export type Target = { size: number; note: string }
export type Cosigned = { line: string; at: string }
/** What counts: a cosignature that holds, or what speaks against the log. Anything else is thrown, in words. */
export type Outcome = { cosigned: Cosigned } | { claim: Claim; said: string }

/** A witness whose clock is ahead would make a checkpoint look fresher than it is. */
const MAX_AHEAD_S = 300
/** Another worker may have asked in between; then the size that it is at is asked from. */
const ATTEMPTS = 3

const proofBetween = (connection: Connection, old: number, size: number): Promise<Uint8Array[]> =>
  connection.transaction('batp_worker', async (tx) =>
    consistencyProof(old, size, reader(await readNodes(tx, consistencyNodes(old, size).flat()))))

/** Read after an answer, it is at least what any honest past of this log can have shown before: what is signed was committed first. */
const committedSize = async (connection: Connection): Promise<number> => {
  const [head] = await connection.transaction('batp_worker', (tx) => rows<{ size: string | number }>(tx, sql`select size from log_head`))
  return Number(head!.size)
}

const words = ({ status, body }: Answer): string =>
  (status >= 300 && status < 400 ? 'with a redirect, which is not followed' : `${status} “${body.slice(0, 200).trim()}”`)

/** The size that a witness says it is at (409). */
const statedSize = (answer: Answer): number => {
  const stated = answer.contentType.split(';')[0]!.trim() === 'text/x.tlog.size' ? parseDecimal(answer.body.replace(/\n$/, '')) : null
  if (stated === null) throw new Error(`answered ${words(answer)}, which states no size`)
  return stated
}

/** The witness's own line and its time; refuses what it did not sign, or signed for later. */
const verified = async ({ body }: Answer, { vkey }: Asked, { note }: Target, now: number): Promise<Cosigned> => {
  const key = await parseVkey(vkey, nodePrimitives)
  const own = parseSignatures(body).filter(({ name, keyId }) => name === key.name && keyId === key.keyId)
  if (own.length !== 1) throw new Error(`answered with ${own.length} cosignatures of its own instead of one`)
  const { signers } = await verifyNote(formatNote({ text: parseNote(note).text, signatures: own }), [key], nodePrimitives)
  const time = signers[0]?.time
  if (time == null) throw new Error('answered with a signature that states no time')
  if (time > now / 1000 + MAX_AHEAD_S) throw new Error('states a time that is more than five minutes ahead')
  return { line: signatureLine(own[0]!).trimEnd(), at: new Date(time * 1000).toISOString() }
}

const addCheckpointUrl = (url: string): URL => new URL(`${url.replace(/\/+$/, '')}/add-checkpoint`)

/** Asks from the size where the witness was last known to be, until it cosigned: from the size that it is at (409) if that is another. */
export const askToCosign = async (
  connection: Connection, witness: Asked, last: number, target: Target, { signal, now }: { signal: AbortSignal; now: number },
): Promise<Outcome> => {
  const { size, note } = target
  let from = Math.min(last, size)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const body = encodeAddCheckpoint({ old: from, proof: await proofBetween(connection, from, size), checkpoint: note })
    const answer = await ask(addCheckpointUrl(witness.url), body, { mayBeLocal: env().witnessLocal, signal })
    if (answer.status === 200) return { cosigned: await verified(answer, witness, target, now) }
    if (answer.status === 422) return { claim: { kind: 'denies', from, size }, said: `answered ${words(answer)}` }
    if (answer.status !== 409) throw new Error(`answered ${words(answer)}`)
    const stated = statedSize(answer)
    if (stated > size) {
      const held = await committedSize(connection)
      const said = `says that it cosigned ${stated} entries, which is more than the ${size} of the newest checkpoint`
      if (stated > held) return { claim: { kind: 'ahead', stated, held }, said }
      // Signed meanwhile, and asked for by another worker.
      throw new Error(said)
    }
    from = stated
  }
  throw new Error('answers each time that it is at another size')
}
