'use server'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { approveFiling, discardDraft, returnFiling, saveDraft, submitDraft } from '@/lib/filings/commands.ts'
import type { DraftAt, PreviewFiling, ReturnFiling, SaveDraft } from '@/lib/filings/input.ts'
import { listFilings, previewFiling, suggestTypes } from '@/lib/filings/queries.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import type { Failure } from '@/lib/shared/errors.ts'
import type { CategoryCode } from '@/lib/taxonomy/rules.ts'
import { outcomeOf } from '../outcome.ts'
import { filledIn, ownProblems, readText, type Payload } from './form-values.ts'

type Kept = Omit<z.input<typeof SaveDraft>, 'payload'> & { payload: string }

/** The payload comes as JSON text: thousands of lines as values would hold up who types meanwhile. */
export const keepDraft = async ({ payload, ...input }: Kept) =>
  outcomeOf((caller) => saveDraft(caller, { ...input, payload: readText(payload) }))
export const sendDraft = async (input: z.input<typeof DraftAt>) => outcomeOf((caller) => submitDraft(caller, input))

/**
 * What a filing would cause. Where fields are still missing or wrong, fillers for those that no threshold looks at let the preview begin;
 * a second round, because dates are held against each other only once every field can be read.
 */
export const preview = async (proposal: z.input<typeof PreviewFiling>, fillers: Payload) =>
  outcomeOf(async (caller) => {
    const asTyped = await previewFiling(caller, proposal)
    if (asTyped.problems.length === 0) return asTyped
    const first = filledIn(proposal.payload, fillers, asTyped.problems)
    const filled = await previewFiling(caller, { ...proposal, payload: first })
    const problems = [...asTyped.problems, ...ownProblems(proposal.payload, filled.problems)]
    if (filled.problems.length === 0) return { ...filled, problems }
    return { ...(await previewFiling(caller, { ...proposal, payload: filledIn(first, fillers, filled.problems) })), problems }
  })

/** Types of a category, what is written like the one typed, and one's own entries that begin with the same word and may be meant. */
export const aboutType = async (participant: ParticipantCode, category: CategoryCode | undefined, type: string) =>
  outcomeOf(async (caller) => {
    const [inCategory, alike, own] = await Promise.all([
      suggestTypes(caller, { category, limit: 200 }),
      type ? suggestTypes(caller, { q: type.slice(0, 80) }) : [],
      type
        ? listFilings(caller, {
            participant,
            kind: 'notification.acquisition',
            status: 'filed',
            q: type.slice(0, 80).split(/\s/)[0],
            limit: 20,
          })
        : null,
    ])
    return { inCategory, alike, own: own?.items ?? [] }
  })

export const discard = async (_before: Failure | null, form: FormData): Promise<Failure> => {
  const outcome = await outcomeOf((caller) => discardDraft(caller, { id: String(form.get('id')) }))
  return outcome.ok ? redirect('/filings') : outcome
}

export const releaseDraft = async (_before: Failure | null, form: FormData): Promise<Failure> => {
  const outcome = await outcomeOf((caller) => approveFiling(caller, { id: String(form.get('id')) }))
  return outcome.ok ? redirect(`/register/${outcome.value.filing.id}`) : outcome
}

export const giveBack = async (input: z.input<typeof ReturnFiling>) => outcomeOf((caller) => returnFiling(caller, input))

/** Before the page woke up. The remark comes back with a refusal: a form that was sent is emptied otherwise. */
export const returnDraft = async (
  _before: { failure: Failure; remark: string } | null,
  form: FormData,
): Promise<{ failure: Failure; remark: string }> => {
  const remark = String(form.get('remark') ?? '')
  const outcome = await outcomeOf((caller) => returnFiling(caller, { id: String(form.get('id')), remark }))
  return outcome.ok ? redirect('/filings') : { failure: outcome, remark }
}
