import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { acknowledgeAlert } from '../../lib/alerts/commands.ts'
import { alertsOfFiling, countUnacknowledged, listNotices } from '../../lib/alerts/queries.ts'
import { rows } from '../../lib/db/client.ts'
import { amendFiling, approveFiling, submitFiling } from '../../lib/filings/commands.ts'
import { getDraft, getFiling, getFilingText, getReceipt, previewFiling } from '../../lib/filings/queries.ts'
import { signVerification } from '../../lib/verification/commands.ts'
import { codeOf, count, filed, refusalOf, under } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { acquisition, an } from '../support/factories.ts'

const register = useRegister()
const NOW = new Date('2024-09-02T09:12:00.000Z')
const later = (days: number) => ({ now: new Date(NOW.getTime() + days * 86_400_000) })
const NEIGHBOURS = ['BA', 'HR', 'XK', 'ME', 'MK']

describe('Serbia notifies 12 Rafale', () => {
  let id = ''
  let stageTwo = ''
  let amended = ''

  test('a preview names every alert and recipient, and stores nothing', async () => {
    const before = await Promise.all(['drafts', 'filings', 'alerts', 'known_types', 'numbers'].map((table) => count(register(), table)))
    const preview = await previewFiling(as('rs-submitter', later(0)), an.acquisition('RS') as never)
    expect(preview.problems).toEqual([])
    expect(preview.summary).toBe('12 Rafale F3-R from France, contracted')
    expect(preview.alerts.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['acquisition.sensitive', 'acquisition.first_of_type']))
    expect(await Promise.all(['drafts', 'filings', 'alerts', 'known_types', 'numbers'].map((table) => count(register(), table)))).toEqual(
      before,
    )
  })

  test('a submission waits for the approver: no number, no alert, not in the register', async () => {
    const answer = await submitFiling(as('rs-submitter', later(0)), an.acquisition('RS') as never)
    id = answer.filing.id
    expect(answer).toMatchObject({ filing: { status: 'awaiting_approval', number: '', filedAt: null }, alerts: [], receipt: null })
    expect(await count(register(), 'filings')).toBe(0)
    expect(await codeOf(getFiling(as('rs-submitter'), { id }))).toBe('not_found')
  })

  test('its own ministry reads it, nobody else knows of it', async () => {
    expect(await getDraft(as('rs-approver'), { id })).toMatchObject({ status: 'awaiting_approval', own: false, payload: acquisition() })
    expect((await getFilingText(as('rs-approver'), { id })).head).toMatchObject({ status: 'awaiting_approval', number: null })
    for (const who of ['hr-submitter', 'rs-verifier', 'verifier1', 'observer', 'secretariat', null]) {
      expect(await codeOf(getFilingText(as(who), { id }))).toBe('not_found')
    }
  })

  test('who drafted it cannot release it, an approver other than the drafter can', async () => {
    expect(await codeOf(approveFiling(as('rs-submitter', later(1)), { id }))).toBe('forbidden')
    expect(await codeOf(approveFiling(as('hr-approver', later(1)), { id }))).toBe('not_found')
    const answer = await approveFiling(as('rs-approver', later(1)), { id })
    expect(answer.filing).toEqual({
      id,
      kind: 'notification.acquisition',
      participant: 'RS',
      number: 'RS-2024-0001',
      version: 1,
      status: 'filed',
      filedAt: '2024-09-03T09:12:00.000Z',
    })
    expect(answer.receipt).toMatchObject({
      filing: id,
      number: 'RS-2024-0001',
      version: 1,
      commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(await getReceipt(as(null), { id })).toEqual(answer.receipt)
    expect(await codeOf(approveFiling(as('rs-approver', later(1)), { id }))).toBe('conflict')
  })

  test('the neighbours and the secretariat are told by every rule, Albania only by the rule that addresses all', async () => {
    const { alerts, told } = await alertsOfFiling(as('secretariat'), { filingId: id })
    const recipientsOf = (rule: string) => alerts.find((alert) => alert.rule === rule)!.recipients.toSorted()
    expect(recipientsOf('acquisition.sensitive')).toEqual([...NEIGHBOURS, 'secretariat'].toSorted())
    expect(recipientsOf('acquisition.first_of_type')).toEqual([...NEIGHBOURS, 'AL', 'secretariat'].toSorted())
    expect(told.map(({ addressee }) => addressee)).toEqual(['AL', ...NEIGHBOURS, 'secretariat'])
    const {
      items: [notice],
    } = await listNotices(as('al-submitter', later(1)), {})
    expect(notice!.alerts.map(({ rule, why }) => ({ rule, why }))).toEqual([
      { rule: 'acquisition.first_of_type', why: 'the rule addresses every participant' },
    ])
  })

  test('each alert explains itself: rule, version, measured, threshold, basis, why you, who else', async () => {
    const { items } = await listNotices(as('hr-submitter', later(1)), {})
    expect(items).toHaveLength(1)
    const alert = items[0]!.alerts.find(({ rule }) => rule === 'acquisition.sensitive')!
    expect(alert).toMatchObject({
      version: 1,
      severity: 'notice',
      measured: '12 units',
      category: 'IVa',
      why: 'Croatia is adjacent to Serbia',
    })
    expect(alert.explanation).toContain('Serbia has contracted 12 Rafale F3-R')
    expect(alert.basis.length).toBeGreaterThan(10)
    expect(items[0]!.alsoTold).toContain('Kosovo*')
  })

  test('Croatia acknowledges; Serbia and the secretariat see who has and who has not', async () => {
    const { items } = await listNotices(as('hr-submitter', later(1)), {})
    const answer = await acknowledgeAlert(as('hr-submitter', later(2)), { id: items[0]!.id })
    expect(answer).toMatchObject({
      addressee: 'HR',
      acknowledgedAt: '2024-09-04T09:12:00.000Z',
      acknowledgedBy: 'Arms-control officer, Croatia',
    })
    expect(await countUnacknowledged(as('hr-approver', later(2)), {})).toBe(0)
    for (const who of ['rs-submitter', 'secretariat']) {
      const { told } = await alertsOfFiling(as(who), { filingId: id })
      expect(
        told.filter(({ acknowledgedAt }) => acknowledgedAt).map(({ addressee, acknowledgedBy }) => [addressee, acknowledgedBy]),
      ).toEqual([['HR', 'Arms-control officer, Croatia']])
    }
  })

  test('the next stage keeps the number and counts only what it adds', async () => {
    const given = acquisition({ stage: 'first_delivery', delivered: 3, deliveredOn: '2024-09-20', previous: id })
    const answer = await filed({ kind: 'notification.acquisition', participant: 'RS', payload: given }, later(30).now)
    stageTwo = answer.filing.id
    expect(answer.filing).toMatchObject({ number: 'RS-2024-0001', version: 2, status: 'filed' })
    const { entry } = await getFiling(as(null), { id: stageTwo })
    expect(entry).toMatchObject({ stage: 'first_delivery', quantity: 12, delivered: 3, version: 2 })
    expect(answer.alerts.map(({ rule }) => rule)).not.toContain('acquisition.first_of_type')
  })

  test('an amendment corrects the value with a reason and releases under four eyes', async () => {
    const payload = acquisition({
      stage: 'first_delivery',
      delivered: 3,
      deliveredOn: '2024-09-20',
      value: { amount: 2_750_000_000, currency: 'EUR' },
    })
    const { filing } = await amendFiling(as('rs-submitter', later(31)), {
      id: stageTwo,
      payload,
      reason: 'Value after the addendum of September.',
    })
    const answer = await approveFiling(as('rs-approver', later(31)), { id: filing.id })
    amended = answer.filing.id
    expect(answer.filing).toMatchObject({ number: 'RS-2024-0001', version: 3, status: 'filed' })
  })

  test('the history shows every version, who, when and why; the older ones are superseded and unchanged', async () => {
    const { versions } = await getFiling(as('rs-submitter'), { id: amended })
    expect(versions.map(({ version, action, status, reason }) => ({ version, action, status, reason }))).toEqual([
      { version: 1, action: 'file', status: 'superseded', reason: null },
      { version: 2, action: 'stage', status: 'superseded', reason: null },
      { version: 3, action: 'amend', status: 'filed', reason: 'Value after the addendum of September.' },
    ])
    expect(versions.map(({ payload }) => (payload.value as { amount: number }).amount)).toEqual([
      2_700_000_000, 2_700_000_000, 2_750_000_000,
    ])
    expect(versions[0]!.people).toEqual({ draftedBy: 'Arms-control officer, Serbia', releasedBy: 'Head of verification centre, Serbia' })
    expect(versions[0]!.payload).toEqual(acquisition())
  })

  test('two verifiers of different participants verify it, the first alone leaves it pending, Serbia’s own is refused', async () => {
    expect(await codeOf(signVerification(as('rs-verifier'), { id: amended, decision: 'verified' }))).toBe('forbidden')
    expect(await signVerification(as('verifier1'), { id: amended, decision: 'verified', remark: 'Seen at Batajnica.' })).toMatchObject({
      verification: 'pending',
      signatures: 1,
    })
    expect(await signVerification(as('hr-verifier'), { id: amended, decision: 'verified' })).toMatchObject({
      verification: 'verified',
      signatures: 2,
    })
    expect((await getFiling(as(null), { id: amended })).entry).toMatchObject({ verification: 'verified', signatures: 2 })
  })

  test('once the type is known Albania is told of nothing, unless it watches Serbia', async () => {
    const more = () => filed(an.acquisition('RS', { quantity: 2, effect: 'adds', replaces: undefined }), later(60).now)
    const unwatched = await more()
    expect(unwatched.alerts.flatMap(({ recipients }) => recipients)).not.toContain('AL')
    await under(register(), 'demo-al-submitter', (tx) =>
      rows(tx, sql`insert into watches (participant, watched, by, at) select 'AL', 'RS', app.user_id(), now()`),
    )
    const watched = await more()
    const sensitive = watched.alerts.find(({ rule }) => rule === 'acquisition.sensitive')!
    expect(sensitive.reasons.find(({ recipient }) => recipient === 'AL')).toEqual({ recipient: 'AL', reason: 'Albania watches Serbia' })
  })
})

test('numbers count per participant and year, and a refused filing takes none', async () => {
  const first = await filed(an.disposal('ME'), new Date('2025-05-01T08:00:00Z'))
  expect(await refusalOf(submitFiling(as('me-submitter'), an.disposal('ME', { quantity: -1 }) as never))).toMatchObject({ code: 'invalid' })
  const second = await filed(an.disposal('ME'), new Date('2025-12-31T23:59:59Z'))
  const next = await filed(an.disposal('ME'), new Date('2026-01-01T00:00:00Z'))
  expect([first, second, next].map(({ filing }) => filing.number)).toEqual(['ME-2025-0001', 'ME-2025-0002', 'ME-2026-0001'])
})

test('holdings as of one date are declared once; another date, or an amendment, is taken', async () => {
  const { filing } = await filed(an.holdings('ME', { asOf: '2023-01-01' }))
  const again = submitFiling(as('me-submitter'), an.holdings('ME', { asOf: '2023-01-01' }) as never)
  await expect(again).rejects.toMatchObject({ code: 'invalid', fields: [{ pointer: '/payload/asOf', message: expect.stringContaining(filing.number) }] })
  await filed(an.holdings('ME', { asOf: '2023-07-01' }))
  const both = await Promise.allSettled([1, 2].map(() => submitFiling(as('me-submitter'), an.holdings('ME', { asOf: '2022-01-01' }) as never)))
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})
