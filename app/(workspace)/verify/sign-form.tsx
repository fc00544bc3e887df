'use client'
import { useActionState } from 'react'
import { RadioGroup } from '../../ui/choices.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { TextareaField } from '../../ui/inputs.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { sign } from './actions.ts'

const DECISIONS = [
  { value: 'verified', label: 'Verified', hint: 'What was found agrees with what was filed.' },
  { value: 'discrepant', label: 'Discrepant', hint: 'What was found differs. Say what, where and by how much.' },
  { value: 'not_verifiable', label: 'Not verifiable', hint: 'It could not be established. Say why.' },
]
const NONE: readonly never[] = []

// One signature under a decision; the remark may stay empty only under “verified”.
export const SignForm = ({ id, number }: { id: string; number: string }) => {
  const [signed, send] = useActionState(sign, null)
  const error = signed && !signed.outcome.ok ? signed.outcome.error : null
  const problemAt = (pointer: string) => error?.fields.find((field) => field.pointer === pointer)?.message
  const problems = error ? (error.fields.length > 0 ? error.fields : [{ message: error.message }]) : NONE
  return (
    <form action={send} noValidate>
      <ErrorSummary problems={problems} />
      <input type="hidden" name="id" value={id} />
      <RadioGroup
        key={signed?.decision}
        name="decision"
        legend={`Your decision on ${number}`}
        options={DECISIONS}
        defaultValue={signed?.decision}
        error={problemAt('/decision')}
      />
      <TextareaField
        name="remark"
        label="Remark"
        rows={4}
        maxLength={2000}
        defaultValue={signed?.remark}
        error={problemAt('/remark')}
        hint="Required except for “verified”. Participants and observers read it under your name."
      />
      <SubmitButton pendingLabel="Signing …">Sign</SubmitButton>
    </form>
  )
}
