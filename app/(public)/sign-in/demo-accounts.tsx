import { Disclosure } from '@/app/ui/disclosure.tsx'
import { RowTh, Table, Tbody, Td, Th, Thead, Tr } from '@/app/ui/table.tsx'
import { DESIGNATION, PARTICIPANTS } from '@/lib/participants/rules.ts'

const ROWS = [
  ...PARTICIPANTS.map((code) => ({
    from: DESIGNATION[code], emails: ['submitter', 'approver', 'verifier'].map((role) => `${role}@${code.toLowerCase()}.demo`),
  })),
  { from: 'Austria, for the OSCE', emails: ['verifier1@at.demo'] },
  { from: 'Switzerland, for the OSCE', emails: ['verifier2@ch.demo'] },
  { from: 'OSCE', emails: ['observer@osce.demo'] },
  { from: 'Secretariat', emails: ['secretariat@batp.demo'] },
]

export const DemoAccounts = () => (
  <div className="mt-8">
    <Disclosure summary="Accounts of this demonstration" open>
      <p className="mb-3">
        The password of every account is <code>demo-password-2026</code>. In Croatia and Serbia a second person releases what the first one
        drafts.
      </p>
      <Table caption="Accounts of the demonstration">
        <Thead><Tr><Th>From</Th><Th>E-mail</Th></Tr></Thead>
        <Tbody>
          {ROWS.map(({ from, emails }) => (
            <Tr key={from}>
              <RowTh className="w-2/5">{from}</RowTh>
              <Td><span className="flex flex-wrap gap-x-4">{emails.map((email) => <code key={email}>{email}</code>)}</span></Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Disclosure>
  </div>
)
