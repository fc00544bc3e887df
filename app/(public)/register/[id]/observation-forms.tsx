'use client'
import { useActionState } from 'react'
import { RadioGroup } from '@/app/ui/choices.tsx'
import { Disclosure } from '@/app/ui/disclosure.tsx'
import { ErrorSummary } from '@/app/ui/error-summary.tsx'
import { FieldRow, fieldId } from '@/app/ui/field.tsx'
import { TextareaField, TextField } from '@/app/ui/inputs.tsx'
import { Notice } from '@/app/ui/notice.tsx'
import { SubmitButton } from '@/app/ui/submit-button.tsx'
import type { Outcome } from '@/lib/shared/errors.ts'
import { answer, comment, join, note, type AnswerTyped } from './observation-actions.ts'

const NONE: readonly never[] = []
/** Of one form among several on the page: its fields are named after what they are about. */
const problemsOf = (outcome: Outcome<unknown> | undefined, about: string) => {
  const error = outcome && !outcome.ok ? outcome.error : null
  return {
    at: (pointer: string) => error?.fields.find((field) => field.pointer === pointer)?.message,
    all: error ? (error.fields.length > 0 ? error.fields.map(({ pointer, message }) => ({ pointer: `/${about}${pointer}`, message })) : [{ message: error.message }]) : NONE,
  }
}

const ANSWERS = [
  { value: 'accepted', label: 'Accept', hint: 'Name up to two observers now, or accept first and name them later.' },
  { value: 'declined', label: 'Decline', hint: 'The host and the others read that you decline, and your words if you write any.' },
]

type AnswerProps = { id: string; name: string; before: AnswerTyped | null; due: string; isLate: boolean }

/** The answer of the invited participant: the first, or another in its place. */
export const AnswerForm = ({ id, name, before, due, isLate }: AnswerProps) => {
  const [sent, send] = useActionState(answer, null)
  const { at, all } = problemsOf(sent?.outcome, 'answer')
  const typed = sent ?? before
  const field = (pointer: string) => ({ id: fieldId(`/answer${pointer}`), error: at(pointer) })
  return (
    <div className="mt-6 max-w-text">
      <h3>Your answer</h3>
      <p className="mb-2 text-md text-ink-2">{isLate ? `Answers were asked for by ${due}. One is still taken, and marked as late.` : `Asked for by ${due}; the day ends at 23:59:59 in Vienna.`}</p>
      {sent?.outcome.ok && <Notice tone="ok" live title="Your answer stands, and the host has been told." />}
      <Disclosure summary={before ? 'Change your answer' : 'Answer the invitation'} open={before === null}>
        <form action={send} noValidate className="group pt-2">
          <ErrorSummary problems={all} />
          <input type="hidden" name="id" value={id} />
          <RadioGroup key={`${typed?.answer}`} name="answer" {...field('/answer')} legend={`The invitation to observe ${name}`} options={ANSWERS} defaultValue={typed?.answer} />
          <div className="group-has-[[value=declined]:checked]:hidden">
            {[0, 1].map((seat) => (
              <FieldRow key={seat}>
                <TextField name={`name-${seat}`} {...field(`/observers/${seat}/name`)} label={`${seat === 0 ? 'First' : 'Second'} observer`} optional maxLength={120} defaultValue={typed?.seats[seat]?.name} />
                <TextField name={`function-${seat}`} {...field(`/observers/${seat}/function`)} label={<><span className="sr-only">{seat === 0 ? 'First' : 'Second'} observer: </span>Rank or function</>} optional maxLength={120} defaultValue={typed?.seats[seat]?.function} />
              </FieldRow>
            ))}
            <p className="-mt-2 mb-5 text-sm text-ink-3">Names are read by the host and by your own participant, and by nobody else.</p>
          </div>
          <TextareaField name="words" {...field('/words')} label="In your own words" optional rows={2} maxLength={2000} hint="A reason, or what the host should know. Participants and verifiers read it." defaultValue={typed?.words} />
          <SubmitButton pendingLabel="Answering …">{before ? 'Answer anew' : 'Answer'}</SubmitButton>
        </form>
      </Disclosure>
    </div>
  )
}

type WordsProps = { id: string; what: 'note' | 'comment' }
const WORDS = {
  note: { send: note, label: 'What your observers saw', hint: 'Participants and verifiers read it. It cannot be changed afterwards; a further note can be added.', button: 'Write the note', pending: 'Writing …', rows: 5 },
  comment: { send: comment, label: 'Your comment, as the host', hint: 'Once, beside the note; it cannot be changed afterwards.', button: 'Comment', pending: 'Writing …', rows: 3 },
} as const

/** A note of observers, or the host's comment on one. */
export const WordsForm = ({ id, what }: WordsProps) => {
  const { send, label, hint, button, pending, rows } = WORDS[what]
  const [sent, act] = useActionState(send, null)
  const { at, all } = problemsOf(sent?.outcome, `${what}-${id}`)
  return (
    <form action={act} noValidate className="mt-4 max-w-text">
      <ErrorSummary problems={all} />
      <input type="hidden" name="id" value={id} />
      <TextareaField name="words" id={fieldId(`/${what}-${id}/words`)} label={label} hint={hint} rows={rows} maxLength={4000} defaultValue={sent?.words} error={at('/words')} />
      <SubmitButton pendingLabel={pending} tone={what === 'comment' ? 'quiet' : undefined}>{button}</SubmitButton>
    </form>
  )
}

export const JoinForm = ({ id, who }: { id: string; who: string }) => {
  const [sent, act] = useActionState(join, null)
  return (
    <form action={act} className="mt-2">
      <ErrorSummary problems={problemsOf(sent?.outcome, `join-${id}`).all} />
      <input type="hidden" name="id" value={id} />
      <SubmitButton tone="quiet" pendingLabel="Joining …">Join in this note, as {who}</SubmitButton>
    </form>
  )
}
