import { createHash } from 'node:crypto'

/**
 * Requests a minute, per credential or, without one, per address. High enough that no ministry's own tools meet them; they
 * stop scraping, guessing and runaway loops (OWASP ASVS 2.4.1). `refused` counts the unknown keys that an address tries.
 */
export const LIMITS = { write: 60_000, read: 120_000, anonymous: 1_200, export: 30, refused: 120 } as const
export type Limit = keyof typeof LIMITS

const WINDOW_MS = 60_000
/** Beyond as many callers in one minute, newcomers share one allowance: memory stays bounded whatever arrives. */
const CALLERS = 100_000

type Windows = { start: number; current: Map<string, number>; before: Map<string, number> }
const held = globalThis as typeof globalThis & { batpLimits?: Windows }

const windowsAt = (now: number): Windows => {
  const start = now - (now % WINDOW_MS)
  const known = (held.batpLimits ??= { start, current: new Map(), before: new Map() })
  if (known.start === start) return known
  const before = start - known.start === WINDOW_MS ? known.current : new Map<string, number>()
  return (held.batpLimits = { start, current: new Map(), before })
}

/** Who is counted: never the credential itself, which has no business in a long-lived map. */
export const callerKey = (credential: string | null, ip: string | null): string =>
  credential ? createHash('sha256').update(credential).digest('base64url') : (ip ?? 'unknown')

/** The sliding count of a caller: this minute's, and of the last one the part that the window still covers. */
const used = ({ start, current, before }: Windows, key: string, now: number): number =>
  (current.get(key) ?? 0) + (before.get(key) ?? 0) * (1 - (now - start) / WINDOW_MS)

/** Seconds until one more request fits, 0 when it fits now. */
const waitFor = (windows: Windows, key: string, allowed: number, now: number): number => {
  if (used(windows, key, now) + 1 <= allowed) return 0
  const [here, last] = [windows.current.get(key) ?? 0, windows.before.get(key) ?? 0]
  const fits = here + 1 > allowed ? 2 - (allowed - 1) / here : 1 - (allowed - 1 - here) / last
  return Math.max(1, Math.ceil((windows.start + fits * WINDOW_MS - now) / 1000))
}

/** Counts one request. Answers 0, or, when the limit is reached, in how many seconds to come back. */
export const take = (limit: Limit, caller: string, now = Date.now()): number => {
  const windows = windowsAt(now)
  const own = `${limit} ${caller}`
  const key = windows.current.size < CALLERS || windows.current.has(own) ? own : `${limit} others`
  const wait = waitFor(windows, key, LIMITS[limit], now)
  if (wait === 0) windows.current.set(key, (windows.current.get(key) ?? 0) + 1)
  return wait
}

/** Remembers that a key was good, so that guessing from the same address does not shut out its owner. */
export const vouch = (caller: string, now = Date.now()): void => {
  windowsAt(now).current.set(`good ${caller}`, 1)
}

/** Whether a key that was not good lately comes from an address that has tried too many unknown ones. */
export const isGuessing = (caller: string, address: string, now = Date.now()): boolean => {
  const windows = windowsAt(now)
  const isKnown = windows.current.has(`good ${caller}`) || windows.before.has(`good ${caller}`)
  return !isKnown && used(windows, `refused ${address}`, now) >= LIMITS.refused
}

export const forgetLimits = (): void => { held.batpLimits = undefined }
