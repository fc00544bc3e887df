'use client'
import { Notice } from '../../ui/notice.tsx'
import type { OwnEntry } from './category-and-type.tsx'

const stageWords = (stage: string | null) => (stage ?? '').replace('_', ' ')

// The same thing under two numbers would count twice: where one's own entry of such a type is still open, it may be the one that is meant.
export const NextStageHint = ({ entries }: { entries: readonly OwnEntry[] }) => {
  const open = entries.filter(({ stage }) => stage !== null && stage !== 'incorporated').slice(0, 3)
  if (open.length === 0) return null
  return (
    <Notice live title={open.length === 1 ? 'Is it this entry of yours?' : 'Is it one of these entries of yours?'}>
      <ul className="space-y-1.5">
        {open.map(({ id, number, stage, summary }) => (
          <li key={id}>
            <a href={`/register/${id}`}>{number}</a>, {summary}, is at the stage “{stageWords(stage)}”.{' '}
            <a href={`/filings/${id}/stage`}>File its next stage</a> or <a href={`/filings/${id}/amend`}>amend it</a> instead.
          </li>
        ))}
      </ul>
    </Notice>
  )
}
