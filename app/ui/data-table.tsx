import type { ReactNode } from 'react'
import { RowTh, Table, Tbody, Td, Th, Thead, Tr, type SortLink } from './table.tsx'

export type Column<Row> = {
  key: string
  label: ReactNode
  cell: (row: Row) => ReactNode
  numeric?: boolean
  keep?: boolean
  nowrap?: boolean
  sortable?: boolean
  /** Names the value where it is folded away from its heading; numbers take the heading itself. */
  foldLabel?: ReactNode
}

export type Sorting = { by: string; dir: 'asc' | 'desc'; href: (by: string, dir: 'asc' | 'desc') => string }

type Props<Row> = {
  caption: ReactNode
  showCaption?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  sorting?: Sorting
  empty?: ReactNode
}

const sortLink = (key: string, { by, dir, href }: Sorting): SortLink => by === key
  ? { href: href(key, dir === 'asc' ? 'desc' : 'asc'), dir }
  : { href: href(key, 'asc') }

// The first column and those marked `keep` hold their place at any width; the others fold under them.
export const DataTable = <Row,>({ caption, showCaption, columns, rows, rowKey, sorting, empty }: Props<Row>) => {
  if (rows.length === 0 && empty) return empty
  const folds = (column: Column<Row>, i: number) => i > 0 && !column.keep
  return (
    <Table caption={caption} showCaption={showCaption} folds={columns.some(folds) && (columns.length > 5 ? 'early' : true)}>
      <Thead>
        <Tr>
          {columns.map((column, i) => (
            <Th key={column.key} numeric={column.numeric} nowrap={column.nowrap} fold={folds(column, i)}
              sort={sorting && column.sortable ? sortLink(column.key, sorting) : undefined}>{column.label}</Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {rows.map(row => (
          <Tr key={rowKey(row)}>
            {columns.map((column, i) => i === 0
              ? <RowTh key={column.key} nowrap={column.nowrap}>{column.cell(row)}</RowTh>
              : <Td key={column.key} numeric={column.numeric} nowrap={column.nowrap ?? column.numeric} fold={folds(column, i)}
                foldLabel={column.foldLabel ?? (column.numeric ? column.label : undefined)}>
                {column.cell(row)}
              </Td>)}
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
