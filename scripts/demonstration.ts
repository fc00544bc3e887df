import { sql } from 'drizzle-orm'
import { database, rows, type Connection } from '../lib/db/client.ts'
import { migrateDatabase } from '../lib/db/migrate.ts'
import { DEMO_PASSWORD, loadHistoricFilings, seedDemoAccounts, seedIncidents, seedReference } from '../lib/db/seed.ts'
import { installQueue } from '../lib/jobs/queue.ts'
import { env } from '../lib/shared/env.ts'

const say = (text: string): void => { if (env().isDemo) console.log(text) }

const fill = async (connection: Connection): Promise<void> => {
  const [state] = await rows<{ accounts: number; loaded: boolean }>(connection.owner, sql`
    select (select count(*)::int from users) as accounts, exists (select 1 from settings where key = 'demo_history') as loaded`)
  if (state!.loaded) return
  if (state!.accounts === 0) await seedDemoAccounts(connection)
  await seedIncidents(connection)
  say('Loading history from 1995 to 2026 ...')
  const count = await loadHistoricFilings((done, of) => say(`  ${done} of ${of} filings`))
  await connection.owner.execute(sql`insert into settings (key, value) values ('demo_history', ${String(count)})`)
}

export const welcome = (address: string): string => `
Balkan Arms Transparency Platform, demonstration

  Address    ${address}
  Password   ${DEMO_PASSWORD} for every account

  Accounts   submitter@rs.demo, approver@rs.demo and the same for al ba hr me mk xk
             verifier1@at.demo, verifier2@ch.demo (for the OSCE); verifier@hr.demo and the same for the others
             observer@osce.demo, secretariat@batp.demo
  API keys   demo-rs-submitter, demo-rs-approver, demo-verifier1, demo-observer, demo-secretariat ...

  To try
    1. As submitter@rs.demo notify an acquisition: 12 Rafale F3-R from France. Watch who would be told, and why.
    2. As approver@rs.demo release it. As submitter@hr.demo find it in the inbox, and acknowledge it.
    3. As submitter@rs.demo file the next stage, then amend the value, and read the history.
    4. As verifier1@at.demo and verifier2@ch.demo verify it; verifier@rs.demo is refused.
    5. Signed out, read the register: ${address}/register
`

/** Migrates, and outside of development fills the register with its history and accounts, once. */
export const prepareDemonstration = async (): Promise<void> => {
  const connection = await database()
  await migrateDatabase(connection, env().secret)
  await installQueue(connection)
  await seedReference(connection)
  if (env().isDemo) await fill(connection)
}
