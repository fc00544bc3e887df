import type { Connection, Tx } from '../../lib/db/client.ts'

type Session = { prepareQuery: (...args: unknown[]) => { execute: (...args: unknown[]) => Promise<unknown> } }
export type Fault = { statement: number; when: 'before' | 'after' }

export const isInjected = (error: unknown): boolean =>
  error instanceof Error && /injected fault/.test(`${error.message} ${(error.cause as Error | undefined)?.message}`)

/** The same database, cut off at the given statement, just before it is sent or when it has been carried out: no later one arrives. */
export const breakingAt = (connection: Connection, fault: Fault): Connection & { reached: () => boolean } => {
  let sent = 0
  let broke = false
  const crash = (): never => {
    broke = true
    throw new Error(`injected fault ${fault.when} statement ${fault.statement}`)
  }
  const instrument = (tx: Tx): Tx => {
    const { session } = tx as unknown as { session: Session }
    const prepare = session.prepareQuery.bind(session)
    session.prepareQuery = (...args) => {
      const query = prepare(...args)
      const execute = query.execute.bind(query)
      query.execute = async (...values) => {
        const isHere = (sent += 1) === fault.statement
        if (broke || (isHere && fault.when === 'before')) crash()
        const answer = await execute(...values)
        return isHere ? crash() : answer
      }
      return query
    }
    return tx
  }
  return { ...connection, reached: () => broke, transaction: (role, work) => connection.transaction(role, (tx) => work(instrument(tx))) }
}
