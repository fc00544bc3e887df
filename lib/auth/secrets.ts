import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** 256 random bits, and what the database keeps of them. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const tokenHash = (token: string): Uint8Array => createHash('sha256').update(token, 'utf8').digest()

/** Argon2id with OWASP's figures: 19 MiB, two passes, one lane. */
const COST = { algorithm: 2 as const /* Argon2id */, memoryCost: 19_456, timeCost: 2, parallelism: 1 }
export const hashPassword = (password: string): Promise<string> => hash(password, COST)

let decoy: Promise<string> | null = null
/** An unknown account costs as long as a known one: the password is held against a hash that nothing matches. */
export const verifyPassword = async (stored: string | null, password: string): Promise<boolean> => {
  const against = stored ?? (await (decoy ??= hashPassword(newToken())))
  return (await verify(against, password)) && stored !== null
}
