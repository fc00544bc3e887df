import type { listDrafts } from '@/lib/filings/queries.ts'
import { formatDate, formatTime, plural } from '@/lib/shared/format.ts'
import { DataTable } from '../ui/data-table.tsx'
import { StatusMark } from '../ui/status-mark.tsx'
import { Sub } from '../ui/table.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { DRAFT_MARK, draftTitle } from './draft-words.ts'

export type DraftRow = Awaited<ReturnType<typeof listDrafts>>[number]

// What is on its way into the register, whose turn it is said by the state.
export const DraftTable = ({ caption, drafts }: { caption: string; drafts: readonly DraftRow[] }) => (
  <DataTable
    caption={caption}
    rows={drafts}
    rowKey={({ id }) => id}
    columns={[
      {
        key: 'title',
        label: 'Draft',
        cell: (draft) => (
          <>
            <TextLink href={`/filings/drafts/${draft.id}`}>{draftTitle(draft)}</TextLink>
            {draft.status === 'returned' && draft.remark && <Sub>“{draft.remark}”{draft.remarks.length > 0 && ` and ${plural(draft.remarks.length, 'remark')} on single places`}</Sub>}
          </>
        ),
      },
      {
        key: 'state',
        label: 'State',
        keep: true,
        nowrap: true,
        cell: (draft) => <StatusMark mark={DRAFT_MARK[draft.status]}>{draft.statusLabel}</StatusMark>,
      },
      { key: 'by', label: 'Drafted by', cell: (draft) => (draft.own ? 'You' : draft.draftedByName) },
      {
        key: 'changed',
        label: 'Last change',
        numeric: true,
        cell: (draft) => (
          <>
            {formatDate(draft.updatedAt)}
            <Sub>{formatTime(draft.updatedAt)}</Sub>
          </>
        ),
      },
    ]}
  />
)
