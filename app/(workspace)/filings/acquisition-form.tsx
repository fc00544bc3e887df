'use client'
import { useMemo, useState, type ReactNode } from 'react'
import type { AcquisitionMode, Stage } from '@/lib/filings/kinds/acquisition.ts'
import type { TimeLimits } from '@/lib/filings/rules.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import type { FieldProblem } from '@/lib/shared/errors.ts'
import { AcquisitionFields } from './acquisition-fields.tsx'
import { ACQUISITION_BLANKS, acquisitionFillers, acquisitionPayload, acquisitionValues } from './acquisition-values.ts'
import type { OwnEntry } from './category-and-type.tsx'
import { DraftFrame, type Filer } from './draft-frame.tsx'
import { DraftFooter } from './draft-footer.tsx'
import { InTime } from './in-time.tsx'
import { NextStageHint } from './next-stage-hint.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { ReasonField } from './reason-field.tsx'
import { useDraft, type OpenDraft } from './use-draft.ts'
import { fieldsOf, placed } from './fields.ts'
import { usePreview } from './use-preview.ts'
import { useTyped } from './use-typed.ts'

/** Closed lists and political figures come from the server: their modules are not for the browser. */
export type AcquisitionLists = {
  stages: readonly { value: Stage; label: string }[]
  modes: readonly { value: AcquisitionMode; label: string }[]
  effects: readonly { value: string; label: string }[]
  countries: readonly { code: string; name: string }[]
  titles: Record<string, string>
  limits: TimeLimits
  today: string
}

type Props = { draft: OpenDraft; filer: Filer; lists: AcquisitionLists; notices?: ReactNode }

export const AcquisitionForm = ({ draft, filer, lists, notices }: Props) => {
  const opened = useMemo(() => acquisitionValues(draft.payload, draft.reason), [draft])
  const typed = useTyped(opened)
  const { values } = typed
  const payload = acquisitionPayload(values, draft.payload.previous)
  const kept = useDraft(draft, acquisitionPayload(opened, draft.payload.previous), payload, values.reason)
  const participant = filer.participant as ParticipantCode
  const seen = usePreview(
    { kind: draft.kind, participant, payload, action: draft.action, basedOn: draft.basedOn },
    acquisitionFillers(values, lists.today),
  )
  const [attempted, setAttempted] = useState(false)
  const [refusedReason, setRefusedReason] = useState<string>()
  const [own, setOwn] = useState<readonly OwnEntry[]>([])
  const place = (found: readonly FieldProblem[]) => placed(found, payload, ACQUISITION_BLANKS)
  const problems = place(seen.preview?.problems ?? [])
  const fields = fieldsOf(typed, opened, problems, attempted)
  return (
    <DraftFrame
      form={typed.form}
      awake={typed.awake}
      draft={draft}
      kept={kept}
      title="Notify an acquisition"
      lead="State what is planned, contracted or delivered."
      filer={filer}
      missing={seen.preview ? problems.length : 1}
      place={place}
      onAttempt={(refused) => {
        setAttempted(true)
        setRefusedReason(refused.find(({ pointer }) => pointer === '/reason')?.message)
      }}
      notices={notices}
      footer={<DraftFooter id={draft.id} saved={kept.savedAt !== null} />}
      aside={
        <>
          <PreviewPanel state={seen} titles={lists.titles} />
          {draft.action !== 'amend' && <InTime payload={payload} today={lists.today} limits={lists.limits} />}
        </>
      }>
      {draft.action === 'amend' && (
        <ReasonField {...fields.bind('reason', '/reason')} error={values.reason.trim().length < 3 ? refusedReason : undefined} />
      )}
      <AcquisitionFields
        participant={participant}
        action={draft.action}
        values={values}
        lists={lists}
        fields={fields}
        onOwn={setOwn}
        hint={draft.action === 'file' && <NextStageHint entries={own} />}
      />
    </DraftFrame>
  )
}
