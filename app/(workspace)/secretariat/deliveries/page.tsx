import type { Metadata } from 'next'
import { listDeliveries } from '@/lib/alerts/queries.ts'
import { DELIVERY_STATE_LABEL, DELIVERY_STATES } from '@/lib/alerts/rules.ts'
import { FilterForm } from '../../../ui/filter-form.tsx'
import { SelectField } from '../../../ui/inputs.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { currentCaller } from '../../../viewer.ts'
import { orRefuse } from '../../refusals.ts'
import { SecretariatTabs } from '../tabs.tsx'
import { DeliveryTable } from './delivery-table.tsx'

export const metadata: Metadata = { title: 'Deliveries' }

const PAGE = 50
export default async function Deliveries({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const given = await searchParams
  const state = DELIVERY_STATES.find((known) => known === given.state)
  const page = Math.min(Math.max(Math.trunc(Number(given.page)) || 1, 1), 10_000)
  const { items, total } = await orRefuse(listDeliveries(await currentCaller(), { state, page, limit: PAGE }))
  const pages = Math.max(1, Math.ceil(total / PAGE))
  const at = (number: number) =>
    `/secretariat/deliveries?${new URLSearchParams({ ...(state ? { state } : {}), page: String(number) }).toString()}`
  return (
    <>
      <PageHeader
        title="Deliveries"
        lead="What left the house, to whom, and what became of it. A message that fails is tried again; one that fails for good says why."
      />
      <SecretariatTabs current="/deliveries" />
      <FilterForm action="/secretariat/deliveries" label="Filter the delivery log" reset={state && '/secretariat/deliveries'}>
        <SelectField
          name="state"
          label="State"
          placeholder="Any"
          defaultValue={state ?? ''}
          options={DELIVERY_STATES.map((value) => ({ value, label: DELIVERY_STATE_LABEL[value] }))}
        />
      </FilterForm>
      <DeliveryTable deliveries={items} isFiltered={state !== undefined} />
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
