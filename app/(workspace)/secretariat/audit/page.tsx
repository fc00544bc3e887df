import type { Metadata } from 'next'
import { listEvents } from '@/lib/audit/queries.ts'
import { listAccounts } from '@/lib/users/queries.ts'
import { FilterForm } from '../../../ui/filter-form.tsx'
import { SelectField, TextField } from '../../../ui/inputs.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { currentCaller } from '../../../viewer.ts'
import { orRefuse } from '../../refusals.ts'
import { SecretariatTabs } from '../tabs.tsx'
import { AuditTable } from './audit-table.tsx'

export const metadata: Metadata = { title: 'Audit' }

const PAGE = 50
const one = (value: string | string[] | undefined) => (typeof value === 'string' && value !== '' ? value : undefined)

const load = async (given: Record<string, string | string[] | undefined>) => {
  const caller = await currentCaller()
  const outcome = given.outcome === 'done' || given.outcome === 'refused' ? given.outcome : undefined
  const [type, page] = [
    one(given.type)
      ?.toLowerCase()
      .replaceAll(/[^a-z_.]/g, '')
      .slice(0, 60) || undefined,
    Math.min(Math.max(Math.trunc(Number(given.page)) || 1, 1), 10_000),
  ]
  const [events, accounts] = await orRefuse(
    Promise.all([listEvents(caller, { outcome, type, page, limit: PAGE }), listAccounts(caller, {})]),
  )
  return { ...events, outcome, type, page, names: new Map(accounts.map(({ id, name }) => [id, name])) }
}

export default async function Audit({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { items, total, outcome, type, page, names } = await load(await searchParams)
  const pages = Math.max(1, Math.ceil(total / PAGE))
  const at = (number: number) =>
    `/secretariat/audit?${new URLSearchParams({ outcome: outcome ?? '', type: type ?? '', page: String(number) }).toString()}`
  return (
    <>
      <PageHeader
        title="Audit"
        lead="Who did what and when, recorded in the same transaction as what was done; refusals too. Nobody can alter or delete a line."
      />
      <SecretariatTabs current="/audit" />
      <FilterForm action="/secretariat/audit" label="Filter the audit" reset={outcome || type ? '/secretariat/audit' : undefined}>
        <SelectField
          name="outcome"
          label="Outcome"
          placeholder="Any"
          defaultValue={outcome ?? ''}
          options={[
            { value: 'done', label: 'Done' },
            { value: 'refused', label: 'Refused' },
          ]}
        />
        <TextField name="type" label="Event" defaultValue={type} placeholder="filing.submit" spellCheck={false} maxLength={60} />
      </FilterForm>
      <AuditTable events={items} names={names} />
      {pages > 1 && (
        <Pagination
          from={(page - 1) * PAGE + 1}
          to={Math.min(page * PAGE, total)}
          total={total}
          page={page}
          pages={pages}
          previous={page > 1 ? at(page - 1) : undefined}
          next={page < pages ? at(page + 1) : undefined}
        />
      )}
    </>
  )
}
