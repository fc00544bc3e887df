import type { ComponentType } from 'react'
import { DECLARED, isDeclared } from '@/lib/filings/kinds/declared-fields.ts'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import type { RowProps } from './holdings-lines.tsx'
import { columnsOf, declaredWords, rowsTitle } from './declared-words.ts'
import { RowTh, Sub, Table, Tbody, Td, Th, Thead, Tr } from './ui/table.tsx'

type Row = Record<string, unknown>

// The rows of a declaration or statement, where it has such and the reader may read them.
type Props = { kind: KindName; payload: Record<string, unknown>; Row?: ComponentType<RowProps> | undefined }

export const DeclaredTable = ({ kind, payload, Row }: Props) => {
  const rows = isDeclared(kind) ? DECLARED[kind].rows : undefined
  const given = rows && (payload[rows.at] as Row[] | undefined)
  if (!rows || !given || given.length === 0) return null
  const columns = columnsOf(rows, given)
  const name = rows.columns.find(({ at }) => at === rows.name)!
  return (
    <div className="mt-6">
      <h3 className="mb-2 text-md font-book">{rowsTitle(rows, given)}</h3>
      <Table caption={rows.label} folds="early">
        <Thead><Tr><Th>{name.label}</Th>{columns.map((column) => <Th key={column.at} fold>{column.label}</Th>)}{Row && <Th fold><span className="sr-only">Remark</span></Th>}</Tr></Thead>
        <Tbody>
          {given.map((row, index) => {
            const cells = <>
              <RowTh>{String(row[rows.name])}{typeof row.remark === 'string' && row.remark && <Sub>{row.remark}</Sub>}</RowTh>
              {columns.map((column) => {
                const words = declaredWords(column, row[column.at])
                return <Td key={column.at} fold foldLabel={words && `${column.label.toLowerCase()}:`}>{words}</Td>
              })}
            </>
            return Row ? <Row key={index} at={`/${rows.at}/${index}`} label={String(row[rows.name])} columns={columns.length + 1}>{cells}</Row> : <Tr key={index}>{cells}</Tr>
          })}
        </Tbody>
      </Table>
    </div>
  )
}
