'use client'
import { OUTCOME_LABEL, OUTCOMES } from '@/lib/clarification/words.ts'
import { RadioGroup } from '../../../ui/choices.tsx'
import { TextareaField } from '../../../ui/inputs.tsx'
import { ActForm, useSent } from '../act-form.tsx'
import { close, insufficient, meet, record, show } from '../actions.ts'

type Props = { id: string }

export const MeetForm = ({ id, asked }: Props & { asked: string }) => (
  <ActForm id={id} sent={useSent(meet)} label="Call a meeting" pending="Calling …">
    <p className="mb-3 max-w-text text-md text-ink-2">To be held with {asked} within 48 hours. All seven participants and the secretariat are told, and can read the request and the replies from then on.</p>
  </ActForm>
)

export const InsufficientForm = ({ id }: Props) => {
  const sent = useSent(insufficient, { '/words': '/insufficient' })
  return (
    <ActForm id={id} sent={sent} label="Find the reply insufficient" tone="quiet" pending="Sending …">
      <TextareaField name="insufficient" label="What is missing" rows={3} maxLength={2000} defaultValue={sent.was('insufficient')} error={sent.problemAt('/insufficient')} />
    </ActForm>
  )
}

export const RecordForm = ({ id }: Props) => {
  const sent = useSent(record, { '/words': '/held' })
  return (
    <ActForm id={id} sent={sent} label="Record the meeting" pending="Recording …">
      <TextareaField name="held" label="When and where it was held, who took part, what came of it" rows={4} maxLength={2000} defaultValue={sent.was('held')} error={sent.problemAt('/held')} />
    </ActForm>
  )
}

export const ShowForm = ({ id }: Props) => (
  <ActForm id={id} sent={useSent(show)} label="Show it to all participants" tone="quiet" pending="Showing …">
    <p className="mb-3 max-w-text text-md text-ink-2">They are told, and read the request and every reply. This cannot be taken back.</p>
  </ActForm>
)

export const CloseForm = ({ id }: Props) => {
  const sent = useSent(close, { '/words': '/closing' })
  return (
    <ActForm id={id} sent={sent} label="Close it" tone="quiet" pending="Closing …">
      <RadioGroup name="outcome" legend="How it ends" defaultValue={sent.was('outcome')} error={sent.problemAt('/outcome')} options={OUTCOMES.map((value) => ({ value, label: OUTCOME_LABEL[value] }))} />
      <TextareaField name="closing" label="Reason" rows={2} maxLength={2000} defaultValue={sent.was('closing')} error={sent.problemAt('/closing')} />
    </ActForm>
  )
}
