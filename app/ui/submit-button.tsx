'use client'
import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { buttonClass, type ButtonTone } from './button.tsx'

type Props = Omit<ComponentProps<'button'>, 'type'> & { tone?: ButtonTone; pending?: boolean; pendingLabel?: string }

// Stays focusable while it waits: a disabled button would throw a keyboard user back to the top of the page.
export const SubmitButton = ({ tone, pending, pendingLabel, className, children, onClick, ...rest }: Props) => {
  const status = useFormStatus()
  const waiting = pending ?? status.pending
  return <>
    <button {...rest} type="submit" className={buttonClass(tone, className)} aria-disabled={waiting || undefined}
      onClick={event => waiting ? event.preventDefault() : onClick?.(event)}>
      {waiting ? pendingLabel ?? 'One moment …' : children}
    </button>
    <span role="status" className="sr-only">{waiting ? pendingLabel ?? 'One moment' : ''}</span>
  </>
}
