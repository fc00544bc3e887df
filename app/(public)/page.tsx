import type { Metadata } from 'next'
import { DataTable } from '@/app/ui/data-table.tsx'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { latestHoldings, registerFigures } from '@/lib/analysis/queries.ts'
import { listFilings, type EntryView } from '@/lib/filings/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatDay, plural } from '@/lib/shared/format.ts'
import { listCeilings } from '@/lib/thresholds/queries.ts'
import { figuresOf, verifiedWords } from './figures.ts'
import { FILING_COLUMNS, plain } from './filing-columns.tsx'
import { RegionalHoldings } from './regional-holdings.tsx'
import { SevenTable } from './seven-table.tsx'

export const metadata: Metadata = { title: { absolute: 'Regional picture · Balkan Arms Transparency Platform' } }

const { number, participant, what, quantity, stage, verification, filed } = FILING_COLUMNS

const Newest = ({ entry }: { entry: EntryView }) => <>
  ; the newest is {DESIGNATION[entry.participant]}’s{' '}
  <TextLink href={`/register/${entry.id}`} className="whitespace-nowrap">{entry.number}</TextLink> of{' '}
  <time dateTime={entry.filedAt} className="whitespace-nowrap">{formatDay(entry.filedAt)}</time>
</>

export default async function RegionPage() {
  const caller = await currentCaller()
  const [figures, held, limits, newest] = await Promise.all([
    registerFigures(caller, {}), latestHoldings(caller, {}), listCeilings(caller, {}), listFilings(caller, { limit: 8 }),
  ])
  const summary = figuresOf(figures)
  const [first] = newest.items
  return <>
    <PageHeader title="The regional picture" lead={<>
      The register holds {plural(summary.entries, 'entry', 'entries')} of seven participants{first && <Newest entry={first} />}.{' '}
      {verifiedWords(summary)}
    </>} />
    <Section title="The seven participants" actions={<TextLink href="/participants">All about the participants</TextLink>}>
      <SevenTable figures={figures} held={held} />
    </Section>
    <Section title="Newest filings" actions={<TextLink href="/register">The whole register</TextLink>}>
      <DataTable caption="The eight newest filings" rows={newest.items} rowKey={({ entryId }) => entryId}
        columns={plain(number, participant, what, quantity, stage, verification, filed)}
        empty={<EmptyState title="Nothing has been filed yet">What is filed appears here as soon as it is stored.</EmptyState>} />
    </Section>
    <Section title="Holdings and ceilings" hint={<>
      Newest declared holdings in the five categories of the Florence Agreement (Dayton Annex 1-B, Article IV), against the ceiling
      of each party. The line on a bar is the ceiling; within a category all bars have one scale. Each number leads to the declaration
      it comes from, which says whether it was filed or compiled from open sources.
    </>}>
      <RegionalHoldings held={held} limits={limits} />
    </Section>
  </>
}
