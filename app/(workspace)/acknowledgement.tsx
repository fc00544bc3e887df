'use client'
import { useActionState, useEffect, useRef } from 'react'
import { StatusMark } from '../ui/status-mark.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { acknowledge } from './actions.ts'

type Props = { id: string; about: string; done: string | null }

// The button and, in its place once pressed, who acknowledged and when. The focus stays where it was.
export const Acknowledgement = ({ id, about, done }: Props) => {
  const [outcome, send] = useActionState(acknowledge, null)
  const answer = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (outcome?.ok && done) answer.current?.focus()
  }, [outcome, done])
  if (done)
    return (
      <p ref={answer} tabIndex={-1} className="text-md">
        <StatusMark mark="ok">{done}</StatusMark>
      </p>
    )
  return (
    <form action={send} className="flex flex-wrap items-center gap-2.5">
      <input type="hidden" name="id" value={id} />
      <SubmitButton>
        Acknowledge<span className="sr-only"> {about}</span>
      </SubmitButton>
      {outcome && !outcome.ok && (
        <span role="alert" className="text-crit">
          {outcome.error.message}
        </span>
      )}
    </form>
  )
}
