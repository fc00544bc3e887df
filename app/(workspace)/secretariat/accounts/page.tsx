import type { Metadata } from 'next'
import { ROLE_LABEL } from '@/lib/auth/policy.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { plural } from '@/lib/shared/format.ts'
import { listAccounts } from '@/lib/users/queries.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { StatusMark } from '../../../ui/status-mark.tsx'
import { Sub } from '../../../ui/table.tsx'
import { currentCaller } from '../../../viewer.ts'
import { orRefuse } from '../../refusals.ts'
import { SecretariatTabs } from '../tabs.tsx'

export const metadata: Metadata = { title: 'Accounts' }

export default async function Accounts() {
  const accounts = await orRefuse(listAccounts(await currentCaller(), {}))
  const active = accounts.filter(({ disabled }) => !disabled).length
  return (
    <>
      <PageHeader
        title="Accounts"
        lead={`${plural(active, 'person may', 'people may')} sign in. Each has one role, and at most one participant.`}
      />
      <SecretariatTabs current="/accounts" />
      <DataTable
        caption="Accounts"
        rows={accounts}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'name',
            label: 'Name',
            cell: (account) => (
              <>
                {account.name}
                <Sub>{account.email}</Sub>
              </>
            ),
          },
          { key: 'role', label: 'Role', keep: true, cell: (account) => ROLE_LABEL[account.role] },
          {
            key: 'participant',
            label: 'Participant',
            cell: (account) => (account.participant ? DESIGNATION[account.participant] : 'none of the seven'),
          },
          { key: 'affiliation', label: 'Sent by', cell: (account) => account.affiliation },
          {
            key: 'state',
            label: 'State',
            cell: (account) => (
              <StatusMark mark={account.disabled ? 'withdrawn' : 'ok'}>{account.disabled ? 'Disabled' : 'Active'}</StatusMark>
            ),
          },
        ]}
      />
    </>
  )
}
