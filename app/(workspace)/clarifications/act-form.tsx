'use client'
import { useActionState, type ReactNode } from 'react'
import type { Problem } from '../../ui/error-summary.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import type { ButtonTone } from '../../ui/button.tsx'
import type { Sent } from './actions.ts'

const NONE: readonly Problem[] = []
/** What a form's fields need to know of how it was sent last. `renames`: which field of the form a place of the request is. */
export const useSent = (action: (before: Sent | null, form: FormData) => Promise<Sent>, renames: Readonly<Record<string, string>> = {}) => {
  const [before, send] = useActionState(action, null)
  const error = before && !before.outcome.ok ? before.outcome.error : null
  const fields = (error?.fields ?? []).map(({ pointer, message }) => ({ pointer: renames[pointer] ?? pointer, message }))
  return {
    send, sentAt: before?.at ?? 0, problems: !error ? NONE : fields.length > 0 ? fields : [{ message: error.message }],
    was: (name: string) => (error ? before!.values[name] : undefined), problemAt: (pointer: string) => fields.find((field) => field.pointer === pointer)?.message,
  }
}

type Props = { id: string; sent: ReturnType<typeof useSent>; label: string; tone?: ButtonTone; pending: string; children?: ReactNode }

/** One act on a request: its fields, and the button that does it. */
export const ActForm = ({ id, sent: { send, problems, sentAt }, label, tone, pending, children }: Props) => (
  <form action={send} noValidate>
    <ErrorSummary problems={problems} />
    <input type="hidden" name="id" value={id} />
    <div key={sentAt}>{children}</div>
    <SubmitButton tone={tone} pendingLabel={pending}>{label}</SubmitButton>
  </form>
)
