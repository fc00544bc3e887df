/** Chance that is the same in every run (mulberry32). */
export type Chance = { below: (limit: number) => number; is: (part: number) => boolean; pick: <T>(list: readonly T[]) => T; shuffled: <T>(list: readonly T[]) => T[] }

export const chanceOf = (seed: number): Chance => {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below, is: (part) => next() < part, pick: (list) => list[below(list.length)]!,
    shuffled: (list) => {
      const left = [...list]
      return list.map(() => left.splice(below(left.length), 1)[0]!)
    },
  }
}
