import type { DeclaredKind } from '../filings/kinds/declared-fields.ts'
import type { CategoryTotal } from '../filings/kinds/holdings.ts'
import { DESIGNATION, type ParticipantCode } from '../participants/rules.ts'
import { formOf, type SheetKind } from './declared-sheets.ts'
import type { Stated } from './declared-table.ts'
import { declaredCsv, declaredXlsx } from './declared-write.ts'
import type { Since } from './guide.ts'
import { markCsv } from './mark-csv.ts'
import { markXlsx } from './mark-xlsx.ts'
import { charsetOf, formatOf, readGiven, type Format, type Given } from './read.ts'
import type { Reading } from './reading.ts'
import type { Declared } from './table.ts'
import { holdingsCsv, holdingsXlsx, totalsCsv, totalsXlsx } from './write.ts'
import { XLSX_TYPE } from './workbook-write.ts'

/** A file to hand out. Its name is ours: nothing that somebody typed is in it. */
export type SheetAnswer = { name: string; type: string; body: string | Uint8Array<ArrayBuffer> }
/** A declaration of holdings as its reader may read it; `totals` in place of the lines for those who may not read these. */
type HoldingsView = { kind: 'declaration.holdings'; participant: ParticipantCode; source: string | null; declared: Declared; since?: readonly Since[]; totals: readonly CategoryTotal[] | null }
/** Another one; `isWhole` where all of it is there for the reader, or is to be filled in. */
type DeclaredView = { kind: DeclaredKind; participant: ParticipantCode; source: string | null; stated: Stated; isWhole: boolean }
export type SheetView = HoldingsView | DeclaredView

const TYPES: Record<Format, string> = { xlsx: XLSX_TYPE, csv: 'text/csv; charset=utf-8; header=present' }

const answer = async (format: Format, stem: string, body: Promise<SheetAnswer['body']>): Promise<SheetAnswer> =>
  ({ name: `${stem}.${format}`, type: TYPES[format], body: await body })

const holdingsBody = ({ participant, source, declared, since, totals }: HoldingsView, format: Format): Promise<SheetAnswer['body']> => {
  const about = { designation: DESIGNATION[participant], source, ...(since && { since }) }
  if (totals) return format === 'csv' ? totalsCsv(declared.asOf, totals) : totalsXlsx(declared.asOf, totals, about)
  return format === 'csv' ? holdingsCsv(declared) : holdingsXlsx(declared, about)
}
const declaredBody = ({ kind, participant, source, stated, isWhole }: DeclaredView, format: Format): Promise<SheetAnswer['body']> => {
  const form = formOf(kind)
  return format === 'csv' ? declaredCsv(form, stated, isWhole) : declaredXlsx(form, stated, isWhole, { designation: DESIGNATION[participant], source })
}

/** 'batp-personnel' */
const stemOf = (kind: SheetKind): string => `batp-${kind.slice(kind.indexOf('.') + 1)}`
const DATED = /^\d{4}(-\d\d-\d\d)?$/
const datedBy = (view: SheetView): string[] => {
  const said = 'declared' in view ? view.declared.asOf : String(view.stated.asOf ?? view.stated.year ?? '')
  return said && DATED.test(said) ? [said] : []
}

/** A declaration or statement as a workbook or as CSV. */
export const sheetFile = (view: SheetView, format: Format): Promise<SheetAnswer> =>
  answer(format, [stemOf(view.kind), view.participant, ...datedBy(view)].join('-'), 'declared' in view ? holdingsBody(view, format) : declaredBody(view, format))

/** The user's own file with what is wrong marked in it. */
export const markedFile = async (kind: SheetKind, given: Given, asOf: string | undefined): Promise<SheetAnswer> => {
  const reading: Reading<unknown> = await readGiven(kind, given, asOf)
  const format = formatOf(given)
  return answer(format, `${stemOf(kind)}-marked`, format === 'csv' ? markCsv(kind, given.bytes, charsetOf(given.type), reading) : markXlsx(given.bytes, reading))
}
