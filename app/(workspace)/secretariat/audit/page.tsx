import type { Metadata } from 'next'
import { listEvents } from '@/lib/audit/queries.ts'
import { ROLE_LABEL, type Role } from '@/lib/auth/policy.ts'
import { DESIGNATION, isParticipant } from '@/lib/participants/rules.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { listAccounts } from '@/lib/users/queries.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FilterForm } from '../../../ui/filter-form.tsx'
import { SelectField, TextField } from '../../../ui/inputs.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { StatusMark } from '../../../ui/status-mark.tsx'
import { Sub } from '../../../ui/table.tsx'
import { currentCaller } from '../../../viewer.ts'
import { orRefuse } from '../../refusals.ts'
import { SecretariatTabs } from '../tabs.tsx'

export const metadata: Metadata = { title: 'Audit' }

const PAGE = 50
const one = (value: string | string[] | undefined) => (typeof value === 'string' && value !== '' ? value : undefined)

const detailWords = (detail: Record<string, unknown>): string =>
  Object.entries(detail).filter(([, value]) => value !== null && value !== '').map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(' · ')

const load = async (given: Record<string, string | string[] | undefined>) => {
  const caller = await currentCaller()
  const outcome = given.outcome === 'done' || given.outcome === 'refused' ? given.outcome : undefined
  const [type, page] = [one(given.type)?.slice(0, 60), Math.min(Math.max(Math.trunc(Number(given.page)) || 1, 1), 10_000)]
  const [events, accounts] = await orRefuse(Promise.all([listEvents(caller, { outcome, type, page, limit: PAGE }), listAccounts(caller, {})]))
  return { ...events, outcome, type, page, names: new Map(accounts.map(({ id, name }) => [id, name])) }
}

export default async function Audit({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { items, total, outcome, type, page, names } = await load(await searchParams)
  const pages = Math.max(1, Math.ceil(total / PAGE))
  const at = (number: number) => `/secretariat/audit?${new URLSearchParams({ outcome: outcome ?? '', type: type ?? '', page: String(number) }).toString()}`
  return <>
    <PageHeader title="Audit" lead="Who did what and when, recorded in the same transaction as what was done; refusals too. Nobody can alter or delete a line." />
    <SecretariatTabs current="/audit" />
    <FilterForm action="/secretariat/audit" label="Filter the audit" reset={outcome || type ? '/secretariat/audit' : undefined}>
      <SelectField name="outcome" label="Outcome" placeholder="Any" defaultValue={outcome ?? ''} options={[{ value: 'done', label: 'Done' }, { value: 'refused', label: 'Refused' }]} />
      <TextField name="type" label="Event" defaultValue={type} placeholder="filing.submit" spellCheck={false} maxLength={60} />
    </FilterForm>
    <DataTable caption="Audit events" rows={items} rowKey={({ id }) => id} empty={
      <EmptyState title="No event is like that">Choose another outcome, or write the event in full, such as filing.submit.</EmptyState>
    } columns={[
      { key: 'at', label: 'When', nowrap: true, cell: (event) => formatDateTime(event.at) },
      { key: 'type', label: 'Event', keep: true, cell: (event) => <code>{event.type}</code> },
      { key: 'outcome', label: 'Outcome', cell: (event) => <StatusMark mark={event.outcome === 'done' ? 'ok' : 'discrepancy'}>{event.outcome === 'done' ? 'Done' : 'Refused'}</StatusMark> },
      {
        key: 'who', label: 'Who', cell: (event) => <>
          {event.userId ? (names.get(event.userId) ?? 'An account that is gone') : 'Nobody signed in'}
          <Sub>{[ROLE_LABEL[event.role as Role] ?? event.role, isParticipant(event.participant) && DESIGNATION[event.participant], event.ip].filter(Boolean).join(', ')}</Sub>
        </>,
      },
      { key: 'about', label: 'About', cell: (event) => <><span className="break-all">{event.subject}</span><Sub>{detailWords(event.detail)}</Sub></> },
    ]} />
    {pages > 1 && (
      <Pagination from={(page - 1) * PAGE + 1} to={Math.min(page * PAGE, total)} total={total} page={page} pages={pages}
        previous={page > 1 ? at(page - 1) : undefined} next={page < pages ? at(page + 1) : undefined} />
    )}
  </>
}
