import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { query } from '../auth/guard.ts'
import { cosignatures, logCheckpoints, logLeaves, witnesses } from '../db/schema.ts'
import { rows } from '../db/client.ts'
import type { LeafType } from './leaf.ts'

/** Cosignatures under the checkpoint of one size, as lines of its note. */
export const listCosignatures = query({
  name: 'log.cosignatures', permission: 'log.read', input: z.strictObject({ size: z.int().min(0) }),
  run: async (ctx, { size }) => {
    const found = await ctx.db.select({ line: cosignatures.line, at: cosignatures.at, name: witnesses.name }).from(cosignatures)
      .innerJoin(witnesses, eq(witnesses.id, cosignatures.witness)).where(eq(cosignatures.size, size)).orderBy(asc(witnesses.name))
    return found.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
  },
})

/** Those who watch the log, and the newest checkpoint that each has cosigned. */
export const listWitnesses = query({
  name: 'log.witnesses', permission: 'log.read', input: z.strictObject({}),
  run: async (ctx) => {
    const found = await rows<{ id: string; name: string; vkey: string; url: string; participant: string | null; size: string | number | null; at: string | null }>(ctx.db, sql`
      select w.id, w.name, w.vkey, w.url, w.participant, c.size, c.at::text as at from witnesses w
        left join lateral (select size, at from cosignatures c where c.witness = w.id order by size desc limit 1) c on true
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

/** Where something stands in the log: each leaf about it, in order. `after` leaves out those below an index. */
export const leavesAbout = query({
  name: 'log.about', permission: 'log.read', input: z.strictObject({ subject: z.string().min(1).max(200), after: z.int().min(0).optional() }),
  run: async (ctx, { subject, after }) => {
    const found = await ctx.db.select().from(logLeaves)
      .where(and(eq(logLeaves.subject, subject), after === undefined ? undefined : gt(logLeaves.index, after))).orderBy(asc(logLeaves.index)).limit(50)
    return found.map((row) => ({ ...row, type: row.type as LeafType, at: new Date(row.at).toISOString() }))
  },
})

