import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type Answer } from '../tests/support/http.ts'

/** What one client does again and again; `turn` counts over all clients, so that no two do the same at once. */
export type Turn = (turn: number) => Promise<void>

export type Measured = { p50: number; p95: number; p99: number; perSecond: number; count: number }

const quantile = (sorted: Float64Array, share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN

/** Every client as fast as it is answered, for so long. Times in milliseconds. */
export const drive = async (clients: readonly Turn[], seconds: number): Promise<Measured> => {
  const taken: number[] = []
  let turn = 0
  const started = performance.now()
  const until = started + seconds * 1000
  await Promise.all(clients.map(async (client) => {
    for (let begun = performance.now(); begun < until;) {
      await client(turn++)
      const done = performance.now()
      taken.push(done - begun)
      begun = done
    }
  }))
  const elapsed = (performance.now() - started) / 1000
  const sorted = Float64Array.from(taken).toSorted()
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99), perSecond: taken.length / elapsed, count: taken.length }
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN

/** The middle of several runs, figure by figure. */
export const medians = <T extends Record<string, number>>(runs: readonly T[]): T =>
  Object.fromEntries(Object.keys(runs[0]!).map((name) => [name, median(runs.map((run) => run[name]!))])) as T

type Exchange = { request: (turn: number) => Buffer; expect: number; check?: (answer: Answer) => void }

/** Clients of the API, each on a connection of its own. An answer with another status than expected ends the measurement. */
export const clientsOf = async (port: number, count: number, { request, expect, check }: Exchange): Promise<{ turns: Turn[]; close: () => void }> => {
  const sessions = await Promise.all(Array.from({ length: count }, () => connect(port)))
  const turns = sessions.map((session): Turn => async (turn) => {
    const answer = await session.send(request(turn))
    if (answer.status !== expect) throw new Error(`Answered ${answer.status}, not ${expect}: ${answer.body.toString().slice(0, 500)}`)
    check?.(answer)
  })
  return { turns, close: () => sessions.forEach((session) => session.close()) }
}

/** Waits until the work that requests left behind is done, so that it is not charged to what is measured next. */
export const settle = async (isQuiet: () => Promise<boolean>, patienceSeconds: number): Promise<boolean> => {
  for (const deadline = Date.now() + patienceSeconds * 1000; Date.now() < deadline; await sleep(200)) if (await isQuiet()) return true
  return false
}
