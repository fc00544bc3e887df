'use client'
import {
  useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type ClipboardEvent, type KeyboardEvent, type MouseEvent,
  type UIEvent,
} from 'react'
import { flushSync } from 'react-dom'
import { COLUMNS, WIDTH } from './holdings-cells.ts'
import { totalsIn } from './holdings-grid.ts'
import { actionOf } from './holdings-keys.ts'
import { Heading, Line, ROW_PX, stopOf } from './holdings-rows.tsx'
import { selectedBlock, selection, type State } from './holdings-state.ts'
import type { Store } from './holdings-store.ts'
import { parseTsv, toTsv } from './holdings-tsv.ts'

const SEEN = 25
const BESIDE = 8
const PAGE = 20

export type Marks = ReadonlyMap<number, readonly number[]>
type Props = {
  store: Store
  labels: ReadonlyMap<string, string>
  marks: Marks
  remarked: Marks
  describedBy: string
  onFind: () => void
  onNextProblem: () => void
}

/** Every row for paper, those around the ones in sight for the screen; the active one always, since it may hold the focus. */
const indicesOf = (state: State, first: number, isPrinted: boolean): number[] => {
  const from = isPrinted ? 0 : Math.max(0, first - BESIDE)
  const to = isPrinted ? state.view.length : Math.min(state.view.length, first + SEEN + BESIDE)
  const around = Array.from({ length: to - from }, (_, index) => from + index)
  const { at } = state.active
  return at < from ? [at, ...around] : at >= to ? [...around, at] : around
}

const useIsPrinted = (): boolean => {
  const [isPrinted, setIsPrinted] = useState(false)
  useEffect(() => {
    const begin = () => flushSync(() => setIsPrinted(true))
    const end = () => setIsPrinted(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return isPrinted
}

const spotAt = (target: EventTarget): { at: number; column: number } | null => {
  const cell = (target as Element).closest<HTMLElement>('[data-spot]')
  if (!cell) return null
  const [at, column] = cell.dataset.spot!.split(':')
  return { at: Number(at), column: Number(cell.dataset.column ?? column) }
}
const isTyping = (target: EventTarget) => target instanceof HTMLTextAreaElement
const isOnButton = (target: EventTarget) => (target as Element).closest('button') !== null

/** What the mouse does: a click goes there, with Shift or dragging selects, a second one edits. */
const mouseOf = (store: Store) => ({
  onMouseDown: (event: MouseEvent) => {
    const spot = spotAt(event.target)
    if (!spot || isTyping(event.target) || event.button !== 0) return
    const { active } = store.state()
    const isTapAgain = matchMedia('(pointer: coarse)').matches && active.at === spot.at && active.column === spot.column
    const isButton = isOnButton(event.target)
    if (!isButton) event.preventDefault()
    store.dispatch(isTapAgain ? { type: 'edit', text: null } : { type: 'select', ...spot, extend: event.shiftKey }, !isButton)
  },
  onMouseOver: (event: MouseEvent) => {
    const spot = event.buttons === 1 && !isTyping(event.target) ? spotAt(event.target) : null
    const { active, edit } = store.state()
    const isElsewhere = spot && (spot.at !== active.at || spot.column !== active.column)
    if (isElsewhere && edit === null) store.dispatch({ type: 'select', ...spot, extend: true }, true)
  },
  onDoubleClick: (event: MouseEvent) => {
    if (spotAt(event.target) && !isTyping(event.target) && !isOnButton(event.target)) store.dispatch({ type: 'edit', text: null }, true)
  },
})

const clipboardOf = (store: Store) => {
  const copy = (event: ClipboardEvent) => {
    if (isTyping(event.target)) return false
    event.preventDefault()
    event.clipboardData.setData('text/plain', toTsv(selectedBlock(store.state())))
    return true
  }
  return {
    onCopy: copy,
    onCut: (event: ClipboardEvent) => {
      if (copy(event)) store.dispatch({ type: 'clear' }, true)
    },
    onPaste: (event: ClipboardEvent) => {
      const text = event.clipboardData.getData('text/plain')
      // Into a cell that is being typed into, a word goes as into any field; a block is a block wherever it lands.
      if (isTyping(event.target) && !/[\t\n]/.test(text.trim())) return
      event.preventDefault()
      if (isTyping(event.target)) store.dispatch({ type: 'cancel' })
      store.dispatch({ type: 'paste', block: parseTsv(text) }, true)
    },
  }
}

/** Left and right in a heading go from button to button. */
const inHeading = (event: KeyboardEvent, state: State, hasNil: boolean): number | null => {
  if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return null
  const stops = hasNil ? [0, 1, 3] : [0, 3]
  const names = stops.map((column) => stopOf(column, hasNil))
  const at = names.indexOf(stopOf(state.active.column, hasNil)) + (event.key === 'ArrowRight' ? 1 : -1)
  return stops[Math.max(0, Math.min(at, stops.length - 1))]!
}

const keysOf = (store: Store, { onFind, onNextProblem }: Pick<Props, 'onFind' | 'onNextProblem'>) => (event: KeyboardEvent) => {
  const state = store.state()
  const item = state.view[state.active.at]!
  const own = (run: () => void) => {
    event.preventDefault()
    run()
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') return own(onFind)
  if (event.key === 'F8') return own(onNextProblem)
  if (typeof item === 'string') {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) return undefined
    const hasNil = (event.currentTarget as HTMLElement).querySelector(`[data-spot="${state.active.at}:nil"]`) !== null
    const column = inHeading(event, state, hasNil)
    const select = { type: 'select', at: state.active.at, column: column ?? 0, extend: false } as const
    if (column !== null && !event.shiftKey) return own(() => store.dispatch(select, true))
    if (event.key === ' ') return undefined
  }
  const { key, ctrlKey, metaKey, shiftKey, altKey, nativeEvent } = event
  const action = actionOf({ key, ctrlKey, metaKey, shiftKey, altKey, isComposing: nativeEvent.isComposing }, state.edit !== null, PAGE)
  if (!action) return undefined
  // The character of the key goes into the field, which therefore has to stand there before the browser inserts it.
  if (action.type === 'edit' && action.text !== null) return flushSync(() => store.dispatch(action, true))
  return own(() => store.dispatch(action, true))
}

const spanOf = (state: State, at: number) => {
  const { top, bottom, left, right } = selection(state)
  return at >= top && at <= bottom ? { left, right } : { left: -1, right: -1 }
}

const Head = () => (
  <div role="rowgroup" className="grid-head">
    <div role="row" aria-rowindex={1} className="grid-row">
      <div role="columnheader" aria-colindex={1} className="line">Line</div>
      {COLUMNS.map(({ key, label, numeric }, column) => (
        <div key={key} role="columnheader" aria-colindex={column + 2} className={numeric ? 'n' : column === 0 ? 'type' : undefined}>
          {label}
        </div>
      ))}
    </div>
  </div>
)

/** The first row in sight, by four at a time: what is drawn beside those in sight is enough for that. */
const useFirstSeen = () => {
  const [first, setFirst] = useState(0)
  const onScroll = ({ currentTarget }: UIEvent<HTMLElement>) => setFirst(Math.floor(currentTarget.scrollTop / ROW_PX / 4) * 4)
  return { first, onScroll }
}

/** Focus follows the active cell after each act of the grid, and never otherwise. */
const useFocus = (store: Store, state: State) => {
  const sheet = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!store.takeFocus() || state.edit !== null) return
    const { at, column } = state.active
    const cells = [...(sheet.current?.querySelectorAll<HTMLElement>(`[data-spot^="${at}:"]`) ?? [])]
    const isHead = typeof state.view[at] === 'string'
    const target = cells.find(({ tabIndex, dataset }) => (isHead ? tabIndex === 0 : dataset.spot === `${at}:${column}`))
    target?.focus({ preventScroll: true })
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  return sheet
}

export const HoldingsTable = ({ store, labels, marks, remarked, describedBy, onFind, onNextProblem }: Props) => {
  const state = useSyncExternalStore(store.subscribe, store.state, store.state)
  const refusals = useSyncExternalStore(store.subscribe, store.refusals, store.refusals)
  const totals = useMemo(() => totalsIn(state.doc), [state.doc])
  const heads = useMemo(() => state.view.flatMap((item, at) => (typeof item === 'string' ? [at] : [])), [state.view])
  const handlers = useMemo(() => ({ ...mouseOf(store), ...clipboardOf(store) }), [store])
  const { first, onScroll } = useFirstSeen()
  const sheet = useFocus(store, state)
  const rows = indicesOf(state, first, useIsPrinted())
  const { active, edit, view, doc } = state
  return (
    <div className="grid-box" onScroll={onScroll}>
      <div
        ref={sheet}
        role="grid"
        tabIndex={-1}
        aria-label="Lines of the declaration"
        aria-describedby={describedBy}
        aria-rowcount={view.length + 1}
        aria-colcount={WIDTH + 1}
        aria-multiselectable="true"
        className="grid-sheet select-none"
        onKeyDown={keysOf(store, { onFind, onNextProblem })}
        {...handlers}>
        <Head />
        <div role="rowgroup" className="grid-body" style={{ height: view.length * ROW_PX }}>
          {rows.map((at) => {
            const item = view[at]!
            const isActive = active.at === at
            if (typeof item === 'string') {
              const total = totals.get(item)
              const isKnown = labels.has(item)
              const isNil = doc.nil.includes(item)
              const stop = isActive ? stopOf(active.column, isKnown && (isNil || !total || total.lines === 0)) : null
              const label = labels.get(item) ?? `“${item}”`
              return <Heading key={item} code={item} {...{ label, at, isKnown, isNil, total, stop, store }} />
            }
            return (
              <Line
                key={item.id}
                row={item}
                number={at - heads.findLastIndex((head) => head < at)}
                active={isActive ? active.column : -1}
                editing={isActive && edit !== null}
                refused={refusals.get(item.id)}
                carried={marks.get(item.id)}
                remarked={remarked.get(item.id)}
                {...{ at, store, ...spanOf(state, at) }}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
