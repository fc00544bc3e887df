import type { listUnacknowledged } from '@/lib/alerts/queries.ts'
import { SEVERITY_LABEL } from '@/lib/alerts/rules.ts'
import { daysBetween, formatDateTime, plural } from '@/lib/shared/format.ts'
import { DataTable } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Sub } from '../ui/table.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { headline } from './notice-words.ts'

type Item = Awaited<ReturnType<typeof listUnacknowledged>>['items'][number]

const since = (issuedAt: string, now: Date): string => {
  const days = daysBetween(issuedAt, now)
  return days > 0 ? plural(days, 'day') : plural(Math.max(0, Math.floor((now.getTime() - Date.parse(issuedAt)) / 3_600_000)), 'hour')
}
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

export const UnacknowledgedTable = ({ items, now }: { items: readonly Item[]; now: Date }) => (
  <DataTable caption="Messages that nobody has acknowledged" rows={items} rowKey={({ id }) => id} empty={
    <EmptyState title="Everything has been acknowledged">A message stands here from the moment it is sent until its addressee acknowledges it.</EmptyState>
  } columns={[
    { key: 'addressee', label: 'Addressee', cell: (item) => capital(item.name) },
    {
      key: 'about', label: 'About', keep: true, cell: (item) => <>
        <TextLink href={`/register/${item.filingId}`}>{headline(item)}</TextLink>
        <Sub>{SEVERITY_LABEL[item.severity]} · sent {formatDateTime(item.issuedAt)}</Sub>
      </>,
    },
    { key: 'since', label: 'Waiting', numeric: true, keep: true, cell: (item) => since(item.issuedAt, now) },
  ]} />
)
