/** How long the log took lately: appending within a filing's transaction, and signing with the proof after it. */
export const LOG_PARTS = ['append', 'sign'] as const
export type LogPart = (typeof LOG_PARTS)[number]

const LATELY = 1000
type Times = Record<LogPart, number[]>
const held = globalThis as typeof globalThis & { batpLogTimes?: Times }
const times = (): Times => (held.batpLogTimes ??= { append: [], sign: [] })

/** `after`: what was sent before it on the same connection, whose time is not the log's. */
export const timed = async <T>(part: LogPart, work: () => Promise<T>, after?: Promise<unknown>): Promise<T> => {
  let started = performance.now()
  after?.then(() => { started = performance.now() }, () => {})
  try {
    return await work()
  } finally {
    const list = times()[part]
    list.push((performance.now() - started) / 1000)
    if (list.length > LATELY) list.shift()
  }
}

/** Seconds, of the last thousand; null where there were none. */
export const logQuantile = (part: LogPart, share: number): number | null => {
  const sorted = times()[part].toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
}
