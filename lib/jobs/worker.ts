import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import nodemailer from 'nodemailer'
import type { JobWithMetadata } from 'pg-boss'
import { composeMail } from '../alerts/mail.ts'
import { database, type Connection, type Tx } from '../db/client.ts'
import { alerts, deliveries, filings, notices, users } from '../db/schema.ts'
import { isParticipant, type Addressee } from '../participants/rules.ts'
import { env } from '../shared/env.ts'
import { logger } from '../shared/logger.ts'
import { DISPATCH, enqueue, MAIL, startWorkerQueue } from './queue.ts'

const now = () => new Date().toISOString()

/**
 * Hands a filing's notices to their channels: inboxes are told, and one job for each mail is queued, all in one
 * transaction. Run twice it does nothing the second time: an inbox is told once, and a mail's job has the mail's id.
 */
export const dispatch = async (connection: Connection, filingId: string): Promise<void> => {
  await connection.transaction('batp_worker', async (tx) => {
    const taken = await tx.select({ id: deliveries.id, channel: deliveries.channel, addressee: deliveries.addressee }).from(deliveries)
      .where(and(eq(deliveries.filingId, filingId), eq(deliveries.state, 'queued'))).for('update')
    const inbox = taken.filter(({ channel }) => channel === 'inbox')
    const mail = taken.filter(({ channel }) => channel === 'email')
    if (inbox.length > 0) {
      await tx.update(deliveries).set({ state: 'delivered', attempts: 1, updatedAt: now() }).where(inArray(deliveries.id, inbox.map(({ id }) => id)))
      await tx.execute(sql`select pg_notify('batp_inbox', ${inbox.map(({ addressee }) => addressee).join(',')})`)
    }
    if (mail.length > 0) await enqueue(tx, connection, MAIL, mail.map(({ id }) => ({ deliveryId: id })), ({ deliveryId }) => deliveryId!)
  })
}

const contactsOf = async (tx: Tx, addressee: Addressee): Promise<string[]> => {
  const of = isParticipant(addressee)
    ? and(eq(users.participant, addressee), inArray(users.role, ['submitter', 'approver']))
    : eq(users.role, 'secretariat')
  const found = await tx.select({ email: users.email }).from(users).where(and(isNull(users.disabledAt), of))
  return found.map(({ email }) => email).toSorted()
}

const compose = async (tx: Tx, deliveryId: string) => {
  const [row] = await tx.select({ delivery: deliveries, notice: notices, filing: filings }).from(deliveries)
    .innerJoin(notices, eq(notices.id, deliveries.noticeId)).innerJoin(filings, eq(filings.id, deliveries.filingId)).where(eq(deliveries.id, deliveryId))
  if (!row || ['sent', 'kept'].includes(row.delivery.state)) return null
  const met = (await tx.select().from(alerts).where(eq(alerts.filingId, row.filing.id))).filter((alert) => alert.addressees.includes(row.notice.addressee))
  const mail = composeMail({
    addressee: row.notice.addressee, participant: row.filing.participant, number: row.filing.number, version: row.filing.version, summary: row.filing.summary,
    filedAt: row.filing.filedAt, severity: row.notice.severity, alerts: met, link: `${env().baseUrl}/register/${row.filing.id}`,
  })
  return { mail, to: await contactsOf(tx, row.notice.addressee), noticeId: row.notice.id }
}

let transport: ReturnType<typeof nodemailer.createTransport> | null = null
const mailServer = () => (transport ??= nodemailer.createTransport(env().smtpUrl!, { from: env().mailFrom }))

const settle = (connection: Connection, deliveryId: string, set: Partial<typeof deliveries.$inferInsert>) =>
  connection.transaction('batp_worker', (tx) => tx.update(deliveries)
    .set({ ...set, attempts: sql`${deliveries.attempts} + 1` as unknown as number, updatedAt: now() }).where(eq(deliveries.id, deliveryId)))

/** Sends one mail, or keeps it readable where no mail server is set. A failure is thrown, so that the queue retries with back-off. */
export const deliverMail = async (connection: Connection, deliveryId: string, isLast: boolean): Promise<void> => {
  const composed = await connection.transaction('batp_worker', (tx) => compose(tx, deliveryId))
  if (!composed) return
  const { mail, to, noticeId } = composed
  const kept = { sentTo: to.join(', '), subject: mail.subject, bodyText: mail.text, bodyHtml: mail.html }
  if (!env().smtpUrl) {
    await settle(connection, deliveryId, { ...kept, state: 'kept', detail: 'No SMTP_URL is set: kept here.' })
    return
  }
  try {
    await mailServer().sendMail({ to, subject: mail.subject, text: mail.text, html: mail.html, messageId: `<${noticeId}@${new URL(env().baseUrl).hostname}>` })
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 500) : 'unknown failure'
    await settle(connection, deliveryId, { ...kept, state: isLast ? 'failed' : 'retrying', detail })
    throw error
  }
  await settle(connection, deliveryId, { ...kept, state: 'sent', detail: null })
}

/** Starts fetching jobs. In the demonstration it lives in the server's process; with PostgreSQL it may be a process of its own. */
export const startWorker = async (): Promise<() => Promise<void>> => {
  const connection = await database()
  const boss = await startWorkerQueue(connection)
  const options = { batchSize: 10, pollingIntervalSeconds: 1, burstWhenBatchFull: true }
  await boss.work<{ filingId: string }>(DISPATCH, options, async (jobs) => {
    for (const job of jobs) await dispatch(connection, job.data.filingId)
  })
  // Woken once for many mails, it fetches until none is left; each succeeds or is retried by itself.
  await boss.work(MAIL, { ...options, includeMetadata: true, perJobResults: true }, (jobs) => Promise.all((jobs as JobWithMetadata<{ deliveryId: string }>[])
    .map(({ id, data, retryCount, retryLimit }) => deliverMail(connection, data.deliveryId, retryCount >= retryLimit)
      .then(() => ({ id, status: 'completed' as const }), (error: unknown) => ({ id, status: 'failed' as const, output: { message: String(error) } })))))
  logger().info('worker started')
  return () => boss.stop({ graceful: true, timeout: 5000 })
}
