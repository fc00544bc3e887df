import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import nodemailer from 'nodemailer'
import type { JobWithMetadata } from 'pg-boss'
import { composeMail } from '../alerts/mail.ts'
import { database, together, type Connection, type Tx } from '../db/client.ts'
import { alerts, deliveries, filings, findings, messages, notices, reminders, users } from '../db/schema.ts'
import { startCollecting } from '../log/collect.ts'
import { messageMail } from '../messages/mail.ts'
import { isParticipant, PARTICIPANTS, type Addressee } from '../participants/rules.ts'
import { env } from '../shared/env.ts'
import { logger } from '../shared/logger.ts'
import { raise, startAudit, type Tell } from '../proof/audit.ts'
import { findingMail } from '../proof/finding.ts'
import { startPrompting } from './prompts.ts'
import { DISPATCH, enqueue, FINDING, MAIL, MESSAGE, REMINDER, startWorkerQueue } from './queue.ts'
import { reminderMail, startReminding } from './reminders.ts'

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

const contactsOf = async (tx: Tx, addressees: Addressee[]): Promise<Map<Addressee, string[]>> => {
  const found = await tx.select({ email: users.email, role: users.role, participant: users.participant }).from(users)
    .where(and(isNull(users.disabledAt), inArray(users.role, ['submitter', 'approver', 'secretariat'])))
  const isOf = (addressee: Addressee, { role, participant }: (typeof found)[number]) =>
    (isParticipant(addressee) ? participant === addressee && role !== 'secretariat' : role === 'secretariat')
  return new Map(addressees.map((addressee) => [addressee, found.filter((user) => isOf(addressee, user)).map(({ email }) => email).toSorted()]))
}

type Mail = ReturnType<typeof composeMail> & { deliveryId: string; noticeId: string; to: string[] }

/** The mails of these deliveries that were neither sent nor kept yet. */
const compose = async (tx: Tx, deliveryIds: string[]): Promise<Mail[]> => {
  const found = await tx.select({ delivery: deliveries, notice: notices, filing: filings }).from(deliveries)
    .innerJoin(notices, eq(notices.id, deliveries.noticeId)).innerJoin(filings, eq(filings.id, deliveries.filingId))
    .where(and(inArray(deliveries.id, deliveryIds), notInArray(deliveries.state, ['sent', 'kept'])))
  if (found.length === 0) return []
  const [issued, contacts] = await together([
    tx.select().from(alerts).where(inArray(alerts.filingId, [...new Set(found.map(({ filing }) => filing.id))])),
    contactsOf(tx, [...new Set(found.map(({ notice }) => notice.addressee))]),
  ])
  return found.map(({ delivery, notice, filing }) => {
    const met = issued.filter((alert) => alert.filingId === filing.id && alert.addressees.includes(notice.addressee))
    const mail = composeMail({
      addressee: notice.addressee, participant: filing.participant, number: filing.number, version: filing.version, summary: filing.summary,
      filedAt: filing.filedAt, severity: notice.severity, alerts: met, link: `${env().baseUrl}/register/${filing.id}`,
    })
    return { ...mail, deliveryId: delivery.id, noticeId: notice.id, to: contacts.get(notice.addressee)! }
  })
}

let transport: ReturnType<typeof nodemailer.createTransport> | null = null
const mailServer = () => (transport ??= nodemailer.createTransport(env().smtpUrl!, { from: env().mailFrom }))

type Outcome = { state: 'sent' | 'kept' | 'retrying' | 'failed'; detail: string | null }

/** The ids stand by themselves once more: of rows in JSON the planner expects a hundred, and would read the whole table for them. */
const settle = (connection: Connection, settled: { mail: Mail; outcome: Outcome }[]): Promise<unknown> => {
  const rows = settled.map(({ mail, outcome }) => ({
    id: mail.deliveryId, ...outcome, sent_to: mail.to.join(', '), subject: mail.subject, body_text: mail.text, body_html: mail.html,
  }))
  return connection.transaction('batp_worker', (tx) => tx.execute(sql`
    update deliveries d set state = r.state, detail = r.detail, sent_to = r.sent_to, subject = r.subject, body_text = r.body_text,
           body_html = r.body_html, attempts = d.attempts + 1, updated_at = ${now()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           as r(id uuid, state text, detail text, sent_to text, subject text, body_text text, body_html text)
     where d.id = r.id and d.id = any(string_to_array(${rows.map(({ id }) => id).join(',')}, ',')::uuid[])`))
}

const send = async ({ to, subject, text, html, noticeId }: Mail, isLast: boolean): Promise<Outcome> => {
  if (to.length === 0) return { state: 'kept', detail: 'Nobody of this addressee has an account: kept here.' }
  try {
    await mailServer().sendMail({ to, subject, text, html, messageId: `<${noticeId}@${new URL(env().baseUrl).hostname}>` })
    return { state: 'sent', detail: null }
  } catch (error) {
    return { state: isLast ? 'failed' : 'retrying', detail: error instanceof Error ? error.message.slice(0, 500) : 'unknown failure' }
  }
}

export type MailJob = { deliveryId: string; isLast: boolean }

/**
 * Sends mails, or keeps them readable where no mail server is set, and answers why each failed that did, so that the queue retries it
 * with back-off. What is sent is settled at once and by itself: a crash in between repeats one mail, under the same message id.
 */
export const deliverMails = async (connection: Connection, jobs: MailJob[]): Promise<Map<string, string>> => {
  const mails = await connection.transaction('batp_worker', (tx) => compose(tx, jobs.map(({ deliveryId }) => deliveryId)))
  const failed = new Map<string, string>()
  if (!env().smtpUrl) {
    if (mails.length > 0) await settle(connection, mails.map((mail) => ({ mail, outcome: { state: 'kept', detail: 'No SMTP_URL is set: kept here.' } })))
    return failed
  }
  await Promise.all(mails.map(async (mail) => {
    const outcome = await send(mail, jobs.find(({ deliveryId }) => deliveryId === mail.deliveryId)!.isLast)
    await settle(connection, [{ mail, outcome }])
    if (outcome.state === 'retrying' || outcome.state === 'failed') failed.set(mail.deliveryId, outcome.detail!)
  }))
  return failed
}

const everyone = async (tx: Tx): Promise<string[]> => {
  const contacts = await contactsOf(tx, [...PARTICIPANTS, 'secretariat'])
  return [...new Set([...contacts.values()].flat())]
}

/** To everyone of the addressees, each of whom sees no other's address. The id is the same when a crash makes it go twice. */
const mailAll = async (id: string, to: string[], mail: { subject: string; text: string }): Promise<void> => {
  if (!env().smtpUrl || to.length === 0) return
  await mailServer().sendMail({ bcc: to, ...mail, messageId: `<${id}@${new URL(env().baseUrl).hostname}>` })
}

/** Tells every participant at once what disagrees: whose entry or witness it is does not matter, for the log is everybody's. */
const mailFinding = async (connection: Connection, findingId: string): Promise<void> => {
  const [finding, to] = await connection.transaction('batp_worker', (tx) => together([
    tx.select().from(findings).where(eq(findings.id, findingId)).then(([found]) => found), everyone(tx),
  ]))
  if (finding) await mailAll(findingId, to, findingMail(finding, env().baseUrl))
}

type Addressed = { id: string; addressees: Addressee[] }
/** What is stored with those it is for, once to all of them. */
const mailAddressed = async <T extends Addressed>(connection: Connection, find: (tx: Tx) => PromiseLike<T[]>, compose: (found: T, baseUrl: string) => { subject: string; text: string }): Promise<void> => {
  const found = await connection.transaction('batp_worker', async (tx) => {
    const [one] = await find(tx)
    return one && { one, to: [...(await contactsOf(tx, one.addressees)).values()].flat() }
  })
  if (found) await mailAll(found.one.id, found.to, compose(found.one, env().baseUrl))
}

/** Starts fetching jobs. In the demonstration it lives in the server's process; with PostgreSQL it may be a process of its own. */
export const startWorker = async (): Promise<() => Promise<void>> => {
  const connection = await database()
  const boss = await startWorkerQueue(connection)
  const options = { batchSize: 40, pollingIntervalSeconds: 1, burstWhenBatchFull: true }
  await boss.work<{ filingId: string }>(DISPATCH, options, async (jobs) => {
    for (const job of jobs) await dispatch(connection, job.data.filingId)
  })
  // Woken once for many mails, it fetches until none is left; each succeeds or is retried by itself.
  await boss.work(MAIL, { ...options, includeMetadata: true, perJobResults: true }, async (jobs) => {
    const given = jobs as JobWithMetadata<{ deliveryId: string }>[]
    const failed = await deliverMails(connection, given.map(({ data, retryCount, retryLimit }) => ({ ...data, isLast: retryCount >= retryLimit })))
    return given.map(({ id, data }) => {
      const message = failed.get(data.deliveryId)
      return message === undefined ? { id, status: 'completed' as const } : { id, status: 'failed' as const, output: { message } }
    })
  })
  await boss.work<{ findingId: string }>(FINDING, options, async (jobs) => {
    for (const job of jobs) await mailFinding(connection, job.data.findingId)
  })
  const tell: Tell = (tx, ids) => enqueue(tx, connection, FINDING, ids.map((findingId) => ({ findingId })), ({ findingId }) => findingId!)
  const stopCollecting = startCollecting(connection, { refused: async (refusal) => { await raise(connection, [refusal], tell) } })
  const stopAudit = startAudit(connection, tell)
  await boss.work<{ reminderId: string }>(REMINDER, options, async (jobs) => {
    for (const job of jobs) await mailAddressed(connection, (tx) => tx.select().from(reminders).where(eq(reminders.id, job.data.reminderId)), reminderMail)
  })
  await boss.work<{ messageId: string }>(MESSAGE, options, async (jobs) => {
    for (const job of jobs) await mailAddressed<typeof messages.$inferSelect>(connection, (tx) => tx.select().from(messages).where(eq(messages.id, job.data.messageId)), messageMail)
  })
  const stopReminding = startReminding(connection, (tx, ids) => enqueue(tx, connection, REMINDER, ids.map((reminderId) => ({ reminderId })), ({ reminderId }) => reminderId!))
  const stopPrompting = startPrompting(connection)
  logger().info('worker started')
  return async () => { await Promise.all([stopAudit(), stopReminding(), stopPrompting(), stopCollecting(), boss.stop({ graceful: true, timeout: 5000 })]) }
}
