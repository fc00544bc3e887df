import type { Viewer } from '@/lib/auth/policy.ts'
import { may } from '@/lib/auth/policy.ts'
import type { Audience } from '@/lib/filings/kinds/kind.ts'
import { kindOf } from '@/lib/filings/kinds/registry.ts'
import type { getDraft, Preview } from '@/lib/filings/queries.ts'
import { getFiling, previewFiling } from '@/lib/filings/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatDateTime, formatList, plural } from '@/lib/shared/format.ts'
import { changesBetween, labelsOf } from '../../payload-words.ts'
import { Lines } from '../../holdings-lines.tsx'
import { Columns } from '../../ui/columns.tsx'
import { Diff } from '../../ui/diff.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Section } from '../../ui/section.tsx'
import { StatusMark } from '../../ui/status-mark.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { currentCaller } from '../../viewer.ts'
import { draftTitle } from '../draft-words.ts'
import { orRefuse } from '../refusals.ts'
import { AgainstLast } from './against-last.tsx'
import { ApprovalForm } from './approval-form.tsx'
import { Facts } from './facts.tsx'
import { InTime } from './in-time.tsx'
import { acquisitionLists } from './lists.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { RemarkOn, RemarkRow, Remarks } from './remarks.tsx'

type Draft = Awaited<ReturnType<typeof getDraft>>

const notPublic = ({ kind, payload }: Draft): string => {
  const audience = kindOf(kind).audience as Record<string, Audience>
  const named = (wanted: Audience) =>
    labelsOf(kind).filter(({ field }) => payload[field] !== undefined && audience[field] === wanted).map(({ label }) => label.toLowerCase())
  const [observers, participants] = [named('observer'), named('participant')]
  return [
    observers.length > 0 && `The public does not read: ${formatList([...observers, ...participants])}.`,
    participants.length > 0 && `Observers do not read: ${formatList(participants)}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

const consequence = (draft: Draft, preview: Preview): string => {
  const told = new Set(preview.alerts.flatMap(({ recipients }) => recipients.map(({ recipient }) => recipient))).size
  const alerts = preview.alerts.length === 0 ? 'Nobody is alerted.' : `${plural(told, 'addressee is', 'addressees are')} told at once.`
  const what = draft.basis
    ? `files it as version ${draft.basis.version + 1} of ${draft.basis.number}`
    : `numbers it and puts it in the register for ${DESIGNATION[draft.participant]}`
  return `Releasing it ${what}. ${alerts} It can then be amended, never edited.`
}

/** Whose turn it is, when it is not the viewer's. */
const Waiting = ({ draft, viewer }: { draft: Draft; viewer: Viewer }) => {
  const name = DESIGNATION[draft.participant]
  if (!may(viewer.role, 'filing.release')) {
    return (
      <Notice title={`Awaits an approver of ${name}`}>
        Nothing has been sent yet. An approver releases it, or returns it with a remark; then it is yours to correct.
      </Notice>
    )
  }
  return (
    <Notice tone="warn" title="You drafted this filing, so another person releases it">
      Four eyes: who drafted a filing does not release it. Another approver of {name} finds it in their workspace.
    </Notice>
  )
}

const BESIDE = { On: RemarkOn, Row: RemarkRow }

const Changes = async ({ draft }: { draft: Draft }) => {
  if (!draft.basedOn || !draft.basis || draft.action === 'withdraw') return null
  const { version } = await orRefuse(getFiling(await currentCaller(), { id: draft.basedOn }))
  const changes = changesBetween(draft.kind, version.payload, draft.payload)
  return (
    <Section
      title={`What changes in ${draft.basis.number}`}
      hint={
        <>
          Against <TextLink href={`/register/${version.id}`}>version {version.version}</TextLink>.
        </>
      }>
      {changes.length > 0 ? <Diff changes={changes} /> : <p className="text-ink-2">Nothing is stated differently.</p>}
    </Section>
  )
}

// A draft that awaits approval, as a reader will see it: for the approver with what to decide, for the drafter to look at.
export const Review = async ({ draft, viewer }: { draft: Draft; viewer: Viewer }) => {
  const caller = await currentCaller()
  const { kind, participant, action, basedOn, payload } = draft
  const [preview, lists] = await Promise.all([
    orRefuse(previewFiling(caller, { kind, participant, action, basedOn, payload })),
    acquisitionLists(caller),
  ])
  const decides = may(viewer.role, 'filing.release') && !draft.own
  const by = `Drafted by ${draft.own ? 'you' : draft.draftedByName}, sent ${formatDateTime(draft.submittedAt ?? draft.updatedAt)}.`
  return (
    <Remarks>
      <PageHeader
        breadcrumb={[{ href: '/filings', label: 'Filings' }, { label: 'Awaiting approval' }]}
        title={draftTitle(draft)}
        lead={by}
        status={<StatusMark mark="pending">Awaiting approval</StatusMark>}
      />
      <Columns
        label="What this filing will cause"
        aside={
          <>
            {action !== 'withdraw' && <PreviewPanel state={{ preview, pending: false, failed: null }} titles={lists.titles} />}
            {kind === 'notification.acquisition' && (action === 'file' || action === 'stage') && (
              <InTime payload={payload} today={lists.today} limits={lists.limits} />
            )}
          </>
        }>
        {!decides && <Waiting draft={draft} viewer={viewer} />}
        {preview.problems.length > 0 && (
          <Notice tone="crit" title="The register would refuse this as it stands now">
            <ul>
              {preview.problems.map(({ pointer, message }) => (
                <li key={pointer + message}>{message}</li>
              ))}
            </ul>
          </Notice>
        )}
        <Section title={action === 'withdraw' ? 'What is withdrawn' : 'As a participant will read it'} hint={notPublic(draft)}>
          {draft.reason && <p className="mb-4 max-w-text text-ink-2">Reason: {draft.reason}</p>}
          <Facts kind={kind} payload={payload} beside={decides ? BESIDE : undefined} />
        </Section>
        {kind === 'declaration.holdings' && preview.problems.length === 0 && <Lines payload={payload} participant={participant} id={null} Row={decides ? RemarkRow : undefined} />}
        {kind === 'declaration.holdings' && action === 'file' && <AgainstLast draft={draft} preview={preview} />}
        <Changes draft={draft} />
        {decides && (
          <Section title="Your decision">
            <ApprovalForm id={draft.id} consequence={consequence(draft, preview)} />
          </Section>
        )}
      </Columns>
    </Remarks>
  )
}
