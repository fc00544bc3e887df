import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { subscribe } from '../../lib/alerts/live.ts'
import { listDeliveries } from '../../lib/alerts/queries.ts'
import { rows, useDatabase } from '../../lib/db/client.ts'
import { submitFiling } from '../../lib/filings/commands.ts'
import { forgetQueue, DISPATCH, MAIL } from '../../lib/jobs/queue.ts'
import { deliverMails, dispatch, startWorker } from '../../lib/jobs/worker.ts'
import { count, filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { breakingAt } from '../support/faults.ts'

const register = useRegister()
const jobs = (name: string, filingOrDelivery = '%') =>
  rows<{ id: string; data: Record<string, string> }>(
    register().owner,
    sql`
  select id, data from pgboss.job where name = ${name} and data::text like ${`%${filingOrDelivery}%`}`,
  )
const deliveries = (id: string) =>
  rows<{ id: string; addressee: string; channel: string; state: string; attempts: number }>(
    register().owner,
    sql`
  select id, addressee, channel, state, attempts from deliveries where filing_id = ${id}::uuid order by addressee, channel`,
  )

describe('a job', () => {
  test('exists if, and only if, the filing’s transaction was committed', async () => {
    const { filing } = await filed(an.acquisition('ME'))
    expect((await jobs(DISPATCH, filing.id)).map(({ data }) => data)).toEqual([{ filingId: filing.id }])
    const before = await jobs(DISPATCH)
    const breaking = breakingAt(register(), { statement: 6, when: 'after' })
    useDatabase(Promise.resolve(breaking))
    await expect(submitFiling(as('me-submitter'), an.acquisition('ME') as never)).rejects.toThrow('injected fault')
    useDatabase(Promise.resolve(register()))
    expect(await jobs(DISPATCH)).toHaveLength(before.length)
  })

  test('is not made for a filing that concerns nobody, nor for history', async () => {
    const before = (await jobs(DISPATCH)).length
    const quiet = await filed(an.disposal('ME'))
    expect(quiet.alerts).toEqual([])
    await submitFiling(as('al-submitter', { historic: true }), an.acquisition('AL', { compiled: { source: 'SIPRI' } }) as never)
    expect(await jobs(DISPATCH)).toHaveLength(before)
  })
})

describe('dispatch', () => {
  test('tells the inboxes and queues one mail for each addressee that has one', async () => {
    const { filing } = await filed(an.acquisition('ME'))
    await dispatch(register(), filing.id)
    const found = await deliveries(filing.id)
    expect(found.filter(({ channel }) => channel === 'inbox').every(({ state, attempts }) => state === 'delivered' && attempts === 1)).toBe(
      true,
    )
    const mails = found.filter(({ channel }) => channel === 'email')
    expect(mails.map(({ addressee }) => addressee)).not.toContain('observers')
    for (const { id } of mails) expect((await jobs(MAIL, id)).map((job) => job.data)).toEqual([{ deliveryId: id }])
  })

  test('run twice, even at the same time, does nothing twice', async () => {
    const { filing } = await filed(an.acquisition('ME'))
    await Promise.all([dispatch(register(), filing.id), dispatch(register(), filing.id)])
    const before = [await deliveries(filing.id), await jobs(MAIL)]
    await dispatch(register(), filing.id)
    expect([await deliveries(filing.id), await jobs(MAIL)]).toEqual(before)
    for (const { id } of (await deliveries(filing.id)).filter(({ channel }) => channel === 'email'))
      expect(await jobs(MAIL, id)).toHaveLength(1)
  })

  test('of a filing that is not there does nothing', async () => {
    const before = await jobs(MAIL)
    await dispatch(register(), '00000000-0000-4000-8000-000000000000')
    expect(await jobs(MAIL)).toEqual(before)
  })
})

describe('without a mail server', () => {
  test('a mail is kept, readable in the delivery log, and kept once', async () => {
    const { filing } = await filed(an.acquisition('ME'))
    const [mail] = (await deliveries(filing.id)).filter(({ channel, addressee }) => channel === 'email' && addressee === 'HR')
    await deliverMails(register(), [{ deliveryId: mail!.id, isLast: false }])
    await deliverMails(register(), [{ deliveryId: mail!.id, isLast: false }])
    const shown = (await listDeliveries(as('secretariat'), { state: 'kept', limit: 200 })).items.find(({ id }) => id === mail!.id)
    expect(shown).toMatchObject({
      attempts: 1,
      sentTo: 'approver@hr.demo, submitter@hr.demo',
      stateLabel: 'Kept, no mail server',
      filer: 'Montenegro',
      name: 'Croatia',
    })
    expect(shown!.bodyText).toContain(`/register/${filing.id}`)
    expect(shown!.bodyHtml).toContain('<!doctype html>')
  })
})

test('a worker does all of it by itself, and an open inbox hears of it at once', async () => {
  forgetQueue()
  const stop = await startWorker()
  const woken = vi.fn<() => void>()
  const leave = await subscribe(['HR'], woken)
  const deaf = vi.fn<() => void>()
  await subscribe(['observers'], deaf)
  try {
    const { filing } = await filed(an.disposal('ME'))
    const told = await filed(an.acquisition('BA', { type: 'T-90', category: 'I', quantity: 40 }))
    await vi.waitFor(
      async () => {
        const found = await deliveries(told.filing.id)
        expect(found.filter(({ state }) => state !== 'delivered' && state !== 'kept')).toEqual([])
      },
      { timeout: 20_000, interval: 100 },
    )
    expect(await deliveries(filing.id)).toEqual([])
    expect(woken).toHaveBeenCalled()
    expect(deaf).not.toHaveBeenCalled()
    expect(await count(register(), 'deliveries', `filing_id = '${told.filing.id}' and addressee = 'HR'`)).toBe(2)
    leave()
  } finally {
    await stop()
  }
}, 60_000)
