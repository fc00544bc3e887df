import type { Metadata } from 'next'
import { listDrafts } from '@/lib/filings/queries.ts'
import { listObligations } from '@/lib/schedule/queries.ts'
import { currentCaller, currentViewer } from '../../../../viewer.ts'
import { orRefuse } from '../../../refusals.ts'
import { BegunNotice } from '../../begun-notice.tsx'
import { DeclarationDates } from '../../declaration-dates.tsx'
import { Editor } from '../../editor.tsx'
import { newDraft } from '../../open-draft.ts'

export const metadata: Metadata = { title: 'Declare holdings' }

const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^(19|20)\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

export default async function NewDeclaration({ searchParams }: { searchParams: Promise<{ asOf?: string | string[] }> }) {
  const { asOf } = await searchParams
  const [caller, viewer] = [await currentCaller(), await currentViewer()]
  const drafts = await orRefuse(listDrafts(caller, {}))
  const begun = drafts.filter(({ kind, action }) => kind === 'declaration.holdings' && action === 'file')
  if (!isDay(asOf)) {
    const obligations = await listObligations(caller, { participant: viewer.participant ?? undefined })
    return <DeclarationDates asked={asOf === undefined ? null : String(asOf)} obligations={obligations} drafts={begun} />
  }
  const same = begun.filter(({ payload }) => payload.asOf === asOf)
  const draft = { ...newDraft('declaration.holdings'), payload: { asOf } }
  return <Editor draft={draft} viewer={viewer} notices={<BegunNotice drafts={same} />} />
}
