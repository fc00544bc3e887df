import { createPublicKey, hash, verify } from 'node:crypto'
import type { Primitives } from './primitives.ts'

/** The DER that stands before the 32 bytes of an Ed25519 public key (RFC 8410 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

export const nodePrimitives: Primitives = {
  sha256: async (data) => hash('sha256', data, 'buffer'),
  verifyEd25519: async (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false
    const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' })
    return verify(null, message, key, signature)
  },
}
