import type { ReactNode } from 'react'
import type { Caller } from '@/lib/auth/guard.ts'
import type { Viewer } from '@/lib/auth/policy.ts'
import { startDeclaration } from '@/lib/declarations/queries.ts'
import { DECLARED, isDeclared, type FormKind } from '@/lib/filings/kinds/declared-fields.ts'
import { AppError } from '@/lib/shared/errors.ts'
import { DrawingGround } from '../../map/drawing-ground.tsx'
import { REGION_VIEW } from '../../map/views.ts'
import { currentCaller } from '../../viewer.ts'
import { Facts } from './facts.tsx'
import { AcquisitionForm, DeclaredForm, DisposalForm, HoldingsForm, WithdrawForm } from './forms.tsx'
import { HoldingsHelp } from './holdings-help.tsx'
import { acquisitionLists, declaredFormWords, disposalLists, filerOf, holdingsLists } from './lists.ts'
import type { OpenDraft } from './use-draft.ts'

/** What a declaration is held against. A draft of the API may state a date that is none: then there is nothing. */
const startOf = async (caller: Caller, asOf: unknown) => {
  try {
    return await startDeclaration(caller, { asOf: String(asOf) })
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return null
    throw error
  }
}

const asksForArea = (kind: FormKind): boolean => DECLARED[kind].fields.some(({ what }) => what === 'area')

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
    return (
      <DeclaredForm
        draft={draft}
        filer={filer}
        declared={DECLARED[draft.kind]}
        words={await declaredFormWords(caller, draft.kind)}
        map={asksForArea(draft.kind) ? { ground: <DrawingGround />, view: REGION_VIEW } : undefined}
        notices={notices}
      />
    )
  const [start, lists] = await Promise.all([startOf(caller, draft.payload.asOf), holdingsLists(caller)])
  return <HoldingsForm draft={draft} filer={filer} start={start} lists={lists} help={<HoldingsHelp />} notices={notices} />
}
