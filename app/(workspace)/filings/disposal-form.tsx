'use client'
import { useMemo, useState, type ReactNode } from 'react'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import type { FieldProblem } from '@/lib/shared/errors.ts'
import { CategoryAndType } from './category-and-type.tsx'
import { DISPOSAL_BLANKS, disposalFillers, disposalPayload, disposalValues, hasRecipient, type DisposalValues } from './disposal-values.ts'
import { Checkbox } from '../../ui/choices.tsx'
import { FieldRow } from '../../ui/field.tsx'
import { DateField, SelectField, TextareaField } from '../../ui/inputs.tsx'
import { DraftFrame, type Filer } from './draft-frame.tsx'
import { DraftFooter } from './draft-footer.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { ReasonField } from './reason-field.tsx'
import { StatedField } from './stated-field.tsx'
import { useDraft, type OpenDraft } from './use-draft.ts'
import { fieldsOf, placed, type Fields } from './fields.ts'
import { usePreview } from './use-preview.ts'
import { useTyped } from './use-typed.ts'

export type DisposalLists = {
  modes: readonly { value: string; label: string }[]
  countries: readonly { code: string; name: string }[]
  titles: Record<string, string>
  today: string
}

type Props = { draft: OpenDraft; filer: Filer; lists: DisposalLists; notices?: ReactNode }

const DisposalFields = ({
  participant,
  values,
  lists,
  fields: { bind, tick },
}: {
  participant: ParticipantCode
  values: DisposalValues
  lists: DisposalLists
  fields: Fields<DisposalValues>
}) => (
  <>
    <CategoryAndType
      participant={participant}
      category={values.category}
      type={values.type}
      boundCategory={bind('category', '/payload/category')}
      boundType={bind('type', '/payload/type')}
    />
    <FieldRow>
      <StatedField
        label="Quantity"
        hint="A whole number, or withheld with a reason."
        pointer="/payload/quantity"
        withheld={values.quantityWithheld}
        value={bind('quantity', '/payload/quantity')}
        reason={bind('quantityReason', '/payload/quantity')}
        tick={tick('quantityWithheld')}
      />
      <SelectField
        {...bind('mode', '/payload/mode')}
        label="Mode"
        hint="How it leaves holdings."
        placeholder="Choose a mode"
        options={lists.modes}
      />
    </FieldRow>
    {hasRecipient(values.mode) && (
      <FieldRow>
        <SelectField
          {...bind('recipient', '/payload/recipient')}
          label="Recipient"
          hint="Country that receives it."
          placeholder="Choose a country"
          options={lists.countries.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
        />
      </FieldRow>
    )}
    <FieldRow>
      <DateField {...bind('decidedOn', '/payload/decidedOn')} label="Decided on" hint="The day of the decision." />
      <DateField
        {...bind('completedOn', '/payload/completedOn')}
        label="Completed on"
        hint="Once it has left; amend the entry to add it later."
        optional
      />
    </FieldRow>
    <div className="mb-5.5">
      <Checkbox
        {...tick('newProduction')}
        label="New production for export"
        hint="It was never in your holdings, so they stay as they are."
      />
    </div>
    <TextareaField
      {...bind('purpose', '/payload/purpose')}
      label="Purpose"
      optional
      rows={3}
      maxLength={2000}
      hint="Participants read this."
    />
  </>
)

export const DisposalForm = ({ draft, filer, lists, notices }: Props) => {
  const opened = useMemo(() => disposalValues(draft.payload, draft.reason), [draft])
  const typed = useTyped(opened)
  const { values } = typed
  const payload = disposalPayload(values)
  const kept = useDraft(draft, disposalPayload(opened), payload, values.reason)
  const participant = filer.participant as ParticipantCode
  const seen = usePreview(
    { kind: draft.kind, participant, payload, action: draft.action, basedOn: draft.basedOn },
    disposalFillers(values, lists.today),
  )
  const [attempted, setAttempted] = useState(false)
  const [refusedReason, setRefusedReason] = useState<string>()
  const place = (found: readonly FieldProblem[]) => placed(found, payload, DISPOSAL_BLANKS)
  const problems = place(seen.preview?.problems ?? [])
  const fields = fieldsOf(typed, opened, problems, attempted)
  return (
    <DraftFrame
      form={typed.form}
      awake={typed.awake}
      draft={draft}
      kept={kept}
      title="Notify a disposal"
      lead="State what leaves holdings: retired, sold, donated or destroyed."
      filer={filer}
      notices={notices}
      missing={seen.preview ? problems.length : 1}
      place={place}
      onAttempt={(refused) => {
        setAttempted(true)
        setRefusedReason(refused.find(({ pointer }) => pointer === '/reason')?.message)
      }}
      footer={<DraftFooter id={draft.id} saved={kept.savedAt !== null} />}
      aside={<PreviewPanel state={seen} titles={lists.titles} />}>
      {draft.action === 'amend' && (
        <ReasonField {...fields.bind('reason', '/reason')} error={values.reason.trim().length < 3 ? refusedReason : undefined} />
      )}
      <DisposalFields participant={participant} values={values} lists={lists} fields={fields} />
    </DraftFrame>
  )
}
