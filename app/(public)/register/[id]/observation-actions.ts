'use server'
import { refresh } from 'next/cache'
import { outcomeOf } from '@/app/(workspace)/outcome.ts'
import { answerInvitation, commentNote, joinNote, writeNote } from '@/lib/observation/commands.ts'
import type { Answer, ObserverName } from '@/lib/observation/rules.ts'
import type { Outcome } from '@/lib/shared/errors.ts'

const SEATS = [0, 1] as const
export type AnswerTyped = { answer: string; seats: ObserverName[]; words: string }
export type AnswerSent = AnswerTyped & { outcome: Outcome<Awaited<ReturnType<typeof answerInvitation>>> }
export type Sent = { words: string; outcome: Outcome<{ id: string }> }

const typedIn = (form: FormData, name: string): string => String(form.get(name) ?? '').trim()

/** Answers. What was typed comes back with a refusal, each problem at the row where it was typed: rows left blank are not sent. */
export const answer = async (_before: AnswerSent | null, form: FormData): Promise<AnswerSent> => {
  const typed = { answer: typedIn(form, 'answer'), seats: SEATS.map((seat) => ({ name: typedIn(form, `name-${seat}`), function: typedIn(form, `function-${seat}`) })), words: typedIn(form, 'words') }
  const filled = SEATS.filter((seat) => typed.answer !== 'declined' && (typed.seats[seat]!.name || typed.seats[seat]!.function))
  const outcome = await outcomeOf((caller) => answerInvitation(caller, {
    id: typedIn(form, 'id'), answer: typed.answer as Answer, observers: filled.map((seat) => typed.seats[seat]!), words: typed.words || undefined,
  }))
  refresh()
  if (outcome.ok) return { ...typed, outcome }
  const fields = outcome.error.fields.map((field) => ({ ...field, pointer: field.pointer.replace(/^\/observers\/(\d)/, (_all, index: string) => `/observers/${filled[Number(index)]}`) }))
  return { ...typed, outcome: { ok: false, error: { ...outcome.error, fields } } }
}

const said = async (form: FormData, work: (caller: Parameters<typeof writeNote>[0], given: { id: string; words: string }) => Promise<{ id: string }>): Promise<Sent> => {
  const words = typedIn(form, 'words')
  const outcome = await outcomeOf((caller) => work(caller, { id: typedIn(form, 'id'), words }))
  refresh()
  return { words: outcome.ok ? '' : words, outcome }
}
export const note = async (_before: Sent | null, form: FormData): Promise<Sent> => said(form, writeNote)
export const comment = async (_before: Sent | null, form: FormData): Promise<Sent> => said(form, commentNote)
export const join = async (_before: Sent | null, form: FormData): Promise<Sent> => said(form, (caller, { id }) => joinNote(caller, { id }))
