import { DataTable } from '@/app/ui/data-table.tsx'
import { Disclosure } from '@/app/ui/disclosure.tsx'
import { ROLE_LABEL, type Role } from '@/lib/auth/policy.ts'
import { DESIGNATION, PARTICIPANTS } from '@/lib/participants/rules.ts'

type Account = { email: string; from: string; role: Role }

const OF_PARTICIPANTS: Account[] = PARTICIPANTS.flatMap((code) => (['submitter', 'approver', 'verifier'] as const).map((role) => ({
  email: `${role}@${code.toLowerCase()}.demo`, from: DESIGNATION[code], role,
})))
const ACCOUNTS: Account[] = [
  ...OF_PARTICIPANTS,
  { email: 'verifier1@at.demo', from: 'Austria, for the OSCE', role: 'verifier' },
  { email: 'verifier2@ch.demo', from: 'Switzerland, for the OSCE', role: 'verifier' },
  { email: 'observer@osce.demo', from: 'OSCE', role: 'observer' },
  { email: 'secretariat@batp.demo', from: 'Secretariat', role: 'secretariat' },
]

export const DemoAccounts = () => (
  <div className="mt-8">
    <Disclosure summary="Accounts of this demonstration" open>
      <p className="mb-3">This is a demonstration; the password of every account is <code>demo-password-2026</code>.</p>
      <DataTable caption="Accounts of the demonstration" rows={ACCOUNTS} rowKey={({ email }) => email} columns={[
        { key: 'email', label: 'E-mail', cell: ({ email }) => <code>{email}</code> },
        { key: 'role', label: 'Role', keep: true, cell: ({ role }) => ROLE_LABEL[role] },
        { key: 'from', label: 'From', cell: ({ from }) => from },
      ]} />
    </Disclosure>
  </div>
)
