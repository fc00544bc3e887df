'use client'
import { lazy, memo, Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import { plural } from '@/lib/shared/format.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { DraftFrame, type Filer } from './draft-frame.tsx'
import { DraftFooter } from './draft-footer.tsx'
import { Context, MoveLines, Toolbar, Undeclared, type GridCategory } from './holdings-bar.tsx'
import { carriedIn, marksOf, type Start } from './holdings-carried.ts'
import { text } from './form-values.ts'
import { cellAt, remarkedIn, remarkMarks } from './holdings-remarks.ts'
import { docOf } from './holdings-grid.ts'
import { StartPanel } from './holdings-start.tsx'
import { HoldingsTable } from './holdings-table.tsx'
import { Totals } from './holdings-totals.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import type { OpenDraft } from './use-draft.ts'
import { useHoldings } from './use-holdings.ts'

/** Texts and figures come from the server: the taxonomy is not for the browser. */
export type HoldingsLists = {
  categories: readonly GridCategory[]
  /** Codes for which nil is not asked: stated elsewhere, or covering nothing of their own. */
  besides: readonly string[]
  florence: readonly string[]
  titles: Record<string, string>
}

type Props = {
  draft: OpenDraft
  filer: Filer
  start: Start | null
  lists: HoldingsLists
  help: ReactNode
  notices?: ReactNode
}

/** What a sheet stated. */
type Taken = { readonly lines: readonly Record<string, unknown>[]; readonly nil: readonly string[]; readonly remark?: string }
const SHEET_WORDS = {
  how: 'XLSX or CSV, columns in any order, with headers in any of the register’s languages.',
  template: 'The template holds the last declaration, the categories to choose from, and a guide',
  pace: '; 20,000 lines take about five seconds',
}
const Grid = memo(HoldingsTable)
/** These come when there is something to ask or to list. */
const ReasonField = lazy(async () => ({ default: (await import('./reason-field.tsx')).ReasonField }))
const ProblemList = lazy(async () => ({ default: (await import('./holdings-problems.tsx')).ProblemList }))
const Upload = lazy(async () => ({ default: (await import('./sheet-upload.tsx')).SheetUpload<Taken> }))
const CarriedList = lazy(async () => ({ default: (await import('./carried-list.tsx')).CarriedList }))

export const HoldingsForm = ({ draft, filer, start, lists, help, notices }: Props) => {
  const { categories } = lists
  const codes = useMemo(() => categories.map(({ code }) => code), [categories])
  const labels = useMemo(() => new Map(categories.map(({ code, label }) => [code, label])), [categories])
  const { store, settled, problems, seen, words, kept, place, goTo, toNextProblem, start: begin, follow } =
    useHoldings(draft, filer.participant as ParticipantCode, codes)
  const [isAwake, setAwake] = useState(false)
  useEffect(() => setAwake(true), [])
  const [isEmptyMeant, setEmptyMeant] = useState(false)
  const [isUploading, setUploading] = useState(false)
  const [refusedReason, setRefusedReason] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const onFind = useMemo(() => () => field.current?.focus(), [])
  const isCarried = draft.action === 'file' && start !== null
  const carried = useMemo(() => (isCarried ? carriedIn(settled.doc, start) : []), [isCarried, start, settled])
  const marks = useMemo(() => marksOf(carried), [carried])
  const [isReplaced, setReplaced] = useState(false)
  const remarked = useMemo(() => (isReplaced ? [] : remarkedIn(draft.remarks)), [draft, isReplaced])
  const remarkedCells = useMemo(() => remarkMarks(remarked), [remarked])
  const isBlank = settled.doc.rows.length === 0 && settled.doc.nil.length === 0
  const asOf = String(draft.payload.asOf ?? '')
  const taken = ({ remark = '', ...stated }: Taken) => {
    setUploading(false)
    const held = words.form.current?.elements.namedItem('remark') as HTMLTextAreaElement
    held.value = remark
    words.read()
    setReplaced(true)
    begin(docOf(codes, stated))
  }
  const beginEmpty = () => {
    setEmptyMeant(true)
    store.dispatch({ type: 'jump', to: 'first', extend: false }, true)
  }
  return (
    <DraftFrame
      form={{ ref: words.form, onChange: words.read, onBlur: () => {}, onClick: follow }}
      awake={isAwake}
      draft={draft}
      kept={kept}
      title={`Declare holdings as of ${asOf}`}
      lead="State what is in service and in storage, line by line."
      filer={filer}
      notices={notices}
      missing={seen.preview ? seen.preview.problems.length : 1}
      place={place}
      leadTo={(at) => {
        const cell = isReplaced ? null : cellAt(at)
        return cell && (() => goTo({ ...cell, column: Math.max(0, cell.column) }))
      }}
      onAttempt={(refused) => setRefusedReason(refused.find(({ pointer }) => pointer === '/reason')?.message)}
      footer={<DraftFooter id={draft.id} saved={kept.savedAt !== null} />}
      aside={<PreviewPanel state={seen} titles={lists.titles} />}
      before={
        <>
          {isCarried && isBlank && !isEmptyMeant && !isUploading && isAwake && (
            <StartPanel {...{ start, asOf }} onStart={() => begin(docOf(codes, start))} onUpload={() => setUploading(true)} onEmpty={beginEmpty} />
          )}
          <Suspense>
            {isUploading && (
              <Upload
                place={{ sheets: '/api/v1/sheets/holdings', asOf }}
                words={{ ...SHEET_WORDS, replaced: isBlank ? null : 'The lines below are replaced; Undo brings them back.' }}
                onTaken={taken}
                onClose={() => setUploading(false)}
              />
            )}
          </Suspense>
          {draft.action === 'amend' && (
            <ReasonField
              id="reason"
              name="reason"
              defaultValue={draft.reason}
              error={words.reason.trim().length < 3 ? refusedReason : undefined}
            />
          )}
          <Suspense>
            {carried.length > 0 && !isBlank && isAwake && <CarriedList carried={carried} since={start!.previous!.asOf} onShow={goTo} />}
          </Suspense>
          <p id="grid-keys" className="sr-only">
            Arrow keys move, Enter edits, Control and Enter adds a line. All keys are listed under Keys and pasting.
          </p>
          {isAwake ? (
            <>
              <Toolbar store={store} field={field} problems={problems} onNextProblem={toNextProblem} />
              <Context store={store} categories={categories} {...{ carried, remarked }} />
              <Grid {...{ store, labels, marks, onFind }} remarked={remarkedCells} describedBy="grid-keys" onNextProblem={toNextProblem} />
            </>
          ) : (
            <p className="grid-box min-h-96 p-4 text-md text-ink-3">The lines are being laid out …</p>
          )}
          <div className="no-print mt-2 space-y-0.5">
            <p role="status" className="sr-only">
              {problems.length > 0 ? `${plural(problems.length, 'cell')} to correct` : ''}
            </p>
            <Suspense>{problems.length > 0 && <ProblemList doc={settled.doc} problems={problems} onShow={goTo} />}</Suspense>
            {help}
            {!isUploading && (!isCarried || !isBlank || isEmptyMeant) && (
              <Button tone="plain" onClick={() => setUploading(true)}>
                Take the lines from a spreadsheet
              </Button>
            )}
            <MoveLines store={store} categories={categories} />
          </div>
          <Undeclared store={store} besides={lists.besides} />
        </>
      }>
      <Totals store={store} categories={categories} florence={lists.florence} start={start} designation={filer.designation} />
      <div className="mb-5">
        <Disclosure summary="A remark on the declaration as a whole" open={text(draft.payload.remark) !== ''}>
          <label htmlFor="remark" className="field-hint mb-1.5 block">
            Observers and participants read it.
          </label>
          <textarea id="remark" name="remark" className="control" defaultValue={text(draft.payload.remark)} rows={3} maxLength={2000} />
        </Disclosure>
      </div>
    </DraftFrame>
  )
}
