import { z } from 'zod'
import { PARTICIPANTS } from '../participants/rules.ts'
import { ANSWERS, MOST_OBSERVERS } from './rules.ts'

const blank = (value: unknown) => (value === '' ? undefined : value)
const id = z.uuid('This is not the id of a filing.').toLowerCase()
const noteId = z.uuid('This is not the id of a note.').toLowerCase()
const short = (what: string) => z.string(`State ${what}.`).trim().min(2, `State ${what}, in at least 2 characters.`).max(120, 'At most 120 characters.')
const words = (what: string) => z.string(`State ${what}.`).trim().min(3, `State ${what}, in at least 3 characters.`).max(4000, 'At most 4,000 characters.')

const Observer = z.strictObject({ name: short('the name of the observer'), function: short('their rank or function') }, 'State each observer as {"name": "…", "function": "…"}.')

export const AnswerInvitation = z.strictObject({
  id,
  answer: z.enum(ANSWERS, `State the answer: ${ANSWERS.join(' or ')}.`),
  observers: z.array(Observer, 'State the observers as a list; an empty one names them later.').max(MOST_OBSERVERS, 'At most two observers of each participant.').default([]),
  words: z.string().trim().min(3, 'Say it in at least 3 characters, or leave it out.').max(2000, 'At most 2,000 characters.').optional(),
}).superRefine(({ answer, observers }, ctx) => {
  if (answer === 'declined' && observers.length > 0) ctx.addIssue({ code: 'custom', path: ['observers'], message: 'Who declines names no observers. Accept, or leave them out.', input: observers })
  if (observers.length === 2 && observers[0]!.name.toLowerCase() === observers[1]!.name.toLowerCase()) {
    ctx.addIssue({ code: 'custom', path: ['observers', 1, 'name'], message: `“${observers[1]!.name}” is named twice.`, input: observers })
  }
})

export const WriteNote = z.strictObject({ id, words: words('what was observed') })
export const JoinNote = z.strictObject({ id: noteId })
export const CommentNote = z.strictObject({ id: noteId, words: words('the comment') })

export const ListInvitations = z.strictObject({
  participant: z.preprocess(blank, z.enum(PARTICIPANTS, `State a participant: one of ${PARTICIPANTS.join(', ')}.`).optional()),
  /** As whom the participant stands to them; either, where it is not stated. */
  as: z.preprocess(blank, z.enum(['host', 'invited'], 'State host or invited.').optional()),
  /** Those that nobody has answered and that still may be. */
  open: z.preprocess(blank, z.enum(['true', 'false'], 'State true or false.').optional()),
})
export const OfFiling = z.strictObject({ id })
export const Figures = z.strictObject({ year: z.preprocess(blank, z.coerce.number('State a year.').int().min(2000, 'State a year from 2000 on.').max(2100, 'State a year up to 2100.').optional()) })
