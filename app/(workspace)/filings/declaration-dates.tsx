import type { listDrafts } from '@/lib/filings/queries.ts'
import type { Obligation } from '@/lib/schedule/rules.ts'
import { formatDay, plural } from '@/lib/shared/format.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { DateField } from '../../ui/inputs.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Section } from '../../ui/section.tsx'
import { Sub } from '../../ui/table.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { BegunNotice } from './begun-notice.tsx'

type Drafts = Awaited<ReturnType<typeof listDrafts>>
type Props = { asked: string | null; obligations: readonly Obligation[]; drafts: Drafts }

const when = ({ state, daysLeft, daysLate }: Obligation): string => {
  if (state === 'filed') return 'filed in time'
  if (state === 'filed_late') return `filed late by ${plural(daysLate, 'day')}`
  return state === 'late' ? `late by ${plural(daysLate, 'day')}` : `in ${plural(daysLeft, 'day')}`
}

const Step = ({ asOf, filing }: Obligation) =>
  filing ? (
    <>
      <TextLink href={`/register/${filing.id}`}>{filing.number}</TextLink>
      <Sub><TextLink href={`/filings/${filing.id}/amend`}>Amend it</TextLink></Sub>
    </>
  ) : (
    <ButtonLink tone="quiet" href={`/filings/new/declaration?asOf=${asOf}`}>Declare as of {asOf}</ButtonLink>
  )

// The date comes first: what is carried on from the last declaration depends on it.
export const DeclarationDates = ({ asked, obligations, drafts }: Props) => (
  <>
    <PageHeader
      breadcrumb={[{ href: '/filings', label: 'Filings' }, { label: 'New' }]}
      title="Declare holdings"
      lead="Choose the date of the declaration: the day on which what you state was held. One declaration stands for one date."
    />
    <BegunNotice drafts={drafts} />
    <Section title="What is asked for" hint="A due date ends at 23:59:59 in Vienna.">
      <DataTable
        caption="Declarations of holdings that are asked for"
        rows={obligations.filter(({ kind }) => kind === 'declaration.holdings')}
        rowKey={({ id }) => id}
        empty={<EmptyState title="Nothing is asked for now">State another date below.</EmptyState>}
        columns={[
          { key: 'asOf', label: 'As of', nowrap: true, cell: ({ asOf }) => formatDay(asOf) },
          { key: 'what', label: 'Obligation', cell: ({ title }) => title },
          { key: 'due', label: 'Due', cell: (owed) => <>{formatDay(owed.dueOn)}<Sub>{when(owed)}</Sub></> },
          { key: 'step', label: 'Declaration', keep: true, cell: (owed) => <Step {...owed} /> },
        ]}
      />
    </Section>
    <Section title="Another date">
      <form action="/filings/new/declaration" className="max-w-form">
        <DateField
          name="asOf"
          label="As of"
          hint="For a declaration outside the schedule."
          defaultValue={asked ?? undefined}
          error={asked === null ? undefined : 'State the date as a day that exists, YYYY-MM-DD, such as 2027-01-01.'}
        />
        <Button type="submit" tone="quiet">Declare as of this date</Button>
      </form>
    </Section>
  </>
)
