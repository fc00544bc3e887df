import { countTold } from '@/lib/alerts/queries.ts'
import { latestHoldings } from '@/lib/analysis/queries.ts'
import { may, type Viewer } from '@/lib/auth/policy.ts'
import { listClarifications } from '@/lib/clarification/queries.ts'
import { listDrafts, listFilings } from '@/lib/filings/queries.ts'
import { listInvitations } from '@/lib/observation/queries.ts'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import { listObligations } from '@/lib/schedule/queries.ts'
import { listCeilings } from '@/lib/thresholds/queries.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Columns } from '../../ui/columns.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { currentCaller } from '../../viewer.ts'
import { waitingNotices } from '../arrived.ts'
import { ClarificationTable } from '../clarification-table.tsx'
import { DraftTable, type DraftRow } from '../draft-table.tsx'
import { RecentFilings } from '../recent-filings.tsx'
import { orRefuse } from '../refusals.ts'
import { Arrived } from './arrived.tsx'
import { Due } from './due.tsx'
import { Invited } from './invited.tsx'
import { Opening } from './opening.tsx'
import { Standing } from './standing.tsx'
import { countWords, dueSentence } from './words.ts'

const isForMe = (draft: DraftRow, viewer: Viewer): boolean =>
  draft.status === 'returned' ? draft.own : draft.status === 'awaiting_approval' && may(viewer.role, 'filing.release') && !draft.own

const load = async (participant: ParticipantCode) => {
  const caller = await currentCaller()
  const [arrived, drafts, recent, obligations, holdings, ceilings, requests, invitations] = await orRefuse(
    Promise.all([
      waitingNotices(caller, 5),
      listDrafts(caller, {}),
      listFilings(caller, { participant, limit: 20 }),
      listObligations(caller, { participant }),
      latestHoldings(caller, { participant }),
      listCeilings(caller, {}),
      listClarifications(caller, { participant, state: 'open' }),
      listInvitations(caller, { participant, as: 'invited', open: 'true' }),
    ]),
  )
  const entries = recent.items.filter(({ compiled }) => !compiled).slice(0, 6)
  const told = await countTold(caller, { filingIds: entries.map(({ id }) => id) })
  return {
    arrived, drafts, entries, invitations, told, obligations, holdings, limits: ceilings.find((row) => row.participant === participant)!,
    asked: requests.filter(({ party, state }) => party === 'asked' && (state === 'waiting' || state === 'unanswered')),
  }
}

export const Ministry = async ({ viewer, now }: { viewer: Viewer; now: Date }) => {
  const participant = viewer.participant!
  const { arrived, drafts, entries, told, obligations, holdings, limits, asked, invitations } = await load(participant)
  const mine = drafts.filter((draft) => isForMe(draft, viewer))
  const others = drafts.filter((draft) => !isForMe(draft, viewer))
  const toRelease = mine.filter(({ status }) => status === 'awaiting_approval').length
  const returned = mine.length - toRelease
  const sentences = [
    asked.length > 0 && `${countWords(asked.length, 'request for clarification waits', 'requests for clarification wait')} for your reply.`,
    invitations.length > 0 && `${countWords(invitations.length, 'invitation to observe waits', 'invitations to observe wait')} for your answer.`,
    arrived.total > 0 &&
      `${countWords(arrived.total, 'message waits', 'messages wait')} for ${DESIGNATION[participant]}’s acknowledgement.`,
    toRelease > 0 && `${countWords(toRelease, 'draft waits', 'drafts wait')} for your release.`,
    returned > 0 && `${countWords(returned, 'draft has', 'drafts have')} come back to you with a remark.`,
    arrived.total + mine.length + asked.length + invitations.length === 0 && 'Nothing waits for you.',
    dueSentence(obligations),
  ]
  return (
    <>
      <Opening
        now={now}
        sentences={sentences}
        waiting={arrived.total}
        actions={
          <>
            <ButtonLink href="/filings/new/acquisition">Notify an acquisition</ButtonLink>
            <ButtonLink href="/filings/new/disposal" tone="quiet">
              Notify a disposal
            </ButtonLink>
            <ButtonLink href="/filings/new/activity" tone="quiet">
              Notify an activity
            </ButtonLink>
            <ButtonLink href="/filings/new/declaration" tone="quiet">
              Declare holdings
            </ButtonLink>
          </>
        }
      />
      <Columns
        label="Due and standing"
        aside={
          <>
            <Due obligations={obligations} />
            <Standing participant={participant} holdings={holdings} limits={limits} today={now.toISOString().slice(0, 10)} />
          </>
        }>
        {asked.length > 0 && (
          <Section title="Asked of you" hint="A reply is due within 48 hours.">
            <ClarificationTable caption="Requests that wait for your reply" rows={asked} now={now} empty={null} isBrief />
          </Section>
        )}
        {invitations.length > 0 && <Invited invitations={invitations} today={now.toISOString().slice(0, 10)} />}
        {mine.length > 0 && (
          <Section title="Waits for you">
            <DraftTable caption="Drafts that wait for you" drafts={mine} />
          </Section>
        )}
        <Arrived notices={arrived.items} total={arrived.total} mayAcknowledge />
        {others.length > 0 && (
          <Section title="Drafts">
            <DraftTable caption="Drafts" drafts={others} />
          </Section>
        )}
        <Section title="Waiting for others" actions={<TextLink href="/filings">All filings of {DESIGNATION[participant]}</TextLink>}>
          <RecentFilings
            caption="Recent filings and who has acknowledged them"
            entries={entries}
            told={told}
            now={now}
            empty={
              <EmptyState title="Nothing of yours waits for others">
                A filing stands here with who was told, who has acknowledged it and how far it is verified.
              </EmptyState>
            }
          />
        </Section>
      </Columns>
    </>
  )
}
