import type { Leaf, LeafType } from '../log/leaf.ts'
import { canonicalJson, commitment, type Json } from '../log/canonical.ts'
import type { Action } from './rules.ts'

const TYPE: Record<Action, LeafType> = { file: 'filing.filed', stage: 'filing.filed', amend: 'filing.amended', withdraw: 'filing.withdrawn' }

/** A filed version as it is stored: the row of `filings` and of `filing_payloads`, times in any spelling. */
export type StoredFiling = {
  id: string; entryId: string; number: string; version: number; action: Action; kind: string; participant: string; supersedes: string | null
  reason: string | null; summary: string; filedAt: string; compiled: boolean
  salt: Uint8Array; payload: string; draftedBy: string; draftedByName: string; releasedBy: string; releasedByName: string
}

/** What is committed to beside the payload: under which number, on whose word and why. */
export const recordOf = (filing: StoredFiling): Record<string, Json> => ({
  entry: filing.entryId, number: filing.number, version: filing.version, action: filing.action, kind: filing.kind, supersedes: filing.supersedes,
  reason: filing.reason, summary: filing.summary, compiled: filing.compiled,
  draftedBy: { id: filing.draftedBy, name: filing.draftedByName }, releasedBy: { id: filing.releasedBy, name: filing.releasedByName },
})

/** The two leaves of a filed version: its payload, then the record about it, both under the filing's salt. */
export const filingLeaves = (filing: StoredFiling): [Leaf, Leaf] => {
  const about = { id: filing.id, participant: filing.participant, at: new Date(filing.filedAt).toISOString() }
  return [
    { type: TYPE[filing.action], ...about, commitment: commitment(filing.salt, filing.payload) },
    { type: 'filing.record', ...about, commitment: commitment(filing.salt, canonicalJson(recordOf(filing))) },
  ]
}
