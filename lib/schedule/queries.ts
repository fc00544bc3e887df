import { desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { query, type Context } from '../auth/guard.ts'
import { rows } from '../db/client.ts'
import { reminders } from '../db/schema.ts'
import type { KindName } from '../filings/kinds/registry.ts'
import { reference } from '../participants/queries.ts'
import { byDesignation, PARTICIPANTS, type ParticipantCode } from '../participants/rules.ts'
import { cycleOfFiling, cyclesAround, stateOf, type Cycle, type Obligation } from './rules.ts'

type Declared = { participant: ParticipantCode; kind: KindName; id: string; number: string; as_of: string; done_on: string | null; filed_at: string; nil: boolean }

const declaredBy = (ctx: Context, kinds: readonly KindName[]): Promise<Declared[]> => rows<Declared>(ctx.db, sql`
  select participant, kind, filing_id as id, number, as_of::text as as_of, done_on::text as done_on, first_filed_at as filed_at, coalesce(quantity = 0, false) as nil
    from entries where kind = any(string_to_array(${kinds.join(',')}, ',')) and status = 'filed' and not compiled`)

const obligationOf = (ctx: Context, participant: ParticipantCode, { rule, asOf, dueOn }: Cycle, filing: Declared | undefined): Obligation => {
  const filedAt = filing ? new Date(filing.filed_at).toISOString() : null
  return {
    id: `${participant}:${rule.id}:${asOf}`, participant, rule: rule.id, title: rule.title, kind: rule.kind, asOf, dueOn, basis: rule.basis, ...stateOf(ctx.now, dueOn, filedAt),
    filing: filing && filedAt ? { id: filing.id, number: filing.number, filedAt } : null, nil: filing?.nil ?? false,
  }
}

/** What is owed around now and how it stands; a nil declaration meets its obligation and says so. Compiled history meets none. */
export const listObligations = query({
  name: 'obligation.list', permission: 'obligation.read', input: z.strictObject({ participant: z.preprocess((value) => (value === '' ? undefined : value), z.enum(PARTICIPANTS).optional()) }),
  run: async (ctx, { participant }): Promise<Obligation[]> => {
    const rules = (await reference(ctx)).obligations
    const declared = await declaredBy(ctx, [...new Set(rules.map(({ kind }) => kind))])
    const cycles = cyclesAround(ctx.now, rules)
    return (participant ? [participant] : PARTICIPANTS).flatMap((who) => {
      const own = declared.filter((row) => row.participant === who)
      const counted = own.flatMap((row) => {
        const cycle = row.done_on && cycleOfFiling(rules, row.kind, row.as_of, row.done_on)
        return cycle ? [obligationOf(ctx, who, cycle, row)] : []
      })
      return [...cycles.map((cycle) => obligationOf(ctx, who, cycle, own.find((row) => row.kind === cycle.rule.kind && row.as_of === cycle.asOf))), ...counted]
    }).toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))
  },
})

/** Who was reminded of what, newest first; of one participant, what it received or what others were told of it. */
export const listReminders = query({
  name: 'reminder.list', permission: 'obligation.read', input: z.strictObject({ participant: z.enum(PARTICIPANTS).optional(), limit: z.int().min(1).max(500).default(100) }),
  run: async (ctx, { participant, limit }) =>
    (await ctx.db.select().from(reminders).where(participant ? eq(reminders.participant, participant) : undefined).orderBy(desc(reminders.at), reminders.obligation).limit(limit))
      .map((reminder) => ({ ...reminder, at: new Date(reminder.at).toISOString() }))
      .toSorted((a, b) => b.at.localeCompare(a.at) || byDesignation(a.participant, b.participant)),
})
