import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { query } from '../auth/guard.ts'
import { rows } from '../db/client.ts'
import { KIND_NAMES, type KindName } from '../filings/kinds/registry.ts'
import type { EntryStatus } from '../filings/rules.ts'
import { PARTICIPANTS, type ParticipantCode } from '../participants/rules.ts'
import { CATEGORY_CODES, type CategoryCode } from '../taxonomy/rules.ts'

const blank = (value: unknown) => (value === '' ? undefined : value)

export type HoldingTotal = {
  participant: ParticipantCode; category: CategoryCode; year: number; asOf: string; inService: number; inStorage: number; total: number; withheld: number; filing: string
}

/** Declared totals per participant, category and year: the newest declaration of each year that names the category. */
export const listHoldings = query({
  name: 'holdings.list', permission: 'register.read',
  input: z.strictObject({
    participant: z.preprocess(blank, z.enum(PARTICIPANTS).optional()), category: z.preprocess(blank, z.enum(CATEGORY_CODES).optional()),
    year: z.preprocess(blank, z.coerce.number('State a year.').int().min(1990).max(2100).optional()),
  }),
  run: async (ctx, { participant, category, year }) =>
    rows<HoldingTotal>(ctx.db, sql`
      select distinct on (participant, category, extract(year from as_of)) participant, category, extract(year from as_of)::int as year, as_of::text as "asOf",
             in_service as "inService", in_storage as "inStorage", in_service + in_storage as total, withheld, filing_id as filing
        from holding_totals
       where (${participant ?? null}::text is null or participant = ${participant ?? null}) and (${category ?? null}::text is null or category = ${category ?? null})
         and (${year ?? null}::int is null or extract(year from as_of) = ${year ?? null})
       order by participant, category, extract(year from as_of), as_of desc`),
})

/** The newest declared figure of each category, for where a participant stands. */
export const latestHoldings = query({
  name: 'holdings.latest', permission: 'register.read', input: z.strictObject({ participant: z.enum(PARTICIPANTS).optional() }),
  run: async (ctx, { participant }) =>
    rows<Omit<HoldingTotal, 'year'>>(ctx.db, sql`
      select distinct on (participant, category) participant, category, as_of::text as "asOf", in_service as "inService", in_storage as "inStorage",
             in_service + in_storage as total, withheld, filing_id as filing
        from holding_totals where ${participant ?? null}::text is null or participant = ${participant ?? null}
       order by participant, category, as_of desc`),
})

/** Sums over all participants per category and year. */
export const holdingsPerYear = query({
  name: 'holdings.per_year', permission: 'register.read', input: z.strictObject({}),
  run: async (ctx) => rows<{ category: CategoryCode; year: number; total: number }>(ctx.db, sql`
    select category, extract(year from as_of)::int as year, sum(in_service + in_storage)::float8 as total from holding_totals group by 1, 2 order by 1, 2`),
})

/** Figures for the front page: entries per participant and kind, how many are verified, and how many nobody filed (compiled history). */
export const registerFigures = query({
  name: 'register.figures', permission: 'register.read', input: z.strictObject({}),
  run: async (ctx) => rows<{ participant: ParticipantCode; kind: string; entries: number; verified: number; compiled: number; newest: string }>(ctx.db, sql`
    select participant, kind, count(*)::int as entries, (count(*) filter (where verification = 'verified'))::int as verified,
           (count(*) filter (where compiled))::int as compiled, max(filed_at)::text as newest
      from entries where status = 'filed' group by 1, 2 order by 1, 2`),
})

export type DeclaredFigure = {
  participant: ParticipantCode; kind: KindName; asOf: string; year: number; mode: string | null; figure: string; value: number | null; unit: string; filing: string; compiled: boolean; source: string | null
}

/** Figures of declarations other than of holdings, as far as the viewer may read them: the newest of each year, one source a series. */
export const listFigures = query({
  name: 'figures.list', permission: 'register.read',
  input: z.strictObject({ participant: z.preprocess(blank, z.enum(PARTICIPANTS).optional()), kind: z.preprocess(blank, z.enum(KIND_NAMES).optional()) }),
  run: async (ctx, { participant, kind }) => rows<DeclaredFigure>(ctx.db, sql`
    select distinct on (f.participant, f.kind, f.figure, f.mode, f.unit, v.source, extract(year from f.as_of))
           f.participant, f.kind, f.as_of::text as "asOf", extract(year from f.as_of)::int as year, f.mode, f.figure, f.value, f.unit, f.filing_id as filing, e.compiled, v.source
      from declared_figures f join entries e on e.filing_id = f.filing_id
      left join lateral (select view::jsonb #>> '{compiled,source}' as source from filing_views w where w.filing_id = f.filing_id and w.rank = 0) v on true
     where (${participant ?? null}::text is null or f.participant = ${participant ?? null}) and (${kind ?? null}::text is null or f.kind = ${kind ?? null})
     order by f.participant, f.kind, f.figure, f.mode, f.unit, v.source, extract(year from f.as_of), f.as_of desc`),
})

export type DeclaredEntry = { kind: KindName; asOf: string; mode: string | null; number: string; filing: string; status: EntryStatus; compiled: boolean }

/** Every declaration and statement of a participant that stands or was withdrawn, by kind, the newest first. */
export const listDeclarations = query({
  name: 'declarations.list', permission: 'register.read', input: z.strictObject({ participant: z.enum(PARTICIPANTS) }),
  run: async (ctx, { participant }) => rows<DeclaredEntry>(ctx.db, sql`
    select kind, as_of::text as "asOf", mode, number, filing_id as filing, status, compiled from entries
     where participant = ${participant} and kind not like 'notification.%' and kind not like 'agreement.%' order by kind, as_of desc, mode, filed_at desc`),
})
