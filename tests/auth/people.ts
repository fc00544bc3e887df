import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { newToken, tokenHash } from '../../lib/auth/secrets.ts'
import type { Role } from '../../lib/auth/policy.ts'
import type { Connection } from '../../lib/db/client.ts'

/** Who asks. Croatia owns what is asked about; Montenegro is the other participant. `session`: alive, or dead in one of four ways. */
export type Person = {
  who: string
  role: Role
  place: 'own' | 'other'
  account: string | null
  session: 'alive' | 'disabled' | 'expired' | 'revoked' | 'unknown'
  /** A bearer key that is not alive is refused; a dead cookie is the public. */
  strict: boolean
}

const person = (
  who: string, role: Role, place: Person['place'], account: string | null, session: Person['session'] = 'alive', strict = true,
): Person => ({ who, role, place, account, session, strict })

export const PEOPLE: readonly Person[] = [
  person('public', 'public', 'other', null, 'alive', false),
  person('observer', 'observer', 'other', 'observer@osce.demo'),
  person('submitter of it', 'submitter', 'own', 'submitter@hr.demo'),
  person('approver of it', 'approver', 'own', 'approver@hr.demo'),
  person('verifier of it', 'verifier', 'own', 'verifier@hr.demo'),
  person('submitter of another', 'submitter', 'other', 'submitter@me.demo'),
  person('approver of another', 'approver', 'other', 'approver@me.demo'),
  person('verifier of another', 'verifier', 'other', 'verifier@me.demo'),
  person('verifier of none', 'verifier', 'other', 'verifier1@at.demo'),
  person('secretariat', 'secretariat', 'other', 'secretariat@batp.demo'),
  person('disabled account', 'submitter', 'own', 'submitter@hr.demo', 'disabled'),
  person('expired session', 'approver', 'own', 'approver@hr.demo', 'expired'),
  person('revoked key', 'secretariat', 'other', 'secretariat@batp.demo', 'revoked'),
  person('unknown key', 'public', 'other', null, 'unknown'),
  person('expired cookie', 'approver', 'own', 'approver@hr.demo', 'expired', false),
]

/** A new session of the person's account, so that one that a test ends is nobody else's. Null for the public. */
export const sessionOf = async (connection: Connection, { account, session }: Person): Promise<string | null> => {
  if (session === 'unknown') return newToken()
  if (!account) return null
  const token = newToken()
  const hash = Buffer.from(tokenHash(token)).toString('hex')
  const expires = session === 'expired' ? '2020-01-01T00:00:00Z' : null
  const revoked = session === 'revoked' ? '2020-01-01T00:00:00Z' : null
  await connection.owner.execute(sql`
    insert into sessions (id, token_hash, user_id, kind, created_at, last_seen_at, expires_at, revoked_at)
    select ${randomUUID()}::uuid, decode(${hash}, 'hex'), id, 'api_key', now(), now(), ${expires}::timestamptz, ${revoked}::timestamptz
      from users where email = ${session === 'disabled' ? await disabledTwinOf(connection, account) : account}`)
  return token
}

/** The same office as `account`, held by someone whose account is disabled. */
const disabledTwinOf = async (connection: Connection, account: string): Promise<string> => {
  const email = `former-${account}`
  await connection.owner.execute(sql`insert into users (id, email, name, role, participant, affiliation, disabled_at, created_at)
    select ${randomUUID()}::uuid, ${email}, name, role, participant, affiliation, now(), now() from users where email = ${account}
        on conflict do nothing`)
  return email
}
