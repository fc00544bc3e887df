import type { listFourEyes } from '@/lib/participants/queries.ts'
import { plural } from '@/lib/shared/format.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { StatusMark } from '../../../ui/status-mark.tsx'
import type { Account } from './account-table.tsx'
import { setFourEyes } from './actions.ts'
import { ConfirmedChange } from './confirmed-change.tsx'

type Row = Awaited<ReturnType<typeof listFourEyes>>[number]

const CHANGE = {
  on: {
    state: 'A second person releases', offer: 'Ask for one person only', confirm: 'Ask for one person only',
    consequence: 'What one person of the ministry sends is filed at once. What waits for approval already goes on waiting for its approver.',
  },
  off: {
    state: 'One person files', offer: 'Ask for four eyes', confirm: 'Ask for four eyes',
    consequence: 'From now on an approver who did not write it releases each filing. What is filed already stays as it is.',
  },
} as const

// Who releases what a ministry drafts, and whether there is anybody who can.
export const FourEyesTable = ({ participants, accounts }: { participants: readonly Row[]; accounts: readonly Account[] }) => {
  const approversOf = ({ code }: Row) => accounts.filter(({ role, participant, disabled }) => role === 'approver' && participant === code && !disabled).length
  return (
    <DataTable
      caption="Four eyes"
      rows={participants}
      rowKey={({ code }) => code}
      columns={[
        { key: 'participant', label: 'Participant', cell: ({ designation }) => designation },
        {
          key: 'filing',
          label: 'Filing',
          keep: true,
          cell: ({ fourEyes }) => <StatusMark mark={fourEyes ? 'ok' : 'none'}>{CHANGE[fourEyes ? 'on' : 'off'].state}</StatusMark>,
        },
        {
          key: 'approvers',
          label: 'May release',
          cell: (row) =>
            row.fourEyes && approversOf(row) === 0 ? (
              <StatusMark mark="discrepancy">Nobody: nothing can be filed</StatusMark>
            ) : (
              plural(approversOf(row), 'approver')
            ),
        },
        {
          key: 'change',
          label: 'Change',
          cell: ({ code, designation, fourEyes }) => (
            <ConfirmedChange
              {...CHANGE[fourEyes ? 'on' : 'off']}
              act={setFourEyes}
              fields={{ participant: code, fourEyes: fourEyes ? 'no' : 'yes' }}
              about={designation}
              danger={fourEyes}
            />
          ),
        },
      ]}
    />
  )
}
