import type { observationFigures } from '@/lib/observation/queries.ts'
import { DESIGNATION, PARTICIPANTS, type ParticipantCode } from '@/lib/participants/rules.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { Sub } from '../../../ui/table.tsx'
import { TextLink } from '../../../ui/text-link.tsx'

type Figures = Awaited<ReturnType<typeof observationFigures>>
type Counts = Figures['pairs'][number]['counts']
export type Asked = { year?: number | undefined; host?: ParticipantCode | undefined; invited?: ParticipantCode | undefined }

/** Where the invitations stand that a number counts. */
export const hrefOf = ({ year, host, invited }: Asked): string => {
  const query = new URLSearchParams(Object.entries({ year, host, invited }).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))
  return `/activities/observers${query.size > 0 ? `?${query.toString()}` : ''}#invitations`
}

const others = ({ declined, no_answer: silent, waiting }: Counts): string =>
  [declined > 0 && `${declined} declined`, silent > 0 && `${silent} no answer`, waiting > 0 && `${waiting} waiting`].filter(Boolean).join(', ')

const Cell = ({ asked, counts }: { asked: Asked; counts: Counts }) => {
  if (counts.invited === 0) return <span className="text-ink-3">none</span>
  return <>
    <TextLink href={hrefOf(asked)} className="whitespace-nowrap">{counts.accepted} of {counts.invited}</TextLink>
    {others(counts) && <Sub>{others(counts)}</Sub>}
  </>
}

/** A row for each host, a column for each guest. */
export const Matrix = ({ figures: { pairs }, year }: { figures: Figures; year: number | undefined }) => (
  <DataTable caption="Invitations accepted, by host and by who was invited" rows={PARTICIPANTS} rowKey={(host) => host} columns={[
    { key: 'host', label: 'Host', cell: (host) => DESIGNATION[host] },
    ...PARTICIPANTS.map((invited) => ({
      key: invited, label: DESIGNATION[invited], foldLabel: `${DESIGNATION[invited]}:`,
      cell: (host: ParticipantCode) => {
        const pair = pairs.find((one) => one.host === host && one.invited === invited)
        return pair ? <Cell asked={{ year, host, invited }} counts={pair.counts} /> : <span className="text-ink-3"><span aria-hidden="true">–</span><span className="sr-only">itself</span></span>
      },
    })),
  ]} />
)

type Line = Figures['participants'][number]
const count = (key: string, label: string, of: (line: Line) => number, asked?: (line: Line) => Asked) => ({
  key, label, numeric: true,
  cell: (line: Line) => (of(line) === 0 ? <span className="text-ink-3">0</span> : asked ? <TextLink href={hrefOf(asked(line))}>{formatNumber(of(line))}</TextLink> : formatNumber(of(line))),
})

export const AsHosts = ({ figures: { participants }, year }: { figures: Figures; year: number | undefined }) => {
  const asked = ({ participant }: Line) => ({ year, host: participant })
  return (
    <DataTable caption="Participants as hosts" rows={participants} rowKey={({ participant }) => participant} columns={[
      { key: 'who', label: 'Host', cell: ({ participant }) => DESIGNATION[participant] },
      count('held', 'Activities held', ({ held }) => held), count('observable', 'To be observed', ({ observable }) => observable),
      count('inviting', 'With observers invited', ({ inviting }) => inviting), count('observed', 'With observers', ({ observed }) => observed),
      count('sent', 'Invitations sent', ({ asHost }) => asHost.invited, asked), count('accepted', 'Accepted', ({ asHost }) => asHost.accepted),
    ]} />
  )
}

export const AsGuests = ({ figures: { participants }, year }: { figures: Figures; year: number | undefined }) => (
  <DataTable caption="Participants as guests" rows={participants} rowKey={({ participant }) => participant} columns={[
    { key: 'who', label: 'Invited', cell: ({ participant }) => DESIGNATION[participant] },
    count('invited', 'Invitations', ({ asInvited }) => asInvited.invited, ({ participant }) => ({ year, invited: participant })),
    count('accepted', 'Accepted', ({ asInvited }) => asInvited.accepted), count('declined', 'Declined', ({ asInvited }) => asInvited.declined),
    count('silent', 'Did not answer', ({ asInvited }) => asInvited.no_answer), count('waiting', 'No answer yet', ({ asInvited }) => asInvited.waiting),
  ]} />
)
