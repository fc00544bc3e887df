import type { registerFigures } from '@/lib/analysis/queries.ts'
import { formatList, formatNumber, formatPercent, plural } from '@/lib/shared/format.ts'

type Rows = Awaited<ReturnType<typeof registerFigures>>
export type Figures = ReturnType<typeof figuresOf>

const sum = (rows: Rows, of: (row: Rows[number]) => number) => rows.reduce((total, row) => total + of(row), 0)

/** What the register holds, in all or of one participant. Official filings are those that somebody filed. */
export const figuresOf = (rows: Rows) => {
  const entriesOf = (kind: string) => sum(rows.filter((row) => row.kind === kind), (row) => row.entries)
  const entries = sum(rows, (row) => row.entries)
  const compiled = sum(rows, (row) => row.compiled)
  return {
    entries, compiled, official: entries - compiled, verified: sum(rows, (row) => row.verified),
    acquisitions: entriesOf('notification.acquisition'), disposals: entriesOf('notification.disposal'),
    declarations: entriesOf('declaration.holdings'),
  }
}

export const holdsWords = ({ acquisitions, disposals, declarations }: Figures): string =>
  formatList([
    plural(acquisitions, 'acquisition'), plural(disposals, 'disposal'),
    plural(declarations, 'declaration of holdings', 'declarations of holdings'),
  ])

const shareWords = ({ official, verified }: Figures): string => {
  if (verified === 0) return official === 1 ? 'it is not verified yet' : 'none is verified yet'
  if (verified === official) return official === 1 ? 'it is verified' : 'all are verified'
  return `${formatNumber(verified)} verified (${formatPercent(verified / official)})`
}

/** How much of it is official, and how much of that is verified. */
export const verifiedWords = (figures: Figures): string => {
  if (figures.entries === 0) return 'Nothing has been filed yet.'
  if (figures.compiled === 0) return `Of these, ${shareWords(figures)}.`
  const compiled = `${plural(figures.compiled, 'entry is', 'entries are')} compiled from open sources for demonstration`
  if (figures.official === 0) return `${compiled}; no official filing has been made yet.`
  return `${compiled}; ${plural(figures.official, 'is an official filing', 'are official filings')}, ${shareWords(figures)}.`
}
