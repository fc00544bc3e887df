import { ROLE_LABEL } from '@/lib/auth/policy.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import type { listAccounts } from '@/lib/users/queries.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { StatusMark } from '../../../ui/status-mark.tsx'
import { Sub } from '../../../ui/table.tsx'
import { setAccount } from './actions.ts'
import { ConfirmedChange } from './confirmed-change.tsx'

export type Account = Awaited<ReturnType<typeof listAccounts>>[number]

const CHANGE = {
  active: {
    state: 'Active', offer: 'Disable', confirm: 'Disable the account',
    consequence: 'Nobody can sign in with it any more, and its sessions and API keys end at once. What it filed and signed stays as it is.',
  },
  disabled: {
    state: 'Disabled', offer: 'Enable', confirm: 'Enable the account',
    consequence: 'Its owner can sign in again, in the same role and with the same password. API keys do not come back: the operator makes new ones.',
  },
} as const

const Change = ({ account: { id, name, email, disabled }, isOwn }: { account: Account; isOwn: boolean }) =>
  isOwn ? (
    <Sub>Yours: another member of the secretariat can disable it.</Sub>
  ) : (
    <ConfirmedChange
      {...CHANGE[disabled ? 'disabled' : 'active']}
      act={setAccount}
      fields={{ id, disabled: disabled ? 'no' : 'yes' }}
      about={`${name}, ${email}`}
      danger={!disabled}
    />
  )

// Everybody who can sign in, or could, with the means to end it.
export const AccountTable = ({ accounts, own }: { accounts: readonly Account[]; own: string | null }) => (
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
        cell: ({ disabled }) => (
          <StatusMark mark={disabled ? 'withdrawn' : 'ok'}>{CHANGE[disabled ? 'disabled' : 'active'].state}</StatusMark>
        ),
      },
      { key: 'change', label: 'Change', cell: (account) => <Change account={account} isOwn={account.id === own} /> },
    ]}
  />
)
