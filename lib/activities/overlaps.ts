import type { Listed } from './rules.ts'

type Span = Pick<Listed, 'startsOn' | 'endsOn'>

const NO_END = '9999-12-31'
const endOf = ({ endsOn }: Span): string => endsOn ?? NO_END
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byStart = <T extends Span>(spans: readonly T[]): T[] => spans.toSorted((a, b) => compare(a.startsOn, b.startsOn))
const byEnd = <T extends Span>(spans: readonly T[]): T[] => spans.toSorted((a, b) => compare(endOf(a), endOf(b)))

/** How many of the sorted days come before a day, or on it too. */
const countUpTo = (days: readonly string[], day: string, included: boolean): number => {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (days[middle]! < day || (included && days[middle] === day)) low = middle + 1
    else high = middle
  }
  return low
}

const firstOf = <T>(running: Iterable<T>, most: number): T[] => {
  const found: T[] = []
  for (const one of running) {
    if (found.length === most) break
    found.push(one)
  }
  return found
}

/** Takes out what has ended before a day: each once, in the order of their last days. */
const ending = <T extends Span>(spans: readonly T[]) => {
  const ends = byEnd(spans)
  let at = 0
  return { next: () => ends[at], before: (day: string, leave: (one: T) => void) => { while (at < ends.length && endOf(ends[at]!) < day) leave(ends[at++]!) } }
}

export type SameDays<T> = { some: T[]; count: number }

/**
 * For each, how many others have a day in common with it, and the first `most` of them by their first day; what has no end lasts.
 * One sweep over the sorted days: thousands are not compared with each other.
 */
export const sameDays = <T extends Span>(spans: readonly T[], most: number): Map<T, SameDays<T>> => {
  const inOrder = byStart(spans)
  const starts = inOrder.map(({ startsOn }) => startsOn)
  const ends = byEnd(spans).map(endOf)
  const running = new Set<T>()
  const ended = ending(spans)
  return new Map(inOrder.map((one, index) => {
    ended.before(one.startsOn, (other) => running.delete(other))
    const some = firstOf(running, most)
    for (let next = index + 1; some.length < most && starts[next]! <= endOf(one); next++) some.push(inOrder[next]!)
    running.add(one)
    return [one, { some, count: countUpTo(starts, endOf(one), true) - countUpTo(ends, one.startsOn, false) - 1 }]
  }))
}

/** Those that share the days from `from` to `to`: `count` of them, of whom the first `most` by their first day. */
export type Together<T> = { from: string; to: string; count: number; some: T[] }

/** The groups of two and more that share days, each as large as it gets, by the first day shared. What has no end shares none of its own. */
export const sharedDays = <T extends Span>(spans: readonly T[], most: number): Together<T>[] => {
  const closed = spans.filter(({ endsOn }) => endsOn !== null)
  const groups: Together<T>[] = []
  const running = new Set<T>()
  const ended = ending(closed)
  let last: string | null = null
  // A group is as large as it gets when somebody leaves it and nobody has left since the last one came.
  const close = (day: string): void => {
    const to = ended.next()?.endsOn
    if (last !== null && to && to < day && running.size > 1) groups.push({ from: last, to, count: running.size, some: firstOf(running, most) })
    if (to && to < day) last = null
    ended.before(day, (one) => running.delete(one))
  }
  for (const one of byStart(closed)) {
    close(one.startsOn)
    running.add(one)
    last = one.startsOn
  }
  close(NO_END)
  return groups
}
