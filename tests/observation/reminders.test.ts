import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { rows, useDatabase } from '../../lib/db/client.ts'
import { promptOnce } from '../../lib/jobs/prompts.ts'
import { listMessages } from '../../lib/messages/queries.ts'
import { amendFiling } from '../../lib/filings/commands.ts'
import { count, sqlState } from '../support/context.ts'
import { useRegister } from '../support/db.ts'
import { breakingAt, isInjected } from '../support/faults.ts'
import { checkAll, useLog } from '../support/log.ts'
import { answer, exercise, exerciseOf, ministry, toldOf } from './ground.ts'

useLog()
const register = useRegister()
const round = (now: string, connection = register()) => promptOnce(connection, new Date(now))
const steps = async (now: string) => (await round(now)).map(({ step, addressees }) => `${step}: ${addressees.join(' ')}`).toSorted()

describe('those who have not answered an invitation', () => {
  let id: string
  test('are asked again 7 and 2 days before the day, once each; the day after, they and the host are told', async () => {
    id = await exercise('ME', ['AL', 'BA', 'XK'], { name: 'Durmitor 27' })
    await answer('AL', id, 'accepted', [], '2027-04-30T08:00:00Z')
    expect(await steps('2027-05-03T12:00:00Z')).toEqual([])
    expect(await steps('2027-05-04T12:00:00Z')).toEqual(['reminder 7 BA 2027-05-11: BA', 'reminder 7 XK 2027-05-11: XK'])
    expect(await steps('2027-05-04T12:01:00Z')).toEqual([])
    await answer('BA', id, 'declined', [], '2027-05-05T08:00:00Z')
    expect(await steps('2027-05-09T12:00:00Z')).toEqual(['reminder 2 XK 2027-05-11: XK'])
    expect(await steps('2027-05-12T12:00:00Z')).toEqual(['no answer XK 2027-05-11: XK ME'])
    expect(await steps('2027-05-30T12:00:00Z')).toEqual([])
    const [told] = await listMessages(ministry('ME'), { subject: id, limit: 1 })
    expect(told).toMatchObject({ participant: null, severity: 'notice', told: ['Kosovo*', 'Montenegro'] })
    expect(told!.words).toBe('Kosovo* did not answer Montenegro’s invitation to observe “Durmitor 27”, 2027-06-01 to 2027-06-09, by 2027-05-11. It may still do so until the first day, 2027-06-01; the answer is marked as late.')
    expect(await listMessages(ministry('HR'), { subject: id })).toEqual([])
  })

  test('hear only the latest after an outage, and once under two workers', async () => {
    const other = await exercise('MK', ['AL', 'BA'], { name: 'Vardar 27' })
    const made = await Promise.all([round('2027-05-10T12:00:00Z'), round('2027-05-10T12:00:00Z')])
    expect(made.filter(({ length }) => length > 0)).toHaveLength(1)
    expect((await toldOf(register(), other)).toSorted()).toEqual(['invited v1: AL BA', 'reminder 2 AL 2027-05-11: AL', 'reminder 2 BA 2027-05-11: BA'])
  })

  test('are asked anew where the day is moved', async () => {
    const other = await exercise('AL', ['BA'], { name: 'Drin 27' })
    await round('2027-05-09T12:00:00Z')
    await amendFiling(ministry('AL', '2027-05-10T08:00:00Z'), { id: other, payload: exerciseOf('AL', ['BA'], { name: 'Drin 27', observers: { replyBy: '2027-05-31' } }).payload as never, reason: 'More time.' })
    await round('2027-05-12T12:00:00Z')
    expect((await toldOf(register(), other)).toSorted()).toEqual(['changed v2: BA', 'invited v1: BA', 'reminder 2 BA 2027-05-11: BA'])
    expect(await steps('2027-05-24T12:00:00Z')).toEqual(['reminder 7 BA 2027-05-31: BA'])
  })

  test('each has its mail and its entry of the log, and none can be changed', async () => {
    const told = await count(register(), 'messages', 'participant is null')
    expect(told).toBeGreaterThan(5)
    const [mails] = await rows<{ n: number }>(register().owner, sql`select count(*)::int as n from pgboss.job j join messages m on j.id = m.id where j.name = 'messages-mail' and m.participant is null`)
    expect(mails!.n).toBe(told)
    expect((await checkAll(register())).findings).toEqual([])
    expect(await sqlState(register().transaction('batp_worker', (tx) => tx.execute(sql`update messages set words = 'forged'`)))).toBe('42501')
    expect(await sqlState(register().transaction('batp_worker', (tx) => tx.execute(sql`insert into messages select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'step', 'x', 'participant', 'RS'))).* from messages m limit 1`)))).toBe('42501')
  })
})

test('a worker that dies in a round leaves nothing of it, and the next tells all', async () => {
  const id = await exercise('ME', ['AL', 'MK'], { name: 'Orjen 27' })
  const due = '2027-05-04T12:00:00Z'
  const parts = async () => [await count(register(), 'messages', `subject = '${id}' and participant is null`), await count(register(), 'log_leaves', `subject in (select id::text from messages where subject = '${id}')`)]
  const before = await parts()
  let broke = 0
  for (let statement = 1; ; statement += 1) {
    const breaking = breakingAt(register(), { statement, when: 'after' })
    useDatabase(Promise.resolve(breaking))
    const failed = await promptOnce(breaking, new Date(due)).then(() => null, (error: unknown) => error)
    useDatabase(Promise.resolve(register()))
    if ((await parts())[0] !== before[0]) break
    expect(isInjected(failed), `statement ${statement}`).toBe(true)
    expect(await parts()).toEqual(before)
    broke += 1
  }
  expect(broke).toBeGreaterThan(5)
  const [messages, leaves] = await parts() as [number, number]
  expect([messages, leaves - before[1]!]).toEqual([2, 2])
  expect(await round(due)).toEqual([])
  expect((await checkAll(register())).findings).toEqual([])
}, 120_000)
