import { REMARK, WIDTH, type Cells } from './holdings-cells.ts'
import {
  byCategory, isEmpty, moved, rankOf, withCategorised, withNil, withoutRows, withRows, withTexts, type Doc, type Row, type Texts,
} from './holdings-grid.ts'
import type { Block } from './holdings-tsv.ts'

/** What the grid shows, from top to bottom: a heading (the code of its category) or a row. */
export type View = readonly (string | Row)[]
export type Spot = { readonly at: number; readonly column: number }
type Saved = { readonly doc: Doc; readonly active: Spot }

export type State = {
  readonly doc: Doc
  readonly view: View
  readonly active: Spot
  /** The other corner of what is selected. */
  readonly anchor: Spot
  /** What is being typed into the active cell; null while the keys move. */
  readonly edit: string | null
  readonly past: readonly Saved[]
  readonly future: readonly Saved[]
}

export type Way = 'down' | 'up' | 'right' | 'left' | 'stay'
export type Action =
  | { type: 'go'; down: number; right: number; extend: boolean }
  | { type: 'jump'; to: 'rowStart' | 'rowEnd' | 'first' | 'last'; extend: boolean }
  | { type: 'select'; at: number; column: number; extend: boolean }
  | { type: 'edit'; text: string | null }
  | { type: 'commit'; way: Way }
  | { type: 'cancel' | 'clear' | 'fill' | 'addLine' | 'deleteLines' | 'undo' | 'redo' }
  | { type: 'addIn'; category: string }
  | { type: 'paste'; block: Block }
  | { type: 'move'; category: string }
  | { type: 'nil'; codes: readonly string[]; isNil: boolean }
  | { type: 'start'; doc: Doc }

const MOST_STEPS = 200

export const viewOf = (doc: Doc): View => {
  const unknown = [...new Set(doc.rows.map(({ category }) => category))].filter((code) => rankOf(doc.codes, code) === -1)
  const own = Map.groupBy(doc.rows, ({ category }) => category)
  return [...unknown, ...doc.codes].flatMap((code) => [code, ...(own.get(code) ?? [])])
}

const FIRST: Spot = { at: 0, column: 0 }
export const opened = (doc: Doc): State => ({ doc, view: viewOf(doc), active: FIRST, anchor: FIRST, edit: null, past: [], future: [] })

const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most))
const itemAt = ({ view }: State, at: number) => view[clamp(at, view.length - 1)]!
export const activeRow = (state: State): Row | null => {
  const item = itemAt(state, state.active.at)
  return typeof item === 'string' ? null : item
}
export const activeCategory = (state: State): string => {
  const item = itemAt(state, state.active.at)
  return typeof item === 'string' ? item : item.category
}

export const selection = ({ active, anchor }: Pick<State, 'active' | 'anchor'>) => ({
  top: Math.min(active.at, anchor.at), bottom: Math.max(active.at, anchor.at),
  left: Math.min(active.column, anchor.column), right: Math.max(active.column, anchor.column),
})

const selectedRows = (state: State): Row[] => {
  const { top, bottom } = selection(state)
  return state.view.slice(top, bottom + 1).filter((item) => typeof item !== 'string')
}
const selectedIds = (state: State): ReadonlySet<number> => new Set(selectedRows(state).map(({ id }) => id))

/** What is selected, for the clipboard: whole rows of more than one category carry their category first, and can be pasted so. */
export const selectedBlock = (state: State): Block => {
  const { left, right } = selection(state)
  const rows = selectedRows(state)
  const isMixed = left === 0 && right === REMARK && new Set(rows.map(({ category }) => category)).size > 1
  return rows.map(({ category, cells }) => [...(isMixed ? [category] : []), ...cells.slice(left, right + 1)])
}

const placed = (state: State, active: Spot, extend = false): State => {
  const spot = { at: clamp(active.at, state.view.length - 1), column: clamp(active.column, WIDTH - 1) }
  return { ...state, active: spot, anchor: extend ? state.anchor : spot, edit: null }
}

/** Another document takes the place of this one, which can be had back. The active cell goes with its row, or to `row`. */
const changed = (state: State, doc: Doc, row?: number, column = state.active.column): State => {
  const view = viewOf(doc)
  const wanted = row ?? activeRow(state)?.id
  const category = activeCategory(state)
  const found = view.findIndex((item) => (typeof item === 'string' ? wanted === undefined && item === category : item.id === wanted))
  const at = found === -1 ? clamp(state.active.at, view.length - 1) : found
  const past = [...state.past.slice(-MOST_STEPS), { doc: state.doc, active: state.active }]
  return placed({ ...state, doc, view, past, future: [] }, { at, column })
}

const backTo = (state: State, from: 'past' | 'future'): State => {
  const steps = state[from]
  const step = from === 'past' ? steps.at(-1) : steps[0]
  if (!step) return { ...state, edit: null }
  const left = { doc: state.doc, active: state.active }
  const [past, future] = from === 'past' ? [steps.slice(0, -1), [left, ...state.future]] : [[...state.past, left], steps.slice(1)]
  return placed({ ...state, doc: step.doc, view: viewOf(step.doc), past, future }, step.active)
}

const oneText = (row: Row, column: number, text: string): Texts => new Map([[row.id, new Map([[column, text]])]])

/** With what is being typed in its place, as if it had been committed. */
export const asTyped = (state: State): Doc => {
  const row = activeRow(state)
  if (state.edit === null || !row || row.cells[state.active.column] === state.edit) return state.doc
  return withTexts(state.doc, oneText(row, state.active.column, state.edit))
}

const isRow = (item: string | Row | undefined): item is Row => item !== undefined && typeof item !== 'string'
/** Down and up pass the headings; at the end of a row, right goes on to the next. */
const onward = (state: State, way: Way): State => {
  const { at, column } = state.active
  const step = way === 'down' || way === 'right' ? 1 : -1
  if (way === 'stay') return placed(state, state.active)
  const isSideways = way === 'right' || way === 'left'
  if (isSideways && column + step >= 0 && column + step < WIDTH) return placed(state, { at, column: column + step })
  let next = at + step
  while (next >= 0 && next < state.view.length && !isRow(state.view[next])) next += step
  if (!isRow(state.view[next])) return placed(state, state.active)
  return placed(state, { at: next, column: isSideways ? (step === 1 ? 0 : WIDTH - 1) : column })
}

const committed = (state: State, way: Way): State => {
  const doc = asTyped(state)
  return onward(doc === state.doc ? { ...state, edit: null } : changed({ ...state, edit: null }, doc), way)
}

const filled = (state: State, textAt: (row: Row, column: number, first: Row) => string): State => {
  const { left, right } = selection(state)
  const rows = selectedRows(state)
  if (rows.length === 0) return state
  const columns = Array.from({ length: right - left + 1 }, (_, index) => left + index)
  const texts = new Map(rows.map((row) => [row.id, new Map(columns.map((column) => [column, textAt(row, column, rows[0]!)]))]))
  const { active, anchor } = state
  return { ...changed(state, withTexts(state.doc, texts)), active, anchor }
}

/** Fills down what is at the top of the selection; where one row is selected, what stands above it. */
const filledDown = (state: State): State => {
  const { top, bottom } = selection(state)
  if (top !== bottom) return filled(state, (_row, column, first) => first.cells[column]!)
  const above = state.view[top - 1]
  return isRow(above) ? filled(state, (_row, column) => above.cells[column]!) : state
}

const added = (state: State, category: string, after?: number): State =>
  changed(state, withRows(state.doc, category, [[]], after), state.doc.nextId, 0)

/** From the active cell on, over the rows of its category; what reaches beyond them becomes new rows of the category. */
const pastedBlock = (state: State, block: Block): State => {
  const first = activeRow(state)
  const category = activeCategory(state)
  const { top, left } = selection(state)
  const start = first === null ? { at: state.view.length, column: 0 } : { at: top, column: left }
  const below = state.view.slice(start.at).filter(isRow).filter((row) => row.category === category)
  const at = (cells: readonly string[]) =>
    cells.slice(0, WIDTH - start.column).map((text, index): [number, string] => [start.column + index, text])
  const over = new Map(block.slice(0, below.length).map((cells, index) => [below[index]!.id, new Map(at(cells))]))
  const beyond = block.slice(below.length).map((cells): Cells => [...Array.from({ length: start.column }, () => ''), ...cells])
  const doc = withRows(withTexts(state.doc, over), category, beyond)
  return changed(state, doc, below[0]?.id ?? state.doc.nextId, start.column)
}

const pasted = (state: State, block: Block): State => {
  if (block.length === 0) return state
  const { top, bottom, left, right } = selection(state)
  const single = block.length === 1 && block[0]!.length === 1 ? block[0]![0]! : null
  if (single !== null && (top !== bottom || left !== right)) return filled(state, () => single)
  const categorised = byCategory(state.doc.codes, block)
  if (categorised) {
    const rows = state.doc.rows.filter((row) => !isEmpty(row))
    return changed(state, withCategorised({ ...state.doc, rows }, categorised), state.doc.nextId, 0)
  }
  return pastedBlock(state, block)
}

const jumped = (state: State, { to, extend }: Extract<Action, { type: 'jump' }>): State => {
  const { at, column } = state.active
  const last = state.view.findLastIndex(isRow)
  const spot = {
    rowStart: { at, column: 0 }, rowEnd: { at, column: WIDTH - 1 },
    first: FIRST, last: { at: last === -1 ? state.view.length - 1 : last, column },
  }[to]
  return placed(state, spot, extend)
}

/** At the first line, which may stand below headings of categories without one. */
const begun = (state: State): State => placed(state, { at: Math.max(0, state.view.findIndex(isRow)), column: 0 })

/** Whatever else is done while a cell is being typed into, what was typed is kept first. */
const keptFirst = (state: State, { type }: Action): State =>
  state.edit === null || type === 'edit' || type === 'commit' || type === 'cancel' ? state : committed(state, 'stay')

export const reduce = (given: State, action: Action): State => {
  const state = keptFirst(given, action)
  switch (action.type) {
    case 'go': return placed(state, { at: state.active.at + action.down, column: state.active.column + action.right }, action.extend)
    case 'jump': return jumped(state, action)
    case 'select': return placed(state, action, action.extend)
    case 'edit': {
      const row = activeRow(state)
      return row ? { ...state, anchor: state.active, edit: action.text ?? row.cells[state.active.column]! } : state
    }
    case 'commit': return committed(state, action.way)
    case 'cancel': return { ...state, edit: null, anchor: state.active }
    case 'clear': return filled(state, () => '')
    case 'fill': return filledDown(state)
    case 'addLine': return added(state, activeCategory(state), activeRow(state)?.id)
    case 'addIn': return added(state, action.category)
    case 'deleteLines': return selectedRows(state).length > 0 ? changed(state, withoutRows(state.doc, selectedIds(state))) : state
    case 'move': return changed(state, moved(state.doc, selectedIds(state), action.category))
    case 'paste': return pasted(state, action.block)
    case 'nil': return changed(state, withNil(state.doc, action.codes, action.isNil))
    case 'undo': return backTo(state, 'past')
    case 'redo': return backTo(state, 'future')
    case 'start': return begun(changed(state, action.doc))
  }
}
