import type { FieldProblem } from '@/lib/shared/errors.ts'
import { COLUMNS } from './holdings-cells.ts'
import { statedOf, type Doc, type Row } from './holdings-grid.ts'
import { asTyped, opened, reduce, type Action, type State } from './holdings-state.ts'

/** What the register says of a cell. It holds for as long as the cell says what it said then. */
export type Refusal = { readonly column: number; readonly text: string; readonly category: string; readonly message: string }
export type Refusals = ReadonlyMap<number, readonly Refusal[]>

/** What typing has come to rest on: this is saved, previewed and sent. */
export type Settled = { readonly doc: Doc } & Readonly<ReturnType<typeof statedOf>>

const NONE: Refusals = new Map()
/** A key settles when the typing pauses; a paste or a fill is seen at once. */
const PAUSE_MS = { typed: 400, done: 120 }

const settledOf = (doc: Doc): Settled => ({ doc, ...statedOf(doc) })

/** The cell of a refusal at `/payload/lines/12/inService/withheld`; a category has none, so it is said at the type. */
const spotOf = (pointer: string): { line: number; column: number } | null => {
  const [, line, key] = /^\/payload\/lines\/(\d+)(?:\/(\w+))?/.exec(pointer) ?? []
  if (line === undefined) return null
  return { line: Number(line), column: Math.max(0, COLUMNS.findIndex((column) => column.key === key)) }
}

/**
 * The grid's state, outside React: a key changes the one cell that is typed into and what shows it, and nothing is read, summed or
 * written again until the typing pauses.
 */
export const createStore = (doc: Doc) => {
  let state = opened(doc)
  let settled = settledOf(doc)
  let refusals = NONE
  let wantsFocus = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()
  const tell = () => listeners.forEach((listener) => listener())

  const settle = (): void => {
    clearTimeout(timer)
    timer = undefined
    const now = asTyped(state)
    if (now === settled.doc) return
    settled = settledOf(now)
    tell()
  }
  const soon = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(settle, ms)
  }

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    state: (): State => state,
    settled: (): Settled => settled,
    refusals: (): Refusals => refusals,
    isUnsettled: (): boolean => timer !== undefined,
    settle,
    takeFocus: (): boolean => {
      const wanted = wantsFocus
      wantsFocus = false
      return wanted
    },
    /** With `focus` the active cell takes the focus once it is drawn: the act came from the grid, or leads into it. */
    dispatch: (action: Action, focus = false): void => {
      const before = state.doc
      state = reduce(state, action)
      wantsFocus ||= focus
      if (state.doc !== before) soon(PAUSE_MS.done)
      tell()
    },
    /** A key in the cell that is being typed into: nobody else needs to know yet. */
    typed: (text: string): void => {
      state = { ...state, edit: text }
      soon(PAUSE_MS.typed)
    },
    /** Where each problem stands, by what was sent when it was found. */
    refuse: (problems: readonly FieldProblem[], about: Settled): void => {
      const found = new Map<number, Refusal[]>()
      const rows = new Map(about.doc.rows.map((row) => [row.id, row]))
      for (const { pointer, message } of problems) {
        const spot = spotOf(pointer)
        const row = spot && rows.get(about.ids[spot.line] ?? -1)
        if (!spot || !row) continue
        const own = found.get(row.id) ?? []
        own.push({ column: spot.column, text: row.cells[spot.column]!, category: row.category, message })
        found.set(row.id, own)
      }
      if (found.size === 0 && refusals.size === 0) return
      refusals = found.size === 0 ? NONE : found
      tell()
    },
    spotOf: (pointer: string, about: Settled): { row: number; column: number } | null => {
      const spot = spotOf(pointer)
      const row = spot && about.ids[spot.line]
      return row === null || row === undefined ? null : { row, column: spot!.column }
    },
  }
}
export type Store = ReturnType<typeof createStore>

/** What is wrong with a cell: what the grid sees itself, else what the register said of it. */
export const problemAt = (row: Row, column: number, refused: readonly Refusal[] | undefined): string | null =>
  row.problems[column] ??
  refused?.find((one) => one.column === column && one.text === row.cells[column] && one.category === row.category)?.message ?? null

export type CellProblem = { readonly row: number; readonly column: number; readonly message: string }

/** Every problem of the rows, from top to bottom. */
export const problemsOf = (rows: readonly Row[], refusals: Refusals): CellProblem[] =>
  rows.flatMap((row) => {
    const refused = refusals.get(row.id)
    if (!refused && row.problems.every((problem) => problem === null)) return []
    return COLUMNS.flatMap((_, column) => {
      const message = problemAt(row, column, refused)
      return message === null ? [] : [{ row: row.id, column, message }]
    })
  })

/** 'Line 12, in service: ...', by the number that the grid shows. */
export const problemWords = (doc: Doc, { row, column, message }: CellProblem): string =>
  `Line ${doc.rows.findIndex(({ id }) => id === row) + 1}, ${COLUMNS[column]!.label.toLowerCase()}: ${message}`
