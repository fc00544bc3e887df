'use client'
import { useMemo, useState, type ReactNode } from 'react'
import { Sheet } from '../../ui/sheet.tsx'
import { DraftFrame, type Filer } from './draft-frame.tsx'
import { DraftFooter } from './draft-footer.tsx'
import type { Payload } from './form-values.ts'
import { ReasonField } from './reason-field.tsx'
import { useDraft, type OpenDraft } from './use-draft.ts'
import { fieldsOf, placed } from './fields.ts'
import { useTyped } from './use-typed.ts'

type Props = { draft: OpenDraft; filer: Filer; facts: ReactNode; notices?: ReactNode }

// A withdrawal states a reason and nothing else; what it closes is shown, not asked.
export const WithdrawForm = ({ draft, filer, facts, notices }: Props) => {
  const opened = useMemo(() => ({ reason: draft.reason }), [draft])
  const typed = useTyped(opened)
  const { reason } = typed.values
  const payload = draft.payload as Payload
  const kept = useDraft(draft, payload, payload, reason)
  const [refused, setRefused] = useState<string>()
  const fields = fieldsOf(typed, opened, [], false)
  return (
    <DraftFrame
      form={typed.form}
      awake={typed.awake}
      draft={draft}
      kept={kept}
      title="Withdraw"
      filer={filer}
      notices={notices}
      missing={1}
      sendNow="Withdraw now"
      lead="A withdrawal closes the entry with a reason. Every version stays readable, and none counts in projected holdings."
      place={(problems) => placed(problems, payload, { '/reason': 'State the reason, in at least 3 characters.' })}
      onAttempt={(problems) => setRefused(problems.find(({ pointer }) => pointer === '/reason')?.message)}
      footer={<DraftFooter id={draft.id} saved={kept.savedAt !== null} />}
      aside={<Sheet title="What is withdrawn">{facts}</Sheet>}>
      <ReasonField {...fields.bind('reason', '/reason')} error={reason.trim().length < 3 ? refused : undefined} />
    </DraftFrame>
  )
}
