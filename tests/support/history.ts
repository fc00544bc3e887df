import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { loadHistory, type HistoricFiling } from '../../lib/db/history.ts'

/** The files of history as they are on disk, read without the code under test, and the filings that it makes of them. */
export type Row = Record<string, string>
export const readData = (file: string): string => readFileSync(join('data', file), 'utf8')
export const rowsIn = (file: string): Row[] => parse(readData(file), { columns: true, skip_empty_lines: true })

export const acquisitions = rowsIn('acquisitions.csv')
export const disposals = rowsIn('disposals.csv')
export const holdings: Row[] = rowsIn('holdings.csv').map((row, index) => ({ ...row, id: `H${String(index + 1).padStart(3, '0')}` }))
export const derived = rowsIn('derived.csv')
export const mapping = rowsIn('mapping.csv')
export const readings = rowsIn('readings.csv')

export const filings = loadHistory()
export const ofKind = (kind: HistoricFiling['kind']) => filings.filter((filing) => filing.kind === kind)
export const byRef = new Map(filings.map((filing) => [filing.ref, filing]))
export const rowOf = (filing: HistoricFiling): string => filing.ref.split('.')[0]!
export const compiledOf = (filing: HistoricFiling) => filing.payload.compiled as { source: string; note?: string }
export const WITHHELD = { withheld: 'Not stated by the source' }
