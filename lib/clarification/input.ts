import { z } from 'zod'
import { day, isYearOnly, note, oneLine, refuseTwice, refusing, text, Withheld } from '../filings/kinds/stated.ts'
import { PARTICIPANTS } from '../participants/rules.ts'
import { STATES } from './rules.ts'
import { OUTCOMES, QUESTIONS, type Question } from './words.ts'

const Id = z.uuid('This is not the id of a request.').toLowerCase()
const blank = (value: unknown) => (value === '' ? undefined : value)
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional())
const Participant = z.enum(PARTICIPANTS, `State a participant: one of ${PARTICIPANTS.join(', ')}.`)

export const AskClarification = z.strictObject({
  asked: z.enum(PARTICIPANTS, `State which participant is asked: one of ${PARTICIPANTS.join(', ')}.`),
  filing: optional(z.uuid('This is not the id of a filing.').toLowerCase()),
  title: oneLine('what it is about', 160),
  observed: text('what was seen or read, and why it is unusual', 4000).min(10, 'State what was seen or read, in at least 10 characters.'),
  observedOn: optional(day('the day on which it was seen').refine((stated) => !isYearOnly(stated), 'State the full date, YYYY-MM-DD.')),
  place: optional(note(300)),
  questions: z.array(z.enum(QUESTIONS, `State each question by its name: ${QUESTIONS.join(', ')}.`), 'State what is asked as a list, such as ["aim", "place", "end"].').max(QUESTIONS.length, 'Each question is asked once.'),
  more: optional(note(1000)),
  shownToAll: z.boolean('State true or false: whether every participant may read it.').default(false),
}).superRefine(({ questions, more }, ctx) => {
  const refuse = refusing(ctx)
  refuseTwice(questions, ['questions'], refuse, 'asked')
  if (questions.length === 0 && !more) refuse(['questions'], 'Ask at least one question.')
})

export const ClarificationId = z.strictObject({ id: Id })
export const CallMeeting = z.strictObject({ id: Id })
export const ShowClarification = z.strictObject({ id: Id })
export const ListClarifications = z.strictObject({
  participant: optional(Participant), state: optional(z.enum([...STATES, 'open'], `State one of open, ${STATES.join(', ')}.`)), filing: optional(z.uuid('This is not the id of a filing.').toLowerCase()),
})

const UNANSWERED = 'Answer it, or withhold it with a reason: {"withheld": "reason"}. A blank is no answer.'
const Answer = z.union([z.string().trim().min(1, UNANSWERED).max(2000, 'At most 2000 characters.'), Withheld], UNANSWERED)
const answers = Object.fromEntries([...QUESTIONS, 'more'].map((name) => [name, Answer.optional()])) as Record<Question | 'more', z.ZodOptional<typeof Answer>>
export const ReplyClarification = z.strictObject({ id: Id, answers: z.strictObject(answers, 'State the answers by their question, such as {"aim": "…"}.'), words: optional(note(4000)) })

const Words = (what: string) => z.string(`State ${what}.`).trim().min(3, `State ${what}, in at least 3 characters.`).max(2000, 'At most 2000 characters.')
export const FindInsufficient = z.strictObject({ id: Id, words: Words('what is missing') })
export const RecordMeeting = z.strictObject({ id: Id, words: Words('when and where it was held, who took part, and what came of it') })
export const CloseClarification = z.strictObject({
  id: Id, outcome: z.enum(OUTCOMES, `State how it ends: one of ${OUTCOMES.join(', ')}.`), words: Words('the reason'),
})
