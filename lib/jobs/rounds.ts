import { logger } from '../shared/logger.ts'

type Rounds = { firstMs: number; everyMs: number; round: () => Promise<number>; did: string; failed: string }

/** Repeats for as long as the process lives, one round after the other; a round that fails is made good by the next. Answers how to stop. */
export const startRounds = ({ firstMs, everyMs, round, did, failed }: Rounds): (() => Promise<void>) => {
  let running = Promise.resolve()
  let busy = false
  const next = () => {
    if (busy) return
    busy = true
    running = round().then(
      (count) => { if (count > 0) logger().info({ count }, did) },
      (error: unknown) => logger().error({ err: error }, failed),
    ).finally(() => { busy = false })
  }
  const first = setTimeout(next, firstMs)
  const timer = setInterval(next, everyMs)
  return async () => {
    clearTimeout(first)
    clearInterval(timer)
    await running
  }
}
