import { sql } from 'drizzle-orm'
import { rows } from '../db/client.ts'
import { entryRow, projections, type FiledVersion } from '../filings/projections.ts'
import { canonicalJson, type Json } from '../log/canonical.ts'
import type { Reading } from '../log/publish.ts'
import { leadingSignatures, statusFrom, type Signature } from '../verification/rules.ts'
import { camel, type Finding } from './finding.ts'

type Row = Record<string, unknown>
type Stored = {
  filing: Row & { id: string; entry_id: string; number: string; version: number; filed_at: string }
  payload: string | null; first_filed_at: string; newest: boolean; signatures: Row[] | null
  entry: Row | null; views: Row[] | null; lines: Row[] | null; totals: Row[] | null; types: Row[] | null
}

const BATCH = 200
const INSTANT = /^\d{4}-\d\d-\d\dT.*[+Z]/
const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const plain = (value: unknown): Json => (value === undefined ? null : typeof value === 'string' && INSTANT.test(value) ? new Date(value).toISOString() : (value as Json))

/** A row as both sides write it: names as in the database, times in one spelling. */
const textOf = (row: Row): string => canonicalJson(Object.fromEntries(Object.entries(row).map(([name, value]) => [snake(name), plain(value)])) as Json)
const isSame = (expected: readonly Row[], stored: readonly Row[] | null): boolean =>
  expected.map(textOf).toSorted().join('\n') === (stored ?? []).map(textOf).toSorted().join('\n')

const versionOf = ({ filing, payload, first_filed_at: firstFiledAt }: Stored): FiledVersion => ({
  ...(camel(filing) as unknown as FiledVersion),
  filedAt: new Date(filing.filed_at).toISOString(), firstFiledAt: new Date(firstFiledAt).toISOString(), payload: JSON.parse(payload!) as Record<string, Json>,
})

const signaturesOf = ({ signatures }: Stored): Signature[] =>
  (signatures ?? []).map((row) => ({ decision: row.decision, verifierId: row.verifier_id, verifierParticipant: row.verifier_participant }) as Signature)

/** What should be read of one version, and what is. */
const checkVersion = (stored: Stored): Finding[] => {
  const { filing, newest, entry, views, lines, totals, payload } = stored
  const name = `${filing.number}, version ${filing.version}`
  if (payload === null) return []
  const [version, signed] = [versionOf(stored), signaturesOf(stored)]
  const [viewRows, , lineRows, totalRows] = projections(version).inserts.map((insert) => insert.rows) as [Row[], Row[], Row[], Row[]]
  const expected = entryRow(version, statusFrom(signed), leadingSignatures(signed)) as Row
  const wrong = [
    newest && !(entry && isSame([expected], [entry])) && 'the row of the register’s list',
    !isSame(viewRows, views) && 'what each audience reads',
    newest && !isSame(lineRows, lines) && 'the lines of holdings',
    newest && !isSame(totalRows, totals) && 'the totals of holdings',
  ].filter((what): what is string => typeof what === 'string')
  return wrong.map((what) => ({ key: `projection ${filing.id} ${what}`, words: `${name}: ${what} does not follow from what was filed. Run npm run rebuild, after asking who changed it.` }))
}

const load = (read: Reading, ids: string[]): Promise<Stored[]> => read((tx) => rows<Stored>(tx, sql`
  select to_jsonb(f) as filing, p.payload, (select min(o.filed_at) from filings o where o.entry_id = f.entry_id) as first_filed_at,
         not exists (select 1 from filings n where n.entry_id = f.entry_id and n.version > f.version) as newest,
         (select jsonb_agg(to_jsonb(v) order by v.at) from verifications v where v.filing_id = f.id) as signatures,
         (select to_jsonb(e) - 'search' from entries e where e.entry_id = f.entry_id) as entry,
         (select jsonb_agg(to_jsonb(w)) from filing_views w where w.filing_id = f.id) as views,
         (select jsonb_agg(to_jsonb(h)) from holding_lines h where h.filing_id = f.id) as lines,
         (select jsonb_agg(to_jsonb(t)) from holding_totals t where t.filing_id = f.id) as totals
    from filings f left join filing_payloads p on p.filing_id = f.id
   where f.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`))

/** Rows made for reading that belong to no version that is filed. */
const strays = async (read: Reading): Promise<Finding[]> => {
  const found = await read((tx) => rows<{ what: string; id: string }>(tx, sql`
    select 'entry' as what, e.entry_id::text as id from entries e where not exists (select 1 from filings f where f.id = e.filing_id)
    union all select 'view', v.filing_id::text from filing_views v where not exists (select 1 from filings f where f.id = v.filing_id)
    union all select distinct 'line of holdings', h.filing_id::text from holding_lines h
      where not exists (select 1 from entries e where e.filing_id = h.filing_id and e.status = 'filed')
    union all select distinct 'total of holdings', t.filing_id::text from holding_totals t
      where not exists (select 1 from entries e where e.filing_id = t.filing_id and e.status = 'filed')`))
  return found.map(({ what, id }) => ({ key: `stray ${what} ${id}`, words: `A ${what} of ${id} belongs to nothing that was filed.` }))
}

/** Every table made for reading against what was filed and signed. */
export const checkProjections = async (read: Reading, pause: () => Promise<void>): Promise<Finding[]> => {
  const findings: Finding[] = []
  const ids = (await read((tx) => rows<{ id: string }>(tx, sql`select id::text as id from filings order by 1`))).map(({ id }) => id)
  for (let from = 0; from < ids.length; from += BATCH) {
    findings.push(...(await load(read, ids.slice(from, from + BATCH))).flatMap(checkVersion))
    await pause()
  }
  return [...findings, ...await strays(read)]
}
