import { isOrganisation, type AgreementStatus } from '../filings/kinds/agreement.ts'
import { participantOf, rowsOf, type HistoricFiling, type ReadCsv } from './history-rows.ts'
import { enteredAt, named, readableNote, readableSource, statedDate } from './history-words.ts'

const codesIn = (list: string | undefined): string[] => (list ? list.split(';') : [])

/** An agreement is filed once, by the first of its parties that is named; the others stand in it as its partners. */
const agreementOf = (row: Record<string, string>): HistoricFiling => {
  const { id, date, year, title = '', parties, others, kind: sort, status, source = '', note } = row
  const [first, ...rest] = codesIn(parties)
  const outside = codesIn(others)
  const partners = [...rest, ...outside.filter((code) => !isOrganisation(code))]
  const organisations = outside.filter(isOrganisation)
  const signedOn = statedDate(date || year)
  return {
    ref: id!, participant: participantOf(first), kind: 'agreement.defence',
    payload: {
      title: named(title), agreement: sort, ...(partners.length > 0 ? { partners } : {}), ...(organisations.length > 0 ? { organisations } : {}),
      status: status as AgreementStatus, ...(signedOn ? { signedOn } : {}), compiled: { source: readableSource(source), ...(note ? { note: readableNote(note) } : {}) },
    },
    filedAt: enteredAt(signedOn, 'agreed'),
  }
}

/** Agreements that open sources tell of: what is known, and nothing besides. Those without a year state none. */
export const agreementFilings = (readCsv: ReadCsv): HistoricFiling[] => rowsOf(readCsv('agreements.csv')).map(agreementOf)
