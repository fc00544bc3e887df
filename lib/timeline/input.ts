import { z } from 'zod'
import { PARTICIPANTS } from '../participants/rules.ts'
import { TIMELINE_SORTS } from './rules.ts'

/** A control of a form that is left empty asks for nothing. */
const filled = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const Year = z.coerce.number('State a year, such as 2019.').int('State a year, such as 2019.').min(1950, 'State a year from 1950.').max(2100, 'State a year up to 2100.')

/** `participant`: any party. `from` and `to` are years, both counted in. */
export const ListTimeline = z.strictObject({
  participant: filled(z.enum(PARTICIPANTS, `State a participant: one of ${PARTICIPANTS.join(', ')}.`)),
  sort: filled(z.enum(TIMELINE_SORTS, `State a sort: one of ${TIMELINE_SORTS.join(', ')}.`)),
  from: filled(Year), to: filled(Year),
})
