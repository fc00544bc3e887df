import type { ReactNode } from 'react'
import { RowTh, Sub, Table, Tbody, Td, Th, Thead, Tr } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { formatNumber, formatPercent } from '@/lib/shared/format.ts'

/** What was declared for a year: the words lead to its filing. `value` null: withheld, or withheld in part. */
export type YearCell = { year: number; value: number | null; words: string; href: string }
export type YearRow = { key: string; name: ReactNode; sub?: ReactNode; cells: readonly YearCell[] }

/** '251.43 bn': amounts of a budget are read for their size; the filing has every digit. */
export const amountWords = (value: number): string => {
  if (value >= 1e9) return `${formatNumber(Math.round(value / 1e7) / 100)} bn`
  return value >= 1e6 ? `${formatNumber(Math.round(value / 1e5) / 10)} m` : formatNumber(value)
}

/** Against the year stated before, whichever that is: '+ 12, + 5 %'. Nothing where one of them is not a number. */
const changeWords = (before: YearCell | undefined, { value }: YearCell): string | null => {
  if (before?.value == null || value === null) return null
  const change = value - before.value
  if (change === 0) return 'unchanged'
  const sign = change > 0 ? '+' : '−'
  const share = before.value === 0 ? 'from none' : `${sign} ${formatPercent(Math.abs(change) / before.value)}`
  return Math.abs(value) < 1 ? share : `${sign} ${amountWords(Math.abs(change))}, ${share}`
}

const MOST = 8

// Year by year, the newest first, each figure with its change and a link to where it comes from.
export const YearTable = ({ caption, first, rows }: { caption: string; first: string; rows: readonly YearRow[] }) => {
  const years = [...new Set(rows.flatMap(({ cells }) => cells.map(({ year }) => year)))].toSorted((a, b) => b - a).slice(0, MOST)
  return (
    <Table caption={caption} scroll>
      <Thead><Tr><Th>{first}</Th>{years.map((year) => <Th key={year} numeric>{year}</Th>)}</Tr></Thead>
      <Tbody>
        {rows.map(({ key, name, sub, cells }) => (
          <Tr key={key}>
            <RowTh>{name}{sub && <Sub>{sub}</Sub>}</RowTh>
            {years.map((year) => {
              const cell = cells.find((each) => each.year === year)
              const before = cells.filter((each) => each.year < year).toSorted((a, b) => b.year - a.year)[0]
              return (
                <Td key={year} numeric nowrap>
                  {cell ? <><TextLink href={cell.href}>{cell.words}</TextLink>{changeWords(before, cell) && <Sub>{changeWords(before, cell)}</Sub>}</> : <span className="text-ink-3">–<span className="sr-only">not declared</span></span>}
                </Td>
              )
            })}
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
