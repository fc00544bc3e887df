import { sql } from 'drizzle-orm'
import { askTurn, database, rows, takeTurn, together, type Ask, type Tx } from '../db/client.ts'
import { env } from '../shared/env.ts'
import { AppError } from '../shared/errors.ts'
import { logger } from '../shared/logger.ts'
import { formatCheckpoint, parseCheckpoint, verifyNote } from './checkpoint.ts'
import { logStore, readLogKey } from './key.ts'
import { appendAll, EMPTY_FRONTIER, foldPath, inclusionNodes, rootOfFrontier, type Frontier } from './merkle.ts'
import { nodeKey, readNodes, reader, recall, storedFrontier } from './nodes.ts'
import { nodePrimitives } from './primitives-node.ts'
import { encodeProof } from './proof.ts'
import { signNote, type SigningKey } from './sign.ts'
import { equalBytes } from './steps.ts'
import { readCheckpoint, tileParts, type LogStore } from './store.ts'
import { utf8 } from './encoding.ts'

/**
 * The log's signer. A checkpoint is signed over committed leaves only, after recomputing the root from them, so two trees of one size
 * are never both signed. The last checkpoint lies outside of the database: a database that does not continue it is refused.
 */
export type Log = {
  key: SigningKey
  store: LogStore
  /** The right edge of the tree that was signed last, as this process recomputed it. */
  signed: Frontier
  note: string | null
  /** The last checkpoints, oldest first. */
  published: Published[]
  /** Nodes that proofs of the newest leaves need. */
  recent: Map<string, Uint8Array>
  /** Published, but perhaps not yet kept in the database: kept by the round that publishes it, or else by the next. */
  unkept: Signed[]
  /** Why nothing is signed any more; null while all is well. */
  refused: string | null
  running: Round | null
  /** Where a test makes a process die. */
  at: (point: CrashPoint) => void
}
/** How to read: in a transaction that is open, or in one of its own. */
export type Reading = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
export const apart: Reading = async (work) => (await database()).transaction('batp_app', work)

type Signed = { size: number; note: string }
/** `from`: the first entry that it is known to be the first checkpoint over. */
type Published = Signed & { from: number }
/** `published`: its checkpoint is on disk, so receipts may name it. `ended`: the database keeps it as well. */
type Round = { published: Promise<void>; ended: Promise<void> }
export const CRASH_POINTS = ['committed', 'read', 'recomputed', 'checkpoint signed', 'tiles written', 'checkpoint written', 'checkpoint kept'] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

const REMEMBERED = 20
const SIGNING = 'batp-log-signing'

const held = globalThis as typeof globalThis & { batpLog?: Promise<Log | null> }

const refuse = (log: Log, why: string): null => {
  if (log.refused === null) logger().fatal({ why }, 'the log refuses to sign')
  log.refused = why
  return null
}
const oldCopy = (size: number, signed: number): string =>
  `The database holds ${size} entries of the log, but ${signed} were signed: it is an old copy. Restore the newest one.`
const notOurs = ({ key, store }: Log): string => `The checkpoint in ${store.place} is not signed by this log's key ${key.vkey}.`
const otherPast = (size: number): string => `The first ${size} entries of the database are not those that were signed.`

const keepUnkept = async ({ unkept }: Log, ask: Ask): Promise<Signed[]> => {
  await together(unkept.map(({ size, note }) => ask('select app.keep_checkpoint($1, $2, $3)', [env().secret, size, note])))
  return [...unkept]
}
const isFrontier = ({ size, hashes }: Frontier, head: { size: number; frontier: readonly Uint8Array[] }): boolean =>
  head.size === size && head.frontier.length === hashes.length && head.frontier.every((hash, at) => equalBytes(hash, hashes[at]!))

type Head = { size: string | number; root_of: string[]; leaves: string[] | null }
const readHead = async (ask: Ask, from: number): Promise<{ size: number; frontier: Uint8Array[]; leaves: string[] }> => {
  const [head] = await ask<Head>(`select size, array(select encode(h, 'hex') from unnest(frontier) h) as root_of,
    (select json_agg(data order by index) from log_leaves where index >= $1) as leaves from log_head`, [from])
  return { size: Number(head!.size), frontier: head!.root_of.map((hex) => Buffer.from(hex, 'hex')), leaves: head!.leaves ?? [] }
}

/** What a note that this log signed says; throws where it is not its own. */
const openOwn = async (log: Log, note: string) => {
  const { text, signers } = await verifyNote(note, [log.key], nodePrimitives)
  const checkpoint = parseCheckpoint(text)
  if (signers.length === 0 || checkpoint.origin !== log.key.name) throw new Error('not signed by this log')
  return checkpoint
}

/** What this process knows from now on: the published log is this long. */
const reach = (log: Log, { frontier, completed }: ReturnType<typeof appendAll>, published: Published): void => {
  log.recent = new Map([...recall(log.signed), ...completed.map((node) => [nodeKey(node), node.hash] as const)])
  log.signed = frontier
  log.note = published.note
  log.published = [...log.published, published].slice(-REMEMBERED)
  log.unkept.push(published)
}

/**
 * Signs what is committed, if it is more than what is signed. Runs under a lock that all processes share. Dying anywhere in it loses
 * nothing: the tiles are written again by the next one, and a checkpoint that was published but not kept is kept later.
 */
const publishOnce = async (log: Log, committed: Promise<void>, published: () => void): Promise<void> => {
  const connection = await database()
  const kept = await connection.signing(async (ask) => {
    const turn = askTurn(ask, SIGNING)
    const [head, lastNote] = await together([committed.then(() => readHead(ask, log.signed.size)), turn.then(() => readCheckpoint(log.store)), turn])
    log.at('read')
    const isOwn = lastNote !== null && lastNote === log.note
    const other = lastNote === null || isOwn ? null : await openOwn(log, lastNote).catch(() => undefined)
    if (other === undefined) return refuse(log, notOurs(log))
    const lastSize = isOwn ? log.signed.size : other?.size ?? 0
    if (lastSize < log.signed.size) return refuse(log, `The last checkpoint in ${log.store.place} went back from ${log.signed.size} to ${lastSize} entries.`)
    if (head.size < lastSize) return refuse(log, oldCopy(head.size, lastSize))
    const leaves = head.leaves.map(utf8)
    const fresh = leaves.slice(lastSize - log.signed.size)
    const reached = appendAll(log.signed, leaves.slice(0, lastSize - log.signed.size))
    if (other && !equalBytes(rootOfFrontier(reached.frontier), other.root)) return refuse(log, otherPast(lastSize))
    const grown = appendAll(reached.frontier, fresh)
    if (!isFrontier(grown.frontier, head)) return refuse(log, `The entries from number ${log.signed.size} on do not give the root that the database states.`)
    log.at('recomputed')
    // Between those that this process knows and another's last one there may be more, which the database keeps.
    if (other) reach(log, reached, { from: other.size, size: other.size, note: lastNote! })
    if (head.size > lastSize || lastNote === null) {
      const parts = await tileParts(log.store, lastSize, fresh, grown.completed)
      const note = signNote(formatCheckpoint({ origin: log.key.name, size: head.size, root: rootOfFrontier(grown.frontier), extensions: [] }), log.key)
      log.at('checkpoint signed')
      await log.store.write(parts, note, log.at)
      reach(log, grown, { from: lastSize, size: head.size, note })
    }
    published()
    return () => keepUnkept(log, ask)
  })
  log.at('checkpoint kept')
  log.unkept = log.unkept.filter((one) => !kept?.includes(one))
}

/** Whoever waits for a receipt goes on as soon as the checkpoint is on disk; that the database keeps it is waited for by the next round. */
const startRound = (log: Log, committed: Promise<void> = Promise.resolve()): Round => {
  const { promise: published, resolve, reject } = Promise.withResolvers<void>()
  let isPublished = false
  const ended = publishOnce(log, committed, () => {
    isPublished = true
    resolve()
  }).then(resolve, (error: unknown) => {
    if (isPublished) logger().error({ err: error }, 'published, but not kept in the database yet')
    reject(error)
  }).finally(() => { log.running = null })
  return { published, ended }
}

/** Tiles of the entries from `first` to `last`, as the database holds them, where a power cut lost what was written of them. */
const repair = async ({ store }: Log, tx: Tx, first: number, last: number): Promise<void> => {
  const edge = store.repair && first < last ? await storedFrontier(tx, first) : null
  if (!edge) return
  const leaves = await rows<{ data: string }>(tx, sql`select data from log_leaves where index >= ${first} and index < ${last} order by index`)
  const data = leaves.map((leaf) => utf8(leaf.data))
  try {
    await store.repair!(await tileParts(store, first, data, appendAll(edge, data).completed))
  } catch (error) {
    // What cannot be made whole is found by the register's check of itself; reading goes on.
    logger().error({ err: error }, 'the published tiles could not be made whole')
  }
}

/** Which of those published the database does not keep, because their process died before it did. */
const notKept = async (tx: Tx, published: readonly (Signed | null)[], last: number): Promise<Signed[]> => {
  const own = published.filter((one) => one !== null && one.size <= last) as Signed[]
  const kept = await rows<{ size: string | number }>(tx, sql`select size from log_checkpoints where size >= ${own[0]!.size}`)
  const sizes = new Set(kept.map(({ size }) => Number(size)))
  return own.filter(({ size }) => !sizes.has(size))
}

/** Why a database must not be continued, looked at before anything is written. */
const open = async (): Promise<Log | null> => {
  const key = readLogKey()
  if (!key) return null
  const log: Log = { key, store: logStore(), signed: EMPTY_FRONTIER, note: null, published: [], recent: new Map(), refused: null, unkept: [], running: null, at: () => {} }
  const connection = await database()
  await connection.transaction('batp_app', async (tx) => {
    await takeTurn(tx, SIGNING)
    const notes = await log.store.checkpoints(true)
    const [{ size, kept }] = await rows<{ size: string | number; kept: string | number | null }>(tx, sql`
      select size, (select max(size) from log_checkpoints) as kept from log_head`) as [{ size: string | number; kept: string | number | null }]
    if (notes.length === 0) {
      if (kept !== null) refuse(log, `The database was signed up to entry ${kept}, but ${log.store.place} holds no checkpoint. Restore it, from a backup or a witness.`)
      return null
    }
    const opened = await Promise.all(notes.map(async (note) => ({ ...await openOwn(log, note), note })).map((one) => one.catch(() => null)))
    const last = opened.at(-1)
    if (!last) return refuse(log, notOurs(log))
    if (Number(size) < last.size) return refuse(log, oldCopy(Number(size), last.size))
    const frontier = await storedFrontier(tx, last.size)
    if (!frontier || !equalBytes(rootOfFrontier(frontier), last.root)) return refuse(log, otherPast(last.size))
    await repair(log, tx, opened[0]?.size ?? last.size, last.size)
    log.unkept = await notKept(tx, opened, last.size)
    log.signed = frontier
    log.note = last.note
    log.recent = recall(frontier)
    return null
  })
  if (log.unkept.length > 0) await connection.signing(async (ask) => () => keepUnkept(log, ask))
  return log
}

/** The log of this process; null where none is set up, such as for the tools that only read or load. */
export const openedLog = (): Promise<Log | null> => (held.batpLog ??= open().catch((error: unknown) => {
  held.batpLog = undefined
  throw error
}))
export const forgetLog = (): void => { held.batpLog = undefined }

/**
 * Begins a round while its entries are still being committed, so that they need not wait for its turn; it reads once `committed` has
 * settled. Where a round runs already, the next one is begun by `publish`.
 */
export const expectEntries = (log: Log, committed: Promise<void>): void => {
  if (log.running || log.refused) return
  log.running = startRound(log, committed)
  log.running.published.catch(() => {})
}

/**
 * Signs at least the first `size` entries. Those who come while it signs wait for the next round together, so that many filings share
 * one checkpoint. What it cannot sign now stays committed, and is signed by the next round.
 */
export const publish = async (size: number): Promise<Log | null> => {
  const log = await openedLog()
  if (!log) return null
  log.at('committed')
  // The round that runs may have begun before these entries were committed; the next one has not.
  for (let round = 0; round < 2 && log.refused === null && log.signed.size < size; round += 1) {
    const { published, ended } = (log.running ??= startRound(log))
    await published
    if (log.signed.size < size) await ended
  }
  return log
}

/** Signs whatever is committed. */
export const publishAll = (): Promise<Log | null> => publish(Number.POSITIVE_INFINITY)

const firstKept = async (tx: Tx, index: number): Promise<Signed | null> => {
  const [found] = await rows<{ size: string | number; note: string }>(tx, sql`select size, note from log_checkpoints where size > ${index} order by size limit 1`)
  return found ? { size: Number(found.size), note: found.note } : null
}

/**
 * The receipt of one entry (C2SP tlog-proof) under the first checkpoint that covers it, so that asking again gives the same; null
 * while there is none. What this process signed just now is answered from memory.
 */
export const proofOf = async (read: Reading, log: Log, index: number): Promise<string | null> => {
  const covering = log.published.find(({ from, size }) => from <= index && index < size) ?? await read((tx) => firstKept(tx, index))
  if (!covering) return null
  const path = inclusionNodes(index, covering.size)
  const wanted = path.flat()
  const isRecent = wanted.every((node) => log.recent.has(nodeKey(node)))
  const nodes = isRecent ? log.recent : await read((tx) => readNodes(tx, wanted))
  return encodeProof({ extra: null, index, hashes: foldPath(path, reader(nodes)), checkpoint: covering.note })
}

/** Where the act of a filing stands in the log: its own leaf, not the record beside it. */
export const leafOf = async (read: Reading, filingId: string): Promise<{ index: number; data: string } | null> => {
  const [found] = await read((tx) => rows<{ index: string | number; data: string }>(tx, sql`
    select index, data from log_leaves where subject = ${filingId} and type in ('filing.filed', 'filing.amended', 'filing.withdrawn')`))
  return found ? { index: Number(found.index), data: found.data } : null
}

/** Nothing official is accepted that could not be signed: integrity outranks availability. Reading goes on. */
export const mustSign = (log: Log | null): void => {
  if (!log?.refused) return
  const message = `The register takes no filings at present: its log refuses to sign. ${log.refused} The secretariat must act; nothing was stored.`
  throw Object.assign(new AppError('conflict', message), { problem: 'unavailable' })
}
