import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { query, type Context } from '../auth/guard.ts'
import { rows, together } from '../db/client.ts'
import { reference } from '../participants/queries.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import { PARTICIPANTS } from '../participants/rules.ts'
import { typeKey, type CategoryCode } from '../taxonomy/rules.ts'
import type { Facts } from './facts.ts'
import { inForceOn } from './rules.ts'
import type { Ceiling, Position, Situation, Subject } from './situation.ts'

type PositionRow = {
  participant: ParticipantCode; category: CategoryCode; declared: number | null; as_of: string | null; withheld: number | null
  incoming: number; incoming_withheld: number; outgoing: number; outgoing_withheld: number; earlier: number
}

/** Pieces of an acquisition that a declaration as of `as_of` does not hold yet; null when a quantity needed for it is withheld. */
const OUTSTANDING = sql`case when e.done_on <= d.as_of then coalesce(e.quantity - e.delivered, case when e.stage = 'incorporated' then 0 end) else e.quantity end`
const ACQUISITION = sql`e.kind = 'notification.acquisition'`
const DISPOSAL_TO_COME = sql`e.kind = 'notification.disposal' and (e.done_on is null or d.as_of is null or e.done_on > d.as_of)`

/** Per participant and category: what was declared last, and what is on its way in or out. As floats, which sums of any filings fit exactly. */
const positionsOf = (ctx: Context, people: readonly ParticipantCode[], categories: readonly CategoryCode[], entryId: string | null) =>
  rows<PositionRow>(ctx.db, sql`
    select p.code as participant, c.code as category, d.total as declared, d.as_of::text as as_of, d.withheld,
           coalesce(m.incoming, 0)::float8 as incoming, coalesce(m.incoming_withheld, 0)::int as incoming_withheld,
           coalesce(m.outgoing, 0)::float8 as outgoing, coalesce(m.outgoing_withheld, 0)::int as outgoing_withheld, coalesce(m.earlier, 0)::float8 as earlier
      from unnest(string_to_array(${people.join(',')}, ',')) as p(code)
     cross join unnest(string_to_array(${categories.join(',')}, ',')) as c(code)
      left join lateral (
        select t.as_of, t.in_service + t.in_storage as total, t.withheld from holding_totals t
         where t.participant = p.code and t.category = c.code order by t.as_of desc limit 1) d on true
      left join lateral (
        select sum(${OUTSTANDING}) filter (where ${ACQUISITION} and not o.own) as incoming,
               count(*) filter (where ${ACQUISITION} and not o.own and (${OUTSTANDING}) is null) as incoming_withheld,
               sum(${OUTSTANDING}) filter (where ${ACQUISITION} and o.own) as earlier,
               sum(e.quantity) filter (where ${DISPOSAL_TO_COME} and not o.own) as outgoing,
               count(*) filter (where ${DISPOSAL_TO_COME} and not o.own and e.quantity is null) as outgoing_withheld
          from entries e cross join lateral (select e.entry_id is not distinct from ${entryId}::uuid as own) o
         where e.participant = p.code and e.category = c.code and e.status = 'filed' and e.counted) m on true`)

/** The declaration before this one: per category its newest figures, and what was delivered and disposed of in between. */
const beforeDeclaration = async (ctx: Context, participant: ParticipantCode, facts: Facts, entryId: string | null): Promise<Pick<Situation, 'previous' | 'movements'>> => {
  if (facts.kind !== 'declaration.holdings') return { previous: null, movements: {} }
  const totals = await rows<{ category: CategoryCode; as_of: string; total: number; withheld: number }>(ctx.db, sql`
    select t.category, t.as_of::text as as_of, t.in_service + t.in_storage as total, t.withheld
      from holding_totals t
     where t.filing_id = (
       select e.filing_id from entries e
        where e.kind = 'declaration.holdings' and e.participant = ${participant} and e.status = 'filed' and e.as_of < ${facts.asOf}::date
          and e.entry_id is distinct from ${entryId}::uuid
        order by e.as_of desc, e.filed_at desc limit 1)`)
  if (totals.length === 0) return { previous: null, movements: {} }
  const { as_of: asOf } = totals[0]!
  const moved = await rows<{ category: CategoryCode; delivered: number; disposed: number; withheld: number }>(ctx.db, sql`
    select category, coalesce(sum(delivered) filter (where kind = 'notification.acquisition'), 0)::float8 as delivered,
           coalesce(sum(quantity) filter (where kind = 'notification.disposal'), 0)::float8 as disposed,
           count(*) filter (where case kind when 'notification.acquisition' then delivered else quantity end is null)::int as withheld
      from entries where participant = ${participant} and status = 'filed' and counted and done_on > ${asOf}::date and done_on <= ${facts.asOf}::date
     group by category`)
  return {
    previous: {
      asOf, totals: Object.fromEntries(totals.map((row) => [row.category, row.total])),
      withheld: Object.fromEntries(totals.filter((row) => row.withheld > 0).map((row) => [row.category, row.withheld])),
    },
    movements: Object.fromEntries(moved.map(({ category, ...rest }) => [category, rest])),
  }
}

type Strength = { active: number; as_of: string }
type PlannedRow = { name: string; startsOn: string; endsOn: string }

/** What an activity is held against: the host's own active strength as last declared, and its calendar for the year. */
const aboutActivity = async (ctx: Context, participant: ParticipantCode, facts: Facts): Promise<Pick<Situation, 'strength' | 'planned'>> => {
  if (facts.kind !== 'notification.activity') return {}
  const year = facts.startsOn.slice(0, 4)
  const [strengths, calendars, planned] = await together([
    rows<Strength>(ctx.db, sql`select value as active, as_of::text as as_of from declared_figures
      where kind = 'declaration.personnel' and figure = 'active' and participant = ${participant} and value is not null order by as_of desc limit 1`),
    rows<{ id: string }>(ctx.db, sql`select filing_id as id from entries
      where kind = 'calendar.activities' and participant = ${participant} and status = 'filed' and as_of = ${`${year}-01-01`}::date limit 1`),
    rows<PlannedRow>(ctx.db, sql`select a.name, a.starts_on::text as "startsOn", a.ends_on::text as "endsOn" from activities a join entries e on e.filing_id = a.filing_id
      where a.kind = 'calendar.activities' and a.participant = ${participant} and e.as_of = ${`${year}-01-01`}::date`),
  ])
  return {
    strength: strengths[0] ? { active: strengths[0].active, asOf: strengths[0].as_of } : null,
    planned: calendars.length > 0 ? { activities: planned } : null,
  }
}

/** Types that the participant's own deployments named before, in an entry other than this one. */
const deployedBefore = async (ctx: Context, participant: ParticipantCode, facts: Facts, entryId: string | null): Promise<Pick<Situation, 'deployedTypes'>> => {
  if (facts.kind !== 'notification.deployment') return {}
  const found = await rows<{ type: string }>(ctx.db, sql`select distinct s->>'type' as type
    from entries e join filing_payloads p on p.filing_id = e.filing_id cross join lateral jsonb_array_elements(p.payload::jsonb->'systems') s
   where e.kind = 'notification.deployment' and e.participant = ${participant} and e.entry_id is distinct from ${entryId}::uuid`)
  return { deployedTypes: found.map(({ type }) => typeKey(type)) }
}

/** Everything that rules may look at, as the register stands in this transaction. `entryId` is the entry that the filing continues. */
export const loadSituation = async (ctx: Context, subject: Subject, entryId: string | null, typeKnown: boolean): Promise<Omit<Situation, 'earlierDeclared'>> => {
  const { participant, facts } = subject
  const known = await reference(ctx)
  const neighbours = known.neighbours.get(participant) ?? []
  const today = ctx.now.toISOString().slice(0, 10)
  const categories = 'category' in facts ? [facts.category] : []
  const [positionRows, before, activity, deployed] = await together([
    categories.length > 0 ? positionsOf(ctx, [participant, ...neighbours], categories, entryId) : Promise.resolve([]),
    beforeDeclaration(ctx, participant, facts, entryId), aboutActivity(ctx, participant, facts), deployedBefore(ctx, participant, facts, entryId),
  ])
  const positions: Situation['positions'] = {}
  for (const row of positionRows) {
    const position: Position = {
      declared: row.declared, declaredAsOf: row.as_of, declaredWithheld: row.withheld ?? 0,
      incoming: row.incoming, incomingWithheld: row.incoming_withheld, outgoing: row.outgoing, outgoingWithheld: row.outgoing_withheld,
    }
    positions[row.participant] = { ...positions[row.participant], [row.category]: position }
  }
  const ceilings = Object.fromEntries(known.ceilings
    .filter((row) => row.participant === participant && inForceOn(today)(row))
    .map((row): [CategoryCode, Ceiling] => [row.category, { ceiling: row.ceiling, confirmed: row.confirmed, source: row.source }]))
  return {
    now: ctx.now.toISOString(), participant, neighbours, watchers: known.watchers.get(participant) ?? [],
    florenceParty: known.participants.find((row) => row.code === participant)?.florenceParty ?? false,
    ceilings, positions, earlier: positionRows.find((row) => row.participant === participant)?.earlier ?? 0,
    typeKnown, ...before, ...activity, ...deployed,
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
