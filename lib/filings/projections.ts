import { sql } from 'drizzle-orm'
import type { Tx } from '../db/client.ts'
import { entries, filingViews, knownTypes } from '../db/schema.ts'
import { DESIGNATION, type ParticipantCode } from '../participants/rules.ts'
import { categoryOf, typeKey } from '../taxonomy/rules.ts'
import { countryName } from '../taxonomy/countries.ts'
import type { VerificationStatus } from '../verification/rules.ts'
import { canonicalJson, type Json } from './canonical.ts'
import { viewFor, AUDIENCES, type ProjectedLine } from './kinds/kind.ts'
import { kindOf, type KindName } from './kinds/registry.ts'
import { totalsOf, type HoldingsPayload } from './kinds/holdings.ts'
import { searchText } from './rules.ts'
import type { Action } from './rules.ts'

/** A filed version, as the projections need it: the row of `filings` and the parsed payload. */
export type FiledVersion = {
  id: string; entryId: string; number: string; version: number; action: Action; kind: KindName; participant: ParticipantCode
  summary: string; filedAt: string; firstFiledAt: string; compiled: boolean; payload: Record<string, Json>; supersedes: string | null
}

/** The payload as each audience below the owner may read it. An audience that reads no more than the one before has no row. */
export const viewRows = (filing: FiledVersion): (typeof filingViews.$inferInsert)[] => {
  const kind = kindOf(filing.kind)
  const views = AUDIENCES.slice(0, 3).map((audience, rank) => ({ rank, view: canonicalJson(viewFor(kind, filing.payload, audience)) }))
  return views.filter(({ view }, index) => view !== views[index - 1]?.view)
    .map(({ rank, view }) => ({ filingId: filing.id, participant: filing.participant, rank, view }))
}

/** The list's row. `done_on` falls back to the day of filing when something is delivered and no day is stated. */
export const entryRow = (filing: FiledVersion, verification: VerificationStatus, signatures: number): typeof entries.$inferInsert => {
  const facts = kindOf(filing.kind).entry(filing.payload)
  const doneOn = facts.doneOn ?? (facts.delivered ? filing.filedAt.slice(0, 10) : null)
  const words = searchText([
    filing.number, DESIGNATION[filing.participant], facts.type, facts.category && categoryOf(facts.category).title, facts.category,
    facts.counterpart && countryName(facts.counterpart), facts.replaces, kindOf(filing.kind).title, filing.summary,
  ])
  return {
    entryId: filing.entryId, filingId: filing.id, number: filing.number, participant: filing.participant, kind: filing.kind,
    version: filing.version, status: filing.action === 'withdraw' ? 'withdrawn' : 'filed', ...facts, doneOn,
    typeKey: facts.type ? typeKey(facts.type) : null, summary: filing.summary, verification, signatures, compiled: filing.compiled,
    firstFiledAt: filing.firstFiledAt, filedAt: filing.filedAt, search: sql`to_tsvector('simple', ${words})` as unknown as string,
  }
}

const writeLines = async (tx: Tx, filing: FiledVersion, lines: ProjectedLine[]): Promise<void> => {
  const totals = totalsOf(filing.payload as unknown as HoldingsPayload)
  const asOf = filing.payload.asOf as string
  await Promise.all([
    tx.execute(sql`insert into holding_lines (filing_id, line, participant, as_of, category, type, in_service, in_storage, unit)
      select ${filing.id}::uuid, row_number() over (), ${filing.participant}, ${asOf}::date, l.category, l.type, l."inService", l."inStorage", l.unit
        from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(category text, type text, "inService" int, "inStorage" int, unit text)`),
    tx.execute(sql`insert into holding_totals (filing_id, participant, as_of, category, in_service, in_storage, withheld)
      select ${filing.id}::uuid, ${filing.participant}, ${asOf}::date, t.category, t."inService", t."inStorage", t.withheld
        from jsonb_to_recordset(${JSON.stringify(totals)}::jsonb) as t(category text, "inService" int, "inStorage" int, withheld int)`),
  ])
}

/** Everything made for reading from one filed version: inside the filing's transaction, and again when rebuilt. */
export const project = async (tx: Tx, filing: FiledVersion, verification: VerificationStatus = 'unverified', signatures = 0): Promise<void> => {
  const kind = kindOf(filing.kind)
  const row = entryRow(filing, verification, signatures)
  const work: Promise<unknown>[] = [
    tx.insert(filingViews).values(viewRows(filing)),
    filing.version === 1
      ? tx.insert(entries).values(row)
      : tx.update(entries).set(row).where(sql`${entries.entryId} = ${filing.entryId}`),
  ]
  const types = new Map(kind.types(filing.payload).map((seen) => [`${typeKey(seen.type)} ${seen.category}`, seen]))
  if (types.size > 0) {
    work.push(tx.insert(knownTypes).values([...types.values()].map(({ category, type }) => ({
      typeKey: typeKey(type), category, participant: filing.participant, type, firstFilingId: filing.id, firstFiledAt: filing.filedAt,
    }))).onConflictDoNothing())
  }
  if (filing.kind === 'declaration.holdings') {
    if (filing.supersedes) {
      work.push(tx.execute(sql`delete from holding_lines where filing_id = ${filing.supersedes}::uuid`))
      work.push(tx.execute(sql`delete from holding_totals where filing_id = ${filing.supersedes}::uuid`))
    }
    if (filing.action !== 'withdraw') work.push(writeLines(tx, filing, kind.lines(filing.payload)))
  }
  await Promise.all(work)
}
