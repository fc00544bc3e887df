import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { submitFiling } from '../../lib/filings/commands.ts'
import { dispatch } from '../../lib/jobs/worker.ts'
import { as, useRegister } from '../support/db.ts'
import { an } from '../support/factories.ts'
import { breaches, breachesNow, type Promised } from './checks.ts'

const register = useRegister()

const filed = async (): Promise<Promised> => {
  const { receipt, alerts } = await submitFiling(as('al-submitter', { idempotencyKey: randomUUID() }), { ...an.acquisition('AL'), participant: 'AL' })
  return { id: receipt!.filing, number: receipt!.number, commitment: receipt!.commitment, alerts: alerts.map(({ id, rule, recipients }) => ({ id, rule, recipients })) }
}

let promised: Promised
beforeAll(async () => {
  await filed()
  promised = await filed()
  await dispatch(register(), promised.id)
})

test('a register that was not killed breaks no promise', async () => {
  expect(await breachesNow(register(), [promised])).toEqual([])
})

/** As a torn write, a lost one or one done twice would leave it: foreign keys, unique indexes and triggers are off meanwhile. */
const damaged = async (statement: string): Promise<string[]> => {
  const undo = new Error('undo')
  let found: string[] = []
  const inside = register().transaction('owner', async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql.raw(statement.replaceAll('$id', `'${promised.id}'`)))
    found = await breaches(tx, [promised])
    throw undo
  })
  await inside.catch((error: unknown) => { if (error !== undo) throw error })
  return found.map((one) => one.split(':')[0]!)
}

test.each([
  ['the payload is lost', 'delete from filing_payloads where filing_id = $id', 'a filing without the payload that it commits to'],
  ['the payload is torn', `update filing_payloads set payload = left(payload, 20) where filing_id = $id`, 'a filing without the payload that it commits to'],
  ['the entry is lost', 'delete from entries where filing_id = $id', 'a filing without its entry, or without its public view'],
  ['the view is lost', 'delete from filing_views where filing_id = $id and rank = 0', 'a filing without its entry, or without its public view'],
  ['the event is lost', `delete from audit_events where subject = $id::text`, 'a filing without exactly one event of the audit'],
  ['the kept answer is lost', `delete from idempotency_keys where response like '%' || $id || '%'`, 'a filing without exactly one answer kept under its key'],
  ['the filing is lost', 'delete from filings where id = $id', 'an acknowledged filing that is lost or differs'],
  ['the filing is lost and its rows stay', 'delete from filings where id = $id', 'rows of a filing that is not there'],
  ['an alert is doubled', `insert into alerts select gen_random_uuid(), filing_id, participant, rule, rule_version, title, severity, category, measured, threshold,
    basis, explanation, told, addressees, issued_at from alerts where filing_id = $id`, 'an alert twice for one rule, category and addressee'],
  ['an alert is lost', 'delete from alerts where filing_id = $id', 'an acknowledged alert that is lost, differs, or is one of more'],
  ['a notice is lost', `delete from notices where filing_id = $id and addressee = 'ME'`, 'an addressee of an alert without a notice, or a notice without an alert'],
  ['a delivery is lost', `delete from deliveries where filing_id = $id and channel = 'email' and addressee = 'ME'`,
    'a notice that is not to be delivered once to the inbox and, if it has one, once to the mailbox'],
  ['the job is lost', `delete from pgboss.job where data ->> 'filingId' = $id`, 'a filing with alerts that is not dispatched by exactly one job'],
  ['the job is doubled', `insert into pgboss.job (name, data) select name, data from pgboss.job where data ->> 'filingId' = $id`,
    'a filing with alerts that is not dispatched by exactly one job'],
  ['a mail has no job', `delete from pgboss.job where id = (select id from pgboss.job where name = 'alerts-mail' limit 1)`,
    'a mail without exactly one job once its filing is dispatched, or with one before'],
  ['a job was given up', `update pgboss.job set state = 'failed'`, 'a job that was given up'],
  ['a number was used up', `update numbers set last = last + 1 where participant = 'AL'`, 'a gap or a repetition in the numbers of a participant and year'],
])('seen when %s', async (_what, statement, name) => {
  expect(await damaged(statement)).toContain(name)
})
