'use client'
import { memo, useSyncExternalStore, type ReactNode } from 'react'
import { formatNumber } from '@/lib/shared/format.ts'
import { Section } from '../../ui/section.tsx'
import { StatusMark } from '../../ui/status-mark.tsx'
import type { GridCategory } from './holdings-bar.tsx'
import type { Start } from './holdings-carried.ts'
import { totalsIn, type Total } from './holdings-grid.ts'
import type { Store } from './holdings-store.ts'

type Before = { inService: number; inStorage: number; withheld: number }
type Row = GridCategory & {
  now: Total | undefined
  before: Before | undefined
  ceiling: Pick<Start['ceilings'][number], 'ceiling' | 'confirmed'> | undefined
}

const sum = ({ inService, inStorage }: Pick<Before, 'inService' | 'inStorage'>) => inService + inStorage
const signed = (change: number) => (change > 0 ? `+ ${formatNumber(change)}` : `− ${formatNumber(-change)}`)
const Dash = () => <span className="text-ink-3">–</span>
const apart = (count: number, word: string) => count > 0 && <span className="sub">{count} {word}</span>

const Now = ({ now }: Row) => {
  if (!now) return <span className="text-ink-3">not declared yet</span>
  return <>{formatNumber(sum(now))}{apart(now.withheld, 'withheld')}{apart(now.unread, 'not stated')}</>
}

const Before = ({ before }: Row) => (before ? <>{formatNumber(sum(before))}{apart(before.withheld, 'withheld')}</> : <Dash />)

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

/** Undefined where no ceiling applies; one that is not on record is unconfirmed, which is not a zero. */
const ceilingOf = (start: Start | null, florence: readonly string[], code: string): Row['ceiling'] =>
  start?.florenceParty && florence.includes(code)
    ? (start.ceilings.find(({ category }) => category === code) ?? { ceiling: null, confirmed: false })
    : undefined

type Column = { label: string; name?: string; cell: (row: Row) => ReactNode; isKept?: boolean }

const columnsOf = (start: Start | null): Column[] => {
  const asOf = start?.previous?.asOf
  return [
    { label: 'Now', cell: Now, isKept: true },
    ...(asOf ? [{ label: `As of ${asOf}`, name: asOf, cell: Before }, { label: 'Difference', cell: Difference }] : []),
    ...(start?.florenceParty ? [{ label: 'Ceiling', cell: Ceiling }] : []),
  ]
}

/** Folds as every table does (table.css), and is written out here: it is drawn again with each commit, and shipped with the grid. */
const Table = ({ rows, columns }: { rows: readonly Row[]; columns: readonly Column[] }) => (
  <div className="table-frame">
    <table role="table" className="folds">
      <caption className="sr-only">Totals per category</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Category</th>
          {columns.map(({ label, isKept }) => (
            <th key={label} role="columnheader" scope="col" className={isKept ? 'n' : 'n fold'}>{label}</th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.code} role="row">
            <th role="rowheader" scope="row">{row.label}</th>
            {columns.map(({ label, name = label, cell, isKept }) => (
              <td key={label} role="cell" className={isKept ? 'n nowrap' : 'n fold nowrap'}>
                {!isKept && <span className="fold-label" aria-hidden="true">{name}</span>}
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

// What the lines add up to, beside the last declaration and the ceiling.
export const Totals = memo(({ store, categories, florence, start, designation }: Props) => {
  const doc = useSyncExternalStore(store.subscribe, () => store.state().doc, () => store.state().doc)
  const totals = totalsIn(doc)
  const before = new Map<string, Before>(start?.previous?.totals.map((total) => [total.category, total]))
  const rows = categories.filter(({ code }) => totals.has(code) || before.has(code))
    .map((category): Row => {
      const { code } = category
      return { ...category, now: totals.get(code), before: before.get(code), ceiling: ceilingOf(start, florence, code) }
    })
  const limits = start && !start.florenceParty && `${designation} is not a party to the Florence agreement, so no ceiling applies.`
  return (
    <Section title="Totals" hint={['Pieces, in service and in storage together.', limits].filter(Boolean).join(' ')}>
      {rows.length === 0 && <p className="text-md text-ink-3">They stand here as soon as a line is stated.</p>}
      {rows.length > 0 && <Table rows={rows} columns={columnsOf(start)} />}
    </Section>
  )
})
Totals.displayName = 'Totals'
