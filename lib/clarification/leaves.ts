import type { Leaf } from '../log/leaf.ts'
import { canonicalJson, commitment, type Json } from '../log/canonical.ts'

export type StoredClarification = {
  id: string; number: string; asking: string; asked: string; filingId: string | null; title: string; observed: string; observedOn: string | null; place: string | null
  questions: readonly string[]; more: string | null; shownToAll: boolean; at: string; dueAt: string; by: string; byName: string; salt: Uint8Array
}
export type StoredAct = {
  id: string; clarificationId: string; turn: number; act: string; participant: string; content: Record<string, Json>; at: string; dueAt: string | null; by: string
  byName: string; salt: Uint8Array
}

const iso = (at: string): string => new Date(at).toISOString()

/** That a participant asked another, what, and when. Everyone reads the log, so the leaf names neither: whoever may read the request can prove it. */
export const askedLeaf = ({ id, salt, at, by, byName, dueAt, questions, ...asked }: StoredClarification): Leaf => {
  const { number, asking, asked: whom, filingId, title, observed, observedOn, place, more, shownToAll } = asked
  const content = {
    number, asking, asked: whom, filing: filingId, title, observed, observedOn, place, questions: [...questions], more, shownToAll, dueAt: iso(dueAt), by: { id: by, name: byName },
  }
  return { type: 'clarification.asked', id, participant: null, at: iso(at), commitment: commitment(salt, canonicalJson(content)) }
}

/** That a party replied, found the reply insufficient, called or recorded a meeting, showed it to all, or closed it. */
export const actLeaf = ({ id, clarificationId, turn, act, participant, content, at, dueAt, by, byName, salt }: StoredAct): Leaf => ({
  type: `clarification.${act}` as Leaf['type'], id, participant: null, at: iso(at),
  commitment: commitment(salt, canonicalJson({ clarification: clarificationId, turn, act, participant, content, dueAt: dueAt && iso(dueAt), by: { id: by, name: byName } })),
})
