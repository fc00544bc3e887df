import type { listInvitations } from '@/lib/observation/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { Agenda } from '../../ui/agenda.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'

type Props = { invitations: Awaited<ReturnType<typeof listInvitations>>; today: string }

// Activities that the participant is invited to observe and has not answered; an answer after the day is still taken, and marked.
export const Invited = ({ invitations, today }: Props) => (
  <Section title="Invited to observe" hint="By the day on which the answer is due. To accept, to decline, and to say nothing are three things; all participants read which.">
    <Agenda label="Invitations to answer" items={invitations.map(({ filing, host, name, startsOn, endsOn, replyBy }) => ({
      at: replyBy, title: name,
      sub: <>{DESIGNATION[host]}, <span className="whitespace-nowrap">{startsOn}</span>{endsOn !== startsOn && <> to <span className="whitespace-nowrap">{endsOn}</span></>}{replyBy < today && ' · the day for replies has passed'}</>,
      action: <TextLink href={`/register/${filing.id}#observers`}>Answer<span className="sr-only">: {name}</span></TextLink>,
    }))} />
  </Section>
)
