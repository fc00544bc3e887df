import { pino } from 'pino'
import { env } from './env.ts'

let instance: ReturnType<typeof pino> | null = null

/** One JSON line an event on standard output; pino escapes control characters, so nothing logged can forge a line. */
export const logger = (): ReturnType<typeof pino> =>
  (instance ??= pino({ level: env().logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }))
