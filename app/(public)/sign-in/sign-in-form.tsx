'use client'
import { signIn } from 'next-auth/react'
import { useState, type FormEvent } from 'react'
import { ErrorSummary, type Problem } from '@/app/ui/error-summary.tsx'
import { TextField } from '@/app/ui/inputs.tsx'
import { SubmitButton } from '@/app/ui/submit-button.tsx'

const REFUSED = 'The e-mail address or the password is not right.'
const MESSAGES: Record<string, string> = {
  CredentialsSignin: REFUSED,
  Throttled: 'Too many failed attempts. Wait 15 minutes, or ask the secretariat.',
}
const FAILED = 'The platform could not answer. Nothing is wrong with what you typed: try again in a moment.'

const blanks = (email: string, password: string): Problem[] => [
  ...(email ? [] : [{ pointer: '/email', message: 'State your e-mail address.' }]),
  ...(password ? [] : [{ pointer: '/password', message: 'State your password.' }]),
]

const refusal = async (email: string, password: string): Promise<Problem[]> => {
  try {
    const answer = await signIn('credentials', { email, password, redirect: false })
    if (answer?.ok && !answer.error) return []
    const message = answer?.error ? MESSAGES[answer.error] : undefined
    return message === REFUSED ? [{ pointer: '/password', message }] : [{ message: message ?? FAILED }]
  } catch {
    return [{ message: FAILED }]
  }
}

export const SignInForm = ({ next }: { next: string }) => {
  const [problems, setProblems] = useState<Problem[]>([])
  const [waiting, setWaiting] = useState(false)
  const errorOf = (pointer: string) => problems.find((problem) => problem.pointer === pointer)?.message

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (waiting) return
    const typed = new FormData(event.currentTarget)
    const email = String(typed.get('email')).trim()
    const password = String(typed.get('password'))
    const missing = blanks(email, password)
    if (missing.length > 0) return setProblems(missing)
    setWaiting(true)
    const found = await refusal(email, password)
    if (found.length > 0) {
      setProblems(found)
      setWaiting(false)
      return
    }
    // A whole page load: nothing of the public's stays in the browser's copy of the pages.
    window.location.assign(next)
  }

  return (
    <form method="post" onSubmit={submit} noValidate className="max-w-96">
      <ErrorSummary problems={problems} title="Not signed in" />
      <TextField name="email" label="E-mail" type="email" autoComplete="username" spellCheck={false} required error={errorOf('/email')} />
      <TextField name="password" label="Password" type="password" autoComplete="current-password" required error={errorOf('/password')} />
      <SubmitButton pending={waiting} pendingLabel="Signing in …">Sign in</SubmitButton>
    </form>
  )
}
