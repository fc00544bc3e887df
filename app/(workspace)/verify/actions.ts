'use server'
import { refresh } from 'next/cache'
import type { Outcome } from '@/lib/shared/errors.ts'
import { signVerification } from '@/lib/verification/commands.ts'
import type { Decision } from '@/lib/verification/rules.ts'
import { outcomeOf } from '../outcome.ts'

export type Signed = { outcome: Outcome<Awaited<ReturnType<typeof signVerification>>>; decision: string; remark: string }

/** Signs. What was chosen and written comes back with a refusal, because a form that was sent is emptied. */
export const sign = async (_before: Signed | null, form: FormData): Promise<Signed> => {
  const [id, decision, remark] = ['id', 'decision', 'remark'].map((name) => String(form.get(name) ?? '')) as [string, string, string]
  const outcome = await outcomeOf((caller) =>
    signVerification(caller, { id, decision: decision as Decision, remark: remark.trim() || undefined }),
  )
  refresh()
  return { outcome, decision, remark }
}
