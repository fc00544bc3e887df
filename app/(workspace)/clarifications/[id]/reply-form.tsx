'use client'
import { QUESTION_LABEL, type Question } from '@/lib/clarification/words.ts'
import { Checkbox } from '../../../ui/choices.tsx'
import { TextareaField, TextField } from '../../../ui/inputs.tsx'
import { ActForm, useSent } from '../act-form.tsx'
import { reply } from '../actions.ts'

type Props = { id: string; questions: readonly Question[]; more: string | null; again: boolean }

/** What is answered in a line. */
const SHORT = ['place', 'end', 'number']

/** Every question is answered, or withheld with the reason written in its place. */
export const ReplyForm = ({ id, questions, more, again }: Props) => {
  const sent = useSent(reply)
  const asked = [...questions.map((name) => ({ name: name as string, label: QUESTION_LABEL[name] as string })), ...(more ? [{ name: 'more', label: more }] : [])]
  return (
    <ActForm id={id} sent={sent} label={again ? 'Reply once more' : 'Reply'} pending="Replying …">
      {asked.map(({ name, label }) => {
        const field = {
          name: `answers.${name}`, label, maxLength: 2000, className: 'mb-0!', defaultValue: sent.was(`answers.${name}`),
          error: sent.problemAt(`/answers/${name}`) ?? sent.problemAt(`/answers/${name}/withheld`),
        }
        return <div key={name} className="mb-3">
          {SHORT.includes(name) ? <TextField {...field} /> : <TextareaField rows={2} {...field} />}
          <Checkbox name={`withheld.${name}`} label={<span className="text-sm">Withheld: what is written above is the reason</span>} defaultChecked={sent.was(`withheld.${name}`) === 'on'} />
        </div>
      })}
      <TextareaField name="words" label="Beyond what was asked" optional rows={3} maxLength={4000} defaultValue={sent.was('words')} error={sent.problemAt('/words')} />
    </ActForm>
  )
}
