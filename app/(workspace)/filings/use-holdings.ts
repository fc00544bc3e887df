'use client'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type FormEvent } from 'react'
import { flushSync } from 'react-dom'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import type { FieldProblem } from '@/lib/shared/errors.ts'
import { stated, text, wordTyped, type Payload } from './form-values.ts'
import { previewDeclaration } from './holdings-actions.ts'
import { docOf, statedOf, type Doc } from './holdings-grid.ts'
import { createStore, problemsOf, problemWords, type CellProblem, type Settled, type Store } from './holdings-store.ts'
import type { Placed } from './fields.ts'
import { useDraft, type OpenDraft } from './use-draft.ts'
import { usePreview } from './use-preview.ts'

const LISTED = 40

/** What stands beside the lines: read from the form, so that what was typed before the page woke up counts. */
const useWords = (draft: OpenDraft) => {
  const form = useRef<HTMLFormElement>(null)
  const [words, setWords] = useState({ remark: text(draft.payload.remark), reason: draft.reason })
  const read = useCallback(() => {
    const held = (name: string) => (form.current?.elements.namedItem(name) as HTMLTextAreaElement | null)?.value
    setWords((before) => {
      const now = { remark: held('remark') ?? before.remark, reason: held('reason') ?? before.reason }
      return now.remark === before.remark && now.reason === before.reason ? before : now
    })
  }, [])
  useEffect(read, [read])
  return { ...words, form, read }
}

const payloadOf = (draft: OpenDraft, { lines, nil }: Pick<Settled, 'lines' | 'nil'>, remark: string): Payload =>
  stated({ asOf: draft.payload.asOf, lines, nil, remark: wordTyped(remark) })

const goTo = (store: Store, { row, column }: Pick<CellProblem, 'row' | 'column'>): void => {
  const at = store.state().view.findIndex((item) => typeof item !== 'string' && item.id === row)
  if (at !== -1) store.dispatch({ type: 'select', at, column, extend: false }, true)
}

/** Problems after the active cell first, then from the top. */
const nextOf = (store: Store, problems: readonly CellProblem[]): CellProblem | undefined => {
  const { view, active } = store.state()
  const order = new Map(view.flatMap((item, at) => (typeof item === 'string' ? [] : [[item.id, at] as const])))
  const isAfter = ({ row, column }: CellProblem) => {
    const at = order.get(row) ?? -1
    return at > active.at || (at === active.at && column > active.column)
  }
  return problems.find(isAfter) ?? problems[0]
}

/** Says each refusal at its cell, in the grid's own words where it has them; what is beyond the list is counted. */
const placedIn = (problems: readonly FieldProblem[], about: Settled, own: readonly CellProblem[], store: Store): Placed[] => {
  const placed = problems.map(({ pointer, message }): Placed => {
    const cell = store.spotOf(pointer, about)
    if (!cell) return pointer === '/reason' ? { pointer, message } : { message }
    const better = own.find(({ row, column }) => row === cell.row && column === cell.column)
    return { pointer, message: problemWords(about.doc, { ...cell, message: better?.message ?? message }) }
  })
  const rest = placed.length - LISTED
  if (rest <= 0) return placed
  const more = `And ${rest} more, marked in the grid: F8 leads from one to the next.`
  return [...placed.slice(0, LISTED), { pointer: '/payload/lines', message: more }]
}

/** As text, for the same reason as a draft (actions.ts). */
const askAsText = (proposal: object) => previewDeclaration(JSON.stringify(proposal))

/** The grid, its draft that saves itself, and what the register says of it. */
export const useHoldings = (draft: OpenDraft, participant: ParticipantCode, codes: readonly string[]) => {
  const [store] = useState(() => createStore(docOf(codes, draft.payload)))
  const settled = useSyncExternalStore(store.subscribe, store.settled, store.settled)
  const refusals = useSyncExternalStore(store.subscribe, store.refusals, store.refusals)
  const words = useWords(draft)
  const asOpened = useMemo(() => payloadOf(draft, statedOf(docOf(codes, draft.payload)), text(draft.payload.remark)), [draft, codes])
  const payload = useMemo(() => payloadOf(draft, settled, words.remark), [draft, settled, words.remark])
  const kept = useDraft(draft, asOpened, payload, words.reason)
  const seen = usePreview({ kind: draft.kind, participant, payload, action: draft.action, basedOn: draft.basedOn }, {}, askAsText)
  const problems = useMemo(() => problemsOf(settled.doc.rows, refusals), [settled, refusals])
  const refused = useRef(settled)
  const { preview, pending } = seen
  useEffect(() => {
    if (preview && !pending) store.refuse(preview.problems, store.settled())
  }, [store, preview, pending])
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (store.isUnsettled()) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [store])

  const settleNow = () => flushSync(() => store.settle())
  const send: typeof kept.send = async () => {
    settleNow()
    refused.current = store.settled()
    const problem = await kept.send()
    if (problem) store.refuse(problem.fields, refused.current)
    return problem
  }
  const save: typeof kept.save = () => {
    settleNow()
    return kept.save()
  }
  return {
    store, settled, problems, seen, words,
    kept: { ...kept, send, save },
    place: (found: readonly FieldProblem[]) =>
      placedIn(found, refused.current, problemsOf(refused.current.doc.rows, store.refusals()), store),
    goTo: useCallback((cell: Pick<CellProblem, 'row' | 'column'>) => goTo(store, cell), [store]),
    toNextProblem: useCallback(() => {
      store.settle()
      const next = nextOf(store, problemsOf(store.settled().doc.rows, store.refusals()))
      if (next) goTo(store, next)
    }, [store]),
    start: (doc: Doc) => store.dispatch({ type: 'start', doc }, true),
    /** The links of the summary lead to cells, which may not be drawn yet. */
    follow: (event: FormEvent): void => {
      const link = (event.target as Element).closest?.('a[href^="#payload-lines"]')
      if (!link) return
      event.preventDefault()
      const cell = store.spotOf(link.getAttribute('href')!.replace('#', '/').replaceAll('-', '/'), refused.current)
      if (cell) goTo(store, cell)
    },
  }
}
