import type { Hashing } from './steps.ts'

/** What checking needs of the machine it runs on: Node (`primitives-node.ts`) or a browser (`primitives-web.ts`). */
export type Primitives = {
  sha256: (data: Uint8Array) => Promise<Uint8Array>
  /** `publicKey` in its 32 bytes (RFC 8032), `signature` in its 64; false for anything else. */
  verifyEd25519: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>
}

/** Runs a computation that asks for its hashes, see `steps.ts`. */
export const withHashes = async <T>(steps: Hashing<T>, { sha256 }: Primitives): Promise<T> => {
  let step = steps.next()
  // Each hash covers the one before it: there is nothing to do side by side.
  // oxlint-disable-next-line no-await-in-loop
  while (!step.done) step = steps.next(await sha256(step.value))
  return step.value
}
