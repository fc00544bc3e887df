import { and, eq, inArray, like, sql } from 'drizzle-orm'
import { z } from 'zod'
import { query, type Context } from '../auth/guard.ts'
import { rows } from '../db/client.ts'
import { filingPayloads, filings, logCheckpoints, logLeaves, logNodes } from '../db/schema.ts'
import { FilingId } from '../filings/input.ts'
import { recordOf } from '../filings/leaves.ts'
import { getFiling, getFilingText } from '../filings/queries.ts'
import { canonicalJson } from '../log/canonical.ts'
import { toHex } from '../log/encoding.ts'
import type { LeafType } from '../log/leaf.ts'
import { inclusionNodes, inclusionProof } from '../log/merkle.ts'
import { isSatisfied, parsePolicy, type Policy } from '../log/policy.ts'
import { nodePrimitives } from '../log/primitives-node.ts'
import { encodeProof } from '../log/proof.ts'
import { proofOf, type Reading } from '../log/publish.ts'
import { getPolicy, listWitnesses } from '../log/queries.ts'
import { env } from '../shared/env.ts'
import { AppError } from '../shared/errors.ts'
import { fileName, instructionsFor, PACKAGE_FORMAT, type ReceiptPackage } from './package.ts'

/** As many of the newest cosigned heads are compared: the very newest may still be collecting. */
const HEADS_COMPARED = 20

type Head = { size: number; note: string }
type CosignedRow = { size: string | number; lines: string[]; names: string[] }

/** The head over an entry that meets the quorum or comes nearest to it, with its cosignatures; null while nobody has cosigned any. */
const cosignedHead = async (ctx: Context, index: number, policy: Policy): Promise<Head | null> => {
  const found = await rows<CosignedRow>(ctx.db, sql`
    select s.size, array_agg(s.line order by w.name) as lines, array_agg(w.name) as names from cosignatures s join witnesses w on w.id = s.witness
     where s.size > ${index} and w.retired_at is null group by s.size order by s.size desc limit ${HEADS_COMPARED}`)
  const rank = ({ names }: CosignedRow): number => names.length + (isSatisfied(policy, names) ? 1_000 : 0)
  const best = found.toSorted((a, b) => rank(b) - rank(a) || Number(a.size) - Number(b.size))[0]
  if (!best) return null
  const size = Number(best.size)
  const [kept] = await ctx.db.select({ note: logCheckpoints.note }).from(logCheckpoints).where(eq(logCheckpoints.size, size))
  return kept ? { size, note: kept.note + best.lines.map((line) => `${line}\n`).join('') } : null
}

const proofUnder = async (ctx: Context, index: number, { size, note }: Head): Promise<string> => {
  const wanted = inclusionNodes(index, size).flat()
  const places = wanted.map((node) => sql`(${node.level}::smallint, ${node.index}::bigint)`)
  const found = places.length === 0 ? [] : await ctx.db.select().from(logNodes)
    .where(sql`(${logNodes.level}, ${logNodes.index}) in (${sql.join(places, sql`, `)})`)
  const hashes = new Map(found.map((node) => [`${node.level}:${node.index}`, new Uint8Array(node.hash)]))
  const nodeAt = (level: number, at: number): Uint8Array => {
    const hash = hashes.get(`${level}:${at}`)
    if (!hash) throw new Error(`The log's node ${level}/${at} is missing`)
    return hash
  }
  return encodeProof({ extra: null, index, hashes: inclusionProof(index, size, nodeAt), checkpoint: note })
}

const NOT_YET = 'The log has not signed this filing yet, so there is no receipt to give. Ask again in a few seconds.'

/** Proofs of several entries under one head, cosigned where there is such a head, else under the first that covers each. */
const proofsOf = async (ctx: Context, indices: readonly number[], policy: Policy): Promise<string[]> => {
  const { log } = ctx
  if (!log) throw new AppError('conflict', NOT_YET)
  const head = await cosignedHead(ctx, Math.max(...indices), policy)
  const read: Reading = (work) => work(ctx.db)
  const proofs: string[] = []
  for (const index of indices) {
    const proof = head ? await proofUnder(ctx, index, head) : await proofOf(read, log, index)
    if (!proof) throw new AppError('conflict', NOT_YET)
    proofs.push(proof)
  }
  return proofs
}

/** The version, and what only its ministry and verifiers may read of it: row-level security leaves that out for others. */
const storedFiling = async (ctx: Context, id: string) => {
  const [found] = await ctx.db.select({ filing: filings, sealed: filingPayloads }).from(filings)
    .leftJoin(filingPayloads, eq(filingPayloads.filingId, filings.id)).where(eq(filings.id, id))
  if (!found) throw new AppError('not_found', 'There is no such filing.')
  return found
}

const sealedPart = ({ filing, sealed }: Awaited<ReturnType<typeof storedFiling>>): Pick<ReceiptPackage, 'payload' | 'salt' | 'record'> =>
  (sealed ? { payload: sealed.payload, salt: toHex(sealed.salt), record: canonicalJson(recordOf({ ...filing, ...sealed })) } : {})

const packageOf = async (ctx: Context, id: string): Promise<ReceiptPackage> => {
  const stored = await storedFiling(ctx, id)
  const { number, version, participant, kind, filedAt } = stored.filing
  const leaves = await ctx.db.select().from(logLeaves).where(and(eq(logLeaves.subject, id), like(logLeaves.type, 'filing.%')))
  const leaf = leaves.find(({ type }) => type !== 'filing.record')
  const about = leaves.find(({ type }) => type === 'filing.record')
  if (!leaf || !about || !ctx.log) throw new AppError('conflict', NOT_YET)
  const { text } = await getPolicy.run(ctx, {})
  const policy = await parsePolicy(text, nodePrimitives)
  const [proof, recordProof] = await proofsOf(ctx, [leaf.index, about.index], policy) as [string, string]
  const witnesses = await listWitnesses.run(ctx, {})
  return {
    format: PACKAGE_FORMAT,
    filing: { id, number, version, participant, kind, filedAt: new Date(filedAt).toISOString() },
    ...sealedPart(stored),
    leaf: leaf.data, index: leaf.index, proof, recordLeaf: about.data, recordIndex: about.index, recordProof,
    vkey: ctx.log.key.vkey, witnesses: witnesses.map(({ name, vkey }) => ({ name, vkey })), policy: policy.quorum === null ? null : text,
    instructions: instructionsFor(fileName({ number, version }), env().baseUrl),
  }
}

/** What proves a filing, in one file; with its text, record and salt for those who may read it whole. */
export const getReceiptPackage = query({
  name: 'filing.receipt_package', permission: 'register.read', input: FilingId, run: (ctx, { id }) => packageOf(ctx, id),
})

/** The same beside the filing as the viewer may read it, for paper. */
export const getReceiptSheet = query({
  name: 'filing.receipt_sheet', permission: 'register.read', input: FilingId,
  run: async (ctx, { id }) => {
    const receipt = await packageOf(ctx, id)
    const { head, payload } = await getFilingText.run(ctx, { id })
    return { receipt, summary: 'summary' in head ? head.summary : '', reason: head.reason, payload: JSON.parse(payload) as Record<string, unknown> }
  },
})

const MOST_SUBJECTS = 1_000

/** Where each of many things stands in the log, in the order of their entries, and how far the log is signed. */
export const listPlaces = query({
  name: 'log.places', permission: 'log.read', input: z.strictObject({ subjects: z.array(z.string().min(1).max(200)).max(MOST_SUBJECTS) }),
  run: async (ctx, { subjects }) => {
    const [signed] = await rows<{ size: string | number | null }>(ctx.db, sql`select max(size) as size from log_checkpoints`)
    const found = subjects.length === 0 ? [] : await ctx.db.select().from(logLeaves).where(inArray(logLeaves.subject, subjects)).orderBy(logLeaves.index)
    return {
      // What this process has just published, the database may not keep yet.
      size: Math.max(Number(signed?.size ?? 0), ctx.log?.signed.size ?? 0),
      places: found.map(({ index, type, subject, data, at }) => ({ index, type: type as LeafType, subject, data, at: new Date(at).toISOString() })),
    }
  },
})
export type Place = Awaited<ReturnType<typeof listPlaces>>['places'][number]

/** A filing as the viewer may read it, with its place in the log, for paper. */
export const getFilingPaper = query({
  name: 'filing.paper', permission: 'register.read', input: FilingId,
  run: async (ctx, { id }) => ({
    filing: await getFiling.run(ctx, { id }), log: await listPlaces.run(ctx, { subjects: [id] }), role: ctx.viewer.role, at: ctx.now.toISOString(),
  }),
})
