import { describe, expect, test } from 'vitest'
import { figuresOf, type Counted } from '../../lib/observation/figures.ts'
import { AnswerInvitation } from '../../lib/observation/input.ts'
import { invitationMessages, promptsDue } from '../../lib/observation/messages.ts'
import { hasBegun, standingOf, takesReplies, type Invitation, type Reply } from '../../lib/observation/rules.ts'
import type { ParticipantCode } from '../../lib/participants/rules.ts'

const REPLY_BY = '2027-05-11'
const yes = (at: string, observers = 0): Reply => ({ answer: 'accepted', observers, at })
const no = (at: string): Reply => ({ answer: 'declined', observers: 0, at })

describe('how an invitation stands', () => {
  test.each<[string, Reply[], string, object]>([
    ['nobody answered yet', [], '2027-05-01T08:00:00Z', { standing: 'waiting', answeredAt: null, late: false }],
    ['nobody answered, in the last second of the day in Vienna', [], '2027-05-11T21:59:59.999Z', { standing: 'waiting' }],
    ['nobody answered, in the first after it', [], '2027-05-11T22:00:00.000Z', { standing: 'no_answer' }],
    ['accepted, to name later', [yes('2027-05-01T08:00:00.000Z')], '2027-05-02T00:00:00Z', { standing: 'accepted', named: 0, late: false }],
    ['accepted, then named', [yes('2027-05-01T08:00:00.000Z'), yes('2027-05-20T08:00:00.000Z', 2)], '2027-05-21T00:00:00Z', { standing: 'accepted', named: 2, late: false }],
    ['declined', [no('2027-05-01T08:00:00.000Z')], '2027-06-30T00:00:00Z', { standing: 'declined', late: false }],
    ['accepted after the day', [yes('2027-05-11T22:00:00.000Z', 1)], '2027-06-30T00:00:00Z', { standing: 'accepted', named: 1, late: true }],
    ['declined first, then came', [no('2027-05-01T08:00:00.000Z'), yes('2027-05-12T08:00:00.000Z', 1)], '2027-06-30T00:00:00Z', { standing: 'accepted', late: false }],
    ['accepted first, then did not', [yes('2027-05-01T08:00:00.000Z', 2), no('2027-05-02T08:00:00.000Z')], '2027-06-30T00:00:00Z', { standing: 'declined', named: 0 }],
  ])('%s', (_what, replies, now, expected) => {
    expect(standingOf(new Date(now), REPLY_BY, replies)).toMatchObject(expected)
  })

  test.each([
    ['2027-05-31T21:59:59Z', true, false], ['2027-05-31T22:00:00Z', true, true], ['2027-06-01T21:59:59Z', true, true], ['2027-06-01T22:00:00Z', false, true],
  ])('at %s answers are taken: %s, and notes: %s', (now, replies, notes) => {
    expect([takesReplies(new Date(now), '2027-06-01'), hasBegun(new Date(now), '2027-06-01')]).toEqual([replies, notes])
  })
})

const invitation = (invited: ParticipantCode, more: Partial<Invitation> = {}): Invitation =>
  ({ filingId: 'f', entryId: 'e', participant: 'RS', invited, name: 'Vihor 2027', startsOn: '2027-06-01', endsOn: '2027-06-09', replyBy: REPLY_BY, ...more })

describe('who is asked again, and when', () => {
  const due = (now: string, invitedAt = '2027-04-01T08:00:00Z', more: Partial<Invitation> = {}) =>
    promptsDue(new Date(now), [{ ...invitation('XK', more), invitedAt }]).map(({ step, addressees }) => `${step} to ${addressees.join(' ')}`)

  test.each([
    ['2027-05-03T21:59:59Z', []], ['2027-05-03T22:00:00Z', ['reminder 7 XK 2027-05-11 to XK']], ['2027-05-08T21:00:00Z', ['reminder 7 XK 2027-05-11 to XK']],
    ['2027-05-09T08:00:00Z', ['reminder 2 XK 2027-05-11 to XK']], ['2027-05-11T21:59:59Z', ['reminder 2 XK 2027-05-11 to XK']],
    ['2027-05-11T22:00:00Z', ['no answer XK 2027-05-11 to XK RS']], ['2027-06-20T08:00:00Z', ['no answer XK 2027-05-11 to XK RS']],
  ])('at %s: %j', (now, steps) => expect(due(now)).toEqual(steps))

  test('who was invited on a day of reminders, or after it, is not reminded the same minute', () => {
    expect(due('2027-05-04T08:00:00Z', '2027-05-04T07:59:00Z')).toEqual([])
    expect(due('2027-05-06T08:00:00Z', '2027-05-05T08:00:00Z')).toEqual([])
    expect(due('2027-05-09T08:00:00Z', '2027-05-05T08:00:00Z')).toEqual(['reminder 2 XK 2027-05-11 to XK'])
    expect(due('2027-05-12T08:00:00Z', '2027-05-10T08:00:00Z')).toEqual(['no answer XK 2027-05-11 to XK RS'])
  })

  test('a reply date that is moved begins them anew', () => expect(due('2027-05-14T08:00:00Z', undefined, { replyBy: '2027-05-20' })).toEqual(['reminder 7 XK 2027-05-20 to XK']))

  test('says what, whose, by when, and that the day ends in Vienna', () => {
    expect(promptsDue(new Date('2027-05-09T08:00:00Z'), [{ ...invitation('XK'), invitedAt: '2027-04-01T08:00:00Z' }])[0]!.words).toBe(
      'Kosovo* has not answered Serbia’s invitation to observe “Vihor 2027”, 2027-06-01 to 2027-06-09. Answers are asked for by 2027-05-11, in 2 days; the day ends at 23:59:59 in Vienna.')
  })
})

describe('what a version tells', () => {
  const version = (number: number) => ({ id: 'f2', entryId: 'e', version: number, number: 'RS-2026-0001', participant: 'RS' as const })
  const told = (before: Invitation[], after: Invitation[], withdrawn = false) =>
    invitationMessages(version(2), before, after, withdrawn).map(({ step, addressees }) => `${step}: ${addressees.join(' ')}`)
  const [al, hr] = [invitation('AL'), invitation('HR')]

  test.each<[string, Invitation[], Invitation[], boolean, string[]]>([
    ['the first', [], [al, hr], false, ['invited v2: AL HR']],
    ['the same again: nobody', [al, hr], [al, hr], false, []],
    ['one more', [al], [al, hr], false, ['invited v2: HR']],
    ['one fewer', [al, hr], [hr], false, ['uninvited v2: AL']],
    ['another reply date', [al], [invitation('AL', { replyBy: '2027-05-20' })], false, ['changed v2: AL']],
    ['other days, and one more', [al], [invitation('AL', { endsOn: '2027-06-12' }), invitation('HR', { endsOn: '2027-06-12' })], false, ['invited v2: HR', 'changed v2: AL']],
    ['another name: nobody', [al], [invitation('AL', { name: 'Vihor' })], false, []],
    ['no invitation any more', [al, hr], [], false, ['uninvited v2: AL HR']],
    ['withdrawn', [al, hr], [], true, ['withdrawn v2: AL HR']],
    ['no invitation, as before', [], [], true, []],
  ])('%s', (_what, before, after, withdrawn, expected) => expect(told(before, after, withdrawn)).toEqual(expected))

  test('says what changed', () => {
    const [changed] = invitationMessages(version(2), [al], [invitation('AL', { startsOn: '2027-06-03', replyBy: '2027-05-20' })])
    expect(changed!.words).toContain('it lasts from 2027-06-01 to 2027-06-09 no longer, but 2027-06-03 to 2027-06-09; answers are asked for by 2027-05-20, not 2027-05-11.')
  })
})

describe('an answer', () => {
  const person = (name: string) => ({ name, function: 'Lieutenant Colonel' })
  const id = '0b7e6f3a-1f6d-4c63-9f0a-2f6a8f2f5b11'
  test.each<[string, object, string | null]>([
    ['accepts and names two', { answer: 'accepted', observers: [person('Ana Kola'), person('Ilir Dema')] }, null],
    ['accepts and names later', { answer: 'accepted' }, null],
    ['declines with a reason', { answer: 'declined', words: 'No officers are free.' }, null],
    ['names three', { answer: 'accepted', observers: ['A1', 'B1', 'C1'].map(person) }, 'At most two observers of each participant.'],
    ['names one twice', { answer: 'accepted', observers: [person('Ana Kola'), person('ana kola')] }, '“ana kola” is named twice.'],
    ['declines and names', { answer: 'declined', observers: [person('Ana Kola')] }, 'Who declines names no observers. Accept, or leave them out.'],
    ['leaves the function out', { answer: 'accepted', observers: [{ name: 'Ana Kola' }] }, 'State their rank or function.'],
    ['is none', { answer: 'perhaps' }, 'State the answer: accepted or declined.'],
  ])('%s', (_what, given, problem) => {
    const parsed = AnswerInvitation.safeParse({ id, ...given })
    expect(parsed.success ? null : parsed.error.issues[0]!.message).toBe(problem)
  })
})

test('who invites whom, and who comes: every pair, and each participant as host and as guest', () => {
  const counted: Counted[] = [
    { host: 'RS', invited: 'AL', standing: 'accepted' }, { host: 'RS', invited: 'AL', standing: 'declined' }, { host: 'RS', invited: 'XK', standing: 'no_answer' }, { host: 'ME', invited: 'RS', standing: 'waiting' },
  ]
  const { pairs, participants } = figuresOf(counted, [{ host: 'RS', observable: true, invites: true, observed: true }, { host: 'RS', observable: false, invites: false, observed: false }])
  expect(pairs).toHaveLength(42)
  expect(pairs.find(({ host, invited }) => host === 'RS' && invited === 'AL')!.counts).toEqual({ invited: 2, accepted: 1, declined: 1, waiting: 0, no_answer: 0 })
  expect(pairs.reduce((sum, { counts }) => sum + counts.invited, 0)).toBe(counted.length)
  expect(participants.find(({ participant }) => participant === 'RS')).toMatchObject({
    held: 2, observable: 1, inviting: 1, observed: 1, asHost: { invited: 3, accepted: 1, no_answer: 1 }, asInvited: { invited: 1, waiting: 1 },
  })
})
