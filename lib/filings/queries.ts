import { and, asc, desc, eq, gte, inArray, lt, ne, sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { query, type Context } from '../auth/guard.ts'
import { together } from '../db/client.ts'
import { drafts, entries, filingPayloads, filings, knownTypes } from '../db/schema.ts'
import { AppError, type FieldProblem } from '../shared/errors.ts'
import { countryName } from '../taxonomy/countries.ts'
import { CATEGORY_CODES, typeKey } from '../taxonomy/rules.ts'
import type { Assessment } from '../thresholds/situation.ts'
import type { Json } from '../log/canonical.ts'
import { leafOf, proofOf, type Reading } from '../log/publish.ts'
import { decodeCursor, encodeCursor, keysetAfter, sortOf } from './paging.ts'
import { FilingFilter, FilingId, PreviewFiling } from './input.ts'
import { earlierOf } from '../verification/rules.ts'
import { judge } from './judge.ts'
import { placesNow } from './remarks.ts'
import { DRAFT_STATUS_LABEL, searchQuery, statusOfVersion } from './rules.ts'

type EntryRow = typeof entries.$inferSelect

const entryView = (row: Omit<EntryRow, 'search' | 'words' | 'typeKey' | 'counted'>) => ({
  id: row.filingId, entryId: row.entryId, number: row.number, participant: row.participant, kind: row.kind, version: row.version, status: row.status,
  summary: row.summary, category: row.category, type: row.type, quantity: row.quantity, delivered: row.delivered,
  counterpart: row.counterpart, counterpartName: row.counterpart ? countryName(row.counterpart) : null, stage: row.stage, mode: row.mode, replaces: row.replaces,
  deliveries: row.fromYear && row.toYear ? { from: row.fromYear, to: row.toYear } : null, asOf: row.asOf,
  verification: row.verification, signatures: row.signatures, earlier: earlierOf(row), compiled: row.compiled,
  filedAt: new Date(row.filedAt).toISOString(), firstFiledAt: new Date(row.firstFiledAt).toISOString(),
})
export type EntryView = ReturnType<typeof entryView>

const LISTED = {
  entryId: entries.entryId, filingId: entries.filingId, number: entries.number, participant: entries.participant, kind: entries.kind,
  version: entries.version, status: entries.status, category: entries.category, type: entries.type, quantity: entries.quantity,
  delivered: entries.delivered, counterpart: entries.counterpart, stage: entries.stage, mode: entries.mode, replaces: entries.replaces,
  fromYear: entries.fromYear, toYear: entries.toYear, doneOn: entries.doneOn, asOf: entries.asOf, summary: entries.summary,
  verification: entries.verification, signatures: entries.signatures,
  earlierVersion: entries.earlierVersion, earlierVerification: entries.earlierVerification, compiled: entries.compiled, firstFiledAt: entries.firstFiledAt,
  filedAt: entries.filedAt,
}

const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString()

const conditionsOf = (filter: FilingFilter): SQL[] => {
  const words = filter.q ? searchQuery(filter.q) : null
  return [
    filter.participant && eq(entries.participant, filter.participant),
    filter.kind && eq(entries.kind, filter.kind),
    filter.category && (filter.kind === 'declaration.holdings'
      ? sql`exists (select 1 from holding_totals t where t.filing_id = ${entries.filingId} and t.category = ${filter.category})`
      : eq(entries.category, filter.category)),
    filter.stage && eq(entries.stage, filter.stage),
    filter.status && eq(entries.status, filter.status),
    filter.verification && eq(entries.verification, filter.verification),
    filter.from && gte(entries.filedAt, `${filter.from}T00:00:00Z`),
    filter.to && lt(entries.filedAt, nextDay(filter.to)),
    words && sql`${entries.search} @@ to_tsquery('simple', ${words})`,
  ].filter((condition): condition is SQL => Boolean(condition))
}

const listRun = async (ctx: Context, filter: FilingFilter & { page?: number | undefined }) => {
  const conditions = conditionsOf(filter)
  const { column, direction } = sortOf(filter.sort)
  const order = direction === 'desc' ? desc : asc
  const after = filter.cursor ? keysetAfter(filter.sort, decodeCursor(filter.cursor)) : undefined
  const offset = filter.page ? (filter.page - 1) * filter.limit : 0
  const [found, [counted]] = await Promise.all([
    ctx.db.select({ ...LISTED, sortKey: sql<string>`${column}::text` }).from(entries).where(and(...conditions, after))
      .orderBy(order(column), order(entries.entryId)).limit(filter.limit + 1).offset(offset),
    ctx.db.select({ total: sql<number>`count(*)::int` }).from(entries).where(and(...conditions)),
  ])
  const shown = found.slice(0, filter.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(entryView),
    next: found.length > filter.limit && last ? encodeCursor([last.sortKey, last.entryId]) : null,
    total: counted?.total ?? 0,
  }
}

/** The register's list, filtered and sorted; `next` continues after the last row whatever is filed meanwhile. */
export const listFilings = query({
  name: 'filing.list', permission: 'register.read',
  input: FilingFilter.extend({ page: z.preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().min(1).max(10_000).optional()) }),
  run: listRun,
})

/** The payload where the viewer may read it, else the richest of its views: row-level security leaves only those they may. */
const RICHEST = sql<string>`coalesce(${filingPayloads.payload},
  (select v.view from filing_views v where v.filing_id = ${filings.id} order by v.rank desc limit 1), '{}')`

const versionColumns = {
  id: filings.id, version: filings.version, action: filings.action, reason: filings.reason, summary: filings.summary,
  filedAt: filings.filedAt, commitment: filings.commitment, text: RICHEST, full: sql<boolean>`${filingPayloads.payload} is not null`,
  draftedBy: filingPayloads.draftedByName, releasedBy: filingPayloads.releasedByName,
}

/** Versions of an entry, oldest first, each as richly as the viewer may read it. */
const versionsOf = async (ctx: Context, where: SQL) => {
  const found = await ctx.db.select(versionColumns).from(filings)
    .leftJoin(filingPayloads, eq(filingPayloads.filingId, filings.id)).where(where).orderBy(asc(filings.version))
  return found.map(({ draftedBy, releasedBy, ...row }) => ({
    ...row, filedAt: new Date(row.filedAt).toISOString(), people: draftedBy ? { draftedBy, releasedBy: releasedBy! } : null,
  }))
}

const entryOfFiling = async (ctx: Context, id: string) => {
  const [found] = await ctx.db.select({ entry: LISTED }).from(filings).innerJoin(entries, eq(entries.entryId, filings.entryId)).where(eq(filings.id, id))
  return found?.entry ?? null
}

/** A draft of the viewer's own participant, shown under the id that the filing will have. */
const ownDraft = async (ctx: Context, id: string) => {
  const [draft] = await ctx.db.select().from(drafts).where(and(eq(drafts.id, id), ne(drafts.status, 'released')))
  return draft ?? null
}

/** One filing as the viewer may read it. The payload comes as JSON text, so that 400 lines are not parsed to be written again. */
export const getFilingText = query({
  name: 'filing.get', permission: 'register.read', input: FilingId,
  run: async (ctx, { id }) => {
    const [[version], entry] = await together([versionsOf(ctx, eq(filings.id, id)), entryOfFiling(ctx, id)])
    if (!version || !entry) {
      const draft = await ownDraft(ctx, id)
      if (!draft) throw new AppError('not_found', 'There is no such filing.')
      const { kind, participant, status, payload, reason, remark, remarks, revision } = draft
      return { head: { id, kind, participant, number: null, version: 0, status, reason, remark, remarks, revision, filedAt: null }, payload: JSON.stringify(payload) }
    }
    const { text, full: _full, people, ...rest } = version
    const { id: _current, ...about } = entryView(entry)
    return {
      head: { ...about, ...rest, people, newest: entry.filingId, status: statusOfVersion(version, entry.version) },
      payload: text,
    }
  },
})

/** One filing for a page: the version asked for, and the versions beside it. */
export const getFiling = query({
  name: 'filing.read', permission: 'register.read', input: FilingId,
  run: async (ctx, { id }) => {
    const entry = await entryOfFiling(ctx, id)
    if (!entry) throw new AppError('not_found', 'There is no such filing.')
    const versions = (await versionsOf(ctx, eq(filings.entryId, entry.entryId))).map(({ text, ...version }) => ({
      ...version, status: statusOfVersion(version, entry.version), payload: JSON.parse(text) as Record<string, Json>,
    }))
    return { entry: entryView(entry), version: versions.find((version) => version.id === id)!, versions }
  },
})

/** What proves a filing: its place in the log, and the file that any verifier accepts. */
export const getReceipt = query({
  name: 'filing.receipt', permission: 'register.read', input: FilingId,
  run: async (ctx, { id }) => {
    const [found] = await ctx.db.select({ filing: filings.id, number: filings.number, version: filings.version, commitment: filings.commitment, filedAt: filings.filedAt })
      .from(filings).where(eq(filings.id, id))
    if (!found) throw new AppError('not_found', 'There is no such filing.')
    const read: Reading = (work) => work(ctx.db)
    const leaf = await leafOf(read, id)
    const proof = leaf && ctx.log ? await proofOf(read, ctx.log, leaf.index) : null
    return { ...found, filedAt: new Date(found.filedAt).toISOString(), index: leaf?.index ?? null, proof }
  },
})

export type Preview = { problems: FieldProblem[]; summary: string | null } & Assessment

/** What a filing would cause if it were filed now: the same judgement as the real thing, and nothing is stored. */
export const previewFiling = query({
  name: 'filing.preview', permission: 'filing.preview', input: PreviewFiling,
  run: async (ctx, input): Promise<Preview> => {
    try {
      const { summary, assessment, asked } = await judge(ctx, { ...input, basedOn: input.basedOn ?? null })
      return { problems: asked, summary, ...assessment }
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'forbidden') throw error
      const problems = error.fields.length > 0 ? error.fields : [{ pointer: '', message: error.message }]
      return { problems, summary: null, alerts: [], untested: [], notTold: [] }
    }
  },
})

export const listDrafts = query({
  name: 'draft.list', permission: 'draft.read', input: z.strictObject({}),
  run: async (ctx) => {
    const found = await ctx.db.select().from(drafts).where(inArray(drafts.status, ['draft', 'awaiting_approval', 'returned'])).orderBy(desc(drafts.updatedAt))
    return found.map((draft) => ({
      ...draft, statusLabel: DRAFT_STATUS_LABEL[draft.status], own: draft.draftedBy === ctx.viewer.userId,
      updatedAt: new Date(draft.updatedAt).toISOString(), submittedAt: draft.submittedAt && new Date(draft.submittedAt).toISOString(),
    }))
  },
})

export const getDraft = query({
  name: 'draft.read', permission: 'draft.read', input: FilingId,
  run: async (ctx, { id }) => {
    const [draft] = await ctx.db.select().from(drafts).where(eq(drafts.id, id))
    if (!draft) throw new AppError('not_found', 'There is no such draft of yours.')
    const now = placesNow(draft.payload, draft.remarks)
    const basis = draft.basedOn ? await entryOfFiling(ctx, draft.basedOn) : null
    return {
      ...draft, own: draft.draftedBy === ctx.viewer.userId, updatedAt: new Date(draft.updatedAt).toISOString(),
      basis: basis ? entryView(basis) : null,
      /** Each with where its place is now; null where it is no more. */
      remarks: draft.remarks.map((remark, index) => ({ ...remark, now: now[index]! })),
    }
  },
})

/** Types that the register has met, those that begin as typed first; with the participants that declared or notified each. Types of declarations are for participants. */
export const suggestTypes = query({
  name: 'type.suggest', permission: 'draft.read',
  input: z.strictObject({ category: z.enum(CATEGORY_CODES).optional(), q: z.string().trim().max(80).default(''), limit: z.coerce.number().int().min(1).max(200).default(20) }),
  run: async (ctx, { category, q, limit }) => {
    const key = typeKey(q)
    return ctx.db.select({
      type: sql<string>`min(${knownTypes.type})`, category: knownTypes.category, participants: sql<string[]>`array_agg(distinct ${knownTypes.participant})`,
    }).from(knownTypes)
      .where(and(category && eq(knownTypes.category, category), key ? sql`${knownTypes.typeKey} like ${`%${key}%`}` : undefined))
      .groupBy(knownTypes.typeKey, knownTypes.category)
      .orderBy(sql`${knownTypes.typeKey} like ${`${key}%`} desc`, sql`min(${knownTypes.type})`).limit(limit)
  },
})
