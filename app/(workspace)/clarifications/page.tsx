import type { Metadata } from 'next'
import { may } from '@/lib/auth/policy.ts'
import { listClarifications, type ClarificationView } from '@/lib/clarification/queries.ts'
import { plural } from '@/lib/shared/format.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Section } from '../../ui/section.tsx'
import { currentCaller, currentViewer } from '../../viewer.ts'
import { LiveInbox } from '../live-inbox.tsx'
import { orRefuse } from '../refusals.ts'
import { ClarificationTable } from '../clarification-table.tsx'

export const metadata: Metadata = { title: 'Clarifications' }

const isOpen = ({ state }: ClarificationView) => state !== 'closed'

export default async function Clarifications() {
  const viewer = await currentViewer()
  const all = await orRefuse(listClarifications(await currentCaller(), {}))
  const now = new Date()
  const own = all.filter(({ party }) => party !== null)
  const toUs = own.filter((one) => one.party === 'asked' && isOpen(one))
  const fromUs = own.filter((one) => one.party === 'asking' && isOpen(one))
  const others = all.filter((one) => one.party === null && isOpen(one))
  const closed = all.filter((one) => !isOpen(one))
  const waiting = toUs.filter(({ state }) => state === 'waiting' || state === 'unanswered').length
  return <>
    <LiveInbox waiting={waiting > 0 ? `${plural(waiting, 'request waits', 'requests wait')} for a reply.` : ''} />
    <PageHeader title="Clarifications"
      lead="One participant asks another about an activity, or about what it saw. A reply is due in 48 hours, counted through weekends and clock changes; silence shows. It stays between the two until the one that asked shows it to all, or calls a meeting."
      actions={may(viewer.role, 'clarification.act') && <ButtonLink href="/clarifications/new">Ask a participant</ButtonLink>} />
    {viewer.participant && <>
      <Section title="To you" hint={waiting > 0 ? `${plural(waiting, 'request waits', 'requests wait')} for your reply.` : undefined}>
        <ClarificationTable caption="Requests to you" rows={toUs} now={now} empty={<EmptyState title="Nobody asks you">A request appears here at once, and by e-mail, with reminders after 24, 42 and 47 hours.</EmptyState>} />
      </Section>
      <Section title="From you">
        <ClarificationTable caption="Requests from you" rows={fromUs} now={now} empty={<EmptyState title="You ask nobody">Ask from the page of a filing, or from nothing when something was seen that no filing tells of.</EmptyState>} />
      </Section>
    </>}
    <Section title="Between others" hint="Those shown to all participants.">
      <ClarificationTable caption="Requests between others" rows={others} now={now} empty={<EmptyState title="None is shown to you">What two participants keep between them is not listed here.</EmptyState>} />
    </Section>
    {closed.length > 0 && <Section title="Closed"><ClarificationTable caption="Closed requests" rows={closed} now={now} empty={null} /></Section>}
  </>
}
