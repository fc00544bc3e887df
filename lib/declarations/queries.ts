import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import { z } from 'zod'
import { query, type Context } from '../auth/guard.ts'
import { entries, filingPayloads, filings } from '../db/schema.ts'
import type { Json } from '../log/canonical.ts'
import { reference } from '../participants/queries.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import type { CategoryCode } from '../taxonomy/rules.ts'
import { inForceOn } from '../thresholds/rules.ts'
import { startFrom, type Movement, type Started } from './rules.ts'
import { totalsOf, type CategoryTotal, type HoldingsPayload } from '../filings/kinds/holdings.ts'
import { KIND_NAMES, kindOf, type KindName } from '../filings/kinds/registry.ts'
import { day, isYearOnly } from '../filings/kinds/stated.ts'
import { isAgreement } from '../filings/kinds/words.ts'

/** A full day: the database compares dates with it. */
const AsOf = day('the date of the declaration').refine((text) => !isYearOnly(text), 'State the full date of the declaration, YYYY-MM-DD.')

export type Ceilings = { category: CategoryCode; ceiling: number | null; confirmed: boolean }[]
export type DeclarationStart = Started & {
  previous: { id: string; number: string; asOf: string; compiled: boolean; totals: CategoryTotal[] } | null
  /** Whether the participant is party to the Florence agreement; if not, no ceiling applies to it. */
  florenceParty: boolean
  ceilings: Ceilings
}

/** The participant's own newest filed declaration of a kind before a day, whole. */
const lastBefore = async (ctx: Context, participant: ParticipantCode, kind: KindName, asOf: string) => {
  const [found] = await ctx.db.select({ id: entries.filingId, number: entries.number, asOf: entries.asOf, compiled: entries.compiled, payload: filingPayloads.payload })
    .from(entries).innerJoin(filingPayloads, eq(filingPayloads.filingId, entries.filingId))
    .where(and(eq(entries.participant, participant), eq(entries.kind, kind), eq(entries.status, 'filed'), lt(entries.asOf, asOf)))
    .orderBy(desc(entries.asOf), desc(entries.filedAt)).limit(1)
  return found ? { ...found, asOf: found.asOf!, payload: JSON.parse(found.payload) as Record<string, Json> } : null
}

const MOVING = ['notification.acquisition', 'notification.disposal'] as const satisfies KindName[]

/** Pieces that this version says have moved by a day; null when withheld. */
const movedBy = (kind: KindName, payload: string, by: string): number | null => {
  const { doneOn, delivered, quantity, counted } = kindOf(kind).entry(JSON.parse(payload))
  if (!counted || !doneOn || doneOn > by) return 0
  return kind === 'notification.acquisition' ? delivered : quantity
}

/**
 * Deliveries and disposals between two days. A later version of an acquisition states all that was delivered so far, so what its
 * versions had stated for the earlier day is taken off.
 */
const movementsBetween = async (ctx: Context, participant: ParticipantCode, after: string, until: string): Promise<Movement[]> => {
  const versions = await ctx.db.select({
    entryId: entries.entryId, id: entries.filingId, number: entries.number, kind: entries.kind, category: entries.category, type: entries.type, on: entries.doneOn,
    version: filings.version, newest: entries.version, payload: filingPayloads.payload,
  }).from(entries).innerJoin(filings, eq(filings.entryId, entries.entryId)).innerJoin(filingPayloads, eq(filingPayloads.filingId, filings.id))
    .where(and(eq(entries.participant, participant), inArray(entries.kind, [...MOVING]), eq(entries.status, 'filed'), eq(entries.counted, true)))
    .orderBy(filings.version)
  return [...Map.groupBy(versions, ({ entryId }) => entryId).values()].flatMap((own): Movement[] => {
    const now = own.at(-1)!
    if (!now.on || now.on <= after || now.on > until || !now.category || !now.type) return []
    const moved = movedBy(now.kind, now.payload, until)
    const before = own.map(({ kind, payload }) => movedBy(kind, payload, after)).findLast((pieces) => pieces !== 0) ?? 0
    const pieces = moved === null || before === null ? null : (moved - before) * (now.kind === 'notification.disposal' ? -1 : 1)
    return pieces === 0 ? [] : [{ filing: { id: now.id, number: now.number }, category: now.category, type: now.type, pieces, on: now.on }]
  })
}

/** Where a declaration of holdings begins: the last one, carried on by what was notified since, and what to hold it against. */
export const startDeclaration = query({
  name: 'declaration.start', permission: 'draft.write', input: z.strictObject({ asOf: AsOf }),
  run: async (ctx, { asOf }): Promise<DeclarationStart> => {
    const participant = ctx.viewer.participant!
    const { ceilings, participants } = await reference(ctx)
    const today = ctx.now.toISOString().slice(0, 10)
    const against = {
      florenceParty: participants.find(({ code }) => code === participant)?.florenceParty ?? false,
      ceilings: ceilings.filter((row) => row.participant === participant && inForceOn(today)(row))
        .map(({ category, ceiling, confirmed }) => ({ category, ceiling, confirmed })),
    }
    const last = await lastBefore(ctx, participant, 'declaration.holdings', asOf)
    if (!last) return { lines: [], nil: [], carried: [], previous: null, ...against }
    const { payload: stated, ...previous } = last
    const payload = stated as unknown as HoldingsPayload
    return {
      ...startFrom(payload, await movementsBetween(ctx, participant, last.asOf, asOf)), ...against,
      previous: { ...previous, totals: totalsOf(payload) },
    }
  },
})

/** What holds for one date or year only, or was compiled by nobody: never carried on. */
const OF_ITS_DATE = ['asOf', 'year', 'adoptedOn', 'compiled', 'activeTotal', 'activeAndParamilitary', 'shareOfGdp', 'remark', 'parliamentToldOn', 'norms', 'activities']

/** Where another declaration or statement begins: as the participant's last one of the kind, but for what is of its date. */
export const startDeclared = query({
  name: 'declaration.start_from_last', permission: 'draft.write', input: z.strictObject({ kind: z.enum(KIND_NAMES), asOf: AsOf.nullable() }),
  run: async (ctx, { kind, asOf }): Promise<{ previous: { id: string; number: string; asOf: string } | null; payload: Record<string, Json> }> => {
    if (isAgreement(kind)) return { previous: null, payload: {} }
    if (kind.startsWith('notification.')) return { previous: null, payload: { forces: [ctx.viewer.participant!], ...(kind === 'notification.activity' ? { liveFire: [] } : {}) } }
    const isOfYear = kind === 'declaration.budget' || kind === 'calendar.activities'
    const dated: Record<string, Json> = asOf === null ? {} : isOfYear ? { year: Number(asOf.slice(0, 4)) } : { asOf }
    const last = await lastBefore(ctx, ctx.viewer.participant!, kind, asOf ?? '9999-12-31')
    if (!last || last.compiled) return { previous: null, payload: dated }
    const { id, number, asOf: since, payload } = last
    return { previous: { id, number, asOf: since }, payload: { ...Object.fromEntries(Object.entries(payload).filter(([field]) => !OF_ITS_DATE.includes(field))), ...dated } }
  },
})
