import type { listInvitations } from '@/lib/observation/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatDateTime, plural } from '@/lib/shared/format.ts'
import { InvitationMark } from '../../../invitation-mark.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Sub } from '../../../ui/table.tsx'
import { TextLink } from '../../../ui/text-link.tsx'

type Listed = Awaited<ReturnType<typeof listInvitations>>[number]

export const InvitationList = ({ rows }: { rows: readonly Listed[] }) => (
  <DataTable caption="Invitations, by the day on which answers are due" rows={rows} rowKey={({ filing, invited }) => `${filing.id} ${invited}`}
    empty={<EmptyState title="Nobody has been invited">Invitations stand in notices of activities; those chosen above have none.</EmptyState>} columns={[
      {
        key: 'what', label: 'Activity',
        cell: ({ filing, name, startsOn, endsOn }) => <><TextLink href={`/register/${filing.id}#observers`}>{name}</TextLink><Sub><span className="whitespace-nowrap">{startsOn}</span>{endsOn !== startsOn && <> to <span className="whitespace-nowrap">{endsOn}</span></>}</Sub></>,
      },
      { key: 'host', label: 'Host', foldLabel: 'Host:', cell: ({ host }) => DESIGNATION[host] },
      { key: 'invited', label: 'Invited', keep: true, cell: ({ invited }) => DESIGNATION[invited] },
      {
        key: 'answer', label: 'Answer', keep: true,
        cell: ({ standing, replyBy, late, named }) => <><InvitationMark standing={standing} replyBy={replyBy} />{(late || named > 0) && <Sub>{[named > 0 && plural(named, 'observer'), late && 'late'].filter(Boolean).join(', ')}</Sub>}</>,
      },
      { key: 'at', label: 'Answered', nowrap: true, cell: ({ answeredAt }) => answeredAt && formatDateTime(answeredAt) },
    ]} />
)
