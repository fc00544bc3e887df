import { sealPublic, type Leaf } from './leaf.ts'

export type StoredWitness = { name: string; vkey: string; url: string; participant: string | null; at: string; retiredAt: string | null }

/**
 * A witness is known by its name, which is never given again, and what is committed to is public: as with a rule no salt hides it, so that
 * anybody can hold the list of witnesses, and the keys in a receipt, against the log. Which person acted for the participant is not
 * public: it is in the audit trail, and not in here, where it could be guessed.
 */
const leafOf = (type: 'witness.named' | 'witness.retired', at: string, { name, vkey, url, participant }: StoredWitness): Leaf =>
  ({ type, id: name, participant, at: new Date(at).toISOString(), commitment: sealPublic({ name, vkey, url, participant }) })

export const namedLeaf = (witness: StoredWitness): Leaf => leafOf('witness.named', witness.at, witness)
export const retiredLeaf = (witness: StoredWitness, at: string): Leaf => leafOf('witness.retired', at, witness)

/** All that must stand in the log for a witness. */
export const witnessLeaves = (witness: StoredWitness): Leaf[] =>
  [namedLeaf(witness), ...(witness.retiredAt === null ? [] : [retiredLeaf(witness, witness.retiredAt)])]
