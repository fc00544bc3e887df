'use client'
import { useEffect, useRef } from 'react'
import { fieldId } from './field.tsx'

export type Problem = { pointer?: string; message: string }

const counted = (n: number) => n === 1 ? 'One thing to correct' : `${n} things to correct`

type Props = { problems: readonly Problem[]; title?: string }

// Takes the focus whenever a new set of problems arrives, so that nobody has to search for what was refused.
export const ErrorSummary = ({ problems, title = counted(problems.length) }: Props) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => { if (problems.length) box.current?.focus() }, [problems])
  if (!problems.length) return null
  return (
    <div ref={box} role="alert" tabIndex={-1} className="announces mb-6 rounded-lg border border-l-4 border-crit bg-crit-soft px-5 py-4">
      <h2 className="mb-1.5">{title}</h2>
      <ul className="space-y-1 text-md">
        {problems.map(({ pointer, message }, i) => (
          <li key={i}>{pointer ? <a href={`#${fieldId(pointer)}`} className="text-crit">{message}</a> : message}</li>
        ))}
      </ul>
    </div>
  )
}
