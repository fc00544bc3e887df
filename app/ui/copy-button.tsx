'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { buttonClass } from './button.tsx'

const never = () => () => {}
const canCopy = () => Boolean(navigator.clipboard)

type Props = { text: string; label?: string; done?: string; className?: string }

// Without script, or without a secure connection, there is nothing to press: the text itself stands beside it.
export const CopyButton = ({ text, label = 'Copy', done = 'Copied', className }: Props) => {
  const usable = useSyncExternalStore(never, canCopy, () => false)
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2500)
    return () => clearTimeout(timer)
  }, [copied])
  if (!usable) return null
  return <>
    <button type="button" className={buttonClass('quiet', className)}
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true), () => setCopied(false))}>
      {copied ? done : label}
    </button>
    <span role="status" className="sr-only">{copied ? done : ''}</span>
  </>
}
