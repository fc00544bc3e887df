import type { listDeliveries } from '@/lib/alerts/queries.ts'
import type { DeliveryState } from '@/lib/alerts/rules.ts'
import { formatDate, formatTime } from '@/lib/shared/format.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { StatusMark, type StatusKind } from '../../../ui/status-mark.tsx'
import { Sub } from '../../../ui/table.tsx'
import { TextLink } from '../../../ui/text-link.tsx'

type Delivery = Awaited<ReturnType<typeof listDeliveries>>['items'][number]

const MARK = {
  queued: 'pending',
  delivered: 'ok',
  sent: 'ok',
  kept: 'ok',
  retrying: 'late',
  failed: 'discrepancy',
  historic: 'none',
} as const satisfies Record<DeliveryState, StatusKind>
const CHANNEL = { inbox: 'Inbox', email: 'E-mail' } as const
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

// What left the house, to whom, and what became of it.
export const DeliveryTable = ({ deliveries, isFiltered }: { deliveries: readonly Delivery[]; isFiltered: boolean }) => (
  <DataTable
    caption="Deliveries"
    rows={deliveries}
    rowKey={({ id }) => id}
    empty={
      <EmptyState title={isFiltered ? 'No delivery is in this state' : 'Nothing has been sent yet'}>
        Every alert leaves by inbox and e-mail; each delivery stands here with its state.
      </EmptyState>
    }
    columns={[
      {
        key: 'to',
        label: 'To',
        cell: (row) => (
          <>
            {capital(row.name)}
            <Sub>{row.sentTo ?? CHANNEL[row.channel]}</Sub>
          </>
        ),
      },
      { key: 'channel', label: 'Channel', cell: (row) => CHANNEL[row.channel] },
      {
        key: 'message',
        label: 'Message',
        keep: true,
        cell: (row) => (
          <>
            {row.subject ? <TextLink href={`/secretariat/deliveries/${row.id}`}>{row.subject}</TextLink> : `${row.filer}, ${row.summary}`}
            <Sub>
              <TextLink href={`/register/${row.filingId}`} className="inline-block min-h-6 py-1">{row.number}</TextLink>
            </Sub>
          </>
        ),
      },
      {
        key: 'state',
        label: 'State',
        cell: (row) => (
          <>
            <StatusMark mark={MARK[row.state]}>{row.stateLabel}</StatusMark>
            {row.detail && row.state !== 'kept' && <Sub>{row.detail}</Sub>}
          </>
        ),
      },
      { key: 'attempts', label: 'Attempts', numeric: true, cell: (row) => row.attempts },
      {
        key: 'at',
        label: 'Last change',
        numeric: true,
        cell: (row) => (
          <>
            {formatDate(row.updatedAt)}
            <Sub>{formatTime(row.updatedAt)}</Sub>
          </>
        ),
      },
    ]}
  />
)
