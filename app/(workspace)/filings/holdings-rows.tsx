'use client'
import { memo, useLayoutEffect, useRef } from 'react'
import { formatNumber, plural } from '@/lib/shared/format.ts'
import { Mark } from '../../ui/mark.tsx'
import { cx } from '../../ui/cx.ts'
import { COLUMNS, reasonOf, REMARK } from './holdings-cells.ts'
import { isEmpty, type Row, type Total } from './holdings-grid.ts'
import { problemAt, type Refusal, type Store } from './holdings-store.ts'

export const ROW_PX = 36

type Place = { at: number; store: Store }
const topOf = (at: number) => ({ top: at * ROW_PX })

/** The field of the cell that is being typed into. The browser keeps what is typed; the store is told, and nothing is drawn again. */
const Editor = ({ store, column, label }: { store: Store; column: number; label: string }) => {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const at = field.current!
    at.focus({ preventScroll: true })
    at.setSelectionRange(at.value.length, at.value.length)
    at.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [])
  return (
    <textarea
      ref={field}
      rows={1}
      aria-label={label}
      className={column === REMARK ? 'long' : undefined}
      defaultValue={store.state().edit ?? ''}
      inputMode="text"
      spellCheck={false}
      onInput={({ currentTarget }) => store.typed(currentTarget.value)}
    />
  )
}

/** A quantity as a reader takes it: nil and withheld in words, a number in groups of three; what cannot be read as it was typed. */
const Quantity = ({ row, column }: { row: Row; column: number }) => {
  const text = row.cells[column]!
  const value = column === 1 ? row.inService : row.inStorage
  if (reasonOf(text) !== null) return <span className="text-ink-2 italic">{text}</span>
  if (value === 0) {
    return (
      <>
        <span className="mr-1.5 text-2xs text-ink-3">nil</span>0
      </>
    )
  }
  return typeof value === 'number' ? formatNumber(value) : text
}

type LineProps = Place & {
  row: Row
  number: number
  active: number
  left: number
  right: number
  editing: boolean
  refused: readonly Refusal[] | undefined
  /** Columns whose figure was carried on by what was notified since; -1 for the line as a whole. */
  carried: readonly number[] | undefined
  /** Columns that an approver remarked on. */
  remarked: readonly number[] | undefined
}

const CellText = ({ row, column, problem }: { row: Row; column: number; problem: string | null }) => {
  const text = row.cells[column]!
  const shown = COLUMNS[column]!.numeric ? <Quantity row={row} column={column} /> : text
  if (!problem) return shown
  return (
    <>
      <Mark kind="discrepancy" className="mr-1.5 inline size-2.5 align-baseline" />
      {text === '' ? <span className="font-semibold">blank</span> : shown}
      <span className="sr-only">. Problem: {problem}</span>
    </>
  )
}

const Line = memo(({ row, at, number, active, left, right, editing, refused, carried, remarked, store }: LineProps) => (
  <div role="row" aria-rowindex={at + 2} className="grid-row" style={topOf(at)}>
    <div role="rowheader" aria-colindex={1} className="line">
      {carried && <Mark kind="late" className="mr-1 inline size-2 text-warn" />}
      <span className="sr-only">Line </span>
      {isEmpty(row) ? '·' : number}
    </div>
    {COLUMNS.map(({ key, label, numeric }, column) => {
      const isEdited = editing && active === column
      const problem = isEdited ? null : problemAt(row, column, refused)
      const isCarried = carried?.includes(column)
      return (
        <div
          key={key}
          role="gridcell"
          aria-colindex={column + 2}
          aria-selected={column >= left && column <= right}
          aria-invalid={problem ? true : undefined}
          tabIndex={active === column ? 0 : -1}
          data-spot={`${at}:${column}`}
          title={problem ?? (row.cells[column]!.length > 14 ? row.cells[column] : undefined)}
          className={cx(
            numeric && 'n',
            column === 0 && 'type',
            active === column && 'active',
            isCarried && 'carried',
            remarked?.includes(column) && 'remarked',
            isEdited && 'editing',
          )}>
          {isEdited && <Editor store={store} column={column} label={`${label}, line ${number}`} />}
          {remarked?.includes(column) && !isEdited && <Mark kind="info" className="mr-1.5 inline size-2.5 text-accent" />}
          {!isEdited && <CellText row={row} column={column} problem={problem} />}
          {isCarried && !isEdited && <span className="sr-only">, carried on</span>}
          {remarked?.includes(column) && !isEdited && <span className="sr-only">, remarked on by the approver</span>}
        </div>
      )
    })}
  </div>
))
Line.displayName = 'Line'
export { Line }

export type HeadStop = 'name' | 'nil' | 'add' | null
/** Where the focus stands in a heading, by the column that it comes from. */
export const stopOf = (column: number, hasNil: boolean): Exclude<HeadStop, null> => {
  if (column === 0) return 'name'
  return column < 3 && hasNil ? 'nil' : 'add'
}

type HeadingProps = Place & {
  code: string
  label: string
  isKnown: boolean
  isNil: boolean
  total: Total | undefined
  stop: HeadStop
}

const stateOf = ({ isKnown, isNil, total }: Pick<HeadingProps, 'isKnown' | 'isNil' | 'total'>) => {
  if (!isKnown) return <><Mark kind="discrepancy" className="text-crit" /> Not a category of the register: move its lines</>
  if (total && total.lines > 0) return <>{plural(total.lines, 'line')}{total.withheld > 0 && `, ${total.withheld} withheld`}</>
  return isNil ? <><Mark kind="ok" className="text-ok" /> Declared nil</> : <><Mark kind="none" /> Not declared yet</>
}

const sumOf = (total: Total | undefined, key: 'inService' | 'inStorage', isNil: boolean): string => {
  if (total && total.lines > 0) return formatNumber(total[key])
  return isNil ? '0' : ''
}

const SHOWN = ['lines', 'inService', 'inStorage', 'withheld'] as const
const sameTotal = (a: Total | undefined, b: Total | undefined) => SHOWN.every((key) => a?.[key] === b?.[key])

export const Heading = memo(
  ({ code, label, isKnown, isNil, total, stop, at, store }: HeadingProps) => {
    const hasNil = isKnown && (isNil || !total || total.lines === 0)
    const button = (name: Exclude<HeadStop, null>, column: number) => ({
      'type': 'button' as const,
      'tabIndex': stop === name ? 0 : -1,
      'data-spot': `${at}:${name}`,
      'data-column': column,
    })
    return (
      <div role="row" aria-rowindex={at + 2} className="grid-row heads" style={topOf(at)}>
        <div role="rowheader" aria-colindex={1} aria-colspan={2} className="name">
          <button {...button('name', 0)}>{label}</button>
        </div>
        <div role="gridcell" aria-colindex={3} className="n">{sumOf(total, 'inService', isNil)}</div>
        <div role="gridcell" aria-colindex={4} className="n">{sumOf(total, 'inStorage', isNil)}</div>
        <div role="gridcell" aria-colindex={5} aria-colspan={3} className="does">
          <span className="flex min-w-32 items-center gap-1.5 text-sm text-ink-2">{stateOf({ isKnown, isNil, total })}</span>
          {hasNil && (
            <button {...button('nil', 1)} onClick={() => store.dispatch({ type: 'nil', codes: [code], isNil: !isNil }, true)}>
              {isNil ? 'Not nil' : 'Nil'}
              <span className="sr-only"> in {label}</span>
            </button>
          )}
          {isKnown && (
            <button {...button('add', 3)} onClick={() => store.dispatch({ type: 'addIn', category: code }, true)}>
              Add a line<span className="sr-only"> to {label}</span>
            </button>
          )}
        </div>
      </div>
    )
  },
  (a, b) => a.code === b.code && a.isNil === b.isNil && a.stop === b.stop && a.at === b.at && sameTotal(a.total, b.total),
)
Heading.displayName = 'Heading'
