import { and, asc, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { query, type Context } from '../auth/guard.ts'
import { findings, logCheckpoints, logLeaves, witnesses } from '../db/schema.ts'
import { rows } from '../db/client.ts'
import { env } from '../shared/env.ts'
import type { LeafType } from './leaf.ts'
import { parseVkey } from './note.ts'
import { formatPolicy, isSatisfied, quorumOf, type Policy } from './policy.ts'
import { nodePrimitives } from './primitives-node.ts'
import { refusedBy } from './refusal.ts'

/** The newest cosignature of each witness under each head. Receipts take the first instead, so that they stay what they are. */
const NEWEST = sql`(select c.size, c.witness, coalesce(r.line, c.line) as line, coalesce(r.at, c.at) as at
  from cosignatures c left join renewed_cosignatures r on r.witness = c.witness and r.size = c.size and r.at > c.at)`

/** Cosignatures under the checkpoint of one size, as lines of its note. */
export const listCosignatures = query({
  name: 'log.cosignatures', permission: 'log.read', input: z.strictObject({ size: z.int().min(0) }),
  run: async (ctx, { size }) => {
    const found = await rows<{ line: string; at: string; name: string }>(ctx.db, sql`
      select n.line, n.at::text as at, w.name from ${NEWEST} n join witnesses w on w.id = n.witness where n.size = ${size} order by w.name`)
    return found.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
  },
})

/** Those who watch the log, and the newest checkpoint that each has cosigned. */
export const listWitnesses = query({
  name: 'log.witnesses', permission: 'log.read', input: z.strictObject({}),
  run: async (ctx) => {
    const found = await rows<{ id: string; name: string; vkey: string; url: string; participant: string | null; size: string | number | null; at: string | null }>(ctx.db, sql`
      select w.id, w.name, w.vkey, w.url, w.participant, c.size, c.at::text as at from witnesses w
        left join lateral (select size, at from ${NEWEST} n where n.witness = w.id order by size desc limit 1) c on true
       where w.retired_at is null order by w.participant nulls last, w.name`)
    return found.map(({ size, at, ...row }) => ({ ...row, size: size === null ? null : Number(size), at: at && new Date(at).toISOString() }))
  },
})

const LeafFilter = z.strictObject({
  before: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** Entries of the log, newest first. */
export const listLeaves = query({
  name: 'log.leaves', permission: 'log.read', input: LeafFilter,
  run: async (ctx, { before, limit }) => {
    const found = await ctx.db.select().from(logLeaves).where(before === undefined ? undefined : lt(logLeaves.index, before))
      .orderBy(desc(logLeaves.index)).limit(limit)
    return found.map((row) => ({ ...row, type: row.type as LeafType, at: new Date(row.at).toISOString() }))
  },
})

/** The log as it stands: what is signed, by which key, and whether it is well. */
export const getLog = query({
  name: 'log.get', permission: 'log.read', input: z.strictObject({}),
  run: async (ctx) => {
    const [head] = await rows<{ size: string | number }>(ctx.db, sql`select size from log_head`)
    const [newest] = await ctx.db.select().from(logCheckpoints).orderBy(desc(logCheckpoints.size)).limit(1)
    return {
      entries: Number(head!.size), refused: ctx.log?.refused ?? null, vkey: ctx.log?.key.vkey ?? null, origin: ctx.log?.key.name ?? null,
      checkpoint: newest ? { size: newest.size, note: newest.note, at: new Date(newest.at).toISOString() } : null,
    }
  },
})

/**
 * What the register's check of itself found to disagree, then what witnesses say against the log (`witness` names which): so that none of
 * them can crowd out the former. Newest first.
 * `isOpen`: a witness's word is settled once it has cosigned a newer head, or is retired; what the register found stays open.
 */
export const listFindings = query({
  name: 'log.findings', permission: 'log.read', input: z.strictObject({}),
  run: async (ctx) => {
    const found = await ctx.db.select().from(findings).orderBy(sql`${findings.key} like 'witness %'`, desc(findings.at)).limit(50)
    const named = found.some(({ key }) => refusedBy(key)) ? await listWitnesses.run(ctx, {}) : []
    return found.map(({ id, at, key, words }) => {
      const refused = refusedBy(key)
      const isOpen = refused === null || named.some(({ name, size }) => name === refused.name && (size ?? 0) <= refused.last)
      return { id, at: new Date(at).toISOString(), words, witness: refused?.name ?? null, isOpen }
    })
  },
})

/** Where something stands in the log: each leaf about it, in order. `after` leaves out those below an index. */
export const leavesAbout = query({
  name: 'log.about', permission: 'log.read', input: z.strictObject({ subject: z.string().min(1).max(200), after: z.int().min(0).optional() }),
  run: async (ctx, { subject, after }) => {
    const found = await ctx.db.select().from(logLeaves)
      .where(and(eq(logLeaves.subject, subject), after === undefined ? undefined : gt(logLeaves.index, after))).orderBy(asc(logLeaves.index)).limit(50)
    return found.map((row) => ({ ...row, type: row.type as LeafType, at: new Date(row.at).toISOString() }))
  },
})

const policyNow = async (ctx: Context): Promise<Policy> => {
  const named = await ctx.db.select().from(witnesses).where(isNull(witnesses.retiredAt))
    .orderBy(asc(witnesses.participant), asc(witnesses.name))
  const keyed = await Promise.all(named.map(async ({ name, vkey, url, participant }) =>
    ({ name, url, participant, key: await parseVkey(vkey, nodePrimitives) })))
  return quorumOf(ctx.log ? [{ key: ctx.log.key, url: `${env().baseUrl}/log` }] : [], keyed)
}

/** Who must cosign a checkpoint before it counts, as verifiers read it (C2SP tlog-policy). */
export const getPolicy = query({
  name: 'log.policy', permission: 'log.read', input: z.strictObject({}),
  run: async (ctx) => ({ text: formatPolicy(await policyNow(ctx)) }),
})

/** How far back a checkpoint is looked for that enough have cosigned. */
const LOOKED_AT = 200

type Cosigned = { size: number; signedAt: string; by: { name: string; at: string }[]; meetsQuorum: boolean }
type CosignedRow = { size: string | number; signed_at: string; by: { name: string; at: string }[] }

/** Who of those named now has cosigned the newest checkpoint, and the newest that meets the quorum. */
export const getCosigned = query({
  name: 'log.cosigned', permission: 'log.read', input: z.strictObject({}),
  run: async (ctx) => {
    const policy = await policyNow(ctx)
    const found = await rows<CosignedRow>(ctx.db, sql`
      with looked as (
        (select size from log_checkpoints order by size desc limit 1)
        union (select distinct c.size from cosignatures c order by c.size desc limit ${LOOKED_AT})
      ) select l.size, k.at::text as signed_at,
          coalesce(json_agg(json_build_object('name', w.name, 'at', c.at) order by w.name) filter (where w.id is not null), '[]') as by
        from looked l join log_checkpoints k using (size) left join ${NEWEST} c using (size)
          left join witnesses w on w.id = c.witness and w.retired_at is null
       group by l.size, k.at order by l.size desc`)
    const each = found.map(({ size, signed_at, by }): Cosigned => ({
      size: Number(size), signedAt: new Date(signed_at).toISOString(),
      by: by.map(({ name, at }) => ({ name, at: new Date(at).toISOString() })),
      meetsQuorum: isSatisfied(policy, by.map(({ name }) => name)),
    }))
    const met = each.find(({ meetsQuorum }) => meetsQuorum) ?? null
    return { named: policy.witnesses.map(({ name }) => name), newest: each[0] ?? null, met }
  },
})
