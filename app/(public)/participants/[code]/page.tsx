import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Agenda } from '@/app/ui/agenda.tsx'
import { Columns } from '@/app/ui/columns.tsx'
import { DataTable } from '@/app/ui/data-table.tsx'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { latestHoldings, listDeclarations, listFigures, listHoldings, registerFigures } from '@/lib/analysis/queries.ts'
import { listFilings } from '@/lib/filings/queries.ts'
import { listParticipants } from '@/lib/participants/queries.ts'
import { DESIGNATION, isParticipant } from '@/lib/participants/rules.ts'
import { listObligations } from '@/lib/schedule/queries.ts'
import { plural } from '@/lib/shared/format.ts'
import { listCeilings } from '@/lib/thresholds/queries.ts'
import { CompiledNote } from '../../compiled-note.tsx'
import { FILING_COLUMNS, plain } from '../../filing-columns.tsx'
import { figuresOf, holdsWords, verifiedWords } from '../../figures.ts'
import { ObligationMark } from '../../punctuality.tsx'
import { newestDeclaration } from '../../standing.ts'
import { Declared } from './declared.tsx'
import { EveryDeclaration } from './every-declaration.tsx'
import { Holdings } from './holdings.tsx'
import { Watch } from './watch.tsx'

type Props = { params: Promise<{ code: string }> }

const codeOf = async (params: Props['params']) => {
  const { code } = await params
  return isParticipant(code) ? code : notFound()
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: DESIGNATION[await codeOf(params)] }
}

const { number, what, quantity, counterpart, stage, verification, filed } = FILING_COLUMNS

export default async function ParticipantPage({ params }: Props) {
  const code = await codeOf(params)
  const caller = await currentCaller()
  const [people, held, limits, newest, figures, obligations, totals, declared, every] = await Promise.all([
    listParticipants(caller, {}), latestHoldings(caller, { participant: code }), listCeilings(caller, {}),
    listFilings(caller, { participant: code, limit: 10 }), registerFigures(caller, {}), listObligations(caller, { participant: code }),
    listHoldings(caller, { participant: code }), listFigures(caller, { participant: code }),
    listDeclarations(caller, { participant: code }),
  ])
  const { neighbours, florenceParty } = people.find((person) => person.code === code)!
  const name = DESIGNATION[code]
  const summary = figuresOf(figures.filter(({ participant }) => participant === code))
  const declaration = newestDeclaration(held, code)
  return <>
    <PageHeader breadcrumb={[{ href: '/participants', label: 'Participants' }, { label: name }]} title={name} lead={<>
      {summary.entries > 0 ? `${name} has ${holdsWords(summary)} in the register` : `${name} has nothing in the register yet`}
      {declaration && <>; its newest declaration of holdings is as of{' '}
        <TextLink href={`/register/${declaration.filing}`} className="whitespace-nowrap">{declaration.asOf}</TextLink></>}.{' '}
      {summary.entries > 0 && verifiedWords(summary)}
    </>} />
    <Columns label={`${name}: neighbours and obligations`} aside={<>
      <Section title="Adjacent participants" hint={`They are told of what ${name} files where a rule addresses neighbours.`}>
        <p className="text-md">{neighbours.map((other, index) => (
          <span key={other}>{index > 0 && ', '}<TextLink href={`/participants/${other}`}>{DESIGNATION[other]}</TextLink></span>
        ))}</p>
      </Section>
      <Watch code={code} neighbours={neighbours} />
      <Section title="Activities">
        <ul className="space-y-1.5 text-md">
          <li><TextLink href={`/activities?participant=${code}`}>What takes place</TextLink></li>
          <li><TextLink href={`/activities/calendars#${code}`}>Its annual calendars</TextLink></li>
        </ul>
      </Section>
      <Section title="Florence Agreement" actions={<TextLink href="/rules#ceilings">Ceilings</TextLink>}>
        <p className="text-md text-ink-2">{florenceParty
          ? `${name} is party to Dayton Annex 1-B, Article IV (Florence, 14 June 1996).`
          : `${name} is not a party to that agreement, so no ceiling applies to it.`}</p>
      </Section>
      <Section title="Obligations and punctuality" hint="Due dates end at midnight in Vienna. Compiled entries meet none.">
        <Agenda label="Obligations" items={obligations.map((obligation) => ({
          at: obligation.dueOn, title: obligation.title,
          sub: <>as of {obligation.asOf} · <ObligationMark obligation={obligation} /></>,
          action: obligation.filing && <TextLink href={`/register/${obligation.filing.id}`}>{obligation.filing.number}</TextLink>,
        }))} />
      </Section>
    </>}>
      <Holdings code={code} held={held} limits={limits} />
    </Columns>
    <Declared code={code} totals={totals} figures={declared} />
    <EveryDeclaration code={code} entries={every} />
    <Section className="mt-10" title="Newest filings"
      actions={<>
        <TextLink href={`/register?participant=${code}`}>All {plural(newest.total, 'entry', 'entries')}</TextLink>
        <TextLink href={`/timeline?participant=${code}`}>In the timeline</TextLink>
      </>}>
      <DataTable caption={`Newest filings of ${name}`} rows={newest.items} rowKey={({ entryId }) => entryId}
        columns={plain(number, what, quantity, counterpart, stage, verification, filed)}
        empty={<EmptyState title="Nothing has been filed yet">What {name} files appears here as soon as it is stored.</EmptyState>} />
      {newest.items.some(({ compiled }) => compiled) && <CompiledNote />}
    </Section>
  </>
}
