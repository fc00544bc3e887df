import type { Metadata } from 'next'
import { listDrafts } from '@/lib/filings/queries.ts'
import { currentCaller, currentViewer } from '../../../../viewer.ts'
import { orRefuse } from '../../../refusals.ts'
import { BegunNotice } from '../../begun-notice.tsx'
import { Editor } from '../../editor.tsx'
import { newDraft } from '../../open-draft.ts'

export const metadata: Metadata = { title: 'Notify an acquisition' }

export default async function NewAcquisition() {
  const drafts = await orRefuse(listDrafts(await currentCaller(), {}))
  const mine = drafts.filter(
    ({ kind, action, own, status }) => kind === 'notification.acquisition' && action === 'file' && own && status === 'draft',
  )
  return <Editor draft={newDraft('notification.acquisition')} viewer={await currentViewer()} notices={<BegunNotice drafts={mine} />} />
}
