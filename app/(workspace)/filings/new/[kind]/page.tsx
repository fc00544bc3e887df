import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { startDeclared } from '@/lib/declarations/queries.ts'
import { DECLARED, type FormKind } from '@/lib/filings/kinds/declared-fields.ts'
import { kindOf } from '@/lib/filings/kinds/registry.ts'
import { slugOf } from '@/lib/filings/kinds/words.ts'
import { listDrafts } from '@/lib/filings/queries.ts'
import { Notice } from '../../../../ui/notice.tsx'
import { TextLink } from '../../../../ui/text-link.tsx'
import { currentCaller, currentViewer } from '../../../../viewer.ts'
import { orRefuse } from '../../../refusals.ts'
import { BegunNotice } from '../../begun-notice.tsx'
import { Editor } from '../../editor.tsx'
import { newDraft } from '../../open-draft.ts'

type Props = { params: Promise<{ kind: string }>; searchParams: Promise<{ asOf?: string | string[] }> }

/** '/filings/new/personnel' is the form of declaration.personnel. */
const kindIn = (slug: string): FormKind => (Object.keys(DECLARED) as FormKind[]).find((kind) => slugOf(kind) === slug) ?? notFound()

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: kindOf(kindIn((await params).kind)).verb })

export default async function NewDeclared({ params, searchParams }: Props) {
  const kind = kindIn((await params).kind)
  const asked = (await searchParams).asOf
  const asOf = typeof asked === 'string' && /^\d{4}-\d\d-\d\d$/.test(asked) ? asked : null
  const caller = await currentCaller()
  const [drafts, start] = await orRefuse(Promise.all([listDrafts(caller, {}), startDeclared(caller, { kind, asOf })]))
  const mine = drafts.filter((draft) => draft.kind === kind && draft.action === 'file' && draft.own && draft.status === 'draft')
  const notices = <>
    <BegunNotice drafts={mine} />
    {start.previous && (
      <Notice title={`Begun from your last one, as of ${start.previous.asOf}`}>
        What stands here is what <TextLink href={`/register/${start.previous.id}`}>{start.previous.number}</TextLink> states, until you change it.
      </Notice>
    )}
  </>
  return <Editor draft={{ ...newDraft(kind), payload: start.payload }} viewer={await currentViewer()} notices={notices} />
}
