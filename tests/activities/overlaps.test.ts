import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sameDays, sharedDays } from '../../lib/activities/overlaps.ts'
import { dayAfter } from '../../lib/shared/format.ts'

type Span = { startsOn: string; endsOn: string | null }
const DAYS = 40
const day = (index: number): string => dayAfter('2027-01-01', index)
const isOn = ({ startsOn, endsOn }: Span, at: string): boolean => startsOn <= at && (endsOn === null || endsOn >= at)
const meet = (a: Span, b: Span): boolean => isOn(a, b.startsOn) || isOn(b, a.startsOn)

const spans = (most: number) => fc.array(fc.tuple(fc.integer({ min: 0, max: DAYS }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 9 })), { maxLength: most })
  .map((given) => given.map(([start, length, open]): Span => ({ startsOn: day(start), endsOn: open === 0 ? null : day(start + length) })))

test('the sweep finds for each what comparing every pair finds', () => {
  fc.assert(fc.property(spans(25), fc.integer({ min: 1, max: 4 }), (listed, most) => {
    const same = sameDays(listed, most)
    for (const one of listed) {
      const others = listed.filter((other) => other !== one && meet(one, other))
      const { some, count } = same.get(one)!
      expect(count).toBe(others.length)
      expect(some.map(({ startsOn }) => startsOn)).toEqual(others.map(({ startsOn }) => startsOn).toSorted().slice(0, most))
      expect(some.every((other) => others.includes(other))).toBe(true)
    }
  }), { numRuns: 500 })
})

/** Who is there on each day; kept where nobody more is there on another. */
const groupsByDay = (listed: readonly Span[]): string[] => {
  const closed = listed.filter(({ endsOn }) => endsOn !== null)
  const perDay = Array.from({ length: DAYS + 14 }, (_, index) => closed.map((one, id) => (isOn(one, day(index)) ? id : -1)).filter((id) => id >= 0))
  const largest = perDay.filter((ids) => ids.length > 1 && !perDay.some((other) => other.length > ids.length && ids.every((id) => other.includes(id))))
  return [...new Set(largest.map((ids) => {
    const members = ids.map((id) => closed[id]!)
    return `${members.map(({ startsOn }) => startsOn).toSorted().at(-1)} ${members.map(({ endsOn }) => endsOn!).toSorted()[0]} ${ids.length}`
  }))].toSorted()
}

test('the groups that share days are those that looking at each day finds, each as large as it gets', () => {
  fc.assert(fc.property(spans(12), (listed) => {
    const groups = sharedDays(listed, 50)
    expect(groups.map(({ from, to, count }) => `${from} ${to} ${count}`).toSorted()).toEqual(groupsByDay(listed))
    for (const { some, count, from, to } of groups) {
      expect(some).toHaveLength(count)
      expect(some.every((one) => isOn(one, from) && isOn(one, to))).toBe(true)
    }
  }), { numRuns: 500 })
})

test('twenty thousand that all overlap are done in well under a second', () => {
  const listed: Span[] = Array.from({ length: 20_000 }, (_, index) => ({ startsOn: day(index % 500), endsOn: day(500 + (index % 700)) }))
  const begun = performance.now()
  const [same, groups] = [sameDays(listed, 2), sharedDays(listed, 4)]
  expect(performance.now() - begun).toBeLessThan(1000)
  expect([same.size, groups.length]).toEqual([20_000, 1])
})
