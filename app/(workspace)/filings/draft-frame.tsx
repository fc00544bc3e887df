'use client'
import { lazy, Suspense, useEffect, useState, type ComponentProps, type FormEvent, type ReactNode } from 'react'
import type { FieldProblem } from '@/lib/shared/errors.ts'
import { formatTime } from '@/lib/shared/format.ts'
import { Button } from '../../ui/button.tsx'
import { Columns } from '../../ui/columns.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { fieldId } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import type { Placed } from './fields.ts'
import type { LeadTo } from './returned-list.tsx'
import type { OpenDraft, Problem, useDraft } from './use-draft.ts'
import type { useTyped } from './use-typed.ts'

export type Filer = { participant: string; designation: string; fourEyes: boolean }

type Props = {
  form: ReturnType<typeof useTyped>['form'] & Pick<ComponentProps<'form'>, 'onClick'>
  draft: OpenDraft
  kept: ReturnType<typeof useDraft>
  title: string
  lead: string
  filer: Filer
  awake: boolean
  missing: number
  sendNow?: string
  place: (problems: readonly FieldProblem[]) => readonly Placed[]
  /** Where a remark of the approver leads, if not to a field of the form. */
  leadTo?: LeadTo
  onAttempt: (refused: readonly Placed[]) => void
  notices?: ReactNode
  aside: ReactNode
  footer?: ReactNode
  children: ReactNode
  /** What needs the whole width, such as a grid: it stands above, and the rest in columns below it. */
  before?: ReactNode
}

const ReturnedList = lazy(async () => ({ default: (await import('./returned-list.tsx')).ReturnedList }))

const NONE: readonly Placed[] = []
const TITLE = { stage: 'Next stage of', amend: 'Amend', withdraw: 'Withdraw' } as const
const headingOf = ({ action, number }: OpenDraft, title: string) =>
  action === 'file' ? title : `${TITLE[action]} ${number ?? 'the entry'}`
const whatHappens = ({ fourEyes, designation }: Filer) =>
  fourEyes
    ? `Nothing is sent until an approver of ${designation} releases it.`
    : 'Once filed it stands in the register at once and everyone it concerns is told; it can then be amended, never edited.'

/** The field of a place, as a refusal of it would be shown there. */
const addressOf = (place: Props['place'], at: string): string | null => {
  const [found] = place([{ pointer: `/payload${at}`, message: '' }])
  return found?.pointer ? `#${fieldId(found.pointer)}` : null
}

/** Stays in sight: who types at the foot of a long form has to see that it is not being saved. */
const SEEN = 'sticky top-2 z-10'

const SaveTrouble = ({ problem, kept }: { problem: Problem; kept: Props['kept'] }) => {
  if (problem.code === 'conflict') {
    return (
      <Notice
        tone="warn"
        live
        className={SEEN}
        title="This draft was changed elsewhere meanwhile"
        actions={
          <>
            <Button tone="quiet" onClick={kept.takeTheirs}>
              Open the other version
            </Button>
            <Button tone="quiet" onClick={kept.keepAsNew}>
              Keep mine as a new draft
            </Button>
          </>
        }>
        {problem.message}
      </Notice>
    )
  }
  return (
    <Notice
      tone="warn"
      live
      className={SEEN}
      title="Not saved"
      actions={
        <Button tone="quiet" onClick={() => kept.save()}>
          Save again
        </Button>
      }>
      {problem.code === 'unauthenticated' ? (
        <>
          Your session has ended.{' '}
          <a href="/sign-in" target="_blank" rel="noreferrer">
            Sign in in a new tab
          </a>
          , then save again; what you typed stays on this page.
        </>
      ) : (
        <>{problem.message} It is tried again by itself.</>
      )}
    </Notice>
  )
}

// What every form of a filing has around its fields: where the draft stands, what went wrong, what sending will cause, and the buttons.
export const DraftFrame = (props: Props) => {
  const {
    form,
    draft,
    kept,
    title,
    lead,
    filer,
    awake,
    missing,
    sendNow = 'File now',
    place,
    leadTo = (at) => addressOf(place, at),
    onAttempt,
    notices,
    aside,
    footer,
    children,
    before,
  } = props
  const [refused, setRefused] = useState<readonly Placed[]>(NONE)
  const [sending, setSending] = useState(false)
  const send = async () => {
    if (sending) return
    setSending(true)
    const problem = await kept.send()
    if (problem === null) return
    const found = problem.code === 'conflict' ? NONE : problem.fields.length > 0 ? place(problem.fields) : [{ message: problem.message }]
    onAttempt(found)
    setRefused(found)
    setSending(false)
  }
  const keep = async () => {
    if ((await kept.save()) === null) window.location.assign('/filings')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  const buttons = (
    <div className="flex flex-wrap items-center gap-2.5">
      {awake ? (
        <SubmitButton pending={sending} pendingLabel="Sending …">
          {filer.fourEyes ? 'Send to approver' : sendNow}
        </SubmitButton>
      ) : (
        <Button aria-disabled>{filer.fourEyes ? 'Send to approver' : sendNow}</Button>
      )}
      <Button tone="quiet" onClick={keep} aria-disabled={!awake || undefined}>
        Keep as draft
      </Button>
    </div>
  )
  const settled = refused.length > 0 && missing === 0 && refused.every(({ pointer }) => pointer?.startsWith('/payload'))
  useEffect(() => {
    if (settled) setRefused(NONE)
  }, [settled])
  return (
    <>
      <PageHeader
        breadcrumb={[
          { href: '/filings', label: 'Filings' },
          { label: kept.savedAt ? `Draft, saved ${formatTime(kept.savedAt)}` : 'Draft, not saved yet' },
        ]}
        title={headingOf(draft, title)}
        lead={`${lead} ${whatHappens(filer)}`}
      />
      {draft.remark && (
        <Notice tone="warn" title="Returned by an approver with a remark">
          <p>{draft.remark}</p>
          <Suspense>{draft.remarks.length > 0 && awake && <ReturnedList remarks={draft.remarks} leadTo={leadTo} />}</Suspense>
        </Notice>
      )}
      {kept.problem && <SaveTrouble problem={kept.problem} kept={kept} />}
      <noscript>
        <Notice tone="warn" title="This form needs JavaScript">
          Without it, file over the API: see the page “About”.
        </Notice>
      </noscript>
      {before === undefined ? (
        <Columns label="What this filing will cause" aside={aside}>
          {notices}
          <form {...form} noValidate autoComplete="off" onSubmit={submit}>
            <ErrorSummary problems={refused} />
            {children}
            {buttons}
          </form>
          {footer}
        </Columns>
      ) : (
        <>
          {notices}
          <form {...form} noValidate autoComplete="off" onSubmit={submit}>
            <ErrorSummary problems={refused} />
            {before}
            <Columns label="What this filing will cause" aside={aside}>
              {children}
              {buttons}
            </Columns>
          </form>
          {footer}
        </>
      )}
    </>
  )
}
