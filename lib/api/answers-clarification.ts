import { z } from 'zod'
import { ACTS, PARTIES, STATES } from '../clarification/rules.ts'
import { QUESTIONS } from '../clarification/words.ts'
import { PARTICIPANTS } from '../participants/rules.ts'

const Participant = z.enum(PARTICIPANTS)
const Instant = z.iso.datetime().meta({ description: 'UTC' })
const State = z.enum(STATES)
const Stated = z.union([z.string(), z.strictObject({ withheld: z.string() })])

export const ClarificationItem = z.strictObject({
  id: z.uuid(), number: z.string(), asking: Participant, asked: Participant, title: z.string(), observed: z.string(), observedOn: z.iso.date().nullable(),
  place: z.string().nullable(), filing: z.strictObject({ id: z.uuid(), number: z.string(), summary: z.string() }).nullable(), questions: z.array(z.enum(QUESTIONS)),
  more: z.string().nullable(), shownToAll: z.boolean().meta({ description: 'As chosen when it was asked' }),
  shown: z.boolean().meta({ description: 'Every participant may read it: so chosen, shown later, or a meeting was called' }), byName: z.string(),
  at: Instant, dueAt: Instant.meta({ description: 'The reply: 48 elapsed hours after `at`' }), state: State,
  party: z.enum(PARTIES).nullable().meta({ description: 'As which of the two you read it; null as another' }),
  clock: z.strictObject({ what: z.enum(['reply', 'meeting']), startedAt: Instant, dueAt: Instant, stoppedAt: Instant.nullable(), stoppedBy: z.enum(['replied', 'meeting_held', 'closed']).nullable() }),
  lateMinutes: z.int().nullable().meta({ description: 'Of the first reply, a begun minute counted; 0 in time, null while there is none' }),
  may: z.array(z.enum(ACTS)).meta({ description: 'What you can do now' }),
  acts: z.array(z.strictObject({
    id: z.uuid(), turn: z.int(), act: z.enum(ACTS), participant: Participant, content: z.record(z.string(), Stated), byName: z.string(), at: Instant, dueAt: Instant.nullable(),
  })),
})
export const Clarification = z.strictObject({
  ...ClarificationItem.shape,
  outages: z.array(z.strictObject({ from: Instant, to: Instant })).meta({ description: 'When the register was down while the clock ran. It did not stop.' }),
})
const standing = z.strictObject({ id: z.uuid(), number: z.string(), asking: Participant, asked: Participant, state: State, at: Instant, dueAt: Instant })
export const ClarificationAsked = z.strictObject({ clarification: standing })
export const ClarificationActed = z.strictObject({ clarification: standing, act: z.strictObject({ turn: z.int(), act: z.enum(ACTS), at: Instant }) })
