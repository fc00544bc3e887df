import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellsOf, kept, lineOf, problemIn, statedIn } from '../../app/(workspace)/filings/holdings-cells.ts'
import { parseTsv, toTsv } from '../../app/(workspace)/filings/holdings-tsv.ts'
import { HoldingsPayload } from '../../lib/filings/kinds/holdings.ts'

const IN_SERVICE = 1

describe('a quantity', () => {
  test.each<[string, ReturnType<typeof statedIn>]>([
    ['0', 0], ['nil', 0], ['232', 232], ['0232', 232], ['1 234', 1234], ['1\u00a0234', 1234], ['12 345 678', 12_345_678],
    ['withheld: operational security', { withheld: 'operational security' }], ['w: readiness', { withheld: 'readiness' }], ['W : readiness ', { withheld: 'readiness' }],
    ['', undefined], ['1.234', undefined], ['1,234', undefined], ['12 34', undefined], ['-3', undefined], ['1.5', undefined], ['a dozen', undefined], ['1e3', undefined], ['٣', undefined],
  ])('typed as “%s” is read as %o', (typed, stated) => {
    expect(statedIn(typed)).toEqual(stated)
  })

  test.each([
    ['', /A blank is not a nil/], ['1.234', /two ways.*Type 1234 /], ['1,234', /two ways.*Type 1234 /], ['1.234.567', /Type 1234567 /], ['1’234', /Type 1234 /],
    ['1.5', /not a whole number/], ['12,00', /not a whole number\. Type 12\./], ['-3', /cannot be negative/], ['−3', /cannot be negative/], ['a dozen', /“a dozen” is not a quantity/],
    ['withheld', /Say why/], ['withheld:', /Say why/], ['w: x', /Say why/], ['10000001', /implausibly large/], ['=2+3', /not a quantity/],
  ])('typed as “%s” is a problem that says what would be right', (typed, words) => {
    expect(problemIn(IN_SERVICE, kept(IN_SERVICE, typed))).toMatch(words)
  })

  test.each(['0', 'nil', '1 234', 'withheld: operational security', '10000000'])('typed as “%s” is none', (typed) => {
    expect(problemIn(IN_SERVICE, kept(IN_SERVICE, typed))).toBeNull()
  })
})

test('text is kept in one line, but for remarks', () => {
  expect([kept(0, ' M-84\nAB1\t'), kept(5, 'first\nsecond ')]).toEqual(['M-84 AB1', 'first\nsecond'])
})

const Quantity = fc.oneof(fc.integer({ min: 0, max: 10_000_000 }), fc.string({ minLength: 3, maxLength: 60 }).filter((text) => text.trim().length > 2).map((withheld) => ({ withheld: withheld.replaceAll(/[^\x20-\x7e]/g, 'x').replaceAll(/\s+/g, ' ').trim().padEnd(3, 'x') })))
const Line = fc.record({
  category: fc.constantFrom('I', 'IVa', 'SALW'), type: fc.stringMatching(/^[A-Z][\w-]{0,20}$/), inService: Quantity, inStorage: Quantity,
  unit: fc.stringMatching(/^[A-Z][a-z]{0,20}$/), site: fc.stringMatching(/^[A-Z][a-z]{0,20}$/), remark: fc.stringMatching(/^[A-Z]([\w ,.\n]{0,30}\w)?$/),
}, { requiredKeys: ['category', 'type', 'inService', 'inStorage'] })

test('nil, blank and withheld survive cells and clipboard as three different things, and so does every line', () => {
  fc.assert(fc.property(Line, (line) => {
    const [cells] = parseTsv(toTsv([cellsOf(line)]))
    expect(lineOf(line.category, cells!)).toEqual(line)
  }))
  const blank = { category: 'I', type: 'M-84', inService: 0, inStorage: { withheld: 'readiness' } }
  expect(lineOf('I', cellsOf(blank))).toEqual(blank)
  expect('inStorage' in lineOf('I', cellsOf({ category: 'I', type: 'M-84', inService: 0 }))).toBe(false)
})

test('what the grid finds no fault with, the register takes; and what it faults, the register refuses', () => {
  const Typed = fc.constantFrom('0', '12', '1 234', '1.234', '', 'w: x', 'w: readiness', 'withheld', 'nil', '-3', '99999999', 'x')
  fc.assert(fc.property(Typed, Typed, fc.constantFrom('', 'M-84', 'x'.repeat(81)), (inService, inStorage, type) => {
    const cells = [type, inService, inStorage, '', '', ''].map((text, column) => kept(column, text))
    const isFine = cells.every((text, column) => problemIn(column, text) === null)
    expect(HoldingsPayload.safeParse({ asOf: '2027-01-01', lines: [lineOf('I', cells)], nil: [] }).success).toBe(isFine)
  }))
})

describe('the clipboard', () => {
  test.each<[string, string, string[][]]>([
    ['one cell', '12', [['12']]],
    ['a block from Excel, with its last line end', 'M-84\t232\r\nM-87\t5\r\n', [['M-84', '232'], ['M-87', '5']]],
    ['empty cells and an empty row within', 'a\t\tb\n\nc', [['a', '', 'b'], [''], ['c']]],
    ['quotes, tabs and line ends within a cell', '"say ""12"""\t"a\tb"\n"two\r\nlines"\tx\n', [['say "12"', 'a\tb'], ['two\r\nlines', 'x']]],
    ['a quotation mark that is only that', '12" gun\t"M" x\n', [['12" gun', '"M" x']]],
    ['a quotation mark that is never closed', '"open\tx\ny', [['"open', 'x'], ['y']]],
    ['an empty last cell', 'a\t\n', [['a', '']]],
    ['nothing', '', []],
  ])('reads %s', (_what, text, block) => {
    expect(parseTsv(text)).toEqual(block)
  })

  test('what is copied is pasted as it was', () => {
    const Cell = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', ' ', '1') })
    fc.assert(fc.property(fc.array(fc.array(Cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 5 }), (block) => {
      expect(parseTsv(`${toTsv(block)}\r\n`)).toEqual(block)
    }))
  })
})
