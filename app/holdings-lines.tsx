import type { ComponentType, ReactNode } from 'react'
import { categoryLabel, fieldWords } from '@/app/payload-words.ts'
import { HELD_LABEL, inOrder, LINE_LABEL, partWords, totalWords, withheldWords } from '@/app/holdings-words.ts'
import { linesId, totalId } from '@/app/places.ts'
import { Section } from '@/app/ui/section.tsx'
import { RowTh, Sub, Table, Tbody, Td, Th, Thead, Tr } from '@/app/ui/table.tsx'
import { totalsOf, type CategoryTotal, type HoldingLine, type HoldingsPayload } from '@/lib/filings/kinds/holdings.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'
import type { CategoryCode } from '@/lib/taxonomy/rules.ts'

const MOST = 500
/** Where each line can be remarked on, all are shown that a declaration is likely to have. */
const MOST_READ = 2000

const Totals = ({ totals, lined }: { totals: readonly CategoryTotal[]; /** Categories whose lines are on the page. */ lined: ReadonlySet<CategoryCode> }) => (
  <Table caption="Totals by category" folds>
    <Thead><Tr><Th>{HELD_LABEL.category}</Th><Th numeric fold>{HELD_LABEL.inService}</Th><Th numeric fold>{HELD_LABEL.inStorage}</Th><Th numeric>{HELD_LABEL.total}</Th></Tr></Thead>
    <Tbody>
      {inOrder(totals).map((total) => (
        <Tr key={total.category} id={totalId(total.category)}>
          <RowTh>{lined.has(total.category) ? <a href={`#${linesId(total.category)}`}>{categoryLabel(total.category)}</a> : categoryLabel(total.category)}</RowTh>
          <Td numeric fold foldLabel="in service">{partWords(total.inService, total)}</Td>
          <Td numeric fold foldLabel="in storage">{partWords(total.inStorage, total)}</Td>
          <Td numeric>{totalWords(total)}{total.withheld > 0 && <Sub>{withheldWords(total)}</Sub>}</Td>
        </Tr>
      ))}
    </Tbody>
  </Table>
)

/** A row that has something beside its line; `at` is the line's pointer in the payload. */
export type RowProps = { at: string; label: string; columns: number; children: ReactNode }

type LinesProps = { lines: readonly HoldingLine[]; most: number; Row?: ComponentType<RowProps> | undefined }

const DeclaredLines = ({ lines, most, Row }: LinesProps) => {
  const hasUnits = lines.some((line) => line.unit)
  const hasSites = lines.some((line) => line.site)
  return (
    <Table caption="Declared lines" folds="early">
      <Thead>
        <Tr>
          <Th>{LINE_LABEL.type}</Th><Th fold>{LINE_LABEL.category}</Th>{hasUnits && <Th fold>{LINE_LABEL.unit}</Th>}{hasSites && <Th fold>{LINE_LABEL.site}</Th>}
          <Th numeric>{LINE_LABEL.inService}</Th><Th numeric>{LINE_LABEL.inStorage}</Th>{Row && <Th fold><span className="sr-only">Remark</span></Th>}
        </Tr>
      </Thead>
      <Tbody>
        {inOrder(lines.map((line, index) => ({ ...line, index }))).slice(0, most).map(({ index, ...line }, at, shown) => {
          const id = shown[at - 1]?.category === line.category ? undefined : linesId(line.category)
          const cells = <>
            <RowTh id={id}>{line.type}{line.remark && <Sub>{line.remark}</Sub>}</RowTh>
            <Td fold nowrap>{line.category}</Td>
            {hasUnits && <Td fold>{line.unit}</Td>}
            {hasSites && <Td fold>{line.site}</Td>}
            <Td numeric>{fieldWords('quantity', line.inService)}</Td>
            <Td numeric>{fieldWords('quantity', line.inStorage)}</Td>
          </>
          const label = [line.type, line.unit, line.site].filter(Boolean).join(', ')
          return Row ? <Row key={index} at={`/lines/${index}`} label={label} columns={4 + Number(hasUnits) + Number(hasSites)}>{cells}</Row> : <Tr key={index}>{cells}</Tr>
        })}
      </Tbody>
    </Table>
  )
}

type Props = { payload: Record<string, unknown>; participant: ParticipantCode; /** Of the filing; null of a draft. */ id: string | null; Row?: ComponentType<RowProps> | undefined }

/** Sums for everyone; the lines where the reader may read them. */
export const Lines = ({ payload, participant, id, Row }: Props) => {
  const most = Row ? MOST_READ : MOST
  const lines = payload.lines as HoldingLine[] | undefined
  const totals = (payload.totals as CategoryTotal[] | undefined) ?? totalsOf(payload as unknown as HoldingsPayload)
  return <>
    <Section title="Totals by category"
      hint={`Pieces held by ${DESIGNATION[participant]}; a category that is not here was not declared, which is not nil.`}>
      <Totals totals={totals} lined={new Set(inOrder(lines ?? []).slice(0, most).map(({ category }) => category))} />
    </Section>
    {lines && lines.length > 0 && (
      <Section title={lines.length === 1 ? 'One declared line' : `${formatNumber(lines.length)} declared lines`}>
        <DeclaredLines lines={lines} most={most} Row={Row} />
        {lines.length > most && (
          <p className="mt-3 text-sm text-ink-3">
            The first {formatNumber(most)} lines.{id && <> <a href={`/api/v1/filings/${id}`}>All {formatNumber(lines.length)} as JSON</a></>}
          </p>
        )}
      </Section>
    )}
  </>
}
