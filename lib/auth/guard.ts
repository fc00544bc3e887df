import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { eventRow, recordEvent } from '../audit/events.ts'
import { database, rows, together, type Tx } from '../db/client.ts'
import { insertTogether, into } from '../db/insert.ts'
import { idempotencyKeys } from '../db/schema.ts'
import { appendLeaves } from '../log/append.ts'
import type { Leaf } from '../log/leaf.ts'
import { expectEntries, mustSign, openedLog, publish, type Log } from '../log/publish.ts'
import { timed } from '../log/timing.ts'
import { canonicalJson, refuseUnsafe, type Json } from '../log/canonical.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import { AppError, type FieldProblem } from '../shared/errors.ts'
import { logger } from '../shared/logger.ts'
import { may, PUBLIC_VIEWER, type Permission, type Role, type Viewer } from './policy.ts'

/** Who knocks, as the edge found them. The credential is a session token or an API key; the database says whose. */
export type Caller = {
  credential: string | null
  requestId: string
  ip: string | null
  /** An unknown credential is refused, not read as the public: set for bearer keys. */
  strict?: boolean
  /** Asked by a page left open, not by a person: does not keep the session from ending by disuse. */
  passive?: boolean
  idempotencyKey?: string | null
  /** The clock, when it is not now: loading history, and tests. */
  now?: Date
  /** The loader of history: may file compiled entries, and no message goes out. */
  historic?: boolean
}

/** What every operation works with: one open transaction, whose row-level security knows the viewer. */
export type Context = {
  db: Tx
  viewer: Viewer
  now: Date
  requestId: string
  ip: string | null
  historic: boolean
  /** Revision of the reference data that this transaction sees. */
  revision: number
  /** What this transaction adds to the log: official acts put their leaves here, and the guard appends them last. */
  leaves: Leaf[]
  /** The log's signer, for receipts; null where none is set up, and while history is loaded. */
  log: Log | null
}

type Opened = {
  user_id: string | null; role: Role | null; participant: ParticipantCode | null; name: string | null; email: string | null
  affiliation: string | null; four_eyes: boolean | null; fingerprint: string | null; response: string | null; revision: number | string
}

type Subject = { subject?: string | null; detail?: Record<string, Json>; outcome?: 'done' | 'refused' }
type Spec<S extends z.ZodType, R> = { name: string; permission: Permission; input: S; run: (ctx: Context, input: z.output<S>) => Promise<R> }
type CommandSpec<S extends z.ZodType, R> = Spec<S, R> & {
  describe?: (input: z.output<S>, value: R) => Subject
  /** After the commit, and again when a repeated key gives the first answer: what is added to the answer from the log. */
  receipt?: (value: R, firstLeaf: number | null) => Promise<R>
  /** After the audit event: what ends the viewer's own session, since nobody may write in their name afterwards. */
  last?: (ctx: Context) => Promise<unknown>
}
export type Operation<S extends z.ZodType, R> = ((caller: Caller, input: z.input<S>) => Promise<R>) & {
  operation: 'command' | 'query'; permission: Permission; operationName: string; input: S; run: (ctx: Context, input: z.output<S>) => Promise<R>
}

export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Problems of a zod refusal, each with its pointer; unknown fields are named one by one. */
export const problemsFrom = (error: z.ZodError, prefix = ''): FieldProblem[] =>
  error.issues.flatMap((issue): FieldProblem[] => {
    const pointer = prefix + pointerOf(issue.path)
    if (issue.code !== 'unrecognized_keys') return [{ pointer, message: issue.message }]
    return issue.keys.map((key) => ({ pointer: pointer + pointerOf([key]), message: `“${key.slice(0, 80)}” is not a field here. Leave it out.` }))
  })

export const invalid = (problems: FieldProblem[]): AppError =>
  new AppError('invalid', problems.length === 1 ? problems[0]!.message : `${problems.length} fields need attention.`, problems)

const parse = <S extends z.ZodType>(schema: S, input: unknown): z.output<S> => {
  refuseUnsafe(input as Json)
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw invalid(problemsFrom(parsed.error))
  return parsed.data
}

/** Who it is, without the trace that `app.open` leaves of having been seen. */
const glance = async (db: Tx, credential: string | null): Promise<Opened[]> => {
  await db.execute(sql`select set_config('app.session', ${credential ?? ''}, true)`)
  return rows<Opened>(db, sql`select v.user_id, v.role, v.participant, v.name, v.email, v.affiliation, v.four_eyes, null as fingerprint, null as response,
    r.revision from app.viewer() v, reference_state r`)
}

/** The log is opened before the transaction: PGlite has one session, so within it that would wait for ever. */
const logFor = (caller: Caller): Promise<Log | null> | null => (caller.historic ? null : openedLog())

const open = async (db: Tx, caller: Caller, log: Log | null): Promise<{ ctx: Context; opened: Opened }> => {
  const [opened] = caller.passive
    ? await glance(db, caller.credential)
    : await rows<Opened>(db, sql`select * from app.open(${caller.credential}, ${caller.idempotencyKey ?? null})`)
  if (!opened) throw new Error('app.open answers with one row')
  if (caller.credential && caller.strict && !opened.user_id) {
    throw new AppError('unauthenticated', 'This key is unknown, expired or revoked. Ask the secretariat for a new one.')
  }
  const viewer: Viewer = opened.user_id && opened.role
    ? {
        role: opened.role, participant: opened.participant, userId: opened.user_id, name: opened.name ?? '', email: opened.email,
        affiliation: opened.affiliation, fourEyes: opened.four_eyes ?? false,
      }
    : PUBLIC_VIEWER
  const ctx: Context = {
    db, viewer, now: caller.now ?? new Date(), requestId: caller.requestId, ip: caller.ip,
    historic: caller.historic ?? false, revision: Number(opened.revision), leaves: [], log,
  }
  return { ctx, opened }
}

const mustBeAllowed = (viewer: Viewer, permission: Permission): void => {
  if (may(viewer.role, permission)) return
  if (viewer.role === 'public') throw new AppError('unauthenticated', 'Sign in to do this.')
  throw new AppError('forbidden', 'Your role does not allow this.')
}

const fingerprintOf = (name: string, input: unknown): string =>
  createHash('sha256').update(`${name}\n${canonicalJson(JSON.parse(JSON.stringify(input ?? null)) as Json)}`).digest('hex')

/** A refusal undoes the transaction it happened in, its audit event too: so it is recorded in one of its own. */
const recordRefusal = async (caller: Caller, name: string, error: unknown): Promise<void> => {
  if (!(error instanceof AppError) || !['unauthenticated', 'forbidden', 'not_found', 'conflict', 'rate_limited'].includes(error.code)) return
  const connection = await database()
  await connection.transaction('batp_app', async (db) => {
    const { ctx } = await open(db, { ...caller, strict: false, idempotencyKey: null }, null)
    if (error.code === 'not_found' && ctx.viewer.role === 'public') return
    await recordEvent(ctx, { type: name, outcome: 'refused', subject: null, detail: { code: error.code, message: error.message } })
  })
}

const isKeyTaken = (error: unknown): boolean => {
  const cause = (error as { cause?: { code?: string; constraint_name?: string; constraint?: string; table_name?: string; table?: string } }).cause
  return cause?.code === '23505' && [cause.table_name, cause.table].includes('idempotency_keys')
}

/**
 * A guarded write: permission, input, one transaction with its audit event, and, under an idempotency key, the answer kept
 * with it. A repeated key gives the first answer again; fifty at once give one effect, because the key is unique.
 */
export const command = <S extends z.ZodType, R>(spec: CommandSpec<S, R>): Operation<S, R> => {
  const attempt = async (caller: Caller, raw: z.input<S>): Promise<{ value: R; leaves: { first: number; count: number } | null }> => {
    const [connection, log] = [await database(), await logFor(caller)]
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    return connection.transaction('batp_app', async (db) => {
      const { ctx, opened } = await open(db, caller, log)
      mustBeAllowed(ctx.viewer, spec.permission)
      const key = caller.idempotencyKey
      const input = parse(spec.input, raw)
      const fingerprint = key ? fingerprintOf(spec.name, raw) : ''
      if (key && opened.fingerprint) {
        if (opened.fingerprint !== fingerprint) throw new AppError('invalid', 'This Idempotency-Key was used for another request. Use a new key.')
        return { value: JSON.parse(opened.response!) as R, leaves: null }
      }
      const value = await spec.run(ctx, input)
      const about = spec.describe?.(input, value) ?? {}
      const event = eventRow(ctx, { type: spec.name, outcome: about.outcome ?? 'done', subject: about.subject ?? null, detail: about.detail ?? {} })
      const answer = key && ctx.viewer.userId
        ? [{ userId: ctx.viewer.userId, key, fingerprint, response: JSON.stringify(value ?? null), at: ctx.now.toISOString() }]
        : []
      const { leaves } = ctx
      if (leaves.length > 0) mustSign(log)
      const written = insertTogether(db, [event, into(idempotencyKeys, answer)])
      const [, first] = await together([written, leaves.length > 0 ? timed('append', () => appendLeaves(db, leaves), written) : Promise.resolve(null)])
      await spec.last?.(ctx)
      if (log && first !== null) expectEntries(log, ended)
      return { value, leaves: first === null ? null : { first, count: leaves.length } }
    }).finally(end)
  }
  /** It is committed: what fails from here on cannot undo it, and is made good by the next signing. */
  const proven = async (caller: Caller, { value, leaves }: Awaited<ReturnType<typeof attempt>>): Promise<R> => {
    if (caller.historic || (!leaves && !spec.receipt)) return value
    try {
      return await timed('sign', async () => {
        if (leaves) await publish(leaves.first + leaves.count)
        return spec.receipt ? spec.receipt(value, leaves?.first ?? null) : value
      })
    } catch (error) {
      logger().error({ err: error, operation: spec.name }, 'committed, but not signed yet')
      return value
    }
  }
  const operation = async (caller: Caller, raw: z.input<S>): Promise<R> => {
    try {
      return await proven(caller, await attempt(caller, raw).catch((error: unknown) => {
        if (caller.idempotencyKey && isKeyTaken(error)) return attempt(caller, raw)
        throw error
      }))
    } catch (error) {
      await recordRefusal(caller, spec.name, error)
      throw error
    }
  }
  return Object.assign(operation, { operation: 'command' as const, permission: spec.permission, operationName: spec.name, input: spec.input, run: spec.run })
}

/** A guarded read: permission, input, one transaction under row-level security. */
export const query = <S extends z.ZodType, R>(spec: Spec<S, R>): Operation<S, R> => {
  const operation = async (caller: Caller, raw: z.input<S>): Promise<R> => {
    const [connection, log] = [await database(), await logFor(caller)]
    try {
      return await connection.transaction('batp_app', async (db) => {
        const { ctx } = await open(db, caller, log)
        mustBeAllowed(ctx.viewer, spec.permission)
        return spec.run(ctx, parse(spec.input, raw))
      })
    } catch (error) {
      await recordRefusal(caller, spec.name, error)
      throw error
    }
  }
  return Object.assign(operation, { operation: 'query' as const, permission: spec.permission, operationName: spec.name, input: spec.input, run: spec.run })
}

export const anonymousCaller = (): Caller => ({ credential: null, requestId: randomUUID(), ip: null })
