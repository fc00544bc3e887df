import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import {
  askClarification, callMeeting, closeClarification, findInsufficient, recordMeeting, replyClarification, showClarification,
} from '../../lib/clarification/commands.ts'
import { getClarification, listClarifications } from '../../lib/clarification/queries.ts'
import { QUESTIONS } from '../../lib/clarification/words.ts'
import { rows } from '../../lib/db/client.ts'
import { listLeaves } from '../../lib/log/queries.ts'
import { listMessages } from '../../lib/messages/queries.ts'
import { codeOf, filed, refusalOf, sqlState, under } from '../support/context.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { checkAll, useLog } from '../support/log.ts'

useLog()
const register = useRegister()

const at = (instant: string) => ({ now: new Date(instant) })
const FRIDAY = '2027-03-05T17:30:00+01:00'
const QUESTION = {
  asked: 'HR' as const, title: 'Troops near the Una', observed: 'About 900 troops and 12 guns, 15 km from the line, outside their peacetime locations.', questions: [...QUESTIONS],
}
const ANSWERS = {
  aim: 'A readiness check.', place: 'The range near Dvor.', end: '2027-03-09', units: { withheld: 'force protection' }, number: '870', equipment: '12 howitzers, no live fire.',
}
const ask = async (instant = FRIDAY, more: object = {}) => (await askClarification(as('ba-submitter', at(instant)), { ...QUESTION, ...more })).clarification
const reply = (id: string, instant: string) => replyClarification(as('hr-submitter', at(instant)), { id, answers: ANSWERS })
const toldSteps = async (id: string) => (await rows<{ step: string; told: string }>(register().owner, sql`select step, array_to_string(addressees, ' ') as told from messages where subject = ${id}::uuid order by at, step`)).map(({ step, told }) => `${step}: ${told}`)

describe('Bosnia and Herzegovina asks Croatia on a Friday at 17:30', () => {
  test('the reply is due on Sunday at 17:30, and a reply at 17:31 is a minute late for good', async () => {
    const { id, dueAt, number } = await ask()
    expect(dueAt).toBe('2027-03-07T16:30:00.000Z')
    expect(number).toMatch(/^BA-C-2027-\d{4}$/)
    await reply(id, '2027-03-07T17:31:00+01:00')
    const seen = await getClarification(as('ba-approver', at('2027-03-08T09:00:00Z')), { id })
    expect(seen).toMatchObject({ state: 'answered', lateMinutes: 1, party: 'asking', may: ['insufficient', 'shown', 'closed'] })
    expect(seen.acts[0]!.content).toEqual(ANSWERS)
    const [told] = await listMessages(as('ba-submitter'), { subject: id })
    expect(told).toMatchObject({ addressees: ['BA'], words: `Croatia replies to ${number}, 1 minute late.` })
  })

  test('over the change of clocks, asked on Saturday at 10:00 CET, it is due on Monday at 11:00 CEST', async () => {
    expect((await ask('2027-03-27T10:00:00+01:00')).dueAt).toBe(new Date('2027-03-29T11:00:00+02:00').toISOString())
  })

  test('silence: it asks for a meeting with one act, to be held in 48 hours, and all seven are told', async () => {
    const { id } = await ask()
    const [before, after] = ['2027-03-07T16:30:00Z', '2027-03-07T16:30:01Z']
    expect((await refusalOf(callMeeting(as('ba-submitter', at(before)), { id }))).message).toMatch(/once the reply is overdue/)
    expect((await getClarification(as('ba-submitter', at(after)), { id }))).toMatchObject({ state: 'unanswered', may: ['meeting_called', 'shown', 'closed'] })
    const { clarification } = await callMeeting(as('ba-submitter', at(after)), { id })
    expect(clarification).toMatchObject({ state: 'meeting_called', dueAt: '2027-03-09T16:30:01.000Z' })
    expect(await toldSteps(id)).toEqual(['asked: HR', 'turn 1: AL HR XK ME MK RS secretariat'])
    expect(await getClarification(as('rs-verifier', at(after)), { id })).toMatchObject({ shown: true, party: null, may: [] })
    await recordMeeting(as('hr-approver', at('2027-03-09T10:00:00Z')), { id, words: 'By video; the guns are withdrawn by 10 March.' })
    await closeClarification(as('ba-approver', at('2027-03-11T10:00:00Z')), { id, outcome: 'explained_at_meeting', words: 'The withdrawal was seen.' })
    expect((await getClarification(as('me-submitter', at('2027-03-12T10:00:00Z')), { id })).acts.map(({ act }) => act)).toEqual(['meeting_called', 'meeting_held', 'closed'])
    expect((await refusalOf(reply(id, '2027-03-12T10:00:00Z'))).message).toMatch(/closed/)
  })

  test('an insufficient reply leads to the same meeting', async () => {
    const { id } = await ask()
    await reply(id, '2027-03-06T09:00:00Z')
    expect(await codeOf(callMeeting(as('ba-submitter', at('2027-03-06T10:00:00Z')), { id }))).toBe('conflict')
    await findInsufficient(as('ba-submitter', at('2027-03-06T10:00:00Z')), { id, words: 'The units are not named.' })
    expect(await codeOf(findInsufficient(as('ba-submitter', at('2027-03-06T10:01:00Z')), { id, words: 'Once more.' }))).toBe('conflict')
    expect((await callMeeting(as('ba-submitter', at('2027-03-06T11:00:00Z')), { id })).clarification.dueAt).toBe('2027-03-08T11:00:00.000Z')
    // A reply after all does not call the meeting off, and is not held against the first one's clock.
    await reply(id, '2027-03-09T12:00:00Z')
    expect((await listMessages(as('ba-submitter'), { subject: id })).map(({ words }) => words).find((words) => words.startsWith('Croatia replies') && words.includes('once more'))).toBeDefined()
    expect(await getClarification(as('al-submitter', at('2027-03-09T13:00:00Z')), { id })).toMatchObject({ state: 'meeting_called', lateMinutes: 0 })
  })
})

describe('who reads it', () => {
  const others = ['al-submitter', 'me-approver', 'rs-verifier', 'verifier1', 'secretariat'] as const
  test('the two alone, until who asked shows it to all', async () => {
    const { id } = await ask()
    const now = at('2027-03-05T18:00:00Z')
    for (const who of others) {
      expect(await codeOf(getClarification(as(who, now), { id })), who).toBe('not_found')
      expect((await listClarifications(as(who, now), {})).some((one) => one.id === id), who).toBe(false)
    }
    expect((await getClarification(as('hr-verifier', now), { id })).party).toBe('asked')
    await reply(id, '2027-03-05T19:00:00Z')
    await showClarification(as('ba-submitter', at('2027-03-05T20:00:00Z')), { id })
    for (const who of others) expect((await getClarification(as(who, now), { id })).acts.map(({ act }) => act), who).toEqual(['replied', 'shown'])
    expect(await codeOf(getClarification(as('observer', now), { id }))).toBe('forbidden')
    expect(await codeOf(getClarification(as(null, now), { id }))).toBe('unauthenticated')
    expect(await codeOf(showClarification(as('ba-submitter', at('2027-03-05T21:00:00Z')), { id }))).toBe('conflict')
  })

  test('all of them from the start, where it is so asked', async () => {
    const { id } = await ask(FRIDAY, { shownToAll: true })
    expect(await toldSteps(id)).toEqual(['asked: HR', 'asked, shown: AL XK ME MK RS secretariat'])
    expect((await getClarification(as('xk-submitter'), { id })).observed).toMatch(/12 guns/)
  })

  test('past the application too: injected SQL of a third finds neither question, reply nor message, and cannot speak for either', async () => {
    const { id } = await ask()
    await reply(id, '2027-03-06T09:00:00Z')
    const third = (statement: string) => under(register(), 'demo-me-submitter', (tx) => rows(tx, sql.raw(statement)))
    for (const statement of [
      `select 1 from clarifications where id = '${id}'`, `select 1 from clarification_acts where clarification_id = '${id}'`, `select 1 from messages where subject = '${id}'`,
    ]) expect(await third(statement), statement).toEqual([])
    const act = (who: string, as_: string, what: string) => under(register(), who, (tx) => rows(tx, sql.raw(`
      insert into clarification_acts (id, clarification_id, turn, act, participant, content, at, by, by_name, salt)
      values (gen_random_uuid(), '${id}', 7, '${what}', '${as_}', '{}', now(), app.user_id(), 'X', '\\x00')`)))
    expect(await sqlState(act('demo-me-submitter', 'ME', 'closed'))).toBe('42501')
    expect(await sqlState(act('demo-hr-submitter', 'HR', 'closed'))).toBe('42501')
    expect(await sqlState(act('demo-hr-submitter', 'BA', 'closed'))).toBe('42501')
    expect(await sqlState(act('demo-ba-submitter', 'BA', 'replied'))).toBe('42501')
    expect(await sqlState(act('demo-ba-verifier', 'BA', 'closed'))).toBe('42501')
  })

  test('the public log tells that something was asked, and neither who nor whom', async () => {
    const { id } = await ask()
    const found = (await listLeaves(as(null), { limit: 20 })).filter(({ subject }) => subject === id)
    expect(found.map(({ type, participant }) => [type, participant])).toEqual([['clarification.asked', null]])
  })
})

describe('what is refused, and how', () => {
  test('questions', async () => {
    const refused = async (more: object) => (await refusalOf(askClarification(as('ba-submitter', at(FRIDAY)), { ...QUESTION, ...more }))).fields[0]
    expect(await refused({ asked: 'BA' })).toEqual({ pointer: '/asked', message: 'Another participant is asked, not your own.' })
    expect(await refused({ questions: [] })).toEqual({ pointer: '/questions', message: 'Ask at least one question.' })
    expect(await refused({ questions: ['aim', 'aim'] })).toEqual({ pointer: '/questions/1', message: '“aim” is asked twice.' })
    expect(await refused({ observed: 'Guns.' })).toEqual({ pointer: '/observed', message: 'State what was seen or read, in at least 10 characters.' })
    expect(await refused({ observedOn: '2027-03-09' })).toMatchObject({ pointer: '/observedOn' })
    expect(await refused({ observedOn: '2027' })).toMatchObject({ pointer: '/observedOn', message: 'State the full date, YYYY-MM-DD.' })
    const { filing } = await filed(an.acquisition('RS'))
    expect(await refused({ filing: filing.id })).toEqual({ pointer: '/asked', message: `${filing.number} is a filing of Serbia: ask that participant about it.` })
    const { id } = await ask(FRIDAY, { asked: 'RS', filing: filing.id })
    expect((await listClarifications(as('ba-submitter'), { filing: filing.id })).map((one) => one.id)).toEqual([id])
  })

  test('a question that is neither answered nor withheld', async () => {
    const { id } = await ask(FRIDAY, { more: 'Who gave the order?' })
    const { aim: _aim, ...rest } = ANSWERS
    const refused = await refusalOf(replyClarification(as('hr-submitter', at(FRIDAY)), { id, answers: rest }))
    expect(refused.fields.map(({ pointer }) => pointer)).toEqual(['/answers/aim', '/answers/more'])
    expect((await refusalOf(replyClarification(as('hr-submitter', at(FRIDAY)), { id, answers: { ...ANSWERS, aim: '  ' } }))).fields[0]).toEqual(
      { pointer: '/answers/aim', message: 'Answer it, or withhold it with a reason: {"withheld": "reason"}. A blank is no answer.' })
  })

  test('who is no party may read what is shown, and not act', async () => {
    const { id } = await ask(FRIDAY, { shownToAll: true })
    expect((await refusalOf(replyClarification(as('me-submitter'), { id, answers: ANSWERS }))).message).toMatch(/Only the two/)
    expect((await refusalOf(closeClarification(as('hr-submitter'), { id, outcome: 'explained', words: 'Enough.' }))).message).toMatch(/participant that asked/)
  })

  test('of two who call the meeting at once one does, and numbers have no gap', async () => {
    const { id } = await ask()
    const outcomes = await Promise.all(['ba-submitter', 'ba-approver'].map((who) => callMeeting(as(who as 'ba-submitter', at('2027-03-08T10:00:00Z')), { id }).then(() => 'called', () => 'refused')))
    expect(outcomes.toSorted()).toEqual(['called', 'refused'])
    const made = await Promise.all([1, 2, 3, 4].map(() => ask()))
    const serials = made.map(({ number }) => Number(number.slice(-4))).toSorted((a, b) => a - b)
    expect(serials.at(-1)! - serials[0]!).toBe(3)
  })
})

test('all of it stands in the log, and the log finds nothing wrong', async () => {
  expect((await checkAll(register())).findings).toEqual([])
})
