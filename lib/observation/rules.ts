import type { ParticipantCode } from '../participants/rules.ts'
import { endOfDueDate } from '../schedule/rules.ts'
import { viennaDay } from '../thresholds/metrics-projected.ts'

/** No answer is the third state, and has no row. */
export const ANSWERS = ['accepted', 'declined'] as const
export type Answer = (typeof ANSWERS)[number]
export const NOTE_ACTS = ['note', 'joined', 'comment'] as const
export type NoteAct = (typeof NOTE_ACTS)[number]
export type ObserverName = { name: string; function: string }

/** Of each participant at most (Vienna Document 2011, chapter VI). */
export const MOST_OBSERVERS = 2

/** How an invitation stands. Under the Vienna Document silence is a refusal; here it stays what it is. */
export const STANDINGS = ['accepted', 'declined', 'waiting', 'no_answer'] as const
export type Standing = (typeof STANDINGS)[number]
export const STANDING_LABEL = {
  accepted: 'Accepted', declined: 'Declined', waiting: 'No answer yet', no_answer: 'Did not answer',
} as const satisfies Record<Standing, string>

export type Invitation = { filingId: string; entryId: string; participant: ParticipantCode; invited: ParticipantCode; name: string; startsOn: string; endsOn: string; replyBy: string }
export type Reply = { answer: Answer; observers: number; at: string }
export type Stood = { standing: Standing; named: number; answeredAt: string | null; late: boolean }

/** Whether an answer given at `at`, an instant in ISO and UTC, came after the day asked for. */
export const isLate = (replyBy: string, at: string): boolean => at > endOfDueDate(replyBy)

/** `replies` are one participant's, oldest first: the newest counts. Late is who gave none in time, however often they answered later. */
export const standingOf = (now: Date, replyBy: string, replies: readonly Reply[]): Stood => {
  const last = replies.at(-1)
  if (last) return { standing: last.answer, named: last.observers, answeredAt: last.at, late: isLate(replyBy, replies[0]!.at) }
  return { standing: isLate(replyBy, now.toISOString()) ? 'no_answer' : 'waiting', named: 0, answeredAt: null, late: false }
}

/** Answers, and other ones, are taken until the first day ends; what was seen is written from its beginning on. Days are those of Vienna. */
export const takesReplies = (now: Date, startsOn: string): boolean => now.toISOString() <= endOfDueDate(startsOn)
export const hasBegun = (now: Date, startsOn: string): boolean => viennaDay(now.toISOString()) >= startsOn

/** 'accepted, names 2 observers', for what others are told. */
export const answerWords = ({ answer, observers }: Pick<Reply, 'answer' | 'observers'>): string => {
  if (answer === 'declined') return 'declines'
  return observers === 0 ? 'accepts, and names its observers later' : `accepts, and names ${observers === 1 ? 'one observer' : 'two observers'}`
}
