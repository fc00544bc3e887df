import { describe, expect, test } from 'vitest'
import {
  clockOf, dueAfter, durationInWords, isShown, mayAct, minutesLate, promptsDue, stateOf, timelinessInWords, toldOf, type Act, type Acted, type Asked, type Clocks,
} from '../../lib/clarification/rules.ts'

const CLOCKS: Clocks = { hours: 48, meetingHours: 48, reminderHours: [24, 42, 47] }
/** As a clock on the wall shows it. */
const wall = (instant: string, timeZone = 'Europe/Sarajevo') =>
  new Date(instant).toLocaleString('en-GB', { timeZone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })
const asked = (at: string, shownToAll = false): Asked => ({ asking: 'BA', asked: 'HR', shownToAll, at: new Date(at).toISOString(), dueAt: dueAfter(at, 48) })
const acted = (act: Act, at: string): Acted =>
  ({ act, participant: act === 'replied' ? 'HR' : 'BA', at: new Date(at).toISOString(), dueAt: act === 'meeting_called' ? dueAfter(at, 48) : null })

describe('48 hours are elapsed hours', () => {
  test.each([
    ['through a weekend', '2027-03-05T17:30:00+01:00', 'Sun 7 Mar, 17:30 CET'],
    ['through the change to summer time', '2027-03-27T10:00:00+01:00', 'Mon 29 Mar, 11:00 CEST'],
    ['through the change to winter time', '2027-10-30T10:00:00+02:00', 'Mon 1 Nov, 09:00 CET'],
    ['over the end of a year', '2027-12-31T23:59:00+01:00', 'Sun 2 Jan, 23:59 CET'],
  ])('%s', (_name, at, due) => {
    expect(wall(dueAfter(at, 48)).replace('GMT+1', 'CET').replace('GMT+2', 'CEST')).toBe(due)
    expect(Date.parse(dueAfter(at, 48)) - Date.parse(at)).toBe(48 * 3_600_000)
  })

  test('a reply at 17:30 is in time, one at 17:31 is late by a minute', () => {
    const { dueAt } = asked('2027-03-05T17:30:00+01:00')
    expect(minutesLate('2027-03-07T16:30:00.000Z', dueAt)).toBe(0)
    expect(minutesLate('2027-03-07T16:31:00.000Z', dueAt)).toBe(1)
    expect(timelinessInWords('2027-03-07T16:31:00.000Z', dueAt)).toBe('1 minute late')
    expect(timelinessInWords('2027-03-07T16:30:00.001Z', dueAt)).toBe('1 minute late')
    expect(timelinessInWords('2027-03-07T16:30:00.000Z', dueAt)).toBe('in time')
  })

  test.each([[0, '0 minutes'], [1, '1 minute'], [60, '1 hour'], [125, '2 hours 5 minutes'], [2880, '48 hours'], [5765, '96 hours 5 minutes'], [5820, '4 days']])('%d minutes are %s', (minutes, words) => {
    expect(durationInWords(minutes)).toBe(words)
  })
})

describe('how a request stands', () => {
  const at = '2027-03-05T16:30:00.000Z'
  const request = asked(at)
  const [hour40, hour50, hour60] = [40, 50, 60].map((hours) => dueAfter(at, hours)) as [string, string, string]
  test.each<[string, Acted[], string, string]>([
    ['just asked', [], hour40, 'waiting'],
    ['at the very end of its time', [], request.dueAt, 'waiting'],
    ['after it, in silence', [], dueAfter(request.dueAt, 1 / 3_600_000), 'unanswered'],
    ['answered', [acted('replied', hour40)], hour50, 'answered'],
    ['answered late', [acted('replied', hour50)], hour60, 'answered'],
    ['found insufficient', [acted('replied', hour40), acted('insufficient', hour50)], hour60, 'insufficient'],
    ['answered once more', [acted('replied', hour40), acted('insufficient', hour40), acted('replied', hour50)], hour60, 'answered'],
    ['silence, and a meeting called', [acted('meeting_called', hour50)], hour60, 'meeting_called'],
    ['a reply does not call the meeting off', [acted('meeting_called', hour50), acted('replied', hour60)], hour60, 'meeting_called'],
    ['held', [acted('meeting_called', hour50), acted('meeting_held', hour60)], hour60, 'meeting_held'],
    ['closed', [acted('replied', hour40), acted('closed', hour50)], hour60, 'closed'],
  ])('%s', (_name, acts, now, state) => {
    expect(stateOf(request, acts, now)).toBe(state)
  })

  test('each party may do what is its to do, and only then', () => {
    const may = (party: 'asking' | 'asked' | null, state: Parameters<typeof mayAct>[2]) =>
      (['replied', 'insufficient', 'meeting_called', 'meeting_held', 'closed'] as const).filter((act) => mayAct(act, party, state)).join(' ')
    expect(may('asking', 'waiting')).toBe('closed')
    expect(may('asked', 'waiting')).toBe('replied')
    expect(may('asking', 'unanswered')).toBe('meeting_called closed')
    expect(may('asked', 'unanswered')).toBe('replied')
    expect(may('asking', 'answered')).toBe('insufficient closed')
    expect(may('asking', 'insufficient')).toBe('meeting_called closed')
    expect(may('asking', 'meeting_called')).toBe('meeting_held closed')
    expect(may('asked', 'meeting_called')).toBe('replied meeting_held')
    expect(may('asking', 'closed')).toBe('')
    expect(may('asked', 'closed')).toBe('')
    expect(may(null, 'unanswered')).toBe('')
  })

  test('it is for the two until it is shown, or a meeting is called', () => {
    expect(isShown(request, [acted('replied', hour40)])).toBe(false)
    expect(isShown(request, [acted('meeting_called', hour50)])).toBe(true)
    expect(isShown(request, [acted('shown', hour40)])).toBe(true)
    expect(isShown(asked(at, true), [])).toBe(true)
    expect(toldOf(request, 'BA', false)).toEqual(['HR'])
    expect(toldOf(request, 'HR', false)).toEqual(['BA'])
    expect(toldOf(request, 'BA', true)).toEqual(['AL', 'HR', 'XK', 'ME', 'MK', 'RS', 'secretariat'])
  })

  test('one clock at a time: the reply’s, then the meeting’s', () => {
    expect(clockOf(request, [])).toEqual({ what: 'reply', startedAt: at, dueAt: request.dueAt, stoppedAt: null, stoppedBy: null })
    expect(clockOf(request, [acted('replied', hour40)])).toMatchObject({ stoppedAt: hour40, stoppedBy: 'replied' })
    expect(clockOf(request, [acted('closed', hour40)])).toMatchObject({ what: 'reply', stoppedAt: hour40, stoppedBy: 'closed' })
    expect(clockOf(request, [acted('meeting_called', hour50)])).toEqual({ what: 'meeting', startedAt: hour50, dueAt: dueAfter(hour50, 48), stoppedAt: null, stoppedBy: null })
    expect(clockOf(request, [acted('meeting_called', hour50), acted('closed', hour60)])).toMatchObject({ what: 'meeting', stoppedBy: 'closed' })
  })
})

describe('reminders', () => {
  const at = '2027-03-27T09:00:00.000Z'
  const request = asked(at)
  const due = (hours: number, acts: Acted[] = []) => promptsDue('BA-C-2027-0001', request, acts, CLOCKS, dueAfter(at, hours)).map(({ step, addressees, severity }) => [step, addressees.join(' '), severity])

  test.each<[number, string[][]]>([
    [0, []], [23.99, []], [24, [['reply hour 24', 'HR', 'notice']]], [41.9, [['reply hour 24', 'HR', 'notice']]], [42, [['reply hour 42', 'HR', 'notice']]],
    [47, [['reply hour 47', 'HR', 'warning']]], [48, [['reply hour 47', 'HR', 'warning']]], [48.001, [['reply unanswered', 'BA secretariat', 'warning']]],
  ])('after %d hours: %j', (hours, expected) => {
    expect(due(hours)).toEqual(expected)
  })

  test('what is answered or closed is not asked for again', () => {
    expect(due(42, [acted('replied', dueAfter(at, 30))])).toEqual([])
    expect(due(60, [acted('closed', dueAfter(at, 30))])).toEqual([])
  })

  test('a meeting that is called has a clock of its own, and both are reminded; one that is not on record is told to all', () => {
    const called = [acted('meeting_called', dueAfter(at, 50))]
    expect(due(73.9, called)).toEqual([])
    expect(due(74, called)).toEqual([['meeting hour 24', 'BA HR', 'notice']])
    expect(due(98.1, called)).toEqual([['meeting not recorded', 'AL BA HR XK ME MK RS secretariat', 'warning']])
    expect(due(98.1, [...called, acted('meeting_held', dueAfter(at, 90))])).toEqual([])
  })

  test('they say who waits for whom, and until when, in UTC', () => {
    expect(promptsDue('BA-C-2027-0001', request, [], CLOCKS, dueAfter(at, 42.5))[0]!.words).toBe(
      'Bosnia and Herzegovina asked Croatia for clarification on Sat 2027-03-27 09:00 UTC, BA-C-2027-0001. 42 of 48 hours have passed; the reply is due on Mon 2027-03-29 09:00 UTC.')
  })
})
