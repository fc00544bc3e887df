import type { KindName } from '@/lib/filings/kinds/registry.ts'
import { isWithheld } from '@/lib/filings/kinds/stated.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import { DeclaredTable } from '../../declared-table.tsx'
import { itemsOf } from '../../payload-words.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Sub } from '../../ui/table.tsx'

type Line = { category: string; type: string; inService: unknown; inStorage: unknown; unit?: string; site?: string; remark?: string }

const Count = ({ value }: { value: unknown }) => {
  if (isWithheld(value))
    return (
      <>
        withheld<Sub>{value.withheld}</Sub>
      </>
    )
  return typeof value === 'number' ? formatNumber(value) : null
}

const Lines = ({ lines }: { lines: readonly Line[] }) => (
  <DataTable
    caption="Declared lines, with their sites"
    showCaption
    rows={lines.map((line, index) => ({ ...line, index }))}
    rowKey={({ index }) => String(index)}
    columns={[
      {
        key: 'type',
        label: 'Type',
        cell: (line) => (
          <>
            {line.type}
            <Sub>{line.category}</Sub>
          </>
        ),
      },
      { key: 'service', label: 'In service', numeric: true, keep: true, cell: (line) => <Count value={line.inService} /> },
      { key: 'storage', label: 'In storage', numeric: true, keep: true, cell: (line) => <Count value={line.inStorage} /> },
      {
        key: 'where',
        label: 'Unit and site',
        cell: (line) => (
          <>
            {line.unit}
            {line.site && <Sub>{line.site}</Sub>}
          </>
        ),
      },
      { key: 'remark', label: 'Remark', cell: (line) => line.remark },
    ]}
  />
)

// Everything a verifier may read: every field, and the site of every line.
export const Entry = ({ kind, payload }: { kind: KindName; payload: Record<string, unknown> }) => {
  const lines = Array.isArray(payload.lines) ? (payload.lines as Line[]) : []
  return (
    <>
      <KeyValues items={itemsOf(kind, payload)} />
      <DeclaredTable kind={kind} payload={payload} />
      {lines.length > 0 && (
        <div className="mt-6">
          <Lines lines={lines} />
        </div>
      )}
    </>
  )
}
