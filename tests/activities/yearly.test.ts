import { describe, expect, test } from 'vitest'
import { narrowed, notifiedOf, withoutNotified } from '../../lib/activities/rules.ts'
import { heldAgainst } from '../../lib/activities/yearly.ts'
import { DEFAULT_OBLIGATIONS } from '../../lib/schedule/rulebook.ts'
import { cycleOfYear } from '../../lib/schedule/rules.ts'
import { anActivity, compiled, planned } from './listed.ts'

const filing = { id: 'f', number: 'RS-2026-1', filedAt: '2026-11-10T08:00:00.000Z' }
const against = (known: Partial<Parameters<typeof heldAgainst>[2]>, day = '2027-07-01') => heldAgainst(2027, day, { filing, planned: [], listed: [], readiness: new Set(), ...known })
const namesOf = (listed: readonly { name: string }[] | null) => listed?.map(({ name }) => name)

describe('what was held is held against the calendar', () => {
  const vihor = planned({ name: 'Vihor 2027', startsOn: '2027-06-01', endsOn: '2027-06-09' })

  test('under the same name, however it is written, it is in the calendar and has been notified', () => {
    const notice = anActivity({ name: 'VIHOR – 2027', startsOn: '2027-09-01', endsOn: '2027-09-02' })
    const { planned: found, outside } = against({ planned: [vihor], listed: [notice] })
    expect([found[0]!.notified, outside]).toEqual([notice, []])
  })

  test('on days that overlap it is in the calendar, and the planned one has not been notified', () => {
    const { planned: found, outside } = against({ planned: [vihor], listed: [anActivity({ name: 'Munja', startsOn: '2027-06-09', endsOn: '2027-06-12' })] })
    expect([found[0], outside]).toEqual([{ planned: vihor, notified: null, passed: true }, []])
  })

  test('under another name and on other days it is outside', () => {
    expect(namesOf(against({ planned: [vihor], listed: [anActivity({ name: 'Munja', startsOn: '2027-06-10', endsOn: '2027-06-12' })] }).outside)).toEqual(['Munja'])
  })

  test('what is planned has passed on the day after its last', () => {
    expect([against({ planned: [vihor] }, '2027-06-09'), against({ planned: [vihor] }, '2027-06-10')].map(({ planned: [one] }) => one!.passed)).toEqual([false, true])
  })

  test('an exercise without warning, a deployment, one of another year and what open sources tell of are never outside', () => {
    const alarm = anActivity({ name: 'Alarm' })
    const listed = [alarm, anActivity({ kind: 'notification.deployment' }), anActivity({ startsOn: '2026-12-30', endsOn: '2027-01-02' }), compiled()]
    expect(against({ listed, readiness: new Set([alarm.filing.id]) })).toMatchObject({ outside: [], compiled: 1 })
  })

  test('where no calendar is filed nothing is outside it: there is nothing to hold it against', () => {
    expect(against({ filing: null, listed: [anActivity(), compiled(), compiled()] })).toEqual({ planned: [], outside: null, compiled: 2 })
  })

  test('what open sources tell of is no notice of what was planned', () => {
    expect(against({ planned: [vihor], listed: [compiled({ name: 'Vihor 2027' })] }).planned[0]!.notified).toBeNull()
  })
})

describe('the same name in another year is another activity', () => {
  const last = anActivity({ name: 'Decisive Strike', startsOn: '2026-05-15', endsOn: '2026-06-02' })
  const next = planned({ name: 'Decisive Strike', startsOn: '2027-05-15', endsOn: '2027-06-02' })

  test('so the plan stays beside last year’s notice, and goes when this year’s comes', () => {
    expect(withoutNotified([last, next])).toEqual([last, next])
    const notice = anActivity({ name: 'decisive strike', startsOn: '2027-06-20', endsOn: '2027-06-25' })
    expect(withoutNotified([last, next, notice])).toEqual([last, notice])
  })

  test('over new year both years are its own; of another participant it is another', () => {
    const over = planned({ name: 'Frost', startsOn: '2026-12-28', endsOn: '2027-01-05' })
    const find = notifiedOf([anActivity({ name: 'Frost', startsOn: '2027-01-02', endsOn: '2027-01-06' })])
    expect([find(over)?.name, find({ ...over, participant: 'HR' }), find({ ...over, startsOn: '2026-12-01', endsOn: '2026-12-05' })]).toEqual(['Frost', null, null])
  })
})

test('a list is narrowed by what and by days, both counted in; what has no end lasts', () => {
  const [exercise, deployment, flight, plan] = [anActivity(), anActivity({ kind: 'notification.deployment', startsOn: '2027-05-01', endsOn: null }), anActivity({ kind: 'notification.uav_flight', startsOn: '2027-06-02', endsOn: '2027-06-30' }), planned({ startsOn: '2027-07-01', endsOn: '2027-07-01' })]
  const all = [deployment, exercise, flight, plan]
  expect([narrowed(all, { kind: 'planned' }), narrowed(all, { kind: 'flight' }), narrowed(all, { from: '2027-06-02', to: '2027-06-02' }), narrowed(all, { from: '2027-07-01' }), narrowed(all, { to: '2027-05-31' })])
    .toEqual([[plan], [flight], [deployment, exercise, flight], [deployment, plan], [deployment]])
})

test('the first calendar owed is that for 2028, by 15 November of the year before', () => {
  expect([2027, 2028, 2029].map((year) => cycleOfYear(DEFAULT_OBLIGATIONS, 'calendar.annual', year)?.dueOn ?? null)).toEqual([null, '2027-11-15', '2028-11-15'])
})
