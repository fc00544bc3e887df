'use client'
import { memo, useSyncExternalStore } from 'react'
import { formatNumber } from '@/lib/shared/format.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Section } from '../../ui/section.tsx'
import { StatusMark } from '../../ui/status-mark.tsx'
import { Sub } from '../../ui/table.tsx'
import type { GridCategory } from './holdings-bar.tsx'
import type { Start } from './holdings-carried.ts'
import { totalsIn, type Total } from './holdings-grid.ts'
import type { Store } from './holdings-store.ts'

type Before = { inService: number; inStorage: number; withheld: number }
type Row = GridCategory & { now: Total | undefined; before: Before | undefined; ceiling: Start['ceilings'][number] | undefined }

const sum = ({ inService, inStorage }: Pick<Before, 'inService' | 'inStorage'>) => inService + inStorage
const signed = (change: number) => (change > 0 ? `+ ${formatNumber(change)}` : `− ${formatNumber(-change)}`)
const Dash = () => <span className="text-ink-3">–</span>
const apart = (count: number, word: string) => count > 0 && <Sub>{count} {word}</Sub>

const Now = ({ now }: Pick<Row, 'now'>) => {
  if (!now) return <span className="text-ink-3">not declared yet</span>
  return <>{formatNumber(sum(now))}{apart(now.withheld, 'withheld')}{apart(now.unread, 'not stated')}</>
}

const Difference = ({ now, before }: Row) => {
  if (!now || !before || now.unread > 0) return <Dash />
  if (now.withheld > 0 || before.withheld > 0) return <span className="text-ink-3">withheld in part</span>
  const change = sum(now) - sum(before)
  return change === 0 ? <span className="text-ink-3">none</span> : <b className="whitespace-nowrap">{signed(change)}</b>
}

const Ceiling = ({ now, ceiling }: Row) => {
  if (!ceiling) return <span className="text-ink-3">no ceiling</span>
  if (ceiling.ceiling === null || !ceiling.confirmed) return <span className="text-ink-3">unconfirmed</span>
  const above = now ? sum(now) - ceiling.ceiling : 0
  return <>{formatNumber(ceiling.ceiling)}{above > 0 && <StatusMark mark="discrepancy">above by {formatNumber(above)}</StatusMark>}</>
}

type Props = { store: Store; categories: readonly GridCategory[]; florence: readonly string[]; start: Start | null; designation: string }

const ceilingOf = (start: Start | null, florence: readonly string[], code: string): Row['ceiling'] =>
  start?.florenceParty && florence.includes(code) ? (start.ceilings.find(({ category }) => category === code) ?? { category: code as never, ceiling: null, confirmed: false }) : undefined

// What the lines add up to, beside the last declaration and the ceiling.
export const Totals = memo(({ store, categories, florence, start, designation }: Props) => {
  const doc = useSyncExternalStore(store.subscribe, () => store.state().doc, () => store.state().doc)
  const totals = totalsIn(doc)
  const before = new Map<string, Before>(start?.previous?.totals.map((total) => [total.category, total]))
  const rows = categories.filter(({ code }) => totals.has(code) || before.has(code))
    .map((category): Row => ({ ...category, now: totals.get(category.code), before: before.get(category.code), ceiling: ceilingOf(start, florence, category.code) }))
  const asOf = start?.previous?.asOf
  const limits = start && !start.florenceParty && `${designation} is not a party to the Florence agreement, so no ceiling applies.`
  return (
    <Section title="Totals" hint={['Pieces, in service and in storage together.', limits].filter(Boolean).join(' ')}>
      <DataTable
        caption="Totals per category"
        rows={rows}
        rowKey={({ code }) => code}
        empty={<p className="text-md text-ink-3">They stand here as soon as a line is stated.</p>}
        columns={[
          { key: 'category', label: 'Category', cell: ({ label }) => label },
          { key: 'now', label: 'Now', numeric: true, keep: true, cell: (row) => <Now {...row} /> },
          ...(asOf ? [
            { key: 'before', label: `As of ${asOf}`, numeric: true, foldLabel: asOf, cell: ({ before }: Row) => (before ? <>{formatNumber(sum(before))}{apart(before.withheld, 'withheld')}</> : <Dash />) },
            { key: 'difference', label: 'Difference', numeric: true, cell: (row: Row) => <Difference {...row} /> },
          ] : []),
          ...(start?.florenceParty ? [{ key: 'ceiling', label: 'Ceiling', numeric: true, cell: (row: Row) => <Ceiling {...row} /> }] : []),
        ]}
      />
    </Section>
  )
})
Totals.displayName = 'Totals'
