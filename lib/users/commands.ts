import { randomBytes, randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { command, type Caller, type Context } from '../auth/guard.ts'
import { newToken, tokenHash, verifyPassword } from '../auth/secrets.ts'
import { rows } from '../db/client.ts'
import { roleGrants, users } from '../db/schema.ts'
import { AppError } from '../shared/errors.ts'
import { env } from '../shared/env.ts'
import { ChangeAccount, Credentials } from './input.ts'
import { grantLeaf } from './leaves.ts'
import { isThrottled, SESSION_HOURS, WAIT_MINUTES } from './rules.ts'

type Account = { user_id: string | null; password_hash: string | null; disabled: boolean | null }
export type SignedIn = { userId: string; token: string }

const attempt = (ctx: Context, account: string, succeeded: boolean) =>
  rows(ctx.db, sql`select app.record_attempt(${env().secret}, ${randomUUID()}::uuid, ${account}, ${ctx.ip}, ${succeeded})`)

/** Checks a password. The refusal is a value, not an exception: its attempt must stay on record. */
const checkPassword = command({
  name: 'account.sign_in', permission: 'account.sign_in', input: Credentials,
  run: async (ctx, { email, password }): Promise<SignedIn | 'refused' | 'throttled'> => {
    const [failures] = await rows<{ of_account: number; of_ip: number }>(ctx.db, sql`select * from app.recent_failures(${env().secret}, ${email}, ${ctx.ip})`)
    if (isThrottled(failures!)) return 'throttled'
    const [account] = await rows<Account>(ctx.db, sql`select * from app.find_account(${env().secret}, ${email})`)
    const known = account?.user_id && !account.disabled ? account : null
    const right = await verifyPassword(known?.password_hash ?? null, password)
    await attempt(ctx, email, right)
    if (!right || !known) return 'refused'
    const token = newToken()
    const expires = new Date(ctx.now.getTime() + SESSION_HOURS * 3_600_000).toISOString()
    await rows(ctx.db, sql`select app.create_session(${env().secret}, ${randomUUID()}::uuid, ${known.user_id}::uuid, decode(${Buffer.from(tokenHash(token)).toString('hex')}, 'hex'), 'browser', null, ${expires}::timestamptz)`)
    return { userId: known.user_id!, token }
  },
  describe: ({ email }, value) => (typeof value === 'string'
    ? { subject: email, outcome: 'refused', detail: { result: value } }
    : { subject: email, detail: { result: 'signed_in' } }),
})

/** Signs in: a new session with a new token, or a refusal that says the same for an unknown account and a wrong password. */
export const signIn = async (caller: Caller, input: z.input<typeof Credentials>): Promise<SignedIn> => {
  const result = await checkPassword({ ...caller, credential: null }, input)
  if (result === 'throttled') throw new AppError('rate_limited', `Too many failed attempts. Wait ${WAIT_MINUTES} minutes, or ask the secretariat.`)
  if (result === 'refused') throw new AppError('unauthenticated', 'The e-mail address or the password is not right.')
  return result
}

/** Ends the session in the database: its cookie is worth nothing afterwards, wherever a copy of it is. */
export const signOut = command({
  name: 'account.sign_out', permission: 'account.self', input: z.strictObject({}),
  run: async () => ({ signedOut: true }),
  last: (ctx) => rows(ctx.db, sql`select app.close_session()`),
})

/** Disables an account, whose sessions and keys die at once, or enables it again. */
export const changeAccount = command({
  name: 'account.change', permission: 'account.administer', input: ChangeAccount,
  run: async (ctx, { id, disabled }) => {
    if (id === ctx.viewer.userId) throw new AppError('conflict', 'You cannot disable your own account; another member of the secretariat can.')
    const at = ctx.now.toISOString()
    const [changed] = await ctx.db.update(users).set({ disabledAt: disabled ? at : null }).where(eq(users.id, id)).returning()
    if (!changed) throw new AppError('not_found', 'There is no such account.')
    if (disabled) await rows(ctx.db, sql`select app.close_sessions_of(${id}::uuid)`)
    const grant = {
      id: randomUUID(), userId: id, role: changed.role, participant: changed.participant, granted: !disabled, by: ctx.viewer.name, at, salt: randomBytes(32),
    }
    await ctx.db.insert(roleGrants).values(grant)
    ctx.leaves.push(grantLeaf(grant))
    return { id, disabled }
  },
  describe: ({ id, disabled }) => ({ subject: id, detail: { disabled } }),
})
