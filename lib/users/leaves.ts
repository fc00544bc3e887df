import type { Leaf } from '../log/leaf.ts'
import { canonicalJson, commitment } from '../log/canonical.ts'

export type StoredGrant = { id: string; userId: string; role: string; participant: string | null; granted: boolean; by: string; at: string; salt: Uint8Array }

/** That an account was given a role, or lost it. Whose account it is stays within the commitment. */
export const grantLeaf = ({ id, userId, role, participant, granted, by, at, salt }: StoredGrant): Leaf => ({
  type: granted ? 'role.granted' : 'role.revoked', id, participant, at: new Date(at).toISOString(),
  commitment: commitment(salt, canonicalJson({ account: userId, role, participant, granted, by })),
})
