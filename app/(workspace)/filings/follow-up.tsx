import { notFound } from 'next/navigation'
import { getFiling, listDrafts } from '@/lib/filings/queries.ts'
import type { Action } from '@/lib/filings/rules.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Message } from '../../ui/message-page.tsx'
import { currentCaller, currentViewer } from '../../viewer.ts'
import { orRefuse } from '../refusals.ts'
import { BegunNotice } from './begun-notice.tsx'
import { Editor } from './editor.tsx'
import { followUp } from './open-draft.ts'

type Step = Exclude<Action, 'file'>
type Filing = Awaited<ReturnType<typeof getFiling>>

/** Why this step cannot follow; null when it can. The command would refuse the same, but only after all was typed. */
const obstacle = ({ entry, version }: Filing, step: Step): string | null => {
  if (entry.status === 'withdrawn') return `${entry.number} has been withdrawn. File a new entry.`
  if (entry.id !== version.id) return `${entry.number} has a newer version. Start from that one.`
  if (step === 'stage' && entry.kind !== 'notification.acquisition') return `Only acquisitions have stages. Amend ${entry.number} instead.`
  if (step === 'stage' && entry.stage === 'incorporated')
    return `${entry.number} is incorporated, which is its last stage. Amend it if something was wrong.`
  if (step === 'withdraw' && entry.compiled) {
    return `${entry.number} was compiled from open sources: there is nothing of yours to withdraw. Amend it to state what is right.`
  }
  return null
}

// A step after a filed version, with what is known filled in. Nothing is stored by looking: the draft begins with the first change.
export const FollowUp = async ({ id, step }: { id: string; step: Step }) => {
  const caller = await currentCaller()
  const [drafts, viewer] = await Promise.all([orRefuse(listDrafts(caller, {})), currentViewer()])
  const filing = await orRefuse(getFiling(caller, { id }))
  if (filing.entry.participant !== viewer.participant) notFound()
  const refusal = obstacle(filing, step)
  if (refusal) {
    return (
      <Message
        title="This step cannot follow"
        actions={<ButtonLink href={`/register/${filing.entry.id}`}>Open {filing.entry.number}</ButtonLink>}>
        <p>{refusal}</p>
      </Message>
    )
  }
  const same = drafts.filter((draft) => draft.action === step && draft.basedOn === id)
  return <Editor draft={followUp(filing, step)} viewer={viewer} notices={<BegunNotice drafts={same} />} />
}
