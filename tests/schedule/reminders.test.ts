import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { submitFiling } from '../../lib/filings/commands.ts'
import { rows } from '../../lib/db/client.ts'
import { remindOnce, reminderMail } from '../../lib/jobs/reminders.ts'
import { DEFAULT_OBLIGATIONS } from '../../lib/schedule/rulebook.ts'
import { listObligations, listReminders } from '../../lib/schedule/queries.ts'
import { cyclesAround, punctualityOf, remindersDue, stateOf, type Obligation } from '../../lib/schedule/rules.ts'
import { sqlState, under } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { checkAll, useLog } from '../support/log.ts'

const OVERDUE = { noticeDays: 7, warningDays: 30 }
const owed = (now: string, filedAt: string | null = null): Obligation => {
  const cycle = cyclesAround(new Date('2026-11-20T00:00:00Z'), DEFAULT_OBLIGATIONS).find(({ rule }) => rule.id === 'holdings.annual')!
  return {
    id: `MK:holdings.annual:${cycle.asOf}`, participant: 'MK', rule: 'holdings.annual', title: cycle.rule.title, kind: cycle.rule.kind, asOf: cycle.asOf, dueOn: cycle.dueOn, basis: '',
    ...stateOf(new Date(now), cycle.dueOn, filedAt), filing: filedAt ? { id: 'f', number: 'MK-2026-0001', filedAt } : null, nil: false,
  }
}
const due = (now: string, sent: string[] = []) => remindersDue(new Date(now), [owed(now)], new Set(sent.map((days) => `MK:holdings.annual:2027-01-01 ${days}`)), OVERDUE)

describe('when a participant is reminded', () => {
  test.each([
    ['2026-11-14T12:00:00Z', []], ['2026-11-15T12:00:00Z', [-30]], ['2026-12-01T12:00:00Z', [-14]], ['2026-12-08T12:00:00Z', [-7]],
    ['2026-12-14T12:00:00Z', [-1]], ['2026-12-15T12:00:00Z', []], ['2026-12-16T12:00:00Z', [1]], ['2026-12-22T12:00:00Z', [7]], ['2027-01-14T12:00:00Z', [30]],
  ])('at %s: %j', (now, days) => {
    expect(due(now).map((reminder) => reminder.days)).toEqual(days)
    expect(due(now, days.map(String))).toEqual([])
  })

  test('the day begins and ends in Vienna', () => {
    expect(due('2026-12-15T22:59:59Z')).toEqual([])
    expect(due('2026-12-15T23:00:00Z').map(({ days }) => days)).toEqual([1])
  })

  test('what is filed is not asked for again', () => {
    expect(remindersDue(new Date('2027-01-14T12:00:00Z'), [owed('2027-01-14T12:00:00Z', '2026-12-22T09:00:00.000Z')], new Set(), OVERDUE)).toEqual([])
  })

  test('before the day the participant alone, then the secretariat, after thirty days everyone, and ever graver', () => {
    const told = (now: string) => due(now).map(({ addressees, severity }) => [addressees.join(' '), severity])[0]
    expect(told('2026-12-14T12:00:00Z')).toEqual(['MK', 'info'])
    expect(told('2026-12-16T12:00:00Z')).toEqual(['MK secretariat', 'info'])
    expect(told('2026-12-22T12:00:00Z')).toEqual(['MK secretariat', 'notice'])
    expect(told('2027-01-14T12:00:00Z')).toEqual(['AL BA HR XK ME MK RS secretariat', 'warning'])
  })

  test('says what, when, and that the day ends in Vienna', () => {
    expect(due('2026-12-08T12:00:00Z')[0]!.words).toBe(
      'North Macedonia has not yet filed the annual declaration of holdings as of 2027-01-01. It is due on 2026-12-15, in 7 days; the day ends at 23:59:59 in Vienna.')
    expect(due('2026-12-16T12:00:00Z')[0]!.words).toBe('North Macedonia has not filed the annual declaration of holdings as of 2027-01-01. It was due on 2026-12-15, 1 day ago.')
  })
})

describe('North Macedonia is late', () => {
  useLog()
  const register = useRegister()
  const told: string[][] = []
  const tell = async (_tx: unknown, ids: string[]) => { told.push(ids) }
  const round = (now: string) => remindOnce(register(), new Date(now), tell)
  const holdings = (participant: string) => an.holdings(participant, { asOf: '2027-01-01', lines: [], nil: ['I'] })
  const file = (participant: string, now: string) => submitFiling(as(`${participant.toLowerCase()}-submitter`, { now: new Date(now) }), holdings(participant) as never)
  const ofHoldings = async () => (await listReminders(as(null), { participant: 'MK' })).filter(({ rule }) => rule === 'holdings.annual')

  test('it is reminded 30, 14, 7 and 1 days before and 1 day after, once each, and files on 22 December: 7 days late', async () => {
    for (const now of ['2026-11-15', '2026-12-01', '2026-12-08', '2026-12-14', '2026-12-16']) {
      await round(`${now}T08:00:00Z`)
      expect(await round(`${now}T08:10:00Z`)).toEqual([])
    }
    for (const participant of ['AL', 'BA', 'ME', 'XK']) await file(participant, '2026-12-10T10:00:00Z')
    await file('MK', '2026-12-22T09:00:00Z')
    expect((await round('2026-12-22T12:00:00Z')).filter(({ participant, rule }) => participant === 'MK' && rule === 'holdings.annual')).toEqual([])
    expect((await ofHoldings()).map(({ days }) => days)).toEqual([1, -1, -7, -14, -30])
    const obligations = await listObligations(as(null, { now: new Date('2028-01-01T00:00:00Z') }), { participant: 'MK' })
    expect(obligations.find(({ rule, asOf }) => rule === 'holdings.annual' && asOf === '2027-01-01')).toBeUndefined()
    const soon = (await listObligations(as(null, { now: new Date('2027-01-15T12:00:00Z') }), {})).filter(({ rule }) => rule === 'holdings.annual')
    expect(soon.find(({ participant }) => participant === 'MK')).toMatchObject({ state: 'filed_late', daysLate: 7 })
    expect(punctualityOf(soon.filter(({ participant }) => !['RS', 'HR'].includes(participant)))).toMatchObject({ onTime: 4, of: 5 })
  })

  test('two rounds at once remind once', async () => {
    const made = await Promise.all([round('2027-01-14T12:00:00Z'), round('2027-01-14T12:00:00Z')])
    expect(made.filter(({ length }) => length > 0)).toHaveLength(1)
    const serbia = made.flat().find(({ participant, rule }) => participant === 'RS' && rule === 'holdings.annual')!
    expect(serbia).toMatchObject({ days: 30, severity: 'warning' })
    expect(serbia.addressees).toHaveLength(8)
    expect(told.at(-1)).toContain(serbia.id)
    const mail = reminderMail(serbia, 'https://register.example')
    expect(mail.subject).toBe('Serbia: Annual declaration of holdings, overdue since 2026-12-15')
    expect(mail.text).toContain('https://register.example/punctuality')
  })

  test('each is in the log, and a change of one is found', async () => {
    expect((await checkAll(register())).findings).toEqual([])
    expect(await sqlState(under(register(), 'demo-secretariat', (tx) => tx.execute(sql`update reminders set days = 7`)))).toBe('42501')
    const [one] = await rows<{ id: string }>(register().owner, sql`select id::text as id from reminders where days = 1 limit 1`)
    const change = (set: string) => register().transaction('owner', async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(sql.raw(`update reminders set ${set} where id = '${one!.id}'`))
    })
    await change("due_on = due_on + 1")
    expect((await checkAll(register())).findings.map(({ words }) => words).join()).toContain('The reminder of')
    await change("due_on = due_on - 1")
    expect((await checkAll(register())).findings).toEqual([])
  })
})
