'use client'
import { useMemo, useState } from 'react'
import type { PreviewFiling } from '@/lib/filings/input.ts'
import type { Preview } from '@/lib/filings/queries.ts'
import type { z } from 'zod'
import { preview } from './actions.ts'
import type { Payload } from './form-values.ts'
import { useSettled } from './use-settled.ts'

export type PreviewState = { preview: Preview | null; pending: boolean; failed: string | null }

type Asked = Pick<z.input<typeof PreviewFiling>, 'kind' | 'participant' | 'action' | 'basedOn' | 'payload'>
type Ask = (proposal: Asked, fillers: Payload) => ReturnType<typeof preview>

/** What the filing on the page would cause, asked again whenever typing pauses. A declaration of many lines has a question of its own. */
export const usePreview = (proposal: z.input<typeof PreviewFiling>, fillers: Payload, ask: Ask = preview): PreviewState => {
  const [answered, setAnswered] = useState<{ key: string; preview: Preview | null; failed: string | null }>({
    key: '',
    preview: null,
    failed: null,
  })
  const { kind, participant, action, basedOn, payload } = proposal
  const key = useMemo(
    () => JSON.stringify({ kind, participant, action, basedOn, payload }),
    [kind, participant, action, basedOn, payload],
  )
  useSettled(
    key,
    600,
    async () => {
      const outcome = await ask(proposal, fillers).catch(() => null)
      if (outcome?.ok) setAnswered({ key, preview: outcome.value, failed: null })
      else
        setAnswered((before) => ({
          ...before,
          key,
          failed: outcome?.error.message ?? 'The server could not be reached; the preview is the last one.',
        }))
    },
    true,
    true,
  )
  return { preview: answered.preview, failed: answered.failed, pending: answered.key !== key }
}
