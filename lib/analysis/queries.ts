import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { query } from '../auth/guard.ts'
import { rows } from '../db/client.ts'
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
