'use client'
import { useActionState, useEffect, useRef } from 'react'
import type { Outcome } from '@/lib/shared/errors.ts'
import { Disclosure } from '../../../ui/disclosure.tsx'
import { SubmitButton } from '../../../ui/submit-button.tsx'

type Props = {
  act: (before: Outcome<unknown> | null, form: FormData) => Promise<Outcome<unknown>>
  fields: Record<string, string>
  /** What it is about, said to who cannot see the row: “Ana, ana@mod.example”. */
  about: string
  state: string
  offer: string
  consequence: string
  confirm: string
  danger?: boolean
}

// A change in two steps: what it would do is opened, read, and only then done. Both steps are the browser's own, so they need no script.
export const ConfirmedChange = ({ act, fields, about, state, offer, consequence, confirm, danger }: Props) => {
  const [outcome, send] = useActionState(act, null)
  const box = useRef<HTMLDetailsElement>(null)
  const refusal = outcome && !outcome.ok ? outcome.error.message : null
  useEffect(() => {
    if (!outcome?.ok || !box.current) return
    box.current.open = false
    box.current.querySelector('summary')?.focus()
  }, [outcome])
  const summary = (
    <>
      {offer}
      <span className="sr-only">: {about}</span>
    </>
  )
  return (
    <div className="-my-1.5">
      <Disclosure ref={box} open={refusal !== null} summary={summary}>
        <form action={send} className="max-w-text pb-1">
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <p className="mb-2.5">{consequence}</p>
          {refusal && (
            <p role="alert" className="mb-2.5 text-crit">
              {refusal}
            </p>
          )}
          <SubmitButton tone={danger ? 'danger' : 'quiet'}>
            {confirm}
            <span className="sr-only">: {about}</span>
          </SubmitButton>
        </form>
      </Disclosure>
      <span role="status" className="sr-only">
        {outcome?.ok ? `${about}: ${state}` : ''}
      </span>
    </div>
  )
}
