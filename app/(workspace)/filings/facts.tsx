import type { ComponentType } from 'react'
import { DeclaredTable } from '../../declared-table.tsx'
import type { RowProps } from '../../holdings-lines.tsx'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import { itemsOf } from '../../payload-words.ts'
import { KeyValues } from '../../ui/key-values.tsx'

type Beside = { On: ComponentType<{ at: string; label: string }>; Row: ComponentType<RowProps> }
type Props = { kind: KindName; payload: Record<string, unknown>; stacked?: boolean; /** What stands beside each field and row. */ beside?: Beside | undefined }

// A payload as its reader sees it, field by field; lines of a declaration have a table of their own.
export const Facts = ({ kind, payload, stacked, beside }: Props) => (
  <>
    <KeyValues
      stacked={stacked}
      items={itemsOf(kind, payload).map(({ label, value, at }) => ({
        label,
        value: beside ? (
          <>
            {value}
            <beside.On at={at} label={label} />
          </>
        ) : (
          value
        ),
      }))}
    />
    <DeclaredTable kind={kind} payload={payload} Row={beside?.Row} />
  </>
)
