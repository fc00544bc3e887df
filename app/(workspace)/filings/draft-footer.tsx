'use client'
import { useActionState } from 'react'
import { Disclosure } from '../../ui/disclosure.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { discard } from './actions.ts'

// Letting a draft go takes two steps, and the second says what is lost.
export const DraftFooter = ({ id, saved }: { id: string; saved: boolean }) => {
  const [failure, send] = useActionState(discard, null)
  if (!saved) return null
  return (
    <div className="mt-8">
      <Disclosure summary="Discard this draft">
        <form action={send} className="space-y-2.5">
          <input type="hidden" name="id" value={id} />
          <p>What is typed here is lost for everyone of your participant. Nothing that was filed is touched.</p>
          <SubmitButton tone="danger">Discard the draft</SubmitButton>
          {failure && (
            <p role="alert" className="text-crit">
              {failure.error.message}
            </p>
          )}
        </form>
      </Disclosure>
    </div>
  )
}
