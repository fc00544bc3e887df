import { and, asc, desc, eq, inArray, isNull, isNotNull, ne, notInArray, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { query, type Context } from '../auth/guard.ts'
import { acknowledgements, alerts, deliveries, entries, filings, notices } from '../db/schema.ts'
import { addresseeName, byDesignation, DESIGNATION, type Addressee } from '../participants/rules.ts'
import { AppError } from '../shared/errors.ts'
import { addresseesOf } from './commands.ts'
import { AlertFilter, DeliveryFilter } from './input.ts'
import { DELIVERY_STATE_LABEL, INBOX_DAYS } from './rules.ts'

const iso = (value: string) => new Date(value).toISOString()
const inboxStart = (ctx: Context) => new Date(ctx.now.getTime() - INBOX_DAYS * 86_400_000).toISOString()

const noticeColumns = {
  id: notices.id, filingId: notices.filingId, addressee: notices.addressee, severity: notices.severity, issuedAt: notices.issuedAt,
  historic: notices.historic, participant: notices.participant, number: filings.number, version: filings.version, action: filings.action, summary: filings.summary, kind: filings.kind,
  category: entries.category, acknowledgedAt: acknowledgements.at, acknowledgedBy: acknowledgements.name,
}

const alertView = (alert: typeof alerts.$inferSelect, addressee: Addressee | null) => ({
  id: alert.id, filing: alert.filingId, participant: alert.participant, rule: alert.rule, version: alert.ruleVersion, title: alert.title, severity: alert.severity,
  category: alert.category, measured: alert.measured, threshold: alert.threshold, basis: alert.basis, explanation: alert.explanation,
  recipients: alert.addressees, why: alert.told.find(({ recipient }) => recipient === addressee)?.reason ?? null, reasons: alert.told, issuedAt: iso(alert.issuedAt),
})
export type AlertView = ReturnType<typeof alertView>

const RANK = { critical: 0, warning: 1, notice: 2, info: 3 }

const alertsOf = async (ctx: Context, filingIds: string[]) => {
  if (filingIds.length === 0) return new Map<string, (typeof alerts.$inferSelect)[]>()
  const found = await ctx.db.select().from(alerts).where(inArray(alerts.filingId, filingIds))
  return Map.groupBy(found.toSorted((a, b) => RANK[a.severity] - RANK[b.severity] || a.rule.localeCompare(b.rule)), (alert) => alert.filingId)
}

/** What arrived for the viewer: one notice a filing, with every rule that addressed them and why. Unacknowledged first by choice of filter. */
export const listNotices = query({
  name: 'alert.inbox', permission: 'alert.read', input: AlertFilter,
  run: async (ctx, { acknowledged, since, limit, cursor }) => {
    const mine = addresseesOf(ctx)
    if (mine.length === 0) return { items: [], next: null, total: 0 }
    const page = cursor ? Number(Buffer.from(cursor, 'base64url').toString('utf8')) : 0
    if (!Number.isSafeInteger(page) || page < 0) throw new AppError('invalid', 'This is not a cursor that the register gave.', [{ pointer: '/cursor', message: 'Leave it out to start from the first page.' }])
    const where = and(
      inArray(notices.addressee, mine),
      since === 'inbox' ? and(eq(notices.historic, false), sql`${notices.issuedAt} > ${inboxStart(ctx)}::timestamptz`) : undefined,
      acknowledged === 'true' ? isNotNull(acknowledgements.at) : acknowledged === 'false' ? isNull(acknowledgements.at) : undefined,
    )
    const [found, [counted]] = await Promise.all([
      ctx.db.select(noticeColumns).from(notices).innerJoin(filings, eq(filings.id, notices.filingId)).innerJoin(entries, eq(entries.entryId, filings.entryId))
        .leftJoin(acknowledgements, eq(acknowledgements.noticeId, notices.id)).where(where).orderBy(desc(notices.issuedAt), desc(notices.id)).limit(limit + 1).offset(page),
      ctx.db.select({ total: sql<number>`count(*)::int` }).from(notices).leftJoin(acknowledgements, eq(acknowledgements.noticeId, notices.id)).where(where),
    ])
    const shown = found.slice(0, limit)
    const byFiling = await alertsOf(ctx, shown.map((notice) => notice.filingId))
    const items = shown.map((notice) => ({
      ...notice, issuedAt: iso(notice.issuedAt), acknowledgedAt: notice.acknowledgedAt && iso(notice.acknowledgedAt),
      alerts: (byFiling.get(notice.filingId) ?? []).filter((alert) => alert.addressees.includes(notice.addressee)).map((alert) => alertView(alert, notice.addressee)),
      alsoTold: [...new Set((byFiling.get(notice.filingId) ?? []).flatMap((alert) => alert.addressees))].filter((other) => other !== notice.addressee).toSorted(byDesignation).map(addresseeName),
    }))
    return { items, next: found.length > limit ? Buffer.from(String(page + limit)).toString('base64url') : null, total: counted?.total ?? 0 }
  },
})

/** How many notices wait for the viewer's acknowledgement. */
export const countUnacknowledged = query({
  name: 'alert.count', permission: 'alert.read', input: z.strictObject({}),
  run: async (ctx) => {
    const mine = addresseesOf(ctx)
    if (mine.length === 0) return 0
    const [row] = await ctx.db.select({ count: sql<number>`count(*)::int` }).from(notices).leftJoin(acknowledgements, eq(acknowledgements.noticeId, notices.id))
      .where(and(inArray(notices.addressee, mine), eq(notices.historic, false), isNull(acknowledgements.noticeId), sql`${notices.issuedAt} > ${inboxStart(ctx)}::timestamptz`))
    return row?.count ?? 0
  },
})

/** Alerts that the viewer may see, newest first: addressed to them, or caused by their own filings. */
export const listAlerts = query({
  name: 'alert.list', permission: 'alert.read', input: AlertFilter,
  run: async (ctx, { limit, cursor, since, acknowledged }) => {
    const offset = cursor ? Number(Buffer.from(cursor, 'base64url').toString('utf8')) : 0
    if (!Number.isSafeInteger(offset) || offset < 0) throw new AppError('invalid', 'This is not a cursor that the register gave.', [{ pointer: '/cursor', message: 'Leave it out to start from the first page.' }])
    const mine = addresseesOf(ctx)
    const key = mine[0] ?? null
    const notice = and(eq(notices.filingId, alerts.filingId), mine.length > 0 ? inArray(notices.addressee, mine) : sql`false`)
    const where = and(
      since === 'inbox' ? sql`${alerts.issuedAt} > ${inboxStart(ctx)}::timestamptz` : undefined,
      acknowledged === 'true' ? isNotNull(acknowledgements.at) : acknowledged === 'false' ? isNull(acknowledgements.at) : undefined,
    )
    const found = await ctx.db.select({ alert: alerts, acknowledgedAt: acknowledgements.at, acknowledgedBy: acknowledgements.name, addressee: notices.addressee })
      .from(alerts).leftJoin(notices, notice).leftJoin(acknowledgements, eq(acknowledgements.noticeId, notices.id)).where(where)
      .orderBy(desc(alerts.issuedAt), desc(alerts.id)).limit(limit + 1).offset(offset)
    return {
      items: found.slice(0, limit).map(({ alert, acknowledgedAt, acknowledgedBy, addressee }) => ({
        ...alertView(alert, addressee ?? key), acknowledgedAt: acknowledgedAt && iso(acknowledgedAt), acknowledgedBy,
      })),
      next: found.length > limit ? Buffer.from(String(offset + limit)).toString('base64url') : null,
    }
  },
})

/** The alerts of one filing that the viewer may see, and who has acknowledged: for its filer, its addressees and the secretariat. */
export const alertsOfFiling = query({
  name: 'alert.of_filing', permission: 'register.read', input: z.strictObject({ filingId: z.uuid() }),
  run: async (ctx, { filingId }) => {
    const [byFiling, sent] = await Promise.all([
      alertsOf(ctx, [filingId]),
      ctx.db.select(noticeColumns).from(notices).innerJoin(filings, eq(filings.id, notices.filingId)).innerJoin(entries, eq(entries.entryId, filings.entryId))
        .leftJoin(acknowledgements, eq(acknowledgements.noticeId, notices.id)).where(eq(notices.filingId, filingId)),
    ])
    const mine = addresseesOf(ctx)
    return {
      alerts: (byFiling.get(filingId) ?? []).map((alert) => alertView(alert, mine.find((key) => alert.addressees.includes(key)) ?? null)),
      told: sent.toSorted((a, b) => byDesignation(a.addressee, b.addressee)).map((notice) => ({
        id: notice.id, addressee: notice.addressee, name: addresseeName(notice.addressee), severity: notice.severity, issuedAt: iso(notice.issuedAt), historic: notice.historic,
        mine: mine.includes(notice.addressee), acknowledgedAt: notice.acknowledgedAt && iso(notice.acknowledgedAt), acknowledgedBy: notice.acknowledgedBy,
      })),
    }
  },
})

/** Of each filing: how many addressees were told and how many have acknowledged, as far as the viewer may know. The secretariat, always told, is not counted. */
export const countTold = query({
  name: 'alert.told', permission: 'alert.read', input: z.strictObject({ filingIds: z.array(z.uuid()).max(200) }),
  run: async (ctx, { filingIds }) => {
    if (filingIds.length === 0) return []
    return ctx.db.select({
      filingId: notices.filingId, told: sql<number>`count(*)::int`, acknowledged: sql<number>`count(${acknowledgements.noticeId})::int`,
    }).from(notices).leftJoin(acknowledgements, eq(acknowledgements.noticeId, notices.id))
      .where(and(inArray(notices.filingId, filingIds), ne(notices.addressee, 'secretariat'), eq(notices.historic, false))).groupBy(notices.filingId)
  },
})

/** What nobody has acknowledged yet, the longest waiting first: for the secretariat, which sees that nothing goes unread. */
export const listUnacknowledged = query({
  name: 'alert.unacknowledged', permission: 'delivery.read', input: z.strictObject({ limit: z.int().min(1).max(200).default(50) }),
  run: async (ctx, { limit }) => {
    const waiting = and(eq(notices.historic, false), isNull(acknowledgements.noticeId), notInArray(notices.addressee, ['observers', 'secretariat']))
    const [found, [counted]] = await Promise.all([
      ctx.db.select(noticeColumns).from(notices).innerJoin(filings, eq(filings.id, notices.filingId)).innerJoin(entries, eq(entries.entryId, filings.entryId))
        .leftJoin(acknowledgements, eq(acknowledgements.noticeId, notices.id)).where(waiting).orderBy(asc(notices.issuedAt), asc(notices.addressee)).limit(limit),
      ctx.db.select({ total: sql<number>`count(*)::int` }).from(notices).leftJoin(acknowledgements, eq(acknowledgements.noticeId, notices.id)).where(waiting),
    ])
    return { items: found.map((notice) => ({ ...notice, name: addresseeName(notice.addressee), issuedAt: iso(notice.issuedAt) })), total: counted?.total ?? 0 }
  },
})

/** How many deliveries stand in each state. */
export const countDeliveries = query({
  name: 'delivery.count', permission: 'delivery.read', input: z.strictObject({}),
  run: async (ctx) => ctx.db.select({ state: deliveries.state, count: sql<number>`count(*)::int` }).from(deliveries).groupBy(deliveries.state),
})

/** What left the house and what became of it: the secretariat's delivery log. */
export const listDeliveries = query({
  name: 'delivery.list', permission: 'delivery.read', input: DeliveryFilter,
  run: async (ctx, { limit, page, state }) => {
    const where = state && eq(deliveries.state, state)
    const [found, [counted]] = await Promise.all([
      ctx.db.select({ delivery: deliveries, number: filings.number, summary: filings.summary }).from(deliveries).innerJoin(filings, eq(filings.id, deliveries.filingId))
        .where(where).orderBy(desc(deliveries.queuedAt), deliveries.addressee, deliveries.channel).limit(limit).offset((page - 1) * limit),
      ctx.db.select({ total: sql<number>`count(*)::int` }).from(deliveries).where(where),
    ])
    return {
      items: found.map(({ delivery, number, summary }) => ({
        ...delivery, number, summary, name: addresseeName(delivery.addressee), filer: DESIGNATION[delivery.participant], stateLabel: DELIVERY_STATE_LABEL[delivery.state],
        queuedAt: iso(delivery.queuedAt), updatedAt: iso(delivery.updatedAt),
      })),
      total: counted?.total ?? 0,
    }
  },
})

export const getDelivery = query({
  name: 'delivery.read', permission: 'delivery.read', input: z.strictObject({ id: z.uuid() }),
  run: async (ctx, { id }) => {
    const [found] = await ctx.db.select({ delivery: deliveries, number: filings.number }).from(deliveries).innerJoin(filings, eq(filings.id, deliveries.filingId))
      .where(or(eq(deliveries.id, id)))
    if (!found) throw new AppError('not_found', 'There is no such delivery.')
    return { ...found.delivery, number: found.number, name: addresseeName(found.delivery.addressee), stateLabel: DELIVERY_STATE_LABEL[found.delivery.state] }
  },
})
