import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { docOf, statedOf, totalsIn, undeclared } from '../../app/(workspace)/filings/holdings-grid.ts'
import { actionOf } from '../../app/(workspace)/filings/holdings-keys.ts'
import { asTyped, opened, reduce, selectedBlock, type Action, type State } from '../../app/(workspace)/filings/holdings-state.ts'
import { totalsOf, type HoldingsPayload } from '../../lib/filings/kinds/holdings.ts'
import { CATEGORY_CODES } from '../../lib/taxonomy/rules.ts'

const CODES = ['I', 'II', 'IVa', 'none']
const LINES = [
  { category: 'II', type: 'BVP M-80', inService: 211, inStorage: 0 },
  { category: 'I', type: 'M-84', inService: 232, inStorage: { withheld: 'readiness' }, unit: '1st Brigade', site: 'Niš' },
  { category: 'I', type: 'T-72', inService: 30, inStorage: 12 },
]
/** View: 0 I, 1 M-84, 2 T-72, 3 II, 4 BVP M-80, 5 IVa, 6 none. */
const grid = (nil: string[] = []): State => opened(docOf(CODES, { lines: LINES, nil }))
const run = (state: State, ...actions: Action[]): State => actions.reduce(reduce, state)
const at = (row: number, column: number, extend = false): Action => ({ type: 'select', at: row, column, extend })
const paste = (text: string): Action => ({ type: 'paste', block: text.split('\n').map((row) => row.split('\t')) })
const shown = ({ view }: State) => view.map((item) => (typeof item === 'string' ? item : item.cells.slice(0, 3).join(' | ')))

test('lines stand under the headings of their categories, whatever their order; each category has a heading', () => {
  expect(shown(grid())).toEqual(['I', 'M-84 | 232 | withheld: readiness', 'T-72 | 30 | 12', 'II', 'BVP M-80 | 211 | 0', 'IVa', 'none'])
})

describe('typing', () => {
  test('Enter keeps it and goes down past headings, Tab right and on to the next line, Escape leaves the cell as it was', () => {
    const typed = { ...run(grid(), at(2, 1), { type: 'edit', text: '' }), edit: '1 234' }
    expect(asTyped(typed).rows[1]!.cells[1]).toBe('1234')
    const down = run(typed, { type: 'commit', way: 'down' })
    expect([shown(down)[2], down.active]).toEqual(['T-72 | 1234 | 12', { at: 4, column: 1 }])
    expect(run(typed, { type: 'commit', way: 'right' }).active).toEqual({ at: 2, column: 2 })
    expect(run(grid(), at(2, 5), { type: 'edit', text: null }, { type: 'commit', way: 'right' }).active).toEqual({ at: 4, column: 0 })
    expect(run(typed, { type: 'cancel' }).doc).toBe(typed.doc)
  })

  test('whatever else is done, what was typed is kept first', () => {
    const typed = { ...run(grid(), at(2, 1), { type: 'edit', text: '' }), edit: '99' }
    expect(shown(run(typed, at(1, 0)))[2]).toBe('T-72 | 99 | 12')
    expect(shown(run(typed, { type: 'addLine' }))).toEqual(['I', 'M-84 | 232 | withheld: readiness', 'T-72 | 99 | 12', ' |  | ', 'II', 'BVP M-80 | 211 | 0', 'IVa', 'none'])
  })

  test('a commit that changes nothing is no step to undo', () => {
    expect(run(grid(), at(2, 1), { type: 'edit', text: null }, { type: 'commit', way: 'down' }).past).toEqual([])
  })
})

describe('pasting', () => {
  test('goes over the lines of its category and grows it, never into the next', () => {
    const state = run(grid(), at(2, 1), paste('1\t2\n3\t4\n5\t6'))
    expect(shown(state)).toEqual(['I', 'M-84 | 232 | withheld: readiness', 'T-72 | 1 | 2', ' | 3 | 4', ' | 5 | 6', 'II', 'BVP M-80 | 211 | 0', 'IVa', 'none'])
  })

  test('on a heading adds lines to its category', () => {
    expect(shown(run(grid(), at(5, 3), paste('Rafale F3-R\t12\t0')))[6]).toBe('Rafale F3-R | 12 | 0')
  })

  test('of one cell fills what is selected', () => {
    expect(shown(run(grid(), at(1, 2), at(2, 2, true), paste('0'))).slice(1, 3)).toEqual(['M-84 | 232 | 0', 'T-72 | 30 | 0'])
  })

  test('of rows that carry their category puts each where it belongs, a heading row aside; an unknown code is kept and seen', () => {
    const state = run(grid(['IVa']), at(4, 4), paste('Category\tType\tIn service\tIn storage\tUnit\tSite\tRemark\niva\tOrao\t17\t1.234\t\t\t\nXX\tThing\t1\t0\t\t\t\n\t\t\t\t\t\t'))
    expect(shown(state)).toEqual(['XX', 'Thing | 1 | 0', 'I', 'M-84 | 232 | withheld: readiness', 'T-72 | 30 | 12', 'II', 'BVP M-80 | 211 | 0', 'IVa', 'Orao | 17 | 1.234', 'none'])
    expect(state.doc.nil).toEqual([])
    expect(state.doc.rows.find(({ cells }) => cells[0] === 'Orao')!.problems[2]).toMatch(/two ways/)
    expect(shown(run(state, at(1, 0), { type: 'move', category: 'II' })).slice(3, 6)).toEqual(['II', 'BVP M-80 | 211 | 0', 'Thing | 1 | 0'])
  })
})

test('a block is copied as it stands; whole lines of several categories carry their code', () => {
  expect(selectedBlock(run(grid(), at(1, 0), at(2, 1, true)))).toEqual([['M-84', '232'], ['T-72', '30']])
  expect(selectedBlock(run(grid(), at(2, 0), at(4, 5, true)))).toEqual([['I', 'T-72', '30', '12', '', '', ''], ['II', 'BVP M-80', '211', '0', '', '', '']])
})

test('fills down from the top of what is selected, or from the row above', () => {
  expect(shown(run(grid(), at(1, 1), at(2, 2, true), { type: 'fill' }))[2]).toBe('T-72 | 232 | withheld: readiness')
  expect(shown(run(grid(), at(2, 1), { type: 'fill' }))[2]).toBe('T-72 | 232 | 12')
  expect(run(grid(), at(1, 1), { type: 'fill' }).doc.rows[0]!.cells[1]).toBe('232')
})

test('undo and redo go back and forth over every change, and to where it was made', () => {
  const start = run(grid(), at(2, 1))
  const end = run(start, { type: 'clear' }, { type: 'addLine' }, { type: 'deleteLines' }, { type: 'nil', codes: ['IVa'], isNil: true })
  const back = run(end, { type: 'undo' }, { type: 'undo' }, { type: 'undo' }, { type: 'undo' }, { type: 'undo' })
  expect([back.doc, back.active]).toEqual([start.doc, { at: 2, column: 1 }])
  expect(statedOf(run(back, { type: 'redo' }, { type: 'redo' }, { type: 'redo' }, { type: 'redo' }).doc)).toEqual(statedOf(end.doc))
})

describe('nil', () => {
  test('is declared by one act, and taken back by holdings', () => {
    const nil = run(grid(), { type: 'nil', codes: undeclared(grid().doc, ['none']), isNil: true })
    expect([nil.doc.nil, undeclared(nil.doc, ['none'])]).toEqual([['IVa'], []])
    expect(run(nil, at(5, 0), paste('Orao\t17\t0')).doc.nil).toEqual([])
    expect(run(nil, { type: 'nil', codes: ['IVa'], isNil: false }).doc.nil).toEqual([])
  })

  test('takes away empty rows, which were never lines', () => {
    const state = run(grid(), { type: 'addIn', category: 'IVa' })
    expect(state.doc.rows).toHaveLength(4)
    expect(statedOf(state.doc).lines).toHaveLength(3)
    expect(run(state, { type: 'nil', codes: ['IVa'], isNil: true }).doc.rows).toHaveLength(3)
  })
})

test('totals agree with those that the register will compute', () => {
  const Quantity = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constant({ withheld: 'readiness' }))
  const Line = fc.record({ category: fc.constantFrom('I', 'IVa', 'SALW', 'none'), type: fc.constantFrom('M-84', 'Orao'), inService: Quantity, inStorage: Quantity })
  fc.assert(fc.property(fc.array(Line, { maxLength: 30 }), fc.subarray(['E1', 'VI', 'SALW']), (lines, named) => {
    const doc = docOf(CATEGORY_CODES, { lines, nil: named })
    const { lines: filed, nil } = statedOf(doc)
    const own = [...totalsIn(doc).values()].map(({ category, inService, inStorage, withheld }) => ({ category, inService, inStorage, withheld }))
    expect(new Set(own)).toEqual(new Set(totalsOf({ asOf: '2027-01-01', lines: filed, nil } as HoldingsPayload)))
    expect([...totalsIn(doc).values()].every(({ unread }) => unread === 0)).toBe(true)
  }))
})

test('no key loses a line: whatever is pressed, undoing it all brings back what was there', () => {
  const Step = fc.oneof(
    fc.record({ type: fc.constant('go' as const), down: fc.integer({ min: -2, max: 3 }), right: fc.integer({ min: -2, max: 2 }), extend: fc.boolean() }),
    fc.constantFrom<Action>({ type: 'clear' }, { type: 'fill' }, { type: 'addLine' }, { type: 'deleteLines' }, { type: 'edit', text: '7' }, { type: 'commit', way: 'down' },
      { type: 'cancel' }, paste('a\t1\t2\nb\t3\t4'), paste('I\tx\t1\nII\ty\t2'), { type: 'nil', codes: ['IVa'], isNil: true }, { type: 'move', category: 'none' }),
  )
  fc.assert(fc.property(fc.array(Step, { maxLength: 40 }), (steps) => {
    const end = run(grid(), ...steps)
    expect(end.view[end.active.at]).toBeDefined()
    expect(new Set(end.doc.rows.map(({ id }) => id)).size).toBe(end.doc.rows.length)
    expect(run(end, { type: 'cancel' }, ...Array.from({ length: end.past.length }, (): Action => ({ type: 'undo' }))).doc).toEqual(grid().doc)
  }))
})

const key = (name: string, more: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
  ({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more })

test.each<[string, ReturnType<typeof key>, boolean, Action | null]>([
  ['an arrow moves', key('ArrowDown'), false, { type: 'go', down: 1, right: 0, extend: false }],
  ['Shift and an arrow select', key('ArrowLeft', { shiftKey: true }), false, { type: 'go', down: 0, right: -1, extend: true }],
  ['an arrow in the cell is the browser’s', key('ArrowLeft'), true, null],
  ['Tab leaves the grid', key('Tab'), false, null],
  ['Tab in the cell goes right', key('Tab'), true, { type: 'commit', way: 'right' }],
  ['a character edits', key('5'), false, { type: 'edit', text: '' }],
  ['F2 edits what is there', key('F2'), false, { type: 'edit', text: null }],
  ['Ctrl+D fills', key('d', { ctrlKey: true }), false, { type: 'fill' }],
  ['Cmd+Shift+Z redoes', key('Z', { metaKey: true, shiftKey: true }), false, { type: 'redo' }],
  ['Ctrl+C is the browser’s', key('c', { ctrlKey: true }), false, null],
  ['Ctrl+Z in the cell is the browser’s', key('z', { ctrlKey: true }), true, null],
  ['Alt+Enter is a new line', key('Enter', { altKey: true }), true, null],
  ['Ctrl+Enter adds a line', key('Enter', { ctrlKey: true }), false, { type: 'addLine' }],
  ['Delete clears', key('Delete'), false, { type: 'clear' }],
  ['a function key is another’s', key('F5'), false, null],
])('%s', (_what, pressed, isEditing, action) => {
  expect(actionOf(pressed, isEditing, 20)).toEqual(action)
})
