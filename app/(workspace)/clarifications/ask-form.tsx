'use client'
import { QUESTION_LABEL, QUESTIONS } from '@/lib/clarification/words.ts'
import { Checkbox, Fieldset, RadioGroup } from '../../ui/choices.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { FieldRow } from '../../ui/field.tsx'
import { DateField, SelectField, TextareaField, TextField, type Option } from '../../ui/inputs.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { useSent } from './act-form.tsx'
import { ask } from './actions.ts'

type Props = { participants: readonly Option[]; about: { filing: string; asked: string; name: string; title: string } | null }

export const AskForm = ({ participants, about }: Props) => {
  const { send, problems, problemAt, was, sentAt } = useSent(ask)
  return (
    <form action={send} noValidate className="max-w-text">
      <ErrorSummary problems={problems} />
      <div key={sentAt}>
        {about
          ? <><input type="hidden" name="filing" value={about.filing} /><input type="hidden" name="asked" value={about.asked} /><p className="mb-5.5">Asked is {about.name}, about its filing.</p></>
          : <SelectField name="asked" label="Who is asked" placeholder="Choose a participant" options={participants} defaultValue={was('asked')} error={problemAt('/asked')} />}
        <TextField name="title" label="What it is about" hint="In one line: it stands in lists and in mail." maxLength={160} defaultValue={was('title') ?? about?.title} error={problemAt('/title')} />
        <TextareaField name="observed" label="What was seen or read" hint="And why it is unusual: numbers, equipment, where it belongs in peacetime, what no notice tells of." rows={5} maxLength={4000} defaultValue={was('observed')} error={problemAt('/observed')} />
        <FieldRow>
          <DateField name="observedOn" label="Seen on" optional defaultValue={was('observedOn')} error={problemAt('/observedOn')} />
          <TextField name="place" label="Where" optional maxLength={300} defaultValue={was('place')} error={problemAt('/place')} />
        </FieldRow>
        <Fieldset id="questions" legend="What is asked" hint="Each is to be answered, or withheld with a reason." error={problemAt('/questions')}>
          {QUESTIONS.map((question) => (
            <Checkbox key={question} name={`questions.${question}`} label={QUESTION_LABEL[question]} defaultChecked={problems.length === 0 || was(`questions.${question}`) === 'on'} />
          ))}
        </Fieldset>
        <TextareaField name="more" label="A question of your own" optional rows={2} maxLength={1000} defaultValue={was('more')} error={problemAt('/more')} />
        <RadioGroup name="shownToAll" legend="Who may read it" defaultValue={was('shownToAll') ?? 'false'} error={problemAt('/shownToAll')} options={[
          { value: 'false', label: 'The two of you', hint: 'Until you show it to all, or call a meeting.' },
          { value: 'true', label: 'Every participant', hint: 'They are told at once, and read the replies. This cannot be taken back.' },
        ]} />
      </div>
      <SubmitButton pendingLabel="Asking …">Ask</SubmitButton>
      <p className="mt-3 text-sm text-ink-3">The clock of 48 hours starts at once. What is asked cannot be changed afterwards.</p>
    </form>
  )
}
