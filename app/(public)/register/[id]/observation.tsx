import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { may, type Viewer } from '@/lib/auth/policy.ts'
import { observationOf } from '@/lib/observation/queries.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import { today } from '../../standing.ts'
import type { Filing } from './lead.tsx'
import { AnswerForm } from './observation-forms.tsx'
import { Notes } from './observation-notes.tsx'
import { EarlierAnswers, InvitedTable, standingCounts, type Observation } from './observation-table.tsx'

/** What the viewer's participant answered last, to be answered anew. */
const answeredBefore = ({ replies }: Observation, me: ParticipantCode) => {
  const last = replies.findLast(({ participant }) => participant === me)
  return last ? { answer: last.answer, seats: last.names ?? [], words: last.words ?? '' } : null
}

const Invited = ({ observation }: { observation: Observation }) => {
  if (observation.invitations.length === 0) {
    return <p className="text-md text-ink-2">{observation.filing.status === 'withdrawn' ? 'The notice has been withdrawn: the invitation has lapsed.' : 'Nobody is invited any more.'}</p>
  }
  return <>
    <p className="mb-3 text-md text-ink-2">{standingCounts(observation.invitations)}</p>
    <InvitedTable observation={observation} />
  </>
}

/** Who is invited to observe an activity, who comes, and what they saw: for participants, verifiers and the secretariat. */
export const Observers = async ({ filing: { entry, version, versions }, viewer }: { filing: Filing; viewer: Viewer }) => {
  const hasInvited = versions.some(({ payload }) => payload.observers !== undefined)
  if (entry.kind !== 'notification.activity' || entry.compiled || !hasInvited || !may(viewer.role, 'invitation.read')) return null
  const observation = await observationOf(await currentCaller(), { id: entry.id })
  const { participant: me, role } = viewer
  const isMinistry = me !== null && may(role, 'invitation.answer')
  const { replyBy, name, filing, may: can } = observation
  return (
    <div id="observers" className="mb-10 scroll-mt-6">
      <Section title="Observers" actions={<TextLink href="/activities/observers">Who invites whom, and who comes</TextLink>}
        hint={version.id === filing.id ? undefined : `As version ${filing.version}, the newest, states it.`}>
        <Invited observation={observation} />
        <EarlierAnswers observation={observation} />
        {can.answer && isMinistry && replyBy && (
          <AnswerForm id={filing.id} name={name} before={answeredBefore(observation, me)} due={replyBy} isLate={today() > replyBy} />
        )}
        <Notes observation={observation} me={isMinistry ? me : null} />
      </Section>
    </div>
  )
}
