'use client'
import { useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import { plural } from '@/lib/shared/format.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Mark } from '../../ui/mark.tsx'
import type { Carried } from './holdings-carried.ts'
import type { Remarked } from './holdings-remarks.ts'
import { undeclared } from './holdings-grid.ts'
import { activeCategory, activeRow, selection, type State } from './holdings-state.ts'
import { problemAt, type CellProblem, type Store } from './holdings-store.ts'

export type GridCategory = { code: string; label: string; definition: string }
type Categories = readonly GridCategory[]

const plain = (words: string): string => words.normalize('NFKD').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')

/** The next row after the active one, from the top again at the end, that says what is looked for, in any spelling. */
const found = ({ view, active }: State, words: string): number => {
  const wanted = plain(words)
  const has = (at: number) => {
    const item = view[at]!
    return typeof item !== 'string' && plain(item.cells.join(' ')).includes(wanted)
  }
  const order = view.map((_, step) => (active.at + 1 + step) % view.length)
  return wanted === '' ? -1 : (order.find(has) ?? -1)
}

type FindProps = { store: Store; field: RefObject<HTMLInputElement | null> }

const Find = ({ store, field }: FindProps) => {
  const [missed, setMissed] = useState(false)
  const find = (words: string) => {
    const at = found(store.state(), words)
    setMissed(at === -1 && words !== '')
    if (at !== -1) store.dispatch({ type: 'select', at, column: 0, extend: false }, true)
  }
  return (
    <span className="ml-auto flex items-center gap-2.5">
      <span role="status" className="text-sm text-crit">{missed ? 'No line has it.' : ''}</span>
      <input
        ref={field}
        type="search"
        aria-label="Find a line"
        placeholder="Find a line"
        className="control w-44! py-1!"
        onFocus={({ currentTarget }) => currentTarget.select()}
        onInput={() => setMissed(false)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          find(event.currentTarget.value)
        }}
      />
    </span>
  )
}

type BarProps = FindProps & { problems: readonly CellProblem[]; onNextProblem: () => void }

export const Toolbar = ({ store, field, problems, onNextProblem }: BarProps) => {
  const state = useSyncExternalStore(store.subscribe, store.state, store.state)
  const { top, bottom } = selection(state)
  const lines = state.view.slice(top, bottom + 1).filter((item) => typeof item !== 'string').length
  return (
    <div role="toolbar" aria-label="Lines" className="no-print mb-2 flex flex-wrap items-center gap-2">
      <Button tone="quiet" onClick={() => store.dispatch({ type: 'addLine' }, true)}>Add a line</Button>
      <Button tone="quiet" aria-disabled={lines === 0} onClick={() => store.dispatch({ type: 'deleteLines' }, true)}>
        {lines > 1 ? `Delete ${plural(lines, 'line')}` : 'Delete the line'}
      </Button>
      <Button tone="quiet" aria-disabled={state.past.length === 0} onClick={() => store.dispatch({ type: 'undo' })}>Undo</Button>
      <Button tone="quiet" aria-disabled={state.future.length === 0} onClick={() => store.dispatch({ type: 'redo' })}>Redo</Button>
      {problems.length > 0 && (
        <Button tone="quiet" onClick={onNextProblem}>
          <Mark kind="discrepancy" className="text-crit" /> Next of {plural(problems.length, 'problem')}
        </Button>
      )}
      <Find store={store} field={field} />
    </div>
  )
}

const CarriedWords = ({ change: { filing, pieces, on, from, to } }: { change: Carried }) => (
  <>
    <a href={`/register/${filing.id}`}>{filing.number}</a>, {on}: {from ?? 'new'} → {to} (
    {pieces! > 0 ? `${pieces} delivered` : `${-pieces!} disposed of`}).
  </>
)

/** What a cell has no room for is read above the grid. */
const isLong = (text: string): boolean => text.length > 14

type ContextProps = { store: Store; categories: Categories; carried: readonly Carried[]; remarked: readonly Remarked[] }

// The definition of the category at hand, and what is to be said of the cell: it follows the active cell.
export const Context = ({ store, categories, carried, remarked }: ContextProps) => {
  const state = useSyncExternalStore(store.subscribe, store.state, store.state)
  const refusals = useSyncExternalStore(store.subscribe, store.refusals, store.refusals)
  const code = activeCategory(state)
  const category = categories.find((one) => one.code === code)
  const row = activeRow(state)
  const { column } = state.active
  const problem = row && problemAt(row, column, refusals.get(row.id))
  const changes = carried.filter(({ cell }) => cell && row && cell.row === row.id && cell.column === column)
  const remarks = remarked.filter((one) => row && one.row === row.id && (one.column === column || one.column === -1))
  const others = !problem && changes.length === 0 && row ? row.cells[column]! : ''
  return (
    <div className="no-print mb-2 min-h-16 rounded-sm border-l-3 border-accent bg-accent-soft px-3.5 py-2 text-sm text-ink-2 sm:min-h-13">
      <p>
        <b className="text-ink">{category?.label ?? `“${code}” is not a category`}</b>{' '}
        {category?.definition ?? 'Move its lines to the category that is meant.'}
      </p>
      {problem && (
        <p className="mt-0.5! font-book text-crit">
          <Mark kind="discrepancy" className="mr-1.5 inline size-2.5" />
          {problem}
        </p>
      )}
      {!problem && changes.map((change, index) => (
        <p key={index} className="mt-0.5!">
          <Mark kind="late" className="mr-1.5 inline size-2.5 text-warn" />
          Carried on by <CarriedWords change={change} />
        </p>
      ))}
      {remarks.map(({ remark }) => (
        <p key={remark} className="mt-0.5! wrap-anywhere">
          <Mark kind="info" className="mr-1.5 inline size-2.5 text-accent" />
          <b className="text-ink">The approver:</b> {remark}
        </p>
      ))}
      {isLong(others) && <p className="mt-0.5! whitespace-pre-line">{others}</p>}
    </div>
  )
}

export const MoveLines = ({ store, categories }: { store: Store; categories: Categories }) => {
  const [category, setCategory] = useState(categories[0]!.code)
  return (
    <Disclosure summary="Move the selected lines to another category">
      <div className="flex flex-wrap items-center gap-2.5">
        <select
          aria-label="Category to move to"
          className="control w-auto! max-w-full"
          value={category}
          onChange={({ target }) => setCategory(target.value)}>
          {categories.map(({ code, label }) => (
            <option key={code} value={code}>{label}</option>
          ))}
        </select>
        <Button tone="quiet" onClick={() => store.dispatch({ type: 'move', category }, true)}>Move</Button>
      </div>
    </Disclosure>
  )
}

type RestProps = { store: Store; besides: readonly string[] }

// What is neither lined nor nil: said, and declared nil in one act. The button goes with that act, so the focus stays with the words.
export const Undeclared = ({ store, besides }: RestProps) => {
  const doc = useSyncExternalStore(store.subscribe, () => store.state().doc, () => store.state().doc)
  const words = useRef<HTMLParagraphElement>(null)
  const rest = undeclared(doc, besides)
  const declare = () => {
    store.dispatch({ type: 'nil', codes: rest, isNil: true })
    words.current?.focus()
  }
  return (
    <div className="my-4 flex flex-wrap items-center gap-x-5 gap-y-2 text-md">
      <p ref={words} tabIndex={-1} className="announces min-w-0 flex-1 basis-80 text-ink-2">
        {rest.length === 0 ? (
          <>
            <Mark kind="ok" className="mr-1.5 inline text-ok" />
            Every category is declared, with lines or as nil.
          </>
        ) : (
          <>
            <b className="text-ink">Not declared yet: {plural(rest.length, 'category', 'categories')}.</b> {rest.join(', ')}. What is left out
            is neither a figure nor a nil.
          </>
        )}
      </p>
      {rest.length > 0 && (
        <Button tone="quiet" className="no-print" onClick={declare}>
          {rest.length === 1 ? 'Declare the remaining category nil' : `Declare the remaining ${rest.length} categories nil`}
        </Button>
      )}
    </div>
  )
}
