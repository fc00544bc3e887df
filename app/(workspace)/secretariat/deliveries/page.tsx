import type { Metadata } from 'next'
import { listDeliveries } from '@/lib/alerts/queries.ts'
import { DELIVERY_STATE_LABEL, DELIVERY_STATES, type DeliveryState } from '@/lib/alerts/rules.ts'
import { formatDate, formatTime } from '@/lib/shared/format.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FilterForm } from '../../../ui/filter-form.tsx'
import { SelectField } from '../../../ui/inputs.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { StatusMark, type StatusKind } from '../../../ui/status-mark.tsx'
import { Sub } from '../../../ui/table.tsx'
import { TextLink } from '../../../ui/text-link.tsx'
import { currentCaller } from '../../../viewer.ts'
import { orRefuse } from '../../refusals.ts'
import { SecretariatTabs } from '../tabs.tsx'

export const metadata: Metadata = { title: 'Deliveries' }

const PAGE = 50
const MARK = {
  queued: 'pending', delivered: 'ok', sent: 'ok', kept: 'ok', retrying: 'late', failed: 'discrepancy', historic: 'none',
} as const satisfies Record<DeliveryState, StatusKind>
const CHANNEL = { inbox: 'Inbox', email: 'E-mail' } as const
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

export default async function Deliveries({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const given = await searchParams
  const state = DELIVERY_STATES.find((known) => known === given.state)
  const page = Math.min(Math.max(Math.trunc(Number(given.page)) || 1, 1), 10_000)
  const { items, total } = await orRefuse(listDeliveries(await currentCaller(), { state, page, limit: PAGE }))
  const pages = Math.max(1, Math.ceil(total / PAGE))
  const at = (number: number) => `/secretariat/deliveries?${new URLSearchParams({ ...(state ? { state } : {}), page: String(number) }).toString()}`
  return <>
    <PageHeader title="Deliveries" lead="What left the house, to whom, and what became of it. A message is tried again with growing pauses; one that failed for good says why." />
    <SecretariatTabs current="/deliveries" />
    <FilterForm action="/secretariat/deliveries" label="Filter the delivery log" reset={state && '/secretariat/deliveries'}>
      <SelectField name="state" label="State" placeholder="Any" defaultValue={state ?? ''} options={DELIVERY_STATES.map((value) => ({ value, label: DELIVERY_STATE_LABEL[value] }))} />
    </FilterForm>
    <DataTable caption="Deliveries" rows={items} rowKey={({ id }) => id} empty={
      <EmptyState title={state ? 'No delivery is in this state' : 'Nothing has been sent yet'}>Every alert leaves by inbox and e-mail; each delivery stands here with its state.</EmptyState>
    } columns={[
      { key: 'to', label: 'To', cell: (row) => <>{capital(row.name)}<Sub>{row.sentTo ?? CHANNEL[row.channel]}</Sub></> },
      { key: 'channel', label: 'Channel', cell: (row) => CHANNEL[row.channel] },
      {
        key: 'message', label: 'Message', keep: true, cell: (row) => <>
          {row.subject ? <TextLink href={`/secretariat/deliveries/${row.id}`}>{row.subject}</TextLink> : `${row.filer}, ${row.summary}`}
          <Sub><TextLink href={`/register/${row.filingId}`}>{row.number}</TextLink></Sub>
        </>,
      },
      { key: 'state', label: 'State', cell: (row) => <><StatusMark mark={MARK[row.state]}>{row.stateLabel}</StatusMark>{row.detail && row.state !== 'kept' && <Sub>{row.detail}</Sub>}</> },
      { key: 'attempts', label: 'Attempts', numeric: true, cell: (row) => row.attempts },
      { key: 'at', label: 'Last change', numeric: true, cell: (row) => <>{formatDate(row.updatedAt)}<Sub>{formatTime(row.updatedAt)}</Sub></> },
    ]} />
    {pages > 1 && (
      <Pagination from={(page - 1) * PAGE + 1} to={Math.min(page * PAGE, total)} total={total} page={page} pages={pages}
        previous={page > 1 ? at(page - 1) : undefined} next={page < pages ? at(page + 1) : undefined} />
    )}
  </>
}
