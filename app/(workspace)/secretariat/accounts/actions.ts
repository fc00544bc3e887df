'use server'
import { refresh } from 'next/cache'
import { changeFourEyes } from '@/lib/participants/commands.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import type { Outcome } from '@/lib/shared/errors.ts'
import { changeAccount } from '@/lib/users/commands.ts'
import { outcomeOf } from '../../outcome.ts'

/** Disables an account or enables it. Works as a plain form where no script runs. */
export const setAccount = async (_before: Outcome<unknown> | null, form: FormData): Promise<Outcome<unknown>> => {
  const outcome = await outcomeOf((caller) => changeAccount(caller, { id: String(form.get('id')), disabled: form.get('disabled') === 'yes' }))
  refresh()
  return outcome
}

/** Asks a participant’s ministry for four eyes, or for one pair only. */
export const setFourEyes = async (_before: Outcome<unknown> | null, form: FormData): Promise<Outcome<unknown>> => {
  const participant = String(form.get('participant')) as ParticipantCode
  const outcome = await outcomeOf((caller) => changeFourEyes(caller, { participant, fourEyes: form.get('fourEyes') === 'yes' }))
  refresh()
  return outcome
}
