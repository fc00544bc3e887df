'use client'
import { useActionState, useEffect } from 'react'
import { TextareaField } from '../../ui/inputs.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { releaseDraft, returnDraft } from './actions.ts'

type Props = { id: string; consequence: string }

// The second pair of eyes: two forms, because releasing asks for nothing and returning asks for a remark.
export const ApprovalForm = ({ id, consequence }: Props) => {
  const [refusal, release] = useActionState(releaseDraft, null)
  const [returned, giveBack] = useActionState(returnDraft, null)
  const remarkError = returned?.failure.error.fields.find(({ pointer }) => pointer === '/remark')?.message
  useEffect(() => {
    if (remarkError) document.getElementById('remark')?.focus()
  }, [remarkError])
  const failure = refusal ?? (remarkError ? null : (returned?.failure ?? null))
  return (
    <>
      {failure && (
        <Notice tone="crit" live title={failure.error.message}>
          {failure.error.fields.length > 1 && (
            <ul>
              {failure.error.fields.map(({ pointer, message }) => (
                <li key={pointer}>{message}</li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      <form action={release} className="mb-9">
        <input type="hidden" name="id" value={id} />
        <p className="mb-2.5 max-w-text text-ink-2">{consequence}</p>
        <SubmitButton pendingLabel="Releasing …">Release and file</SubmitButton>
      </form>
      <form action={giveBack}>
        <input type="hidden" name="id" value={id} />
        <TextareaField
          name="remark"
          label="Or return it with a remark"
          rows={3}
          maxLength={2000}
          defaultValue={returned?.remark}
          error={remarkError}
          hint="The drafter reads it above the form, corrects the draft and sends it again."
        />
        <SubmitButton tone="quiet" pendingLabel="Returning …">
          Return with this remark
        </SubmitButton>
      </form>
    </>
  )
}
