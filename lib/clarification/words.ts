/** What an explanation of unusual activity holds (Vienna Document 2011, chapter III, as practised). */
export const QUESTIONS = ['aim', 'place', 'end', 'units', 'number', 'equipment'] as const
export type Question = (typeof QUESTIONS)[number]
export const QUESTION_LABEL = {
  aim: 'Aim of the activity', place: 'Exact place', end: 'End date', units: 'Formations and units, and whose they are', number: 'Number of personnel',
  equipment: 'Types and numbers of equipment',
} as const satisfies Record<Question, string>

export const OUTCOMES = ['explained', 'explained_at_meeting', 'not_explained', 'withdrawn'] as const
export type ClosingOutcome = (typeof OUTCOMES)[number]
export const OUTCOME_LABEL = {
  explained: 'The reply explained it', explained_at_meeting: 'The meeting explained it', not_explained: 'It remains unexplained', withdrawn: 'The question fell away',
} as const satisfies Record<ClosingOutcome, string>
