'use client'
import { Fragment, lazy, Suspense, useEffect, useMemo, useState, type MouseEvent, type ReactNode } from 'react'
import type { Declared, DeclaredField, DeclaredRows } from '@/lib/filings/kinds/declared-fields.ts'
import type { Area } from '@/lib/geo/area.ts'
import type { View } from '@/lib/geo/projection.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import type { FieldProblem } from '@/lib/shared/errors.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, Fieldset, RadioGroup } from '../../ui/choices.tsx'
import { FieldError, FieldRow, fieldId } from '../../ui/field.tsx'
import { DateField, SelectField, TextareaField, TextField } from '../../ui/inputs.tsx'
import { declaredPayload, declaredValues, NIL, placedDeclared, reasonName, rowName, tickName, withheldName } from './declared-values.ts'
import { FromSheet, useTaken } from './declared-sheet.tsx'
import { DraftFooter } from './draft-footer.tsx'
import { DraftFrame, type Filer } from './draft-frame.tsx'
import { fieldsOf, type Fields } from './fields.ts'
import type { NoticeAsked } from './notice-days.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { ReasonField } from './reason-field.tsx'
import { StatedField } from './stated-field.tsx'
import { useDraft, type OpenDraft } from './use-draft.ts'
import { usePreview } from './use-preview.ts'
import { useTyped, type Typed } from './use-typed.ts'

export type DeclaredWords = { title: string; lead: string; titles: Record<string, string>; isOfSheets: boolean; notice: NoticeAsked | null }
/** What areas are drawn upon: made on the server, where a kind asks for one. */
export type Ground = { ground: ReactNode; view: View; read: () => void }
type Props = { draft: OpenDraft; filer: Filer; declared: Declared; words: DeclaredWords; map?: Omit<Ground, 'read'>; notices?: ReactNode }
type Given = { field: DeclaredField; name: string; values: Typed; fields: Fields<Typed>; map?: Ground | undefined }

const NoticeDays = lazy(async () => ({ default: (await import('./notice-days.tsx')).NoticeDays }))

/** Comes with the forms that ask for an area, once they are awake. */
const AreaField = lazy(async () => ({ default: (await import('./area-field.tsx')).AreaField }))

type AreaProps = { name: string; id: string; label: string; hint?: string; error?: string | undefined; defaultValue: string; map: Ground }
/** The area as text in a control of the form, beside the map that it is drawn on. */
const AreaQuestion = ({ name, id, defaultValue, map: { ground, view, read }, ...rest }: AreaProps) => {
  const [area, setArea] = useState<Area | null>(defaultValue === '' ? null : (JSON.parse(defaultValue) as Area))
  useEffect(read, [area, read])
  return (
    <>
      <input type="hidden" name={name} value={area ? JSON.stringify(area) : ''} readOnly />
      <Suspense fallback={<p className="mb-5.5 min-h-96 text-md text-ink-3">The map is being laid out …</p>}>
        <AreaField id={id} value={area} onChange={setArea} {...{ ground, view }} {...rest} />
      </Suspense>
    </>
  )
}

const optionsOf = (options: Readonly<Record<string, string>>) => Object.entries(options).map(([value, label]) => ({ value, label }))

/** The browser keeps what is ticked, so it is asked to tick; the form hears of it as of any other. */
const tickAll = ({ currentTarget }: MouseEvent<HTMLButtonElement>): void =>
  currentTarget.closest('fieldset')?.querySelectorAll<HTMLInputElement>('input[type=checkbox]:not(:checked)').forEach((box) => box.click())

/** Without the filer, where others are asked for; one that a draft names all the same can be unticked. */
const asFiler = (field: DeclaredField, filer: string, opened: Typed): DeclaredField => (field.others && opened[tickName(field.at, filer)] !== true
  ? { ...field, options: Object.fromEntries(Object.entries(field.options ?? {}).filter(([code]) => code !== filer)) } : field)

// One question of a declaration, in the control that fits what is asked.
const Question = ({ field: { label, hint: meaning, typed, what, optional, options, compiledOptions, others }, name, values, fields: { bind, tick }, map }: Given) => {
  const hint = typed ? `${meaning} ${typed}` : meaning
  const pointer = `/payload/${name}`
  const bound = bind(name, pointer)
  const asked = { ...bound, ...(hint ? { hint } : {}), ...(optional ? { optional } : {}) }
  const common = { ...asked, label }
  if (what === 'stated') {
    return <StatedField label={label} hint={hint ?? 'A number, or withheld with a reason.'} pointer={pointer} withheld={values[withheldName(name)] === true}
      value={bound} reason={bind(reasonName(name), pointer)} tick={tick(withheldName(name))} />
  }
  if (what === 'yes') return <RadioGroup {...asked} legend={label} inline options={[{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }]} />
  if (what === 'several') {
    const ticks = optionsOf(options ?? {})
    return (
      <Fieldset {...asked} legend={label}>
        <div className="grid gap-x-6 sm:grid-cols-2">
          {ticks.map(({ value, label: option }) => <Checkbox key={value} {...tick(tickName(name, value))} id={`${bound.id}-${value}`} label={option} />)}
        </div>
        {others && <Button tone="plain" onClick={tickAll}>All {ticks.length === 6 ? 'six' : ticks.length} others</Button>}
      </Fieldset>
    )
  }
  if (what === 'area') return map ? <AreaQuestion {...common} map={map} /> : null
  if (what === 'choice') return <SelectField {...common} placeholder="Choose" options={optionsOf(options ?? {}).filter(({ value }) => !compiledOptions?.includes(value))} />
  if (what === 'date') return <DateField {...common} />
  if (what === 'long') return <TextareaField {...common} rows={3} />
  return <TextField {...common} {...(what === 'year' ? { numeric: true, maxLength: 4 } : {})} />
}

/** Short questions stand in pairs; the date, what is answered by yes or no, and long ones have a row of their own. */
const WIDE: readonly DeclaredField['what'][] = ['long', 'several', 'area']
const isAlone = ({ what, at }: DeclaredField): boolean => WIDE.includes(what) || what === 'yes' || at === 'asOf'
const inPairs = (fields: readonly DeclaredField[]): DeclaredField[][] => fields.reduce<DeclaredField[][]>((rows, field) => {
  const last = rows.at(-1)
  if (last?.length === 1 && !isAlone(field) && !isAlone(last[0]!) && field.under === undefined) last.push(field)
  else rows.push([field])
  return rows
}, [])

type ListProps = { list: readonly DeclaredField[]; values: Typed; fields: Fields<Typed>; map?: Ground | undefined }
const Questions = ({ list, values, fields, map }: ListProps) => inPairs(list).map((pair) => {
  const questions = pair.map((field) => <Question key={field.at} field={field} name={field.at} values={values} fields={fields} map={map} />)
  return (
    <div key={pair[0]!.at}>
      {pair[0]!.under && <h2 className="mt-7">{pair[0]!.under}</h2>}
      {pair.length === 1 && WIDE.includes(pair[0]!.what) ? questions : <FieldRow>{questions}</FieldRow>}
    </div>
  )
})

type RowsProps = { rows: DeclaredRows; ids: readonly string[]; values: Typed; fields: Fields<Typed>; error: string | undefined; add: () => void; remove: (id: string) => void }

const Rows = ({ rows, ids, values, fields, error, add, remove }: RowsProps) => (
  <section aria-labelledby={fieldId(`${rows.at}-heading`)} className="mb-6">
    <h2 id={fieldId(`${rows.at}-heading`)}>{rows.label}</h2>
    <div id={fieldId(`/payload/${rows.at}`)} tabIndex={-1}>
      <FieldError id={fieldId(`/payload/${rows.at}`)}>{error}</FieldError>
    </div>
    {rows.nil && ids.length === 0 && <Checkbox {...fields.tick(NIL)} label={rows.nil} hint="Nil is stated, not left out." />}
    {ids.map((id, index) => (
      <fieldset key={id} className="mb-4 border-t border-rule pt-3">
        <legend className="sr-only">{rows.one} {index + 1}</legend>
        {inPairs(rows.columns).map((pair) => (
          <FieldRow key={pair[0]!.at}>
            {pair.map((field) => <Question key={field.at} field={field} name={rowName(rows.at, id, field.at)} values={values} fields={fields} />)}
          </FieldRow>
        ))}
        <Button type="button" tone="quiet" onClick={() => remove(id)}>Remove this {rows.one}<span className="sr-only">, number {index + 1}</span></Button>
      </fieldset>
    ))}
    <Button type="button" tone="quiet" onClick={add}>Add a {rows.one}</Button>
  </section>
)

// Every declaration and statement but that of holdings, which has a grid: its questions come from one table of fields.
export const DeclaredForm = ({ draft, filer, declared, words, map, notices }: Props) => {
  const opened = useMemo(() => declaredValues(declared, draft.payload, draft.reason), [declared, draft])
  const typed = useTyped(opened.values)
  const [ids, setIds] = useState<readonly string[]>(opened.rows)
  const taken = useTaken(declared, typed, ids, setIds)
  const payload = declaredPayload(declared, typed.values, ids)
  const reason = String(typed.values.reason)
  const kept = useDraft(draft, declaredPayload(declared, opened.values, opened.rows), payload, reason)
  const seen = usePreview({ kind: draft.kind, participant: filer.participant as ParticipantCode, payload, action: draft.action, basedOn: draft.basedOn }, {})
  const asked = declared.fields.filter(({ compiledOnly }) => !compiledOnly).map((field) => asFiler(field, filer.participant, opened.values))
  const [attempted, setAttempted] = useState(false)
  const [refusedReason, setRefusedReason] = useState<string>()
  const place = (found: readonly FieldProblem[]) => placedDeclared(declared, ids, found)
  const problems = place(seen.preview?.problems ?? [])
  const shown = { ...blank(declared, ids), ...typed.values }
  const fields = fieldsOf({ ...typed, values: shown }, { ...blank(declared, ids), ...opened.values }, problems, attempted)
  return (
    <DraftFrame form={typed.form} awake={typed.awake} draft={draft} kept={kept} title={words.title} lead={words.lead} filer={filer} notices={notices}
      missing={seen.preview ? problems.length : 1} place={place}
      onAttempt={(refused) => {
        setAttempted(true)
        setRefusedReason(refused.find(({ pointer }) => pointer === '/reason')?.message)
      }}
      footer={<DraftFooter id={draft.id} saved={kept.savedAt !== null} />}
      aside={<>
        <Suspense>{words.notice && draft.action === 'file' && typed.awake && <NoticeDays payload={payload} notice={words.notice} />}</Suspense>
        <PreviewPanel state={seen} titles={words.titles} />
      </>}>
      {draft.action === 'amend' && <ReasonField {...fields.bind('reason', '/reason')} error={reason.trim().length < 3 ? refusedReason : undefined} />}
      {typed.awake && words.isOfSheets && <FromSheet kind={draft.kind} payload={payload} taken={taken} />}
      <Fragment key={taken.turn}>
        <Questions list={asked.filter(({ at }) => at !== 'remark')} values={shown} fields={fields} map={map && typed.awake ? { ...map, read: typed.form.onChange } : undefined} />
        {declared.rows && (
          <Rows rows={declared.rows} ids={ids} values={shown} fields={fields}
            error={attempted ? problems.find(({ pointer }) => pointer === `/payload/${declared.rows!.at}`)?.message : undefined}
            add={() => setIds((before) => [...before, `n${crypto.randomUUID().slice(0, 8)}`])}
            remove={(id) => setIds((before) => before.filter((other) => other !== id))} />
        )}
        <Questions list={asked.filter(({ at }) => at === 'remark')} values={shown} fields={fields} />
      </Fragment>
    </DraftFrame>
  )
}

/** Every control that may be on the page, empty: rows are added after it was opened. */
const blank = (declared: Declared, ids: readonly string[]): Typed =>
  Object.fromEntries(declared.rows ? ids.flatMap((id) => declared.rows!.columns.map((column) => [rowName(declared.rows!.at, id, column.at), ''])) : [])
