import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { acquisitionFilings } from './history-acquisitions.ts'
import { activityFilings } from './history-activities.ts'
import { agreementFilings } from './history-agreements.ts'
import { disposalFilings } from './history-disposals.ts'
import { declarationFilings, type Figures } from './history-holdings.ts'
import { borderRows, ceilingRows, incidentRows, participantRows, type BorderRow, type CeilingRow, type IncidentRow, type ParticipantRow } from './history-reference.ts'
import { strengthFilings } from './history-strengths.ts'
import { readBook, type Book, type HistoricFiling, type ReadCsv } from './history-rows.ts'

export type { HistoricFiling }

const sourceOf = (book: Book, id: string): string => [...book.acquisitions, ...book.disposals].find((deal) => deal.id === id)!.source

/** What each acquisition delivered by its last stage, and what each disposal took away. */
const figuresOf = (book: Book, filings: readonly HistoricFiling[]): Figures => new Map(filings.map(({ ref, payload }) => {
  const id = ref.split('.')[0]!
  const figure = 'delivered' in payload ? payload.delivered : payload.quantity
  return [id, { quantity: typeof figure === 'number' ? figure : null, source: sourceOf(book, id) }]
}))

/**
 * History from 1995 to 2026 as filings, in the order in which they are filed. Nobody filed them: each is marked as compiled,
 * with its source. How rows become filings, and what was decided about them, is in data/README.md.
 */
export const historicFilings = (readCsv: ReadCsv): HistoricFiling[] => {
  const book = readBook(readCsv)
  const deals = [...acquisitionFilings(book), ...disposalFilings(book)]
  const order = ({ filedAt, ref }: HistoricFiling) => `${filedAt} ${ref}`
  return [...deals, ...declarationFilings(book, figuresOf(book, deals)), ...strengthFilings(readCsv), ...activityFilings(readCsv), ...agreementFilings(readCsv)].toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
}

const DIRECTORY = 'data'
const readFrom = (directory = join(process.cwd(), DIRECTORY)): ReadCsv => (file) => readFileSync(join(directory, file), 'utf8')

export const loadHistory = (directory?: string): HistoricFiling[] => historicFilings(readFrom(directory))
export const readParticipants = (directory?: string): ParticipantRow[] => participantRows(readFrom(directory))
export const readBorders = (directory?: string): BorderRow[] => borderRows(readFrom(directory))
export const readCeilings = (directory?: string): CeilingRow[] => ceilingRows(readFrom(directory))
export const readIncidents = (directory?: string): IncidentRow[] => incidentRows(readFrom(directory))
