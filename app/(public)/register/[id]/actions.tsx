import { ButtonLink } from '@/app/ui/button.tsx'
import { may, type Viewer } from '@/lib/auth/policy.ts'
import type { EntryView } from '@/lib/filings/queries.ts'

type Props = { entry: EntryView; isNewest: boolean; viewer: Viewer; hasSigned: boolean }

const Owner = ({ entry }: { entry: EntryView }) => <>
  {entry.kind === 'notification.acquisition' && entry.stage !== 'incorporated' && (
    <ButtonLink href={`/filings/${entry.id}/stage`}>File the next stage</ButtonLink>
  )}
  <ButtonLink href={`/filings/${entry.id}/amend`} tone="quiet">Amend</ButtonLink>
  <ButtonLink href={`/filings/${entry.id}/withdraw`} tone="quiet">Withdraw</ButtonLink>
</>

/** What the viewer can do with the newest version. Only links: each leads to a page that asks the guard again. */
export const Actions = ({ entry, isNewest, viewer, hasSigned }: Props) => {
  if (!isNewest || entry.status === 'withdrawn') return null
  const isOwn = viewer.participant === entry.participant
  if (isOwn && may(viewer.role, 'filing.submit')) return <Owner entry={entry} />
  const canAsk = !isOwn && !entry.compiled && may(viewer.role, 'clarification.act')
  if (canAsk) return <ButtonLink href={`/clarifications/new?filing=${entry.id}`} tone="quiet">Ask for clarification</ButtonLink>
  const isOpen = !entry.compiled && !hasSigned && ['unverified', 'pending'].includes(entry.verification)
  if (!isOwn && isOpen && may(viewer.role, 'filing.verify')) return <ButtonLink href={`/verify/${entry.id}`}>Verify</ButtonLink>
  return null
}
