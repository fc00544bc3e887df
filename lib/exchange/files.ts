import { DESIGNATION, type ParticipantCode } from '../participants/rules.ts'
import type { Since } from './guide.ts'
import { markCsv } from './mark-csv.ts'
import { markXlsx } from './mark-xlsx.ts'
import { charsetOf, formatOf, readHoldings, type Format, type Given } from './read.ts'
import type { Reading } from './reading.ts'
import type { Declared } from './table.ts'
import type { CategoryTotal } from '../filings/kinds/holdings.ts'
import { holdingsCsv, holdingsXlsx, totalsCsv, totalsXlsx } from './write.ts'
import { XLSX_TYPE } from './workbook-write.ts'

/** A file to hand out. Its name is ours: nothing that somebody typed is in it. */
export type SheetAnswer = { name: string; type: string; body: string | Uint8Array<ArrayBuffer> }
/** A declaration as its reader may read it; `totals` in place of the lines for those who may not read these. */
export type SheetView = { participant: ParticipantCode; source: string | null; declared: Declared; since?: readonly Since[]; totals: readonly CategoryTotal[] | null }

const TYPES: Record<Format, string> = { xlsx: XLSX_TYPE, csv: 'text/csv; charset=utf-8; header=present' }
const DAY = /^\d{4}-\d\d-\d\d$/

const answer = async (format: Format, stem: string, body: Promise<SheetAnswer['body']>): Promise<SheetAnswer> =>
  ({ name: `${stem}.${format}`, type: TYPES[format], body: await body })

const bodyOf = ({ participant, source, declared, since, totals }: SheetView, format: Format): Promise<SheetAnswer['body']> => {
  const about = { designation: DESIGNATION[participant], source, ...(since && { since }) }
  if (totals) return format === 'csv' ? totalsCsv(declared.asOf, totals) : totalsXlsx(declared.asOf, totals, about)
  return format === 'csv' ? holdingsCsv(declared) : holdingsXlsx(declared, about)
}

/** A declaration as a workbook or as CSV. */
export const sheetFile = (view: SheetView, format: Format): Promise<SheetAnswer> => {
  const { asOf } = view.declared
  return answer(format, ['batp-holdings', view.participant, ...(asOf && DAY.test(asOf) ? [asOf] : [])].join('-'), bodyOf(view, format))
}

/** The user's own file with what is wrong marked in it. */
export const markedFile = async (given: Given, asOf: string | undefined): Promise<SheetAnswer> => {
  const reading: Reading = await readHoldings(given, asOf)
  const format = formatOf(given)
  return answer(format, 'batp-holdings-marked', format === 'csv' ? markCsv(given.bytes, charsetOf(given.type), reading) : markXlsx(given.bytes, reading))
}
