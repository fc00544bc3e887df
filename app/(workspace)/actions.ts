'use server'
import { refresh } from 'next/cache'
import { acknowledgeAlert } from '@/lib/alerts/commands.ts'
import type { Outcome } from '@/lib/shared/errors.ts'
import { outcomeOf } from './outcome.ts'

/** Acknowledges a whole message. Works as a plain form where no script runs. */
export const acknowledge = async (_before: Outcome<unknown> | null, form: FormData): Promise<Outcome<unknown>> => {
  const outcome = await outcomeOf((caller) => acknowledgeAlert(caller, { id: String(form.get('id')) }))
  refresh()
  return outcome
}
