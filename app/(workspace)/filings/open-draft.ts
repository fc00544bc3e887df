import { randomUUID } from 'node:crypto'
import type { getDraft, getFiling } from '@/lib/filings/queries.ts'
import { STAGES } from '@/lib/filings/kinds/acquisition.ts'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import type { Action } from '@/lib/filings/rules.ts'
import { DECLARED, isDeclared } from '@/lib/filings/kinds/declared-fields.ts'
import { placeWords } from '../../payload-words.ts'
import type { OpenDraft } from './use-draft.ts'

type Filing = Awaited<ReturnType<typeof getFiling>>

/** Nothing is stored yet: the id becomes the draft's with the first save, and the filing's after that. */
export const newDraft = (kind: KindName): OpenDraft => ({
  id: randomUUID(),
  kind,
  action: 'file',
  basedOn: null,
  revision: 0,
  payload: {},
  reason: '',
  savedAt: null,
  remark: null,
  remarks: [],
  number: null,
})

type Draft = Awaited<ReturnType<typeof getDraft>>

const remarksOf = ({ kind, remarks }: Draft): OpenDraft['remarks'] => {
  const rows = isDeclared(kind) ? DECLARED[kind].rows : undefined
  /** A row as a whole is asked for at its name. */
  const fieldAt = (at: string | null) => (rows && at !== null && /^\/\w+\/\d+$/.test(at) ? `${at}/${rows.name}` : at)
  return remarks.map(({ at, remark, was, now }) => ({ at: fieldAt(now), place: placeWords(kind, at, was), remark }))
}

export const storedDraft = (draft: Draft): OpenDraft => ({
  id: draft.id,
  kind: draft.kind,
  action: draft.action,
  basedOn: draft.basedOn,
  revision: draft.revision,
  payload: draft.payload,
  reason: draft.reason ?? '',
  savedAt: draft.updatedAt,
  remark: draft.status === 'returned' ? draft.remark : null,
  remarks: draft.status === 'returned' ? remarksOf(draft) : [],
  number: draft.basis?.number ?? null,
})

/** The stage after this one; a further delivery stays at the first, so incorporation is what the form proposes. */
const stageAfter = (stage: unknown) => STAGES[Math.min(STAGES.indexOf(stage as (typeof STAGES)[number]) + 1, STAGES.length - 1)]!

/** What follows a filed version, with what is known filled in. The mark of compiled history is never carried into an official filing. */
export const followUp = ({ entry, version }: Filing, action: Exclude<Action, 'file'>): OpenDraft => {
  const { compiled: _compiled, ...known } = version.payload
  const payload = action === 'stage' ? { ...known, stage: stageAfter(known.stage), previous: version.id } : known
  return {
    id: randomUUID(),
    kind: entry.kind,
    action,
    basedOn: version.id,
    revision: 0,
    payload,
    reason: '',
    savedAt: null,
    remark: null,
    remarks: [],
    number: entry.number,
  }
}
