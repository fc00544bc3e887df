import { stringify } from 'csv-stringify/sync'
import type { Caller } from '../auth/guard.ts'
import { listFilings, type EntryView } from '../filings/queries.ts'
import { FilingFilter } from '../filings/input.ts'
import { kindOf } from '../filings/kinds/registry.ts'
import { isAgreement } from '../filings/kinds/words.ts'
import { DESIGNATION, FOOTNOTE } from '../participants/rules.ts'
import { env } from '../shared/env.ts'
import { categoryOf } from '../taxonomy/rules.ts'

type Cell = string | number | null

/** A null quantity of what was acquired or disposed of was withheld, which is neither blank nor nil. */
const counted = ({ kind }: EntryView, value: number | null): Cell =>
  value ?? (kind === 'notification.acquisition' || kind === 'notification.disposal' ? 'withheld' : null)

const COLUMNS: Record<string, (entry: EntryView) => Cell> = {
  number: (entry) => entry.number,
  participant: (entry) => entry.participant,
  designation: (entry) => DESIGNATION[entry.participant],
  kind: (entry) => entry.kind,
  title: (entry) => kindOf(entry.kind).title,
  category: (entry) => entry.category,
  category_title: (entry) => (entry.category ? categoryOf(entry.category).title : null),
  type: (entry) => entry.type,
  quantity: (entry) => counted(entry, entry.quantity),
  delivered: (entry) => (entry.kind === 'notification.acquisition' ? counted(entry, entry.delivered) : null),
  supplier_or_recipient: (entry) => (isAgreement(entry.kind) ? null : entry.counterpart),
  supplier_or_recipient_name: (entry) => entry.counterpartName,
  stage: (entry) => entry.stage,
  mode: (entry) => entry.mode,
  replaces: (entry) => entry.replaces,
  deliveries_from: (entry) => entry.deliveries?.from ?? null,
  deliveries_to: (entry) => entry.deliveries?.to ?? null,
  as_of: (entry) => entry.asOf,
  status: (entry) => entry.status,
  version: (entry) => entry.version,
  verification: (entry) => entry.verification,
  signatures: (entry) => entry.signatures,
  earlier_verification: (entry) => entry.earlier && `version ${entry.earlier.version} ${entry.earlier.verification}`,
  filed_at: (entry) => entry.filedAt,
  first_filed_at: (entry) => entry.firstFiledAt,
  provenance: (entry) => (entry.compiled ? 'compiled from open sources, not an official filing' : 'filed by the participant'),
  summary: (entry) => entry.summary,
  address: (entry) => `${env().baseUrl}/register/${entry.id}`,
}

// eslint-disable-next-line no-control-regex -- a spreadsheet runs what begins so, control characters included
const FORMULA = /^[=+\-@\t\r\n\u0000\uff0b\uff0d\uff1d\uff20]/

/** A text that a spreadsheet would run is kept a text by a leading apostrophe (OWASP ASVS 1.2.10). Numbers are numbers. */
export const neutral = (cell: Cell): Cell => (typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell)

/** Lines of RFC 4180: CRLF, quoted where needed. */
const lines = (rows: Cell[][]): string => stringify(rows.map((row) => row.map(neutral)), { record_delimiter: 'windows' })

/** The footnote on the designation stands in the header, as the name of a last, empty column: every row stays data. */
const header = (): string => `\uFEFF${lines([[...Object.keys(COLUMNS), FOOTNOTE]])}`
const rowOf = (entry: EntryView): Cell[] => [...Object.values(COLUMNS).map((cell) => cell(entry)), null]

const PAGE = 200
/** What a download does not take from the page that links to it: it is the whole list, whichever page was looked at. */
const PAGING = ['page', 'cursor', 'limit']
export const CSV_PARAMETERS = [...Object.keys(FilingFilter.shape), 'page']

/**
 * The register as the list shows it, page by page: never more than one page is held. The first is read before the answer begins,
 * so that a refused filter is a problem document and not half a file.
 */
export const registerCsv = async (caller: Caller, given: Record<string, string>): Promise<ReadableStream<Uint8Array>> => {
  const filter = Object.fromEntries(Object.entries(given).filter(([name]) => !PAGING.includes(name)))
  const pageAfter = (cursor: string | null) =>
    listFilings(caller, { ...filter, limit: PAGE, ...(cursor ? { cursor } : {}) } as Parameters<typeof listFilings>[1])
  const encoder = new TextEncoder()
  let page = await pageAfter(null)
  return new ReadableStream({
    start: (stream) => stream.enqueue(encoder.encode(header())),
    pull: async (stream) => {
      if (page.items.length > 0) stream.enqueue(encoder.encode(lines(page.items.map(rowOf))))
      if (page.next) page = await pageAfter(page.next)
      else stream.close()
    },
  })
}
