import { DeclaredTable } from '../../declared-table.tsx'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import { itemsOf } from '../../payload-words.ts'
import { KeyValues } from '../../ui/key-values.tsx'

// A payload as its reader sees it, field by field; lines of a declaration have a table of their own.
export const Facts = ({ kind, payload, stacked }: { kind: KindName; payload: Record<string, unknown>; stacked?: boolean }) => (
  <>
    <KeyValues stacked={stacked} items={itemsOf(kind, payload)} />
    <DeclaredTable kind={kind} payload={payload} />
  </>
)
