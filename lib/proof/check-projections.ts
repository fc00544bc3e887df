import { sql, type SQL } from 'drizzle-orm'
import { rows, type Tx } from '../db/client.ts'
import { projections, type FiledVersion } from '../filings/projections.ts'
import { canonicalJson, type Json } from '../log/canonical.ts'
import type { Reading } from '../log/publish.ts'
import { isDecided, leadingSignatures, statusFrom, type Signature } from '../verification/rules.ts'
import { camel, type Finding } from './finding.ts'
import { belongingTo, fingerprintOf, remembered, within, type Memory, type Range } from './remembered.ts'

type Row = Record<string, unknown>
type Stored = {
  filing: Row & { id: string; entry_id: string; number: string; version: number; filed_at: string }
  payload: string | null; first_filed_at: string; newest: boolean; signatures: Row[] | null; earlier: { version: number; signatures: Row[] | null }[] | null
  entry: Row | null; views: Row[] | null; lines: Row[] | null; totals: Row[] | null; figures: Row[] | null; activities: Row[] | null; invitations: Row[] | null
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d(:\d\d)?)$/
/** Also of what people typed, which may look like an instant and be none. */
const instantOf = (text: string): string => (Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString())
const plain = (value: unknown): unknown => (typeof value === 'string' && INSTANT.test(value) ? instantOf(value) : typeof value === 'object' && value !== null ? canonicalJson(value as Json) : value ?? null)

/** A row as both sides write it: names as in the code, times in one spelling. */
const textOf = (row: Row): string => JSON.stringify(Object.entries(row).map(([name, value]) => [name, plain(value)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)))
const isSame = (expected: readonly Row[], stored: readonly Row[] | null): boolean =>
  expected.map(textOf).toSorted().join('\n') === (stored ?? []).map((row) => textOf(camel(row))).toSorted().join('\n')

const versionOf = ({ filing, payload, first_filed_at: firstFiledAt }: Stored): FiledVersion => ({
  ...(camel(filing) as unknown as FiledVersion),
  filedAt: new Date(filing.filed_at).toISOString(), firstFiledAt: new Date(firstFiledAt).toISOString(), payload: JSON.parse(payload!) as Record<string, Json>,
})

const signaturesIn = (signatures: Row[] | null): Signature[] =>
  (signatures ?? []).map((row) => ({ decision: row.decision, verifierId: row.verifier_id, verifierParticipant: row.verifier_participant }) as Signature)

/** The newest earlier version that was decided on, as the database carries it from version to version. */
const earlierIn = ({ earlier }: Stored): Row => {
  const decided = (earlier ?? []).map(({ version, signatures }) => ({ version, status: statusFrom(signaturesIn(signatures)) }))
    .findLast(({ status }) => isDecided(status))
  return { earlierVersion: decided?.version ?? null, earlierVerification: decided?.status ?? null }
}

/** What should be read of one version: as `projections` makes it, in the order of its inserts. */
const expectedOf = (stored: Stored): Record<'entry' | 'views' | 'lines' | 'totals' | 'figures' | 'activities' | 'invitations', Row[]> | null => {
  try {
    const [version, signed] = [versionOf(stored), signaturesIn(stored.signatures)]
    const { entry, inserts } = projections(version, statusFrom(signed), leadingSignatures(signed))
    const [views, , lines, totals, figures, activities, invitations] = inserts.map((insert) => insert.rows) as [Row[], Row[], Row[], Row[], Row[], Row[], Row[]]
    return { entry: [{ ...entry, ...earlierIn(stored) }], views, lines, totals, figures, activities, invitations }
  } catch {
    return null
  }
}

/** What should be read of one version, and what is. */
const checkVersion = (stored: Stored): Finding[] => {
  const { filing, newest, entry, views, lines, totals, figures, activities, invitations, payload } = stored
  const name = `${filing.number}, version ${filing.version}`
  if (payload === null) return []
  const expected = expectedOf(stored)
  if (!expected) return [{ key: `projection ${filing.id}`, words: `${name} cannot be read: it is not what could have been filed.` }]
  const wrong = [
    newest && !isSame(expected.entry, entry && [entry]) && 'the row of the register’s list',
    !isSame(expected.views, views) && 'what each audience reads',
    newest && !isSame(expected.lines, lines) && 'the lines of holdings',
    newest && !isSame(expected.totals, totals) && 'the totals of holdings',
    newest && !isSame(expected.figures, figures) && 'the figures that it declares',
    newest && !isSame(expected.activities, activities) && 'what calendars and maps show of it',
    newest && !isSame(expected.invitations, invitations) && 'whom it invites to observe',
  ].filter((what): what is string => typeof what === 'string')
  return wrong.map((what) => ({ key: `projection ${filing.id} ${what}`, words: `${name}: ${what} does not follow from what was filed. Run npm run rebuild, after asking who changed it.` }))
}

const load = (tx: Tx, range: Range): Promise<Stored[]> => rows<Stored>(tx, sql`
  select to_jsonb(f) as filing, p.payload, (select min(o.filed_at) from filings o where o.entry_id = f.entry_id) as first_filed_at,
         not exists (select 1 from filings n where n.entry_id = f.entry_id and n.version > f.version) as newest,
         (select jsonb_agg(to_jsonb(v) order by v.at) from verifications v where v.filing_id = f.id) as signatures,
         (select jsonb_agg(jsonb_build_object('version', o.version, 'signatures',
                   (select jsonb_agg(to_jsonb(v) order by v.at) from verifications v where v.filing_id = o.id)) order by o.version)
            from filings o where o.entry_id = f.entry_id and o.version < f.version) as earlier,
         (select to_jsonb(e) - 'search' from entries e where e.entry_id = f.entry_id) as entry,
         (select jsonb_agg(to_jsonb(w)) from filing_views w where w.filing_id = f.id) as views,
         (select jsonb_agg(to_jsonb(h)) from holding_lines h where h.filing_id = f.id) as lines,
         (select jsonb_agg(to_jsonb(t)) from holding_totals t where t.filing_id = f.id) as totals,
         (select jsonb_agg(to_jsonb(d)) from declared_figures d where d.filing_id = f.id) as figures,
         (select jsonb_agg(to_jsonb(a)) from activities a where a.filing_id = f.id) as activities,
         (select jsonb_agg(to_jsonb(i)) from invitations i where i.filing_id = f.id) as invitations
    from filings f left join filing_payloads p on p.filing_id = f.id where ${within(sql`f.id`, range)}`)

const OF_VERSIONS = ['filing_payloads', 'verifications', 'filing_views', 'holding_lines', 'holding_totals', 'declared_figures', 'activities', 'invitations']

/** All that `load` reads: what belongs to the versions of a range; their entries, and all versions of these. */
const fingerprintIn = (range: Range): SQL => {
  const entries = sql`select distinct f.entry_id as id from filings f where ${within(sql`f.id`, range)}`
  const ofVersions = OF_VERSIONS.map((table) => sql`${sql.identifier(table)} t where ${within(sql`t.filing_id`, range)}`)
  return fingerprintOf([...ofVersions, belongingTo(entries, 'filings', 'entry_id'), belongingTo(entries, 'entries', 'entry_id'), belongingTo(entries, 'verifications', 'entry_id')])
}

/** Rows made for reading that belong to no version that is filed. */
const strays = async (read: Reading): Promise<Finding[]> => {
  const found = await read((tx) => rows<{ what: string; id: string }>(tx, sql`
    select 'entry' as what, e.entry_id::text as id from entries e where not exists (select 1 from filings f where f.id = e.filing_id)
    union all select 'view', v.filing_id::text from filing_views v where not exists (select 1 from filings f where f.id = v.filing_id)
    union all select distinct 'line of holdings', h.filing_id::text from holding_lines h
      where not exists (select 1 from entries e where e.filing_id = h.filing_id and e.status = 'filed')
    union all select distinct 'total of holdings', t.filing_id::text from holding_totals t
      where not exists (select 1 from entries e where e.filing_id = t.filing_id and e.status = 'filed')
    union all select distinct 'declared figure', d.filing_id::text from declared_figures d
      where not exists (select 1 from entries e where e.filing_id = d.filing_id and e.status = 'filed')
    union all select distinct 'row of the calendar', a.filing_id::text from activities a
      where not exists (select 1 from entries e where e.filing_id = a.filing_id and e.status = 'filed')
    union all select distinct 'row of invitations', i.filing_id::text from invitations i
      where not exists (select 1 from entries e where e.filing_id = i.filing_id and e.status = 'filed')`))
  return found.map(({ what, id }) => ({ key: `stray ${what} ${id}`, words: `A ${what} of ${id} belongs to nothing that was filed.` }))
}

type ProjectionsQuestion = { read: Reading; memory?: Memory | undefined; ranges: readonly Range[]; pause: () => Promise<void> }

/** Every table made for reading against what was filed and signed. */
export const checkProjections = async ({ read, memory, ranges, pause }: ProjectionsQuestion): Promise<Finding[]> => {
  const findings: Finding[] = []
  for (const range of ranges) {
    const part = await remembered({ read, memory, key: `projections ${range.from}`, fingerprint: fingerprintIn(range) }, async (tx) =>
      ({ findings: (await load(tx, range)).flatMap(checkVersion), answer: null }))
    findings.push(...part.findings)
    await pause()
  }
  return [...findings, ...await strays(read)]
}
