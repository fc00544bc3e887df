import type { Metadata } from 'next'
import { getFiling } from '@/lib/filings/queries.ts'
import { may } from '@/lib/auth/policy.ts'
import { DESIGNATION, PARTICIPANTS } from '@/lib/participants/rules.ts'
import { forbidden } from 'next/navigation'
import { PageHeader } from '../../../ui/page-header.tsx'
import { TextLink } from '../../../ui/text-link.tsx'
import { currentCaller, currentViewer } from '../../../viewer.ts'
import { orRefuse } from '../../refusals.ts'
import { AskForm } from '../ask-form.tsx'

export const metadata: Metadata = { title: 'Ask for clarification' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function NewClarification({ searchParams }: Props) {
  const { filing: asked } = await searchParams
  const [caller, viewer] = [await currentCaller(), await currentViewer()]
  if (!may(viewer.role, 'clarification.act')) forbidden()
  const found = typeof asked === 'string' ? await orRefuse(getFiling(caller, { id: asked })) : null
  const filing = found && found.entry.participant !== viewer.participant ? found : null
  const others = PARTICIPANTS.filter((code) => code !== viewer.participant).map((code) => ({ value: code, label: DESIGNATION[code] }))
  return <>
    <PageHeader breadcrumb={[{ href: '/clarifications', label: 'Clarifications' }, { label: 'Ask' }]} title="Ask for clarification"
      lead={filing
        ? <>About <TextLink href={`/register/${filing.version.id}`}>{filing.entry.number}</TextLink>, {DESIGNATION[filing.entry.participant]}: {filing.version.summary}.</>
        : 'About an activity, or about something that was seen and that no filing tells of.'} />
    <AskForm participants={others} about={filing
      ? { filing: filing.version.id, asked: filing.entry.participant, name: DESIGNATION[filing.entry.participant], title: `${filing.entry.number}: ${filing.version.summary}`.slice(0, 160) } : null} />
  </>
}
