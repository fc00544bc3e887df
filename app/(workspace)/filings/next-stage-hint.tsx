'use client'
import { Notice } from '../../ui/notice.tsx'
import type { OwnEntry } from './category-and-type.tsx'

const stageWords = (stage: string | null) => (stage ?? '').replace('_', ' ')

// The same thing under two numbers would count twice: where one's own entry of the type is still open, its next stage may be meant.
export const NextStageHint = ({ entries }: { entries: readonly OwnEntry[] }) => {
  const open = entries.filter(({ stage }) => stage !== null && stage !== 'incorporated')
  if (open.length === 0) return null
  return (
    <Notice live title="You have an open entry of this type">
      <ul className="space-y-1">
        {open.slice(0, 3).map(({ id, number, stage, summary }) => (
          <li key={id}>
            <a href={`/register/${id}`}>{number}</a> is at the stage “{stageWords(stage)}” ({summary}).{' '}
            <a href={`/filings/${id}/stage`}>File its next stage instead</a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
