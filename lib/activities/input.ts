import { z } from 'zod'
import { FirstDay, LastDay } from '../filings/input.ts'
import { PARTICIPANTS } from '../participants/rules.ts'
import { ACTIVITY_GROUPS } from './rules.ts'

const Participant = z.enum(PARTICIPANTS, `State a participant: one of ${PARTICIPANTS.join(', ')}.`)

/** What takes place between two days, both counted in; a month or a year may stand for a day. */
export const ListActivities = z.strictObject({ from: FirstDay.optional(), to: LastDay.optional(), participant: Participant.optional() })

/** What a page of activities is narrowed to. */
export const ActivityFilter = ListActivities.extend({ kind: z.enum(ACTIVITY_GROUPS, `State what is asked for: one of ${ACTIVITY_GROUPS.join(', ')}.`).optional() })
export type ActivityFilter = z.output<typeof ActivityFilter>

export const Month = z.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/, 'State a month as YYYY-MM, such as 2027-06.')
export const CalendarYear = z.string().regex(/^(19|20)\d\d$/, 'State a year from 1900 to 2099.')

export const ListCalendars = z.strictObject({ year: z.int().min(1900).max(2099), participant: Participant.optional() })
export const ListNews = z.strictObject({ participant: Participant.optional(), limit: z.int().min(1).max(200).default(100) })
