import { openDatabase } from '../lib/db/client.ts'
import type { Answer } from '../tests/support/http.ts'
import { startServer, type Server } from '../tests/support/server.ts'
import type { Bench } from './engines.ts'
import { clientsOf, drive, median, type Turn } from './load.ts'
import type { Plan } from './measure.ts'
import { worksOn } from './works.ts'

/** Milliseconds of filing one acquisition over HTTP at one client, medians; `more`: of the differences between the two in turn. */
export type LogCost = { logged: number; unlogged: number; more: number }

const SLICE_SECONDS = 0.25

/** The transaction still asks for its entries to be appended, and nothing is. */
const appendNothing = async (databaseUrl: string): Promise<void> => {
  const connection = await openDatabase(databaseUrl)
  await connection.owner.execute('create or replace function app.append_leaves(p_leaves text[], out first_index bigint) language plpgsql as $$ begin first_index := 0; end $$')
  await connection.close()
}

/** Every answer must hold a proof, or none: else both would be measured alike, and the log would seem to cost nothing. */
const filingOn = async ({ port }: Server, isLogged: boolean): Promise<{ turns: Turn[]; close: () => void }> => {
  const work = (await worksOn(port)).find(({ key }) => key === 'file')!
  const check = ({ body }: Answer): void => {
    const { receipt } = JSON.parse(body.toString()) as { receipt: { proof: string | null } }
    if ((receipt.proof !== null) !== isLogged) throw new Error(isLogged ? 'A filing was not proven' : 'The register without a log proves its filings')
  }
  return clientsOf(port, 1, { ...work, check })
}

/**
 * What the log adds to a filing: two servers on two copies of one register, one of them without a log, asked in turn for short whiles, so
 * that a machine that is slower for a while is so for both. No worker beside them.
 */
export const costOfLog = async ({ logged, unlogged }: NonNullable<Bench['copies']>, { seconds, warmUp, runs }: Plan): Promise<LogCost> => {
  await appendNothing(unlogged.databaseUrl)
  const servers = await Promise.all([startServer(logged, { worker: 'off' }), startServer(unlogged, { worker: 'off', execArgv: ['--import', './bench/without-log.ts'] })])
  const clients = await Promise.all(servers.map((server, at) => filingOn(server, at === 0)))
  try {
    for (const { turns } of clients) await drive(turns, warmUp)
    const taken: number[][] = [[], []]
    for (let slice = 0; slice * SLICE_SECONDS < runs * seconds; slice += 1)
      for (const [at, { turns }] of clients.entries()) taken[at]!.push((await drive(turns, SLICE_SECONDS)).p50)
    const [withLog, without] = taken as [number[], number[]]
    return { logged: median(withLog), unlogged: median(without), more: median(withLog.map((p50, slice) => p50 - without[slice]!)) }
  } finally {
    clients.forEach(({ close }) => close())
    await Promise.all(servers.map((server) => server.stop()))
  }
}
