import { sql } from 'drizzle-orm'
import type { Connection, Tx } from '../../lib/db/client.ts'
import { rows } from '../../lib/db/client.ts'
import { approveFiling, submitFiling } from '../../lib/filings/commands.ts'
import { AppError } from '../../lib/shared/errors.ts'
import { as } from './db.ts'
import type { KindName } from '../../lib/filings/kinds/registry.ts'
import type { Payload } from './factories.ts'

/** What an operation refused with; a success or a failure that is not a refusal fails the test. */
export const refusalOf = async (work: Promise<unknown>): Promise<AppError> => {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('value' in outcome) throw new Error(`was not refused, but answered ${JSON.stringify(outcome.value)?.slice(0, 300)}`)
  if (!(outcome.error instanceof AppError)) throw outcome.error
  return outcome.error
}

export const codeOf = async (work: Promise<unknown>): Promise<string> => (await refusalOf(work)).code

/** Raw SQL as the application's role with this session token, past every check of the application: what injected SQL could do. */
export const under = <T>(connection: Connection, token: string | null, work: (tx: Tx) => Promise<T>): Promise<T> =>
  connection.transaction('batp_app', async (tx) => {
    if (token !== null) await tx.execute(sql`select set_config('app.session', ${token}, true)`)
    return work(tx)
  })

/** SQLSTATE of what the database refused; null when it did not refuse. */
export const sqlState = async (work: Promise<unknown>): Promise<string | null> => {
  try {
    await work
    return null
  } catch (error) {
    for (let at = error as { code?: unknown; cause?: unknown } | undefined; at; at = at.cause as typeof at) {
      if (typeof at.code === 'string' && /^[0-9A-Z]{5}$/.test(at.code)) return at.code
    }
    throw error
  }
}

/** One number from the whole database, as its owner. */
export const count = async (connection: Connection, table: string, where = 'true'): Promise<number> => {
  const [row] = await rows<{ n: number }>(connection.owner, sql.raw(`select count(*)::int as n from ${table} where ${where}`))
  return row!.n
}

type Given = { kind: KindName; participant: string; payload: Payload }
const FOUR_EYES = ['RS', 'HR']

/** Files as the participant's ministry does: where four eyes are asked for, the approver releases. */
export const filed = async (given: Given, now = new Date()): Promise<Awaited<ReturnType<typeof submitFiling>>> => {
  const ministry = given.participant.toLowerCase()
  const answer = await submitFiling(as(`${ministry}-submitter`, { now }), given as Parameters<typeof submitFiling>[1])
  return FOUR_EYES.includes(given.participant) ? approveFiling(as(`${ministry}-approver`, { now }), { id: answer.filing.id }) : answer
}
