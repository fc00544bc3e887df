import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { query } from '../auth/guard.ts'
import { rows } from '../db/client.ts'
import { PARTICIPANTS, type ParticipantCode } from '../participants/rules.ts'
import { obligationsAround, stateOf, type Obligation } from './rules.ts'

type Declared = { participant: ParticipantCode; id: string; number: string; as_of: string; filed_at: string; nil: boolean }

/** What is owed around now and how it stands; a nil declaration meets its obligation and says so. Compiled history meets none. */
export const listObligations = query({
  name: 'obligation.list', permission: 'obligation.read', input: z.strictObject({ participant: z.preprocess((value) => (value === '' ? undefined : value), z.enum(PARTICIPANTS).optional()) }),
  run: async (ctx, { participant }): Promise<Obligation[]> => {
    const declared = await rows<Declared>(ctx.db, sql`
      select participant, filing_id as id, number, as_of::text as as_of, first_filed_at as filed_at, quantity = 0 as nil
        from entries where kind = 'declaration.holdings' and status = 'filed' and not compiled`)
    const people = participant ? [participant] : PARTICIPANTS
    return people.flatMap((who) => obligationsAround(ctx.now).map(({ rule, asOf, dueOn }) => {
      const filing = declared.find((row) => row.participant === who && row.as_of === asOf)
      const filedAt = filing ? new Date(filing.filed_at).toISOString() : null
      return {
        id: `${who}:${rule.id}:${asOf}`, participant: who, title: rule.title, kind: rule.kind, asOf, dueOn, ...stateOf(ctx.now, dueOn, filedAt),
        filing: filing && filedAt ? { id: filing.id, number: filing.number, filedAt } : null, nil: filing?.nil ?? false,
      }
    })).toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))
  },
})
