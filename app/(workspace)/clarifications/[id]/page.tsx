import type { Metadata } from 'next'
import { cache } from 'react'
import { getClarification } from '@/lib/clarification/queries.ts'
import { STATE_LABEL } from '@/lib/clarification/rules.ts'
import { QUESTION_LABEL } from '@/lib/clarification/words.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { listPlaces } from '@/lib/proof/queries.ts'
import { formatDay } from '@/lib/shared/format.ts'
import { Columns } from '../../../ui/columns.tsx'
import { KeyValues } from '../../../ui/key-values.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Section } from '../../../ui/section.tsx'
import { StatusMark } from '../../../ui/status-mark.tsx'
import { TextLink } from '../../../ui/text-link.tsx'
import { currentCaller } from '../../../viewer.ts'
import { LiveInbox } from '../../live-inbox.tsx'
import { orRefuse } from '../../refusals.ts'
import { dueInWords, STATE_MARK } from '../../clarification-words.ts'
import { Acts } from './acts.tsx'
import { Clock, Readers } from './clock.tsx'
import { Doing } from './doing.tsx'

type Props = { params: Promise<{ id: string }> }
const load = cache(async (id: string) => orRefuse(getClarification(await currentCaller(), { id })))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { number, title } = await load((await params).id)
  return { title: `${number}: ${title}` }
}

export default async function ClarificationPage({ params }: Props) {
  const request = await load((await params).id)
  const { number, title, asking, asked, filing, observed, observedOn, place, questions, more, state, acts } = request
  const { places } = await listPlaces(await currentCaller(), { subjects: [request.id, ...acts.map(({ id }) => id)] })
  return <>
    <LiveInbox waiting="" />
    <PageHeader breadcrumb={[{ href: '/clarifications', label: 'Clarifications' }, { label: number }]} title={title}
      status={<StatusMark mark={STATE_MARK[state]}>{STATE_LABEL[state]}</StatusMark>}
      lead={<>{DESIGNATION[asking]} asks {DESIGNATION[asked]}. {request.clock.stoppedAt === null && state !== 'closed' && <>{dueInWords(request)}.</>}</>} />
    <Columns label="The clock and the readers" aside={<><Clock request={request} now={new Date()} /><Readers request={request} places={places} /></>}>
      <Section title="What was asked">
        <p className="mb-4 max-w-text whitespace-pre-line">{observed}</p>
        <KeyValues items={[
          { label: 'Seen on', hide: !observedOn, value: observedOn && formatDay(observedOn) },
          { label: 'Where', hide: !place, value: place },
          { label: 'About', hide: !filing, value: filing && <><TextLink href={`/register/${filing.id}`}>{filing.number}</TextLink>, {filing.summary}</> },
          { label: 'Questions', value: <ul>{[...questions.map((name) => QUESTION_LABEL[name]), ...(more ? [more] : [])].map((question) => <li key={question}>{question}</li>)}</ul> },
        ]} />
      </Section>
      <Doing request={request} />
      <Section title="What was done" hint="Nobody can edit or delete any of it."><Acts request={request} /></Section>
    </Columns>
  </>
}
