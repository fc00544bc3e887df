import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { getDelivery, listDeliveries } from '../../lib/alerts/queries.ts'
import { rows } from '../../lib/db/client.ts'
import { deliverMails } from '../../lib/jobs/worker.ts'
import { codeOf, filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { startSmtp, type SmtpServer } from './smtp-server.ts'

let smtp: SmtpServer
// Before the register, which reads the environment.
beforeAll(async () => {
  smtp = await startSmtp()
  process.env.SMTP_URL = smtp.url
})
const register = useRegister()
afterAll(async () => {
  delete process.env.SMTP_URL
  await smtp.close()
})
beforeEach(() => {
  smtp.received.length = smtp.answers.length = 0
})

const mailTo = async (addressee: string, overrides = {}): Promise<string> => {
  const { filing } = await filed(an.acquisition('ME', overrides))
  const [delivery] = await rows<{ id: string }>(
    register().owner,
    sql`select id from deliveries where filing_id = ${filing.id}::uuid and addressee = ${addressee} and channel = 'email'`,
  )
  return delivery!.id
}
const deliver = async (deliveryId: string, isLast = false) => (await deliverMails(register(), [{ deliveryId, isLast }])).get(deliveryId) ?? 'delivered'
const state = async (id: string) => {
  const { state, attempts, detail, sentTo } = await getDelivery(as('secretariat'), { id })
  return { state, attempts, detail, sentTo }
}

describe('a mail over SMTP', () => {
  test('reaches the ministry’s people, with a text and an HTML part', async () => {
    const id = await mailTo('HR')
    await deliver(id)
    expect(smtp.received).toHaveLength(1)
    const [{ from, to, message }] = smtp.received as [SmtpServer['received'][number]]
    expect([from, to]).toEqual(['register@batp.demo', ['approver@hr.demo', 'submitter@hr.demo']])
    expect(message).toMatch(/^Subject: Notice: Montenegro, 12 Rafale F3-R from France/m)
    expect(message).toMatch(/^Content-Type: multipart\/alternative/m)
    expect(message).toMatch(/^Content-Type: text\/plain/m)
    expect(message).toMatch(/^Content-Type: text\/html/m)
    expect(message).toMatch(/^Message-ID: <[0-9a-f-]{36}@localhost>/m)
    expect(await state(id)).toEqual({ state: 'sent', attempts: 1, detail: null, sentTo: 'approver@hr.demo, submitter@hr.demo' })
  })

  test('that is sent already is not sent again', async () => {
    const id = await mailTo('HR')
    await deliver(id)
    await deliver(id)
    expect(smtp.received).toHaveLength(1)
    expect((await state(id)).attempts).toBe(1)
  })

  test('that fails twice is tried a third time: retrying, retrying, sent', async () => {
    const id = await mailTo('AL')
    smtp.answers.push('451 try later', '452 no space')
    expect(await deliver(id)).toContain('try later')
    expect(await state(id)).toMatchObject({ state: 'retrying', attempts: 1, detail: expect.stringContaining('451') })
    expect(await deliver(id)).toContain('no space')
    expect(await state(id)).toMatchObject({ state: 'retrying', attempts: 2, detail: expect.stringContaining('452') })
    await deliver(id)
    expect(await state(id)).toMatchObject({ state: 'sent', attempts: 3, detail: null })
    expect(smtp.received).toHaveLength(1)
  })

  test('that fails for the last time is failed, and stays readable', async () => {
    const id = await mailTo('BA')
    smtp.answers.push('550 no such user')
    expect(await deliver(id, true)).toContain('no such user')
    expect(await state(id)).toMatchObject({ state: 'failed', detail: expect.stringContaining('550') })
    expect(await getDelivery(as('secretariat'), { id })).toMatchObject({
      subject: expect.stringContaining('Montenegro'),
      bodyText: expect.stringContaining('Why you'),
    })
  })

  test('goes to nobody whose account is disabled', async () => {
    await register().owner.execute(sql`update users set disabled_at = now() where email = 'submitter@xk.demo'`)
    await deliver(await mailTo('XK'))
    expect(smtp.received[0]!.to).toEqual(['approver@xk.demo'])
    expect(smtp.received[0]!.message).toContain('without prejudice')
  })

  test('to an addressee without a single account is kept, and asked for no more', async () => {
    await register().owner.execute(sql`update users set disabled_at = now() where participant = 'AL'`)
    const id = await mailTo('AL')
    expect(await deliver(id)).toBe('delivered')
    expect(smtp.received).toHaveLength(0)
    expect(await state(id)).toMatchObject({ state: 'kept', detail: expect.stringContaining('Nobody') })
  })

  test('is read by the secretariat only', async () => {
    const id = await mailTo('HR')
    for (const who of ['hr-submitter', 'me-submitter', 'observer']) expect(await codeOf(getDelivery(as(who), { id }))).toBe('forbidden')
    expect((await listDeliveries(as('secretariat'), { limit: 200 })).items.map((delivery) => delivery.id)).toContain(id)
  })
})

describe('a mail server', () => {
  test('that is away leaves the mail retrying, never lost', async () => {
    const id = await mailTo('RS')
    smtp.answers.push('421 closing')
    expect(await deliver(id)).toContain('421')
    expect((await state(id)).state).toBe('retrying')
    await vi.waitFor(async () => expect(await deliver(id)).toBe('delivered'), { timeout: 10_000 })
    expect((await state(id)).state).toBe('sent')
  })
})
