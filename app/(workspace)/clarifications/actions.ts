'use server'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import {
  askClarification, callMeeting, closeClarification, findInsufficient, recordMeeting, replyClarification, showClarification,
} from '@/lib/clarification/commands.ts'
import { QUESTIONS, type ClosingOutcome, type Question } from '@/lib/clarification/words.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import type { Outcome } from '@/lib/shared/errors.ts'
import { outcomeOf } from '../outcome.ts'

/** What was sent comes back with a refusal, because a form that was sent is emptied. */
export type Sent = { outcome: Outcome<unknown>; values: Record<string, string>; at: number }

const sent = async (form: FormData, work: (value: (name: string) => string) => Promise<Outcome<unknown>>): Promise<Sent> => {
  const values = Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' && !name.startsWith('$') ? [[name, value]] : [])))
  const outcome = await work((name) => (values[name] ?? '').trim())
  if (outcome.ok) refresh()
  return { outcome, values, at: Date.now() }
}

export const ask = async (_before: Sent | null, form: FormData): Promise<Sent> => {
  let made: string | null = null
  const answer = await sent(form, async (value) => {
    const outcome = await outcomeOf((caller) => askClarification(caller, {
      asked: value('asked') as ParticipantCode, filing: value('filing'), title: value('title'), observed: value('observed'), observedOn: value('observedOn'), place: value('place'),
      questions: QUESTIONS.filter((question) => value(`questions.${question}`) === 'on'), more: value('more'), shownToAll: value('shownToAll') === 'true',
    }))
    if (outcome.ok) made = outcome.value.clarification.id
    return outcome
  })
  if (made) redirect(`/clarifications/${made}`)
  return answer
}

export const reply = async (_before: Sent | null, form: FormData): Promise<Sent> => sent(form, (value) => {
  const given = ([...QUESTIONS, 'more'] as (Question | 'more')[]).flatMap((question) => {
    const text = value(`answers.${question}`)
    return text === '' ? [] : [[question, value(`withheld.${question}`) === 'on' ? { withheld: text } : text]]
  })
  return outcomeOf((caller) => replyClarification(caller, { id: value('id'), answers: Object.fromEntries(given), words: value('words') }))
})

export const insufficient = async (_before: Sent | null, form: FormData): Promise<Sent> =>
  sent(form, (value) => outcomeOf((caller) => findInsufficient(caller, { id: value('id'), words: value('insufficient') })))

export const meet = async (_before: Sent | null, form: FormData): Promise<Sent> =>
  sent(form, (value) => outcomeOf((caller) => callMeeting(caller, { id: value('id') })))

export const record = async (_before: Sent | null, form: FormData): Promise<Sent> =>
  sent(form, (value) => outcomeOf((caller) => recordMeeting(caller, { id: value('id'), words: value('held') })))

export const show = async (_before: Sent | null, form: FormData): Promise<Sent> =>
  sent(form, (value) => outcomeOf((caller) => showClarification(caller, { id: value('id') })))

export const close = async (_before: Sent | null, form: FormData): Promise<Sent> =>
  sent(form, (value) => outcomeOf((caller) => closeClarification(caller, { id: value('id'), outcome: value('outcome') as ClosingOutcome, words: value('closing') })))
