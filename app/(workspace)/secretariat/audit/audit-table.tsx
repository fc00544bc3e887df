import type { listEvents } from '@/lib/audit/queries.ts'
import { ROLE_LABEL, type Role } from '@/lib/auth/policy.ts'
import { DESIGNATION, isParticipant } from '@/lib/participants/rules.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { StatusMark } from '../../../ui/status-mark.tsx'
import { Sub } from '../../../ui/table.tsx'

type Event = Awaited<ReturnType<typeof listEvents>>['items'][number]

const detailWords = (detail: Record<string, unknown>): string =>
  Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ')

// Who did what, when, from where, and what came of it.
export const AuditTable = ({ events, names }: { events: readonly Event[]; names: ReadonlyMap<string, string> }) => (
  <DataTable
    caption="Audit events"
    rows={events}
    rowKey={({ id }) => id}
    empty={
      <EmptyState title="No event is like that">Choose another outcome, or write the event in full, such as filing.submit.</EmptyState>
    }
    columns={[
      { key: 'at', label: 'When', nowrap: true, cell: (event) => formatDateTime(event.at) },
      { key: 'type', label: 'Event', keep: true, cell: (event) => <code>{event.type}</code> },
      {
        key: 'outcome',
        label: 'Outcome',
        cell: (event) => (
          <StatusMark mark={event.outcome === 'done' ? 'ok' : 'discrepancy'}>{event.outcome === 'done' ? 'Done' : 'Refused'}</StatusMark>
        ),
      },
      {
        key: 'who',
        label: 'Who',
        cell: (event) => (
          <>
            {event.userId ? (names.get(event.userId) ?? 'An account that is gone') : 'Nobody signed in'}
            <Sub>
              {[ROLE_LABEL[event.role as Role] ?? event.role, isParticipant(event.participant) && DESIGNATION[event.participant], event.ip]
                .filter(Boolean)
                .join(', ')}
            </Sub>
          </>
        ),
      },
      {
        key: 'about',
        label: 'About',
        cell: (event) => (
          <>
            <span className="break-all">{event.subject}</span>
            <Sub>{detailWords(event.detail)}</Sub>
          </>
        ),
      },
    ]}
  />
)
