'use client'
import { useActionState, useEffect, useState, type FormEvent } from 'react'
import type { Failure } from '@/lib/shared/errors.ts'
import { plural } from '@/lib/shared/format.ts'
import { TextareaField } from '../../ui/inputs.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { OFFLINE } from './offline.ts'
import { giveBack, releaseDraft, returnDraft } from './actions.ts'
import { useRemarks } from './remarks.tsx'


type Props = { id: string; consequence: string }

const Refused = ({ error: { message, fields } }: Failure) => (
  <Notice tone="crit" live title={message}>
    {fields.length > 1 && (
      <ul>
        {fields.map((field) => (
          <li key={field.pointer}>{field.message}</li>
        ))}
      </ul>
    )}
  </Notice>
)

const remarkProblem = (failure: Failure | null) => failure?.error.fields.find(({ pointer }) => pointer === '/remark')?.message

/** Sends by hand what a form would send and then empty: what was typed stays wherever the register refuses. */
const useReturn = (id: string) => {
  const remarks = useRemarks()
  const placed = [...remarks].filter(([, remark]) => remark.trim() !== '').map(([at, remark]) => ({ at, remark }))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isPending, setPending] = useState(false)
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isPending) return
    const remark = String(new FormData(event.currentTarget).get('remark') ?? '')
    setPending(true)
    const outcome = await giveBack({ id, remark, remarks: placed }).catch(() => OFFLINE)
    if (outcome.ok) return window.location.assign('/filings')
    setFailure(outcome as Failure)
    setPending(false)
  }
  return { count: placed.length, failure, isPending, send }
}

// The second pair of eyes: two forms, because releasing asks for nothing and returning asks for a remark.
export const ApprovalForm = ({ id, consequence }: Props) => {
  const [refusal, release] = useActionState(releaseDraft, null)
  const [unscripted, returnUnscripted] = useActionState(returnDraft, null)
  const { count, isPending, send, ...sent } = useReturn(id)
  const returned = sent.failure ?? unscripted?.failure ?? null
  const remarkError = remarkProblem(returned)
  useEffect(() => {
    if (remarkProblem(returned)) document.getElementById('remark')?.focus()
  }, [returned])
  const failure = refusal ?? (remarkError ? null : returned)
  return (
    <>
      {failure && <Refused {...failure} />}
      <form action={release} className="mb-9">
        <input type="hidden" name="id" value={id} />
        <p className="mb-2.5 max-w-text text-ink-2">{consequence}</p>
        <SubmitButton pendingLabel="Releasing …">Release and file</SubmitButton>
        {count > 0 && <p className="mt-2 text-sm text-warn">What you wrote on {plural(count, 'place')} goes with a return only.</p>}
      </form>
      <form action={returnUnscripted} onSubmit={send}>
        <input type="hidden" name="id" value={id} />
        <TextareaField
          name="remark"
          label="Or return it with a remark"
          rows={3}
          maxLength={2000}
          defaultValue={unscripted?.remark}
          error={remarkError}
          hint="The drafter reads it above the form, corrects the draft and sends it again. “Remark” beside a line or field above is for that place alone."
        />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <SubmitButton tone="quiet" pending={isPending} pendingLabel="Returning …">
            Return with this remark
          </SubmitButton>
          <span role="status" className="text-md text-ink-2">
            {count > 0 && `and ${plural(count, 'remark')} on single places`}
          </span>
        </div>
      </form>
    </>
  )
}
