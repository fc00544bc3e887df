import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { acknowledgeAlert } from '../../lib/alerts/commands.ts'
import { alertsOfFiling, countTold, countUnacknowledged, listAlerts, listNotices, listUnacknowledged } from '../../lib/alerts/queries.ts'
import { noticesFrom } from '../../lib/alerts/rules.ts'
import { rows } from '../../lib/db/client.ts'
import { submitFiling } from '../../lib/filings/commands.ts'
import { codeOf, count, filed } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'

const register = useRegister()
/** Meets several rules at once: sensitive, first of its type, and late. */
const grave = async (type = 'Iskander-E') => await filed(an.acquisition('ME', { category: 'VIIa', type, quantity: 24 }))

describe('several rules met by one filing', () => {
  test('reach each addressee as one message with every reason, as grave as the gravest', async () => {
    const { filing, alerts } = await grave()
    expect(alerts.length).toBeGreaterThan(2)
    const sent = await rows<{ addressee: string; n: number }>(
      register().owner,
      sql`select addressee, count(*)::int as n from notices where filing_id = ${filing.id}::uuid group by 1`,
    )
    expect(sent.every(({ n }) => n === 1)).toBe(true)
    expect(sent.map(({ addressee }) => addressee).toSorted()).toEqual(
      [...new Set(alerts.flatMap(({ recipients }) => recipients))].toSorted(),
    )
    const { items } = await listNotices(as('hr-submitter'), {})
    const mine = items.filter((notice) => notice.filingId === filing.id)
    expect(mine).toHaveLength(1)
    expect(mine[0]!.alerts.map(({ rule }) => rule).toSorted()).toEqual(
      alerts
        .filter(({ recipients }) => recipients.includes('HR'))
        .map(({ rule }) => rule)
        .toSorted(),
    )
    expect(mine[0]!.alerts.every(({ why }) => typeof why === 'string' && why.length > 10)).toBe(true)
  })

  test('one notice per addressee, whatever the rules', () => {
    const told = (...recipients: string[]) => recipients.map((recipient) => ({ recipient, reason: '' })) as never
    expect(
      noticesFrom([
        { severity: 'notice', recipients: told('HR', 'AL') },
        { severity: 'critical', recipients: told('HR') },
        { severity: 'info', recipients: told('AL') },
      ]),
    ).toEqual([
      { addressee: 'HR', severity: 'critical' },
      { addressee: 'AL', severity: 'notice' },
    ])
    expect(noticesFrom([])).toEqual([])
  })
})

describe('who sees a notice', () => {
  test('its addressee, who filed, and the secretariat; nobody else', async () => {
    const { filing } = await filed(an.acquisition('MK', { category: 'I', type: 'T-72B3', quantity: 30 }))
    const told = async (who: string | null) =>
      (await alertsOfFiling(as(who), { filingId: filing.id })).told.map(({ addressee }) => addressee)
    const everyone = await told('secretariat')
    expect(everyone).toEqual(['AL', 'XK', 'RS', 'secretariat'])
    expect(await told('mk-submitter')).toEqual(everyone)
    expect(await told('rs-submitter')).toEqual(['RS'])
    for (const who of [null, 'observer', 'verifier1', 'hr-submitter', 'me-submitter']) expect(await told(who)).toEqual([])
    expect((await listAlerts(as('hr-submitter'), { limit: 200 })).items.filter((alert) => alert.filing === filing.id)).toEqual([])
    expect(
      (await listAlerts(as('mk-approver'), { limit: 200 })).items.filter((alert) => alert.filing === filing.id).length,
    ).toBeGreaterThan(0)
  })

  test('the filer is told of no alert of its own, and counts nothing to acknowledge', async () => {
    const before = await countUnacknowledged(as('me-submitter'), {})
    const { alerts } = await grave('Another missile')
    expect(alerts.flatMap(({ recipients }) => recipients)).not.toContain('ME')
    expect(await countUnacknowledged(as('me-submitter'), {})).toBe(before)
  })

  test('why you is the reason of the one who reads', async () => {
    const { filing } = await grave('A third missile')
    const why = async (who: string) =>
      (await alertsOfFiling(as(who), { filingId: filing.id })).alerts.find(({ rule }) => rule === 'acquisition.sensitive')!.why
    expect(await why('hr-submitter')).toBe('Croatia is adjacent to Montenegro')
    expect(await why('al-verifier')).toBe('Albania is adjacent to Montenegro')
    expect(await why('secretariat')).toBe('the secretariat is told of every alert')
  })
})

describe('an acknowledgement', () => {
  test('stands once, with name and time, for the whole message and for every colleague', async () => {
    const { filing, alerts } = await grave('A fourth missile')
    const before = await countUnacknowledged(as('hr-submitter'), {})
    const at = new Date('2026-11-20T08:00:00Z')
    const first = await acknowledgeAlert(as('hr-submitter', { now: at }), {
      id: alerts.find(({ recipients }) => recipients.includes('HR'))!.id,
    })
    expect(first).toEqual({
      id: first.id,
      filing: filing.id,
      addressee: 'HR',
      acknowledgedAt: at.toISOString(),
      acknowledgedBy: 'Arms-control officer, Croatia',
    })
    expect(await acknowledgeAlert(as('hr-approver'), { id: first.id })).toEqual(first)
    expect(await count(register(), 'acknowledgements', `notice_id = '${first.id}'`)).toBe(1)
    expect(await countUnacknowledged(as('hr-submitter'), {})).toBe(before - 1)
    const shown = (await listNotices(as('hr-verifier'), { acknowledged: 'true' })).items.find(({ id }) => id === first.id)
    expect(shown).toMatchObject({ acknowledgedAt: at.toISOString(), acknowledgedBy: 'Arms-control officer, Croatia' })
    expect((await listNotices(as('hr-submitter'), { acknowledged: 'false' })).items.map(({ id }) => id)).not.toContain(first.id)
  })

  test('of many at once keeps the first, and everyone hears of the same', async () => {
    const { alerts } = await grave('A fifth missile')
    const { id } = alerts.find(({ recipients }) => recipients.includes('BA'))!
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => acknowledgeAlert(as(n % 2 ? 'ba-submitter' : 'ba-approver'), { id })),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })

  test('is nobody else’s to give: not the filer’s, not another addressee’s, not an observer’s', async () => {
    const { filing } = await grave('A sixth missile')
    const [notice] = await rows<{ id: string }>(
      register().owner,
      sql`select id from notices where filing_id = ${filing.id}::uuid and addressee = 'HR'`,
    )
    for (const who of ['me-approver', 'ba-submitter', 'mk-submitter', 'verifier1', 'secretariat'])
      expect(await codeOf(acknowledgeAlert(as(who), { id: notice!.id }))).toBe('not_found')
    expect(await codeOf(acknowledgeAlert(as('observer'), { id: notice!.id }))).toBe('forbidden')
    expect(await codeOf(acknowledgeAlert(as(null), { id: notice!.id }))).toBe('unauthenticated')
    expect(await count(register(), 'acknowledgements', `notice_id = '${notice!.id}'`)).toBe(0)
  })

  test('is seen by the filer and the secretariat, with who is still missing', async () => {
    const { filing, alerts } = await grave('A seventh missile')
    await acknowledgeAlert(as('rs-approver'), { id: alerts.find(({ recipients }) => recipients.includes('RS'))!.id })
    const { told } = await alertsOfFiling(as('me-submitter'), { filingId: filing.id })
    expect(told.filter(({ acknowledgedBy }) => acknowledgedBy).map(({ addressee }) => addressee)).toEqual(['RS'])
    expect(await countTold(as('me-submitter'), { filingIds: [filing.id] })).toEqual([
      { filingId: filing.id, told: told.length - 1, acknowledged: 1 },
    ])
    const waiting = (await listUnacknowledged(as('secretariat'), { limit: 200 })).items.filter((notice) => notice.filingId === filing.id)
    expect(waiting.map(({ addressee }) => addressee)).not.toContain('RS')
    expect(waiting.map(({ addressee }) => addressee)).toContain('HR')
  })
})

describe('the inbox', () => {
  test('begins with the last 90 days; what is older is found when asked for', async () => {
    const now = new Date('2026-11-21T12:00:00Z')
    const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
    const [old, recent] = [
      await filed(an.acquisition('ME', { type: 'Old drone', category: 'E2' }), ago(91)),
      await filed(an.acquisition('ME', { type: 'New drone', category: 'E2' }), ago(89)),
    ]
    const inbox = async (since: 'inbox' | 'all') =>
      (await listNotices(as('al-submitter', { now }), { since, limit: 200 })).items.map(({ filingId }) => filingId)
    expect(await inbox('inbox')).toContain(recent.filing.id)
    expect(await inbox('inbox')).not.toContain(old.filing.id)
    expect(await inbox('all')).toEqual(expect.arrayContaining([recent.filing.id, old.filing.id]))
  })

  test('of history is empty, and none of it is delivered', async () => {
    const { filing } = await submitFiling(
      as('al-submitter', { historic: true }),
      an.acquisition('AL', { compiled: { source: 'SIPRI' }, type: 'Historic drone', category: 'IVb' }) as never,
    )
    expect(await count(register(), 'notices', `filing_id = '${filing.id}' and historic`)).toBeGreaterThan(0)
    expect(await count(register(), 'deliveries', `filing_id = '${filing.id}'`)).toBe(0)
    expect((await listNotices(as('me-submitter'), { limit: 200 })).items.map(({ filingId }) => filingId)).not.toContain(filing.id)
  })

  test('is paged without losing or repeating anything', async () => {
    const everything = (await listNotices(as('secretariat'), { since: 'all', limit: 200 })).items.map(({ id }) => id)
    const pages: string[] = []
    let cursor: string | undefined
    do {
      const page = await listNotices(as('secretariat'), { since: 'all', limit: 3, ...(cursor ? { cursor } : {}) })
      pages.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(pages).toEqual(everything)
    expect(everything.length).toBeGreaterThan(6)
  })
})
