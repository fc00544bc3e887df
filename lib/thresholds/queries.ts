import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { query, type Context } from '../auth/guard.ts'
import { rows } from '../db/client.ts'
import { reference } from '../participants/queries.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import { PARTICIPANTS } from '../participants/rules.ts'
import type { CategoryCode } from '../taxonomy/rules.ts'
import type { Facts } from './facts.ts'
import type { Ceiling, Position, Situation, Subject } from './situation.ts'

type PositionRow = {
  participant: ParticipantCode; category: CategoryCode; declared: number | null; as_of: string | null; withheld: number | null
  incoming: number; incoming_withheld: number; outgoing: number; earlier: number
}

/** Pieces of an acquisition that a declaration as of `as_of` does not hold yet: what is not delivered by then. */
const OUTSTANDING = sql`e.quantity - case when e.done_on <= d.as_of then coalesce(e.delivered, 0) else 0 end`

/** Per participant and category: what was declared last, and what is on its way in or out. */
const positionsOf = (ctx: Context, people: readonly ParticipantCode[], categories: readonly CategoryCode[], entryId: string | null) =>
  rows<PositionRow>(ctx.db, sql`
    select p.code as participant, c.code as category, d.total as declared, d.as_of::text as as_of, d.withheld,
           coalesce(m.incoming, 0)::int as incoming, coalesce(m.incoming_withheld, 0)::int as incoming_withheld,
           coalesce(m.outgoing, 0)::int as outgoing, coalesce(m.earlier, 0)::int as earlier
      from unnest(string_to_array(${people.join(',')}, ',')) as p(code)
     cross join unnest(string_to_array(${categories.join(',')}, ',')) as c(code)
      left join lateral (
        select t.as_of, t.in_service + t.in_storage as total, t.withheld from holding_totals t
         where t.participant = p.code and t.category = c.code and t.as_of <= ${ctx.now.toISOString()}::timestamptz::date
         order by t.as_of desc limit 1) d on true
      left join lateral (
        select sum(${OUTSTANDING}) filter (where e.kind = 'notification.acquisition' and not (e.entry_id is not distinct from ${entryId}::uuid)) as incoming,
               count(*) filter (where e.kind = 'notification.acquisition' and e.quantity is null and not (e.entry_id is not distinct from ${entryId}::uuid)) as incoming_withheld,
               sum(${OUTSTANDING}) filter (where e.entry_id is not distinct from ${entryId}::uuid and e.kind = 'notification.acquisition') as earlier,
               sum(e.quantity) filter (where e.kind = 'notification.disposal' and (e.done_on is null or e.done_on > d.as_of)
                 and not (e.entry_id is not distinct from ${entryId}::uuid)) as outgoing
          from entries e
         where e.participant = p.code and e.category = c.code and e.status = 'filed' and e.counted) m on true`)

/** The declaration before this one: per category its newest figures, and what was delivered and disposed of in between. */
const beforeDeclaration = async (ctx: Context, participant: ParticipantCode, facts: Facts, entryId: string | null): Promise<Pick<Situation, 'previous' | 'movements'>> => {
  if (facts.kind !== 'declaration.holdings') return { previous: null, movements: {} }
  const totals = await rows<{ category: CategoryCode; as_of: string; total: number }>(ctx.db, sql`
    select distinct on (t.category) t.category, t.as_of::text as as_of, t.in_service + t.in_storage as total
      from holding_totals t join entries e on e.filing_id = t.filing_id
     where t.participant = ${participant} and t.as_of < ${facts.asOf}::date and e.entry_id is distinct from ${entryId}::uuid
     order by t.category, t.as_of desc`)
  if (totals.length === 0) return { previous: null, movements: {} }
  const asOf = totals.reduce((latest, row) => (row.as_of > latest ? row.as_of : latest), '')
  const moved = await rows<{ category: CategoryCode; delivered: number; disposed: number; withheld: number }>(ctx.db, sql`
    select category, coalesce(sum(delivered) filter (where kind = 'notification.acquisition'), 0)::int as delivered,
           coalesce(sum(quantity) filter (where kind = 'notification.disposal'), 0)::int as disposed,
           count(*) filter (where quantity is null)::int as withheld
      from entries where participant = ${participant} and status = 'filed' and counted and done_on > ${asOf}::date and done_on <= ${facts.asOf}::date
     group by category`)
  return {
    previous: { asOf, totals: Object.fromEntries(totals.map((row) => [row.category, row.total])) },
    movements: Object.fromEntries(moved.map(({ category, ...rest }) => [category, rest])),
  }
}

/** Everything that rules may look at, as the register stands in this transaction. `entryId` is the entry that the filing continues. */
export const loadSituation = async (ctx: Context, subject: Subject, entryId: string | null, typeKnown: boolean): Promise<Situation> => {
  const { participant, facts } = subject
  const known = await reference(ctx)
  const neighbours = known.neighbours.get(participant) ?? []
  const today = ctx.now.toISOString().slice(0, 10)
  const categories = facts.kind === 'declaration.holdings' ? [] : [facts.category]
  const [positionRows, before] = await Promise.all([
    categories.length > 0 ? positionsOf(ctx, [participant, ...neighbours], categories, entryId) : Promise.resolve([]),
    beforeDeclaration(ctx, participant, facts, entryId),
  ])
  const positions: Situation['positions'] = {}
  for (const row of positionRows) {
    const position: Position = {
      declared: row.declared, declaredAsOf: row.as_of, declaredWithheld: row.withheld ?? 0,
      incoming: row.incoming, incomingWithheld: row.incoming_withheld, outgoing: row.outgoing,
    }
    positions[row.participant] = { ...positions[row.participant], [row.category]: position }
  }
  const ceilings = Object.fromEntries(known.ceilings
    .filter((row) => row.participant === participant && row.validFrom <= today && (!row.validTo || row.validTo >= today))
    .map((row): [CategoryCode, Ceiling] => [row.category, { ceiling: row.ceiling, confirmed: row.confirmed, source: row.source }]))
  return {
    now: ctx.now.toISOString(), participant, neighbours, watchers: known.watchers.get(participant) ?? [],
    florenceParty: known.participants.find((row) => row.code === participant)?.florenceParty ?? false,
    ceilings, positions, earlier: positionRows.find((row) => row.participant === participant)?.earlier ?? 0,
    typeKnown, ...before,
  }
}

/** The thresholds as they stand, newest version of each first. */
export const listRules = query({
  name: 'rule.list',
  permission: 'reference.read',
  input: z.strictObject({}),
  run: async (ctx) => (await reference(ctx)).rules.toSorted((a, b) => a.id.localeCompare(b.id) || b.version - a.version),
})

/** Florence ceilings on record, those that are unconfirmed or do not exist said so. */
export const listCeilings = query({
  name: 'ceiling.list',
  permission: 'reference.read',
  input: z.strictObject({}),
  run: async (ctx) => {
    const known = await reference(ctx)
    return PARTICIPANTS.map((participant) => ({
      participant,
      party: known.participants.find((row) => row.code === participant)?.florenceParty ?? false,
      ceilings: known.ceilings.filter((row) => row.participant === participant)
        .map(({ category, ceiling, confirmed, validFrom, validTo, source, note }) => ({ category, ceiling, confirmed, validFrom, validTo, source, note })),
    }))
  },
})
