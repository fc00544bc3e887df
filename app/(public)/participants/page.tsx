import type { Metadata } from 'next'
import { ButtonLink } from '@/app/ui/button.tsx'
import { DataTable } from '@/app/ui/data-table.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Sub } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { latestHoldings, registerFigures } from '@/lib/analysis/queries.ts'
import { listParticipants } from '@/lib/participants/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatList, formatNumber } from '@/lib/shared/format.ts'
import { listObligations } from '@/lib/schedule/queries.ts'
import { figuresOf } from '../figures.ts'
import { Punctuality } from '../punctuality.tsx'
import { newestDeclaration } from '../standing.ts'

export const metadata: Metadata = { title: 'Participants' }

export default async function ParticipantsPage() {
  const caller = await currentCaller()
  const [people, figures, held, obligations] = await Promise.all([
    listParticipants(caller, {}), registerFigures(caller, {}), latestHoldings(caller, {}), listObligations(caller, {}),
  ])
  const parties = people.filter(({ florenceParty }) => florenceParty).map(({ designation }) => designation)
  const filed = people.filter(({ code }) => obligations.some(({ participant, filing }) => participant === code && filing))
  const lead = `Seven participants, in the order of their plain English names. ${formatList(parties)} are party to the Florence Agreement.`
  const standing = filed.length > 0
    ? `${formatList(filed.map(({ designation }) => designation))} ${filed.length === 1 ? 'has' : 'have'} filed in this cycle.`
    : 'No declaration of this cycle is filed yet.'
  return <>
    <PageHeader title="Participants" lead={`${lead} ${standing}`} actions={<ButtonLink href="/punctuality" tone="quiet">Punctuality of all</ButtonLink>} />
    <DataTable caption="The seven participants" rows={people} rowKey={({ code }) => code} columns={[
      {
        key: 'participant', label: 'Participant',
        cell: ({ code, designation: name, capital }) => <><TextLink href={`/participants/${code}`}>{name}</TextLink><Sub>{capital}</Sub></>,
      },
      {
        key: 'adjacent', label: 'Adjacent participants', foldLabel: 'Adjacent to',
        cell: ({ neighbours }) => formatList(neighbours.map((code) => DESIGNATION[code])),
      },
      {
        key: 'florence', label: 'Florence Agreement', foldLabel: 'Florence Agreement:',
        cell: ({ florenceParty }) => (florenceParty ? 'party' : <span className="text-ink-3">not a party</span>),
      },
      {
        key: 'declaration', label: 'Newest declaration', foldLabel: 'Declared', nowrap: true,
        cell: ({ code }) => {
          const newest = newestDeclaration(held, code)
          if (!newest) return <span className="text-ink-3">none</span>
          return <>as of <TextLink href={`/register/${newest.filing}`}>{newest.asOf}</TextLink></>
        },
      },
      {
        key: 'entries', label: 'Entries', numeric: true,
        cell: ({ code }) => {
          const { entries } = figuresOf(figures.filter(({ participant }) => participant === code))
          return entries > 0 ? <TextLink href={`/register?participant=${code}&status=filed`}>{formatNumber(entries)}</TextLink> : 'none'
        },
      },
      {
        key: 'punctuality', label: 'Punctuality', keep: true, nowrap: true,
        cell: ({ code }) => <Punctuality obligations={obligations.filter(({ participant }) => participant === code)} />,
      },
    ]} />
    <p className="mt-4 max-w-text text-sm text-ink-3">
      Adjacency is geography, by land or sea, and says nothing on status. Punctuality counts what participants file here; entries compiled
      from open sources meet no obligation.
    </p>
  </>
}
