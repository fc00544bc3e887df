import { z } from 'zod'
import { PARTICIPANTS } from '../participants/rules.ts'

const Day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'State a date as YYYY-MM-DD.').refine((text) => !Number.isNaN(Date.parse(text)), 'State a date that exists, YYYY-MM-DD.')

/** What takes place between two days, both counted in. */
export const ListActivities = z.strictObject({
  from: Day.optional(), to: Day.optional(), participant: z.enum(PARTICIPANTS, `State a participant: one of ${PARTICIPANTS.join(', ')}.`).optional(),
})
