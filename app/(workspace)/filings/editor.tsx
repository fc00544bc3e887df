import type { ReactNode } from 'react'
import type { Viewer } from '@/lib/auth/policy.ts'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { currentCaller } from '../../viewer.ts'
import { DECLARED, isDeclared } from '../../declared-fields.ts'
import { AcquisitionForm } from './acquisition-form.tsx'
import { DeclaredForm } from './declared-form.tsx'
import { DisposalForm } from './disposal-form.tsx'
import { Facts } from './facts.tsx'
import { acquisitionLists, declaredFormWords, disposalLists, filerOf } from './lists.ts'
import type { OpenDraft } from './use-draft.ts'
import { WithdrawForm } from './withdraw-form.tsx'

// The form that fits a draft: by what it does to its entry, then by its kind.
export const Editor = async ({ draft, viewer, notices }: { draft: OpenDraft; viewer: Viewer; notices?: ReactNode }) => {
  const caller = await currentCaller()
  const filer = filerOf(viewer)
  if (draft.action === 'withdraw')
    return <WithdrawForm draft={draft} filer={filer} notices={notices} facts={<Facts kind={draft.kind} payload={draft.payload} stacked />} />
  if (draft.kind === 'notification.acquisition')
    return <AcquisitionForm draft={draft} filer={filer} lists={await acquisitionLists(caller)} notices={notices} />
  if (draft.kind === 'notification.disposal')
    return <DisposalForm draft={draft} filer={filer} lists={await disposalLists(caller)} notices={notices} />
  if (isDeclared(draft.kind))
    return <DeclaredForm draft={draft} filer={filer} declared={DECLARED[draft.kind]} words={await declaredFormWords(caller, draft.kind)} notices={notices} />
  return (
    <>
      <PageHeader breadcrumb={[{ href: '/filings', label: 'Filings' }, { label: 'Draft' }]} title="Declaration of holdings" />
      <Notice title="Declarations are filed over the API for now">
        A declaration has hundreds of lines; send it, and its amendments, as described under{' '}
        <TextLink href="/about#api">filing over the API</TextLink>.
      </Notice>
      <Facts kind={draft.kind} payload={draft.payload} />
    </>
  )
}
