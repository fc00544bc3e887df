import type { listUnacknowledged } from '@/lib/alerts/queries.ts'
import { SEVERITY_LABEL } from '@/lib/alerts/rules.ts'
import { byDesignation } from '@/lib/participants/rules.ts'
import { formatDateTime, formatList } from '@/lib/shared/format.ts'
import { DataTable } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Sub } from '../ui/table.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { ageWords } from '../age-words.ts'
import { headline } from './notice-words.ts'

type Item = Awaited<ReturnType<typeof listUnacknowledged>>['items'][number]

/** One row a filing, with everyone whose acknowledgement it still lacks; the longest waiting first. */
const byFiling = (items: readonly Item[]): Item[][] => [...Map.groupBy(items, ({ filingId }) => filingId).values()]

// Messages that nobody of their addressee has acknowledged.
export const UnacknowledgedTable = ({ items, now, most = 50 }: { items: readonly Item[]; now: Date; most?: number }) => (
  <DataTable
    caption="Messages that are not acknowledged"
    rows={byFiling(items).slice(0, most)}
    rowKey={([first]) => first!.filingId}
    empty={
      <EmptyState title="Everything has been acknowledged">
        A message stands here from the moment it is sent until its addressee acknowledges it.
      </EmptyState>
    }
    columns={[
      {
        key: 'about',
        label: 'Filing',
        cell: ([first]) => (
          <>
            <TextLink href={`/register/${first!.filingId}`}>{headline(first!)}</TextLink>
            <Sub>
              {first!.number} · {SEVERITY_LABEL[first!.severity]} · sent {formatDateTime(first!.issuedAt)}
            </Sub>
          </>
        ),
      },
      { key: 'for', label: 'Waits for', keep: true, cell: (group) => formatList(group.toSorted((a, b) => byDesignation(a.addressee, b.addressee)).map(({ name }) => name)) },
      { key: 'since', label: 'Since', numeric: true, cell: ([first]) => ageWords(first!.issuedAt, now) },
    ]}
  />
)
