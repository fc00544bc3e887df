import { sql, type SQL } from 'drizzle-orm'
import { rows, type Connection, type Tx } from '../../lib/db/client.ts'

/** What an answer of 201 promised: what the client kept of it. */
export type Promised = { id: string; number: string; commitment: string; alerts: { id: string; rule: string; recipients: string[] }[] }

const orphans = (table: string, column = 'filing_id') =>
  sql.raw(`select '${table}' as what, t.${column}::text as about from ${table} t where not exists (select 1 from filings f where f.id = t.${column})`)

const ORPHANS = sql.join([
  orphans('filing_payloads'), orphans('filing_views'), orphans('entries'), orphans('holding_lines'), orphans('holding_totals'), orphans('alerts'),
  orphans('notices'), orphans('deliveries'), orphans('known_types', 'first_filing_id'),
  sql`select 'audit_events', subject from audit_events where type = 'filing.submit' and outcome = 'done' and subject not in (select id::text from filings)`,
  sql`select 'idempotency_keys', key from idempotency_keys where (response::jsonb #>> '{receipt,filing}') not in (select id::text from filings)`,
  sql`select 'job', id::text from pgboss.job where data ->> 'filingId' not in (select id::text from filings) or data ->> 'deliveryId' not in (select id::text from deliveries)`,
], sql` union all `)

/** Each finds what must not be; none may find a row, whenever the server was killed. */
const NEVER: Record<string, SQL> = {
  'a filing without the payload that it commits to': sql`
    select f.number from filings f left join filing_payloads p on p.filing_id = f.id
     where encode(sha256(p.salt || convert_to(p.payload, 'UTF8')), 'hex') is distinct from f.commitment`,
  'a filing without its entry, or without its public view': sql`
    select f.number from filings f where not exists (select 1 from entries e where e.filing_id = f.id and e.number = f.number)
        or not exists (select 1 from filing_views v where v.filing_id = f.id and v.rank = 0)`,
  'a filing without exactly one event of the audit': sql`
    select f.number from filings f where (select count(*) from audit_events a where a.subject = f.id::text and a.type = 'filing.submit' and a.outcome = 'done') <> 1`,
  'a filing without exactly one answer kept under its key': sql`
    select f.number from filings f left join (select response::jsonb #>> '{receipt,filing}' as id, count(*) as times from idempotency_keys group by 1) k on k.id = f.id::text
     where k.times is distinct from 1`,
  'rows of a filing that is not there': ORPHANS,
  'an alert twice for one rule, category and addressee': sql`
    select a.filing_id, a.rule, a.category, addressee from alerts a, unnest(a.addressees) as addressee group by 1, 2, 3, 4 having count(*) > 1`,
  'an addressee of an alert without a notice, or a notice without an alert': sql`
    select coalesce(n.filing_id, a.filing_id), coalesce(n.addressee, a.addressee) from notices n
      full join (select distinct filing_id, unnest(addressees) as addressee from alerts) a on a.filing_id = n.filing_id and a.addressee = n.addressee
     where n.filing_id is null or a.filing_id is null`,
  'a notice that is not to be delivered once to the inbox and, if it has one, once to the mailbox': sql`
    select n.id, n.addressee from notices n left join deliveries d on d.notice_id = n.id group by 1, 2
    having count(*) filter (where d.channel = 'inbox') <> 1 or count(*) filter (where d.channel = 'email') <> case when n.addressee in ('observers', 'verifiers') then 0 else 1 end`,
  'a filing with alerts that is not dispatched by exactly one job': sql`
    select f.number from filings f left join (select data ->> 'filingId' as id, count(*) as times from pgboss.job where name = 'alerts-dispatch' group by 1) j on j.id = f.id::text
     where coalesce(j.times, 0) <> case when exists (select 1 from alerts a where a.filing_id = f.id) then 1 else 0 end`,
  'a mail without exactly one job once its filing is dispatched, or with one before': sql`
    select d.id from deliveries d
      left join (select data ->> 'deliveryId' as id, count(*) as times from pgboss.job where name = 'alerts-mail' group by 1) j on j.id = d.id::text
     where d.channel = 'email' and coalesce(j.times, 0) <>
           case when exists (select 1 from deliveries i where i.filing_id = d.filing_id and i.channel = 'inbox' and i.state = 'delivered') then 1 else 0 end`,
  'a job that was given up': sql`select id from pgboss.job where state in ('failed', 'cancelled')`,
  'a gap or a repetition in the numbers of a participant and year': sql`
    select n.participant, n.year, n.last from numbers n
      left join filings f on f.number like n.participant || '-' || n.year || '-%' and f.version = 1 group by 1, 2, 3
    having count(f.id) <> n.last or count(distinct f.number) <> n.last or max(split_part(f.number, '-', 3)::int) <> n.last`,
}

const PROMISES: Record<string, (promised: SQL) => SQL> = {
  'an acknowledged filing that is lost or differs': (promised) => sql`
    select p.number from ${promised} where not exists (select 1 from filings f where f.id = p.id and f.number = p.number and f.commitment = p.commitment)`,
  'an acknowledged alert that is lost, differs, or is one of more': (promised) => sql`
    select p.number from ${promised}
      left join lateral (select jsonb_agg(jsonb_build_object('id', a.id, 'rule', a.rule, 'recipients', to_jsonb(a.addressees)) order by a.id) as there
                           from alerts a where a.filing_id = p.id) t on true
     where coalesce(t.there, '[]') <> coalesce((select jsonb_agg(said order by said ->> 'id') from jsonb_array_elements(p.alerts) said), '[]')`,
}

/** Names of what was found and must not be, with the first of what it was found in. */
export const breaches = async (tx: Tx, promised: readonly Promised[]): Promise<string[]> => {
  const kept = sql`jsonb_to_recordset(${JSON.stringify(promised)}::jsonb) as p(id uuid, number text, commitment text, alerts jsonb)`
  const all = [...Object.entries(NEVER), ...Object.entries(PROMISES).map(([name, of]) => [name, of(kept)] as const)]
  const found: string[] = []
  for (const [name, statement] of all) {
    const hits = await rows(tx, statement)
    if (hits.length > 0) found.push(`${name}: ${hits.length}, first ${JSON.stringify(hits[0])}`)
  }
  return found
}

/** The same of the register at one moment: between two statements the worker might move on. */
export const breachesNow = (connection: Connection, promised: readonly Promised[]): Promise<string[]> => connection.transaction('owner', async (tx) => {
  await tx.execute(sql`set transaction isolation level repeatable read`)
  return breaches(tx, promised)
})

/** How many deliveries were begun and are not ended: none may be left once the worker has caught up. */
export const undelivered = async (connection: Connection): Promise<number> => {
  const [found] = await rows<{ count: number }>(connection.owner, sql`select count(*)::int as count from deliveries where state in ('queued', 'retrying')`)
  return found!.count
}

/** How many of these keys have been used: their filings happened, though nobody heard. */
export const filedUnder = async (connection: Connection, keys: readonly string[]): Promise<number> => {
  const [found] = await rows<{ count: number }>(connection.owner, sql`
    select count(*)::int as count from idempotency_keys where key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))`)
  return found!.count
}
