import type { Leaf } from '../log/leaf.ts'
import { canonicalJson, commitment, type Json } from '../log/canonical.ts'
import type { Answer, NoteAct, ObserverName } from './rules.ts'

export type StoredReply = {
  id: string; entryId: string; filingId: string; host: string; participant: string; answer: Answer; observers: number; words: string | null; at: string
  by: string; byName: string; salt: Uint8Array
}

/** What was answered, and who was named: those who may read the names can prove them, and nobody can change them. */
export const answeredLeaf = ({ id, at, salt, entryId, filingId, host, participant, answer, observers, words, by, byName }: StoredReply, names: readonly ObserverName[]): Leaf => {
  const named: Json = names.map((one) => ({ name: one.name, function: one.function }))
  const content = { entry: entryId, filing: filingId, host, participant, answer, observers, names: named, words, by: { id: by, name: byName } }
  return { type: 'observation.answered', id, participant: null, at: new Date(at).toISOString(), commitment: commitment(salt, canonicalJson(content)) }
}

export type StoredNote = {
  id: string; entryId: string; filingId: string; host: string; participant: string; act: NoteAct; about: string | null; words: string | null; at: string
  by: string; byName: string; salt: Uint8Array
}

export const noteLeaf = ({ id, at, salt, entryId, filingId, host, participant, act, about, words, by, byName }: StoredNote): Leaf => {
  const content = { entry: entryId, filing: filingId, host, participant, act, about, words, by: { id: by, name: byName } }
  return { type: `observation.${act}`, id, participant: null, at: new Date(at).toISOString(), commitment: commitment(salt, canonicalJson(content)) }
}
