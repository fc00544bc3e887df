import type { listDrafts } from '@/lib/filings/queries.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { draftTitle } from '../draft-words.ts'

type Draft = Awaited<ReturnType<typeof listDrafts>>[number]

// Two drafts of the same thing are rarely meant.
export const BegunNotice = ({ drafts }: { drafts: readonly Draft[] }) =>
  drafts.length > 0 && (
    <Notice title={drafts.length === 1 ? 'There is a draft already' : 'There are drafts already'}>
      <ul className="space-y-1">
        {drafts.slice(0, 3).map((draft) => (
          <li key={draft.id}>
            <TextLink href={`/filings/drafts/${draft.id}`}>{draftTitle(draft)}</TextLink>, {draft.statusLabel.toLowerCase()}, by{' '}
            {draft.own ? 'you' : draft.draftedByName}, {formatDateTime(draft.updatedAt)}
          </li>
        ))}
      </ul>
    </Notice>
  )
