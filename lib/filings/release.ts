import { randomBytes, randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Context } from '../auth/guard.ts'
import { alertRows, type IssuedAlert } from '../alerts/issue.ts'
import { database, rows, together } from '../db/client.ts'
import { insertTogether, into } from '../db/insert.ts'
import { entries, filingPayloads, filings, invitations } from '../db/schema.ts'
import { DISPATCH, enqueue } from '../jobs/queue.ts'
import { apart, leafOf, proofOf, publish } from '../log/publish.ts'
import { canonicalJson } from '../log/canonical.ts'
import { messageRows, queueMessages } from '../messages/issue.ts'
import { invitationMessages } from '../observation/messages.ts'
import { hasInvitations, invitationRows } from './invitation-rows.ts'
import { filingLeaves } from './leaves.ts'
import type { Judged } from './judge.ts'
import { projections, replaceVersion, type FiledVersion } from './projections.ts'
import { filingNumber } from './rules.ts'

/** `index` and `proof`: the leaf's place in the log, and the file that proves it (C2SP tlog-proof); null until the log has signed it. */
export type Receipt = {
  filing: string; number: string; version: number; commitment: string; filedAt: string; index: number | null; proof: string | null
}
export type FiledAnswer = {
  filing: { id: string; kind: string; participant: string; number: string; version: number; status: string; filedAt: string | null }
  alerts: IssuedAlert[]
  receipt: Receipt | null
}

export type Person = { id: string; name: string }

const nextSerial = async (ctx: Context, participant: string, year: number): Promise<number> => {
  const [row] = await rows<{ last: number }>(ctx.db, sql`insert into numbers (participant, year, last) values (${participant}, ${year}, 1)
    on conflict (participant, year) do update set last = numbers.last + 1 returning last`)
  return row!.last
}

/** What those hear who are invited to observe, or were by the version before. */
const invitationsTold = async (ctx: Context, filed: FiledVersion) => {
  if (!hasInvitations(filed.kind) || ctx.historic) return []
  const before = filed.supersedes ? await ctx.db.select().from(invitations).where(eq(invitations.filingId, filed.supersedes)) : []
  return invitationMessages(filed, before, invitationRows(filed), filed.action === 'withdraw')
}

/**
 * Files: number, immutable version, payload with its salt, projections, alerts and invitations with their addressees and delivery jobs, all
 * in the caller's transaction. If the process dies before the commit none of it happened. The number is taken first because
 * its row serialises the filings of one participant; nothing is numbered that is not filed.
 */
export const release = async (ctx: Context, judged: Judged, id: string, drafter: Person, reason: string | null): Promise<FiledAnswer> => {
  const { participant, kind, action, payload, summary, entry } = judged
  const filedAt = ctx.now.toISOString()
  const year = ctx.now.getUTCFullYear()
  const number = entry?.number ?? filingNumber(participant, year, await nextSerial(ctx, participant, year))
  const version = (entry?.version ?? 0) + 1
  const canonical = canonicalJson(payload)
  const salt = randomBytes(32)
  const filed = {
    id, entryId: entry?.entryId ?? id, number, version, action, kind, participant, summary, filedAt,
    supersedes: entry?.filingId ?? null, compiled: payload.compiled !== undefined,
  }
  const sealed = {
    salt, payload: canonical, draftedBy: drafter.id, draftedByName: drafter.name,
    releasedBy: ctx.viewer.userId!, releasedByName: ctx.viewer.name,
  }
  const leaves = filingLeaves({ ...filed, ...sealed, reason })
  const { commitment } = leaves[0]
  const filedVersion = { ...filed, payload, firstFiledAt: entry?.firstFiledAt ?? filedAt }
  const projected = projections(filedVersion)
  const told = alertRows(ctx, { id, participant, filedAt }, judged.assessment.alerts)
  const invited = messageRows(await invitationsTold(ctx, filedVersion), filedAt)
  if (entry) await replaceVersion(ctx.db, filedVersion, projected.entry)
  await together([
    insertTogether(ctx.db, [
      into(filings, [{ ...filed, reason, commitment }]),
      into(filingPayloads, [{ filingId: id, participant, ...sealed }]),
      ...projected.inserts, ...(entry ? [] : [into(entries, [projected.entry])]), ...told.inserts, ...invited.inserts,
    ]),
    told.inserts.length > 0 && !ctx.historic ? enqueue(ctx.db, await database(), DISPATCH, [{ filingId: id }]) : Promise.resolve(),
    queueMessages(ctx.db, await database(), invited.rows),
  ])
  ctx.leaves.push(...leaves, ...told.leaves, ...invited.leaves)
  return {
    filing: { id, kind, participant, number, version, status: action === 'withdraw' ? 'withdrawn' : 'filed', filedAt },
    alerts: told.issued,
    receipt: { filing: id, number, version, commitment, filedAt, index: null, proof: null },
  }
}

/**
 * The answer with its place in the log. `firstLeaf` is the index of the filing's leaf where this answer was just made. Who asks again while the
 * first is being signed waits for the signature as well, so that both get the same answer.
 */
export const withProof = async (answer: FiledAnswer, firstLeaf: number | null): Promise<FiledAnswer> => {
  if (!answer.receipt) return answer
  const index = firstLeaf ?? (await leafOf(apart, answer.filing.id))?.index ?? null
  const log = index === null ? null : await publish(index + 1)
  return { ...answer, receipt: { ...answer.receipt, index, proof: log && index !== null ? await proofOf(apart, log, index) : null } }
}

export const newId = (): string => randomUUID()
