import { parse } from 'csv-parse/sync'
import { isCategory, type CategoryCode } from '../taxonomy/rules.ts'
import { isParticipant, type ParticipantCode } from '../participants/rules.ts'

export type ReadCsv = (file: string) => string

/** A filing of history, compiled from open sources. `follows` is the ref of the earlier stage of the same acquisition. */
export type HistoricFiling = {
  ref: string
  participant: ParticipantCode
  kind: 'notification.acquisition' | 'notification.disposal' | 'declaration.holdings' | 'declaration.personnel' | 'declaration.budget' | 'notification.activity' | 'agreement.defence'
  payload: Record<string, unknown>
  /** ISO, UTC. Conventional where only a year is known: see data/README.md. */
  filedAt: string
  follows?: string
  /** The plan that it states came to nothing. */
  withdrawn?: { at: string; reason: string }
}

/** A row of acquisitions.csv or disposals.csv. Years as text, empty when not stated; quantity in pieces, or tonnes by its type. */
export type Deal = {
  id: string
  participant: ParticipantCode
  /** Supplier or destination by ISO code; empty when not stated. */
  partner: string
  quantity: number | null
  mode: string
  status: 'announced' | 'contracted' | 'delivered'
  /** Year signed or decided. */
  start: string
  /** Year delivered or completed. */
  end: string
  value: { amount: number; currency: string } | null
  source: string
  note: string
  /** The row that tells of the same deal, from another source. */
  sameAs: string
}

/**
 * How a row of holdings counts. `total`: with the other totals of its year the whole category, so that earlier figures lapse.
 * `line`: one type, beside what is there. `part`: within a total that stands. `note`: told, not counted.
 */
export type Use = 'total' | 'line' | 'part' | 'note'
export type HoldingRow = {
  id: string
  participant: ParticipantCode
  year: number
  category: CategoryCode
  type: string
  use: Use
  quantity: number | null
  stored: boolean
  /** The source counts the active force only. */
  storageUnknown: boolean
  item: string
  source: string
  note: string
}
export type DerivedRow = {
  id: string
  participant: ParticipantCode
  year: number
  category: CategoryCode
  type: string
  use: Use
  /** Rows whose figures it adds and subtracts, such as `H026 - D012`; empty: the figure is not known. */
  basis: string
  why: string
}

export type Reading = { value: string; why: string }
export type Book = {
  acquisitions: Deal[]
  disposals: Deal[]
  holdings: HoldingRow[]
  derived: DerivedRow[]
  mapping: Map<string, { category: CategoryCode; type: string }>
  /** What was read out of the notes of row `id`, for one of its stages; an empty value: leave the field out. */
  readings: (id: string, stage?: string) => Partial<Record<string, Reading>>
}

export const rowsOf = (text: string): Record<string, string>[] =>
  parse(text, { columns: true, skip_empty_lines: true }) as Record<string, string>[]

export const participantOf = (code: string | undefined): ParticipantCode => {
  if (!isParticipant(code)) throw new Error(`${code} is not a participant`)
  return code
}
const categoryIn = (row: Record<string, string>): CategoryCode => {
  if (!isCategory(row.category)) throw new Error(`${row.id}: ${row.category} is not a category`)
  return row.category
}
const numberIn = (text: string | undefined): number | null => (text ? Number(text) : null)

const dealOf = (row: Record<string, string>): Deal => ({
  id: row.id!,
  participant: participantOf(row.recipient ?? row.participant),
  partner: row.supplier_country_code ?? row.destination_country_code ?? '',
  quantity: numberIn(row.quantity),
  mode: row.mode!,
  status: row.status as Deal['status'],
  start: row.year_signed ?? row.year_decided ?? '',
  end: row.year_delivered ?? row.year_completed ?? '',
  value: row.value_amount ? { amount: Number(row.value_amount), currency: row.value_currency! } : null,
  source: row.source!,
  note: row.note!,
  sameAs: row.same_as!,
})

export const readBook = (readCsv: ReadCsv): Book => {
  const mapped = new Map(rowsOf(readCsv('mapping.csv')).map((row) =>
    [row.id!, { category: categoryIn(row), type: row.type!, use: row.use as Use }] as const))
  const readings = rowsOf(readCsv('readings.csv'))
  const read: Book['readings'] = (id, stage) => Object.fromEntries(
    readings.filter((row) => row.id === id && (row.stage === '' || row.stage === stage))
      .toSorted((a, b) => a.stage!.localeCompare(b.stage!))
      .map((row) => [row.field!, { value: row.value!, why: row.why! }]))
  return {
    acquisitions: rowsOf(readCsv('acquisitions.csv')).map(dealOf),
    disposals: rowsOf(readCsv('disposals.csv')).map(dealOf),
    holdings: rowsOf(readCsv('holdings.csv')).map((row, index) => {
      const id = `H${String(index + 1).padStart(3, '0')}`
      const entry = mapped.get(id)
      if (!entry) throw new Error(`${id} is not mapped`)
      return {
        id, ...entry, participant: participantOf(row.participant), year: Number(row.as_of_year), quantity: numberIn(row.quantity),
        stored: row.status === 'stored', storageUnknown: read(id).inStorage?.value === '',
        item: row.item!, source: row.source!, note: row.note!,
      }
    }),
    derived: rowsOf(readCsv('derived.csv')).map((row) => ({
      id: row.id!, participant: participantOf(row.participant), year: Number(row.as_of_year),
      category: categoryIn(row), type: row.type!, use: row.use as Use, basis: row.basis!, why: row.why!,
    })),
    mapping: mapped,
    readings: read,
  }
}

export const mappingOf = (book: Book, id: string): { category: CategoryCode; type: string } => {
  const entry = book.mapping.get(id)
  if (!entry) throw new Error(`${id} is not mapped`)
  return { category: entry.category, type: entry.type }
}
