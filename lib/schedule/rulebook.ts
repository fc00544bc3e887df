import type { KindName } from '../filings/kinds/registry.ts'

/**
 * What a participant owes. A cycle has a date that it is as of and a day on which it is due, both by month and day; `dueYearOffset` is
 * counted from the year of that date. Where `monthsAfter` is set, it is due that long after the day that the filing names instead.
 */
export type ObligationRule = {
  id: string
  version: number
  title: string
  kind: KindName
  asOfMonthDay: string
  dueYearOffset: number
  dueMonthDay: string | null
  monthsAfter: number | null
  /** Nothing is owed whose due date lies before. */
  validFrom: string
  basis: string
  decision: string
}

/** The day on which the register opened. */
export const OPENED = '2026-11-01'

const VIENNA_DOCUMENT = 'BATP rulebook, version 1; Vienna Document 2011, chapters I and II (annual exchange, as of 1 January)'
const rule = (stated: Pick<ObligationRule, 'id' | 'title' | 'kind'> & Partial<ObligationRule>): ObligationRule => ({
  version: 1, asOfMonthDay: '01-01', dueYearOffset: -1, dueMonthDay: '12-15', monthsAfter: null, validFrom: OPENED, basis: VIENNA_DOCUMENT,
  decision: 'Default rulebook, version 1', ...stated,
})
const NORMS = { asOfMonthDay: '12-31', dueYearOffset: 1, dueMonthDay: '03-31', basis: 'BATP rulebook, version 1; thesis ch. 5 (reports on norms)' }

/** The obligations that the register ships with. Later versions are rows beside these, each with its own decision. */
export const DEFAULT_OBLIGATIONS: readonly ObligationRule[] = [
  rule({ id: 'holdings.annual', title: 'Annual declaration of holdings', kind: 'declaration.holdings' }),
  rule({ id: 'personnel.annual', title: 'Annual declaration of personnel', kind: 'declaration.personnel' }),
  rule({ id: 'structure.annual', title: 'Annual declaration of structure', kind: 'declaration.structure' }),
  rule({
    id: 'holdings.midyear', title: 'Mid-year update of holdings', kind: 'declaration.holdings', asOfMonthDay: '07-01', dueYearOffset: 0, dueMonthDay: '07-31',
    basis: 'BATP rulebook, version 1',
  }),
  rule({
    id: 'calendar.annual', title: 'Calendar of activities', kind: 'calendar.activities', dueMonthDay: '11-15', validFrom: '2026-12-01',
    basis: 'BATP rulebook, version 1; Vienna Document 2011, chapter VII (annual calendars)',
  }),
  rule({
    id: 'budget.adopted', title: 'Defence budget', kind: 'declaration.budget', dueYearOffset: 0, dueMonthDay: null, monthsAfter: 3,
    basis: 'BATP rulebook, version 1 (three months after adoption); Vienna Document 2011, chapter II',
  }),
  rule({ id: 'statement.cyber', title: 'Statement on cyber capability', kind: 'statement.cyber', ...NORMS }),
  rule({ id: 'statement.autonomy', title: 'Statement on autonomous functions', kind: 'statement.autonomy', ...NORMS }),
  rule({ id: 'statement.surveillance', title: 'Statement on biometric surveillance', kind: 'statement.surveillance', ...NORMS }),
]
