import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getDraft } from '@/lib/filings/queries.ts'
import { currentCaller, currentViewer } from '../../../../viewer.ts'
import { orRefuse } from '../../../refusals.ts'
import { Editor } from '../../editor.tsx'
import { storedDraft } from '../../open-draft.ts'
import { Review } from '../../review.tsx'

export const metadata: Metadata = { title: 'Draft' }

export default async function DraftPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const [draft, viewer] = [await orRefuse(getDraft(await currentCaller(), { id })), await currentViewer()]
  if (draft.status === 'released') redirect(`/register/${id}`)
  if (draft.status === 'discarded') notFound()
  if (draft.status === 'awaiting_approval') return <Review draft={draft} viewer={viewer} />
  return <Editor key={draft.revision} draft={storedDraft(draft)} viewer={viewer} />
}
