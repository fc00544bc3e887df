'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import type { Action } from '@/lib/filings/rules.ts'
import type { Failure } from '@/lib/shared/errors.ts'
import { keepDraft, sendDraft } from './actions.ts'
import type { Payload } from './form-values.ts'
import { OFFLINE } from './offline.ts'
import { useSettled } from './use-settled.ts'

export type OpenDraft = {
  id: string
  kind: KindName
  action: Action
  basedOn: string | null
  revision: number
  payload: Record<string, unknown>
  reason: string
  savedAt: string | null
  remark: string | null
  /** Of an approver, on single places: in words, and where each is in the payload now. */
  remarks: readonly { at: string | null; place: string; remark: string }[]
  number: string | null
}

export type Problem = Failure['error']
const keyOf = (payload: Payload, reason: string) => JSON.stringify([payload, reason])

/**
 * A draft that saves itself a second after the last change. Its revision makes two editors notice each other: on a conflict nothing
 * more is saved until a person decides. Nothing is saved before something is typed, so that looking at a form leaves no draft behind.
 */
export const useDraft = (draft: OpenDraft, asOpened: Payload, payload: Payload, reason: string) => {
  const key = useMemo(() => keyOf(payload, reason), [payload, reason])
  const [openedKey] = useState(() => keyOf(asOpened, draft.reason))
  const at = useRef({ id: draft.id, revision: draft.revision })
  const saved = useRef(openedKey)
  const latest = useRef({ payload, reason, key })
  const inFlight = useRef<Promise<Problem | null> | null>(null)
  const [savedAt, setSavedAt] = useState(draft.savedAt)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    latest.current = { payload, reason, key }
  })

  const write = useCallback(async (): Promise<Problem | null> => {
    const { payload, reason, key } = latest.current
    if (key === saved.current && at.current.revision > 0) return null
    const { kind, action, basedOn } = draft
    const outcome = await keepDraft({ ...at.current, kind, action, basedOn, payload: JSON.stringify(payload), reason: reason || null }).catch(() => OFFLINE)
    if (!outcome.ok) {
      setProblem(outcome.error as Problem)
      return outcome.error as Problem
    }
    // From here a reload opens the draft, not an empty form.
    if (at.current.revision === 0) window.history.replaceState(null, '', `/filings/drafts/${outcome.value.id}`)
    at.current = { id: outcome.value.id, revision: outcome.value.revision }
    saved.current = key
    setSavedAt(outcome.value.savedAt)
    setProblem(null)
    return null
  }, [draft])

  /** One at a time, so that the second already knows the revision of the first. */
  const save = useCallback(async (): Promise<Problem | null> => {
    while (inFlight.current) await inFlight.current
    inFlight.current = write()
    return inFlight.current.finally(() => {
      inFlight.current = null
    })
  }, [write])

  useSettled(key, 1000, save, problem?.code !== 'conflict')

  useEffect(() => {
    if (problem === null || problem.code === 'conflict') return
    const again = setTimeout(save, 10_000)
    return () => clearTimeout(again)
  }, [problem, save])

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (latest.current.key !== saved.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])

  /** Saves what is typed under a new id; the colleague's version stays as it is. */
  const keepAsNew = async () => {
    at.current = { id: crypto.randomUUID(), revision: 0 }
    setProblem(null)
    if ((await save()) === null) window.location.assign(`/filings/drafts/${at.current.id}`)
  }

  /** Takes what the colleague saved: what is typed here is let go, as the person chose. */
  const takeTheirs = () => {
    saved.current = latest.current.key
    window.location.assign(`/filings/drafts/${at.current.id}`)
  }

  /** Sends what is on the page now; a refusal names each field. */
  const send = async (): Promise<Problem | null> => {
    const unsaved = await save()
    if (unsaved) return unsaved
    const outcome = await sendDraft(at.current).catch(() => OFFLINE)
    if (!outcome.ok) {
      if (outcome.error.code === 'conflict') setProblem(outcome.error as Problem)
      return outcome.error as Problem
    }
    const { id, status } = outcome.value.filing
    window.location.assign(status === 'awaiting_approval' ? `/filings/drafts/${id}` : `/register/${id}`)
    return null
  }
  return { savedAt, problem, save, send, keepAsNew, takeTheirs }
}
