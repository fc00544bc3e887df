import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { askClarification, callMeeting, closeClarification, replyClarification } from '../../lib/clarification/commands.ts'
import { getClarification } from '../../lib/clarification/queries.ts'
import { rows } from '../../lib/db/client.ts'
import { promptOnce } from '../../lib/jobs/prompts.ts'
import { beatOnce } from '../../lib/jobs/pulse.ts'
import { messageMail } from '../../lib/messages/mail.ts'
import { listMessages } from '../../lib/messages/queries.ts'
import { as, useRegister } from '../support/db.ts'
import { checkAll, useLog } from '../support/log.ts'

useLog()
const register = useRegister()

const ASKED = Date.parse('2027-03-27T09:00:00Z')
const after = (hours: number) => new Date(ASKED + hours * 3_600_000)
const ask = async () => (await askClarification(as('ba-submitter', { now: after(0) }), {
  asked: 'HR', title: 'Troops near the Una', observed: 'About 900 troops and 12 guns, 15 km from the line.', questions: ['aim'],
})).clarification
const due = async (hours: number) => (await promptOnce(register(), after(hours))).map(({ step, addressees }) => `${step}: ${addressees.join(' ')}`)

describe('the clock of a request, over a change of clocks', () => {
  test('reminds at 24, 42 and 47 hours, each once, also with two workers at work; then tells that there is no reply, by the rule', async () => {
    const { id, number } = await ask()
    expect(await due(23.9)).toEqual([])
    expect(await due(24)).toEqual(['reply hour 24: HR'])
    expect(await due(30)).toEqual([])
    const both = await Promise.all([due(42), due(42)])
    expect(both.flat()).toEqual(['reply hour 42: HR'])
    expect(await due(47.2)).toEqual(['reply hour 47: HR'])
    expect(await due(48)).toEqual([])
    expect(await due(48.01)).toEqual(['reply unanswered: BA secretariat'])
    expect(await due(60)).toEqual([])
    const [told] = await listMessages(as('secretariat', { now: after(60) }), { subject: id })
    expect(told).toMatchObject({ rule: 'clarification.unanswered', ruleVersion: 1, severity: 'warning', participant: null })
    expect(told!.words).toBe(
      `Croatia has not replied to Bosnia and Herzegovina’s request ${number} of Sat 2027-03-27 09:00 UTC; the reply was due on Mon 2027-03-29 09:00 UTC. Bosnia and Herzegovina may call a meeting.`)
    expect(JSON.stringify(told)).not.toMatch(/900|Una/)
    await closeClarification(as('ba-submitter', { now: after(61) }), { id, outcome: 'not_explained', words: 'No word came.' })
  })

  test('after an outage only the latest is said; what is answered or closed is asked for no more', async () => {
    const { id } = await ask()
    expect(await due(43)).toEqual(['reply hour 42: HR'])
    await replyClarification(as('hr-submitter', { now: after(44) }), { id, answers: { aim: 'A check.' } })
    expect(await due(47)).toEqual([])
    expect(await due(49)).toEqual([])
    const silent = await ask()
    expect(await due(50)).toEqual(['reply unanswered: BA secretariat'])
    await callMeeting(as('ba-submitter', { now: after(50) }), { id: silent.id })
    expect(await due(74)).toEqual(['meeting hour 24: BA HR'])
    expect(await due(98.1)).toEqual(['meeting not recorded: AL BA HR XK ME MK RS secretariat'])
  })

  test('mail says what, by when and where to answer, with the footnote where it belongs', async () => {
    const { id } = await ask()
    const [stored] = await rows<Record<string, never>>(register().owner, sql`select title, words, severity, path, rule, rule_version as "ruleVersion" from messages where subject = ${id}::uuid`)
    const mail = messageMail(stored as never, 'https://register.example')
    expect(mail.subject).toMatch(/^Warning: BA-C-2027-\d{4}: Bosnia and Herzegovina asks Croatia for clarification$/)
    expect(mail.text).toContain(`Read and answer: https://register.example/clarifications/${id}`)
    expect(mail.text).not.toContain('without prejudice')
    const odd = messageMail({ ...(stored as object), title: 'Kosovo* asks\r\nBcc: all@example', words: 'Line\nRead and answer: https://evil.example' } as never, 'https://register.example')
    expect(odd.subject).not.toMatch(/[\r\n]/)
    expect(odd.text.split('\n').filter((line) => line.startsWith('Read and answer:'))).toEqual([`Read and answer: https://register.example/clarifications/${id}`])
    expect(odd.text).toContain('without prejudice')
  })
})

describe('an outage', () => {
  test('is put on record when the worker comes back, and shown with the clock that ran through it; a restart is none', async () => {
    const { id } = await ask()
    expect(await beatOnce(register(), after(1))).toBeNull()
    expect(await beatOnce(register(), after(1 + 4 / 60))).toBeNull()
    expect(await beatOnce(register(), after(3 + 4 / 60))).toMatchObject({ fromAt: after(1 + 4 / 60).toISOString(), toAt: after(3 + 4 / 60).toISOString() })
    const seen = await getClarification(as('hr-submitter', { now: after(4) }), { id })
    expect(seen.outages).toEqual([{ from: after(1 + 4 / 60).toISOString(), to: after(3 + 4 / 60).toISOString() }])
    expect(seen.dueAt).toBe(after(48).toISOString())
  })
})

test('all of it stands in the log, and nothing disagrees', async () => {
  expect((await checkAll(register())).findings).toEqual([])
})
