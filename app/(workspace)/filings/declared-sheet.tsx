'use client'
import { lazy, Suspense, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Declared } from '@/lib/filings/kinds/declared-fields.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { declaredValues } from './declared-values.ts'
import type { OpenDraft } from './use-draft.ts'
import type { Typed, useTyped } from './use-typed.ts'

/** What reads a file comes when somebody has one. */
const Upload = lazy(async () => ({ default: (await import('./sheet-upload.tsx')).SheetUpload<Record<string, unknown>> }))

/** The day that the form states so far; of a budget the first of its year. A sheet must then say the same. */
const dayIn = ({ asOf, year }: Record<string, unknown>): string | null => {
  const day = typeof year === 'number' ? `${year}-01-01` : String(asOf ?? '')
  return /^(19|20)\d\d-\d\d-\d\d$/.test(day) ? day : null
}
const SHEET_WORDS = {
  how: 'XLSX or CSV, rows and columns in any order, their names in any of the register’s languages.',
  replaced: 'What stands in the form below is replaced, and can be brought back.',
  template: 'The template holds what your last one states, the choices that there are, and a guide',
  pace: '',
}

type Held = { values: Typed; ids: readonly string[] }
/** What a spreadsheet stated in place of what stood in the form, which can be brought back. `turn` makes the controls anew. */
export const useTaken = (declared: Declared, typed: ReturnType<typeof useTyped<Typed>>, ids: readonly string[], setIds: (ids: readonly string[]) => void) => {
  const [turn, setTurn] = useState(0)
  const [before, setBefore] = useState<Held | null>(null)
  const hold = ({ values, ids: rows }: Held) => {
    typed.put(values)
    setIds(rows)
    setTurn((last) => last + 1)
  }
  const take = (payload: Record<string, unknown>) => {
    setBefore({ values: typed.values, ids })
    const { values, rows } = declaredValues(declared, payload, String(typed.values.reason))
    hold({ values, ids: rows })
  }
  const bringBack = () => {
    if (before) hold({ ...before, values: { ...before.values, reason: typed.values.reason! } })
    setBefore(null)
  }
  return { turn, take, bringBack, canBringBack: before !== null }
}

type FromSheetProps = { kind: OpenDraft['kind']; payload: Record<string, unknown>; taken: ReturnType<typeof useTaken> }

// The way into a form from a spreadsheet, and back out of what it brought.
export const FromSheet = ({ kind, payload, taken }: FromSheetProps) => {
  const [isOpen, setOpen] = useState(false)
  const way = useRef<HTMLButtonElement>(null)
  const back = useRef<HTMLButtonElement>(null)
  const close = () => {
    flushSync(() => setOpen(false))
    way.current?.focus()
  }
  const take = (stated: Record<string, unknown>) => {
    flushSync(() => {
      setOpen(false)
      taken.take(stated)
    })
    back.current?.focus()
  }
  const bringBack = () => {
    flushSync(taken.bringBack)
    way.current?.focus()
  }
  return (
    <>
      {taken.canBringBack && (
        <Notice
          live
          tone="ok"
          title="Taken from the spreadsheet"
          actions={
            <Button ref={back} tone="quiet" onClick={bringBack}>
              Bring back what stood here before
            </Button>
          }>
          Look it through before you send it.
        </Notice>
      )}
      {!isOpen && (
        <p className="mb-5">
          <Button ref={way} tone="plain" onClick={() => setOpen(true)}>
            Take the figures from a spreadsheet
          </Button>
        </p>
      )}
      <Suspense>
        {isOpen && (
          <Upload place={{ sheets: `/api/v1/sheets/${kind}`, asOf: dayIn(payload) }} words={SHEET_WORDS} onTaken={take} onClose={close} />
        )}
      </Suspense>
    </>
  )
}
