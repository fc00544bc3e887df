import { DESIGNATION } from '@/lib/participants/rules.ts'
import type { verificationQueue } from '@/lib/verification/queries.ts'
import { VerificationMark } from '../marks.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { ageWords } from '../age-words.ts'

type Item = Awaited<ReturnType<typeof verificationQueue>>['items'][number]

// What a verifier can sign, those that need only a second signature first.
export const QueueTable = ({ items, now }: { items: readonly Item[]; now: Date }) => (
  <DataTable
    caption="Entries to verify"
    rows={items}
    rowKey={({ id }) => id}
    empty={
      <EmptyState title="Nothing to verify">
        New filings of others appear here. What you have signed waits for a second verifier and is no longer listed.
      </EmptyState>
    }
    columns={[
      { key: 'number', label: 'Entry', nowrap: true, cell: (item) => <TextLink href={`/verify/${item.id}`}>{item.number}</TextLink> },
      { key: 'participant', label: 'Participant', cell: (item) => DESIGNATION[item.participant] },
      { key: 'summary', label: 'Subject', keep: true, cell: (item) => item.summary },
      { key: 'state', label: 'State', cell: (item) => <VerificationMark status={item.verification} signatures={item.signatures} earlier={item.earlier} /> },
      { key: 'since', label: 'Filed', numeric: true, cell: (item) => `${ageWords(item.filedAt, now)} ago` },
    ]}
  />
)
