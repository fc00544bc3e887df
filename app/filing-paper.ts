import { closedWords } from '@/app/closed-words.ts'
import { columnsOf, declaredWords, rowsTitle } from '@/app/declared-words.ts'
import { HELD_LABEL, inOrder, LINE_LABEL, partWords, totalWords, withheldWords } from '@/app/holdings-words.ts'
import { LEAF_LABEL } from '@/app/log-words.ts'
import { categoryLabel, fieldWords, itemsOf } from '@/app/payload-words.ts'
import type { Role } from '@/lib/auth/policy.ts'
import { DECLARED, isDeclared } from '@/lib/filings/kinds/declared-fields.ts'
import { totalsOf, type CategoryTotal, type HoldingLine, type HoldingsPayload } from '@/lib/filings/kinds/holdings.ts'
import { kindOf } from '@/lib/filings/kinds/registry.ts'
import { ACTION_LABEL, FILING_STATUS_LABEL } from '@/lib/filings/rules.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import type { getFilingPaper } from '@/lib/proof/queries.ts'
import { env } from '@/lib/shared/env.ts'
import { formatDateTime, formatNumber, plural } from '@/lib/shared/format.ts'
import { DECISION_LABEL, EARLIER_LABEL, isDecided, SIGNATURES_NEEDED, VERIFICATION_LABEL } from '@/lib/verification/rules.ts'

export type Given = Awaited<ReturnType<typeof getFilingPaper>>
export type PaperRow = { label: string; value: string; isCode?: true }
export type PaperColumn = { label: string; numeric?: true; /** Of the width that figures leave. */ share: number }
export type PaperTable = { title: string; columns: readonly PaperColumn[]; rows: readonly (readonly string[])[]; note?: string }
export type Paper = { title: string; number: string; about: PaperRow[]; stated: PaperRow[]; tables: PaperTable[]; closed: string | null }

type Payload = Record<string, unknown>

/** A page of lines takes some 10 ms: whoever declares more than fit into a book has a spreadsheet of them. */
const MOST_LINES = 5_000
const READER: Record<Role, string> = {
  public: 'the public', observer: 'an observer', submitter: 'a participant', approver: 'a participant', secretariat: 'the secretariat', verifier: 'a verifier',
}

const under = (words: string, below: string | undefined) => (below ? `${words}\n${below}` : words)
const figure = (label: string): PaperColumn => ({ label, numeric: true, share: 0 })

const totalsTable = (totals: readonly CategoryTotal[]): PaperTable => ({
  title: 'Totals by category',
  columns: [{ label: HELD_LABEL.category, share: 1 }, figure(HELD_LABEL.inService), figure(HELD_LABEL.inStorage), figure(HELD_LABEL.total)],
  rows: inOrder(totals).map((total) => [
    categoryLabel(total.category), partWords(total.inService, total), partWords(total.inStorage, total),
    under(totalWords(total), total.withheld > 0 ? withheldWords(total) : undefined),
  ]),
  note: 'A category that is not here was not declared, which is not nil.',
})

const linesTable = (lines: readonly HoldingLine[]): PaperTable => {
  const columns = (['type', 'category', 'unit', 'site'] as const).filter((key) => key === 'type' || lines.some((line) => line[key]))
  return {
    title: lines.length === 1 ? 'One declared line' : `${formatNumber(lines.length)} declared lines`,
    columns: [
      ...columns.map((key) => ({ label: LINE_LABEL[key], share: key === 'type' ? 1.5 : key === 'category' ? 0.6 : 1 })),
      figure(LINE_LABEL.inService), figure(LINE_LABEL.inStorage),
    ],
    rows: inOrder(lines).slice(0, MOST_LINES).map((line) => [
      ...columns.map((key) => (key === 'type' ? under(line.type, line.remark) : (line[key] ?? ''))),
      fieldWords('quantity', line.inService) ?? '', fieldWords('quantity', line.inStorage) ?? '',
    ]),
    ...(lines.length > MOST_LINES ? { note: `The first ${formatNumber(MOST_LINES)} lines; the spreadsheet of this filing has all ${formatNumber(lines.length)}.` } : {}),
  }
}

const holdingsTables = (payload: Payload): PaperTable[] => {
  const totals = (payload.totals as CategoryTotal[] | undefined) ?? totalsOf(payload as unknown as HoldingsPayload)
  const lines = (payload.lines ?? []) as HoldingLine[]
  return [totalsTable(totals), ...(lines.length > 0 ? [linesTable(lines)] : [])]
}

const declaredTables = ({ entry, version: { payload } }: Given['filing']): PaperTable[] => {
  const rows = isDeclared(entry.kind) ? DECLARED[entry.kind].rows : undefined
  const given = rows && (payload[rows.at] as Payload[] | undefined)
  if (!rows || !given || given.length === 0) return []
  const columns = columnsOf(rows, given)
  const name = rows.columns.find(({ at }) => at === rows.name)!
  return [{
    title: rowsTitle(rows, given),
    columns: [{ label: name.label, share: 1.5 }, ...columns.map(({ label }) => ({ label, share: 1 }))],
    rows: given.map((row) => [
      under(String(row[rows.name]), typeof row.remark === 'string' ? row.remark : undefined), ...columns.map((column) => declaredWords(column, row[column.at]) ?? ''),
    ]),
  }]
}

const standingWords = ({ entry, version, versions }: Given['filing']): string => {
  if (version.payload.compiled && version.status === 'filed') return 'Compiled from open sources, not an official filing: nobody filed it'
  const next = versions.find((other) => other.version === version.version + 1)
  if (version.status === 'superseded' && next) return `Superseded by version ${next.version} on ${formatDateTime(next.filedAt)}; the newest is version ${entry.version}`
  return FILING_STATUS_LABEL[version.status]
}

/** Of the version on paper, not of the entry: each is verified anew. */
const verificationWords = ({ entry: { version: newest, verification, signatures, earlier }, version: { version } }: Given['filing']): string => {
  if (version < newest) return earlier?.version === version ? DECISION_LABEL[earlier.verification] : 'Of the newest version only'
  const now = verification === 'pending' ? `${signatures} of ${SIGNATURES_NEEDED} signatures` : VERIFICATION_LABEL[verification]
  return earlier && !isDecided(verification) ? `${now}; ${EARLIER_LABEL[earlier.verification]} (version ${earlier.version})` : now
}

const logWords = ({ log: { places, size } }: Given): string => {
  const own = places.filter(({ type }) => type.startsWith('filing.'))
  if (own.length === 0) return 'Not in the log yet'
  const entries = own.map(({ type, index }) => `${LEAF_LABEL[type]}: entry ${index}`).join('; ')
  return `${entries}; ${own.some(({ index }) => index >= size) ? 'waiting to be signed' : `in the signed tree of ${plural(size, 'entry', 'entries')}`}`
}

const aboutRows = (given: Given): PaperRow[] => {
  const { filing: { entry, version }, role, at } = given
  const people = version.people
  const rows: [string, string | null][] = [
    ['Participant', DESIGNATION[entry.participant]],
    ['Kind', kindOf(entry.kind).title],
    ['Number', `${entry.number}, version ${version.version} of ${entry.version} (${ACTION_LABEL[version.action].toLowerCase()})`],
    [entry.compiled ? 'Dated' : 'Filed', formatDateTime(version.filedAt)],
    ['First filed', version.version > 1 ? formatDateTime(entry.firstFiledAt) : null],
    ['By', people && `drafted by ${people.draftedBy}, released by ${people.releasedBy}`],
    ['Reason', version.reason],
    ['Standing', standingWords(given.filing)],
    ['Verification', verificationWords(given.filing)],
    ['In the log', logWords(given)],
    ['Address', `${env().baseUrl}/register/${version.id}`],
    ['This copy', `As ${READER[role]} may read it${version.full ? ', whole' : ''}, on ${formatDateTime(at)}`],
  ]
  return [
    ...rows.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
    { label: 'Commitment', value: version.commitment, isCode: true },
  ]
}

/** A filing as words for paper: those of its page. */
export const paperOf = (given: Given): Paper => {
  const { filing: { entry, version }, role } = given
  return {
    title: `${DESIGNATION[entry.participant]}: ${version.summary}`,
    number: `${entry.number}, version ${version.version}`,
    about: aboutRows(given),
    stated: itemsOf(entry.kind, version.payload).map(({ label, value }) => ({ label, value })),
    tables: entry.kind === 'declaration.holdings' ? holdingsTables(version.payload) : declaredTables(given.filing),
    closed: version.full ? null : closedWords(entry.kind, role),
  }
}
