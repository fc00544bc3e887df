import { randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import { and, eq, isNull } from 'drizzle-orm'
import { command, invalid, type Context } from '../auth/guard.ts'
import { participants, witnesses } from '../db/schema.ts'
import { isPublicAddress } from '../shared/addresses.ts'
import { env } from '../shared/env.ts'
import { AppError } from '../shared/errors.ts'
import { NameWitness, RetireWitness } from './input.ts'
import { namedLeaf, retiredLeaf } from './leaves.ts'
import { KEY_TYPES, parseVkey, type VerifierKey } from './note.ts'
import { nodePrimitives } from './primitives-node.ts'
import { equalBytes } from './steps.ts'

/** Each participant's witnesses bear its code, so that a policy shows whose they are. */
const mustBeOwnName = async (ctx: Context, name: string): Promise<void> => {
  const own = ctx.viewer.participant
  if (own !== null) {
    if (name === own || name.startsWith(`${own}-`)) return
    throw new AppError('forbidden', `You name the witnesses of ${own}: ${own}, or a name that begins with ${own}-.`)
  }
  const codes = (await ctx.db.select({ code: participants.code }).from(participants)).map(({ code }) => code)
  const taken = codes.find((code) => name.toUpperCase() === code || name.toUpperCase().startsWith(`${code}-`))
  if (taken === undefined) return
  throw new AppError('forbidden', `${name} is the name of a witness of ${taken}. Its approver names it; you name those of outside bodies.`)
}

const readKey = async (vkey: string): Promise<VerifierKey> => {
  const key = await parseVkey(vkey, nodePrimitives).catch((error: unknown) => {
    throw error instanceof AppError ? invalid([{ pointer: '/vkey', message: error.message }]) : error
  })
  if (key.type === KEY_TYPES.cosigner) return key
  const message = `The key of ${key.name} is not an Ed25519 key for cosignatures (type 0x04), which a witness has.`
  throw invalid([{ pointer: '/vkey', message }])
}

/**
 * A cosignature does not say who made it: one key must be one witness, and never the log itself. Retired ones count: their cosignatures
 * stay.
 */
const mustBeNew = async (ctx: Context, name: string, { publicKey }: VerifierKey): Promise<void> => {
  const known = await ctx.db.select({ name: witnesses.name, vkey: witnesses.vkey }).from(witnesses)
  if (known.some((witness) => witness.name.toUpperCase() === name.toUpperCase())) {
    throw new AppError('conflict', `There is, or was, a witness of the name ${name}. Choose another, such as ${name}-2.`)
  }
  const keys = await Promise.all(known.map(async (witness) => ({ name: witness.name, key: await parseVkey(witness.vkey, nodePrimitives) })))
  const same = keys.find(({ key }) => equalBytes(key.publicKey, publicKey))
  if (same) throw new AppError('conflict', `This is the key of the witness ${same.name}. Each witness has a key of its own.`)
  const isLog = ctx.log !== null && equalBytes(ctx.log.key.publicKey, publicKey)
  if (isLog) throw new AppError('conflict', 'This is the key of the log. A log does not witness itself.')
}

/** What can be seen of it already. The worker looks again at each address that it connects to. */
const mustBeReachable = (text: string): void => {
  const host = new URL(text).hostname.replace(/^\[(.*)\]$/, '$1')
  if (env().witnessLocal || (isIP(host) === 0 ? !/(^|\.)localhost\.?$/.test(host) : isPublicAddress(host))) return
  const message = `${host} is not an address of the public internet. State one at which the register can reach the witness.`
  throw invalid([{ pointer: '/url', message }])
}

/** Names who watches the log: a participant its own witnesses, the secretariat those of outside bodies. */
export const nameWitness = command({
  name: 'witness.name', permission: 'witness.name', input: NameWitness,
  run: async (ctx, { name, vkey, url }) => {
    await mustBeOwnName(ctx, name)
    mustBeReachable(url)
    await mustBeNew(ctx, name, await readKey(vkey))
    const row = { id: randomUUID(), name, vkey, url, participant: ctx.viewer.participant }
    const [added] = await ctx.db.insert(witnesses).values({ ...row, by: ctx.viewer.name, at: ctx.now.toISOString() })
      .onConflictDoNothing().returning()
    if (!added) throw new AppError('conflict', 'A witness of this name or key was named just now.')
    ctx.leaves.push(namedLeaf(added))
    return { ...row, size: null, at: null }
  },
  describe: ({ name, vkey, url }, { id }) => ({ subject: id, detail: { name, vkey, url } }),
})

/** Ends asking a witness. What it cosigned stays; its name and its key are not given again. */
export const retireWitness = command({
  name: 'witness.retire', permission: 'witness.name', input: RetireWitness,
  run: async (ctx, { id }) => {
    const [witness] = await ctx.db.select().from(witnesses).where(eq(witnesses.id, id))
    if (!witness) throw new AppError('not_found', 'There is no such witness.')
    if (witness.participant !== ctx.viewer.participant) throw new AppError('forbidden', 'A witness is retired by who named it.')
    const retiredAt = ctx.now.toISOString()
    const [retired] = await ctx.db.update(witnesses).set({ retiredAt })
      .where(and(eq(witnesses.id, id), isNull(witnesses.retiredAt))).returning()
    if (!retired) throw new AppError('conflict', `The witness ${witness.name} is retired already.`)
    ctx.leaves.push(retiredLeaf(retired, retiredAt))
    return { id, name: witness.name, retiredAt }
  },
  describe: ({ id }, { name }) => ({ subject: id, detail: { name } }),
})
