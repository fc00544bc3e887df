import { describe, expect, test } from 'vitest'
import { cells, DAY, HEADER, line, payload, read, refusal, told } from './given.ts'
import { array, boolean, error, formula, inline, number, oneSheet, partsOf, shared, sheetPart, STYLE, workbook, zipped, type RawCell } from './raw.ts'

const GOOD: RawCell[] = ['I', 'M-84', 195, 16]
const rowsWith = (...rows: RawCell[][]): RawCell[][] => [HEADER, ...rows]
/** A sheet whose only line has `cell` in service: C2. */
const quantity = async (cell: RawCell) => read(await oneSheet(rowsWith(['I', 'M-84', cell, 16])))

describe('a sheet', () => {
  test('in any order of columns, under any heading, below a title, with blank rows between', async () => {
    const bytes = await oneSheet([
      [], [null, 'Deklaracija naoružanja'], [null, 'Stanje na dan:', number(46_388, STYLE.date)], [null, 'Napomena', 'Prvi put'], [],
      [null, 'Napomena', 'У СКЛАДИШТУ', 'tip  ili model', 'Categoria', 'U upotrebi (kom)', 'Категорија'].map((text) => (text === 'Categoria' ? null : text)),
      [], [null, 'ok', 16, 'M-84', null, 195, 'I'], [null, null, null, ' '], [], [null, null, 'nema', null, null, 'nema', 'VI'],
    ])
    const reading = await read(bytes)
    expect(told(reading)).toEqual([])
    expect(reading.payload).toEqual(payload([line({ remark: 'ok' })], ['VI'], { remark: 'Prvi put' }))
  })

  test('texts may be shared, in runs, with phonetics left out, escaped as the format escapes them', async () => {
    const strings = ['<t>I</t>', '<r><rPr><b/></rPr><t>M-</t></r><r><t xml:space="preserve">84 &amp;</t></r><rPh sb="0" eb="1"><t>no</t></rPh>', '<t xml:space="preserve">a_x000D_\nb_x005F_x000D_</t>']
    const bytes = await workbook([{ name: 'H', rows: rowsWith([shared(0), shared(1), 1, 0, shared(2)]) }], strings)
    expect((await read(bytes)).payload).toEqual(payload([{ category: 'I', type: 'M-84 &', inService: 1, inStorage: 0, unit: 'a\r\nb_x000D_' }]))
  })

  test('a whole number that is shown as stored may be a text: the unit 63', async () => {
    const bytes = await oneSheet(rowsWith([...GOOD, number(63), number(7, STYLE.text)], [...GOOD, number(63, STYLE.thousands)], [...GOOD, number(63, STYLE.pieces)], [...GOOD, number('63.5')]))
    expect(cells(await read(bytes))).toEqual(['E3', 'E4', 'E5'])
    expect((await read(await oneSheet(rowsWith([...GOOD, number(63), number(7, STYLE.text)])))).payload).toEqual(payload([line({ unit: '63', site: '7' })]))
  })

  test('cells and rows without a name of their own stand one after the other', async () => {
    const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
    const part = `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>${HEADER.map(cell).join('')}</x:row>`
      + `<x:row>${cell('I')}${cell('M-84')}<c><v>195</v></c><c><v>1.6E1</v></c></x:row></x:sheetData></x:worksheet>`
    expect((await read(await oneSheet([], { part }))).payload).toEqual(payload([line()]))
  })

  test('the day is taken from the sheet, or from beside it; where they differ nothing is taken', async () => {
    const sheet = (day: RawCell) => oneSheet([['As of', day], [], ...rowsWith(GOOD)])
    expect((await read(await sheet('2027-01-01'), { asOf: undefined })).payload?.asOf).toBe(DAY)
    expect((await read(await sheet(number(46_388, STYLE.ownDate)))).payload?.asOf).toBe(DAY)
    expect((await read(await sheet(null))).payload?.asOf).toBe(DAY)
    expect(cells(await read(await sheet('1.1.2026')))).toEqual(['B1'])
    expect(cells(await read(await sheet(formula('TODAY()', 46_388))))).toEqual(['B1'])
    expect(cells(await read(await sheet(number(46_388.25, STYLE.ownDate))))).toEqual(['B1'])
  })

  test('two days are one too many, and the date of a letter is none', async () => {
    expect(cells(await read(await oneSheet([['As of', DAY], ['Na dan', '2026-01-01'], ...rowsWith(GOOD)])))).toEqual(['A2'])
    expect((await read(await oneSheet([['Datum', '5.12.2026'], ...rowsWith(GOOD)]))).payload?.asOf).toBe(DAY)
  })

  test('a day that is nowhere is asked for, and one that does not exist is refused', async () => {
    const nowhere = await read(await oneSheet(rowsWith(GOOD)), { asOf: '' })
    expect(told(nowhere)[0]).toMatch(/^A1 The sheet does not say of which day/)
    expect(told(await read(await oneSheet([['Title', 'As of', '31.2.2026'], ...rowsWith(GOOD)]), { asOf: '' }))[0]).toMatch(/^C1 .*a date that exists/)
  })
})

describe('a cell that could be misread is named, and nothing is imported', () => {
  test.each<[string, RawCell, string]>([
    ['one mark for thousands', '1.234', '1234 or as 1.234'], ['the other mark', '1,234', '1234 or as 1.234'], ['decimals', number('12.5'), 'not a whole number'], ['a negative number', -3, 'cannot be negative'],
    ['a date', number(46_023, STYLE.date), 'as a date'], ['a date in a format of one’s own', number(46_023, STYLE.ownDate), 'as a date'], ['a time', number('0.5', STYLE.time), 'as a date'],
    ['a date as text', '01.02.2026', 'is not a number'], ['a percentage', number(1, STYLE.percent), 'percentage'], ['thousands by format', number(12_000, STYLE.scaled), 'divided by a thousand'], ['words by format', number(12, STYLE.pieces), 'adds words'],
    ['TRUE', boolean(true), 'TRUE or FALSE'], ['an error', error('#N/A'), 'error'], ['a formula', formula('A1+1', 12), 'paste it as a value'], ['a formula that gives a text', { xml: (cell) => `<c r="${cell}" t="str"><f>"1"</f><v>12</v></c>` }, 'paste it'],
    ['a blank', null, 'A blank is not a nil'], ['a text', 'many', 'is not a number'], ['withheld without a reason', 'withheld', 'Say why'], ['withheld with too short a reason', 'withheld: x', '3 to 300'], ['too many', 10_000_001, 'implausibly large'],
    ['a raw NUL', inline('1\u00002'), 'control character'], ['an escaped NUL', inline('1_x0000_2'), 'control character'], ['a number that is none', number('1,5'), 'damaged'], ['infinity', number('1e999'), 'damaged'],
    ['a text that is nowhere', shared(7), 'damaged'], ['a type that is none', { xml: (cell) => `<c r="${cell}" t="q"><v>1</v></c>` }, 'damaged'], ['an ISO date', { xml: (cell) => `<c r="${cell}" t="d"><v>2026-01-01</v></c>` }, 'as a date'],
  ])('%s', async (_what, cell, message) => {
    const reading = await quantity(cell)
    expect(reading.payload).toBeNull()
    expect(told(reading)).toEqual([expect.stringMatching(/^C2 /)])
    expect(told(reading)[0]).toContain(message)
  })

  test('a cell that a formula elsewhere fills, array or spilled', async () => {
    const bytes = await oneSheet(rowsWith(['I', 'M-84', array('ROW(1:3)', 'C2:C4', 1), 0], ['I', 'T-72', 2, 0], ['I', 'T-55', 3, 0], ['I', 'BRAMS', 4, 0]))
    expect(cells(await read(bytes))).toEqual(['C2', 'C3', 'C4'])
  })

  test('a bad character in a shared text is named where the text is used', async () => {
    const bytes = await workbook([{ name: 'H', rows: rowsWith([...GOOD, shared(0)], [...GOOD, shared(1)]) }], ['<t>good</t>', '<t>a\u0001b&#0;</t>'])
    expect(cells(await read(bytes))).toEqual(['E3'])
  })

  test.each<[string, RawCell[], string[]]>([
    ['no category', [null, 'M-84', 1, 0], ['A2']], ['an unknown category', ['X', 'M-84', 1, 0], ['A2']], ['no type', ['I', null, 1, 0], ['B2']], ['a type that became a date', ['I', number(46_000, STYLE.date), 1, 0], ['B2']],
    ['a long type', ['I', 'x'.repeat(81), 1, 0], ['B2']], ['a type in two lines', ['I', 'M\n84', 1, 0], ['B2']], ['a long remark', ['I', 'M-84', 1, 0, null, null, 'x'.repeat(501)], ['G2']],
    ['everything wrong at once', ['X', null, '1.234', null, number(1.5), boolean(true), formula('1', 1)], ['A2', 'C2', 'D2', 'E2', 'F2', 'G2']],
    ['something outside of the table', [...GOOD, null, null, null, null, 'note to self'], ['I2']], ['a nil with a unit', ['VI', null, 0, 0, '1st'], ['E2']], ['a category alone', ['VI'], ['C2', 'D2']],
    ['a sum below', ['Total', null, formula('SUM(C1)', 3), 3], ['A2', 'C2']], ['withheld without a type', ['VI', null, 'withheld: reason', 0], ['B2']],
  ])('%s', async (_what, row, expected) => expect(cells(await read(await oneSheet(rowsWith(row)))).toSorted()).toEqual(expected))

  test.each<[string, RawCell[], string[]]>([
    ['nil', ['VI', null, null, null, 'nil'], []], ['nil and zeroes', ['VI', null, 0, 'nil', 'nil'], []], ['nil and a type', ['VI', 'RTOP-11', null, null, 'nil'], ['B2']], ['nil and a number', ['VI', null, 3, null, 'nil'], ['C2']],
    ['another word', ['VI', 'RTOP-11', 1, 0, 'good'], ['E2']], ['withheld', ['VI', 'RTOP-11', 1, 0, 'withheld: x'], ['E2']], ['nothing', ['VI', 'RTOP-11', 1, 0], []],
  ])('a column for the state that says %s', async (_what, row, expected) => {
    const reading = await read(await oneSheet([['Category', 'Type', 'In service', 'In storage', 'Gjendja'], row]))
    expect(cells(reading)).toEqual(expected)
    expect(reading.payload === null).toBe(expected.length > 0)
  })

  test('what only the whole shows stands in its cell: a nil that has lines, a nil twice', async () => {
    expect(told(await read(await oneSheet(rowsWith(GOOD, ['VI', null, 0, 0], ['I', null, 'nil', 'nil'], ['VI', null, 'nil', 0]))))).toEqual([
      'A4 Category I is declared nil, but lines state holdings in it.', 'A5 Category VI is named twice.',
    ])
    expect(told(await read(await oneSheet(rowsWith())))).toEqual([expect.stringContaining('State at least one line')])
  })

  test('merged cells in the table, and none above it', async () => {
    const rows: RawCell[][] = [['Declaration'], HEADER, GOOD, GOOD]
    expect(cells(await read(await oneSheet(rows, { merged: ['A1:G1'] })))).toEqual([])
    expect(told(await read(await oneSheet(rows, { merged: ['C4:C3'] })))).toEqual([expect.stringMatching(/^C3 The cells C3:C4 are merged/)])
    expect(cells(await read(await oneSheet(rows, { merged: ['E2:F2', 'A1:A2', 'J1:K9'] })))).toEqual(['E2', 'A1'])
  })
})

describe('the header', () => {
  test.each<[string, RawCell[], string[]]>([
    ['with a column that is none', [...HEADER, 'Ammunition'], ['H1']], ['with one column twice', [...HEADER, 'Model'], ['H1']], ['with a number', [...HEADER, 5], ['H1']], ['without in storage', HEADER.filter((name) => name !== 'In storage'), ['G1']],
    ['of two columns', ['Category', 'Type'], ['C1']],
  ])('%s', async (_what, header, expected) => {
    const reading = await read(await oneSheet([header, ['I', 'M-84', 195, 16, null, null, null, 9]]))
    expect(cells(reading)).toEqual(expected)
    expect(reading.payload).toBeNull()
  })

  test('that is not there, or stands too low', async () => {
    const reading = await read(await oneSheet([[null, 'I', 'M-84', 195, 16]]))
    expect(told(reading)).toEqual([expect.stringMatching(/^B1 No header was found in the first 20 rows/)])
    expect(cells(await read(await oneSheet([...Array.from({ length: 19 }, (): RawCell[] => ['x']), ...rowsWith(GOOD)])))).toEqual([])
    expect(cells(await read(await oneSheet([...Array.from({ length: 20 }, (): RawCell[] => ['x']), ...rowsWith(GOOD)])))).toEqual(['A1'])
  })
})

describe('of several sheets', () => {
  const notes = { name: 'Notes', rows: [['Category', 'of what']] as RawCell[][] }
  const good = { name: 'Stanje', rows: rowsWith(GOOD) }
  test('the one that is headed as a declaration is read, and hidden ones are not', async () => {
    expect((await read(await workbook([notes, good, { ...good, name: 'Old', state: 'hidden' }]))).payload).toEqual(payload([line()]))
  })
  test('two that are headed so are refused by name', async () => {
    expect(await refusal(read(await workbook([good, notes, { ...good, name: 'Old' }])))).toContain('“Stanje” and “Old”')
  })
  test('none that is: the nearest says what it lacks', async () => {
    const reading = await read(await workbook([notes, { name: 'Almost', rows: [['Category', 'Type', 'In service'], ['I', 'M-84', 1]] }]))
    expect(reading.problems).toEqual([expect.objectContaining({ sheet: 'Almost', cell: 'D1', message: 'The header does not name In storage (pieces). Add the column.' })])
  })
  test('none that is visible', async () => expect(await refusal(read(await workbook([{ ...good, state: 'hidden' }])))).toContain('no visible sheet'))
  test('a template of another version', async () => {
    const mark = { name: '_batp', rows: [['declaration.holdings', 2]] as RawCell[][], state: 'veryHidden' }
    expect(await refusal(read(await workbook([good, mark])))).toContain('another version')
  })
})

describe('a part that two programs would read differently', () => {
  const withRows = (rows: string) => oneSheet([], { part: `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>` })
  const head = sheetPart({ rows: [HEADER] }).match(/<row.*<\/row>/s)![0]
  test.each([
    ['a row twice', '<row r="2"/><row r="2"/>', 'A2'], ['a row before', '<row r="5"/><row r="3"/>', 'A5'], ['a row beyond the last', '<row r="9999999"/>', 'A1'], ['a cell twice', '<row r="2"><c r="C2"><v>1</v></c><c r="C2"><v>2</v></c></row>', 'C2'],
    ['a cell before', '<row r="2"><c r="D2"><v>1</v></c><c r="C2"><v>2</v></c></row>', 'D2'], ['a cell of another row', '<row r="2"><c r="C3"><v>1</v></c></row>', 'A2'], ['a cell without a place', '<row r="2"><c r="3C"><v>1</v></c></row>', 'A2'],
  ])('%s', async (_what, rows, cell) => expect(cells(await read(await withRows(head + rows)))).toEqual([cell]))

  test('cells elsewhere than in the table are none', async () => {
    const part = sheetPart({ rows: rowsWith(GOOD) }).replace('</worksheet>', '<extLst><ext><c r="A9"><v>1</v></c><row r="1"/></ext></extLst></worksheet>')
    expect((await read(await oneSheet([], { part }))).payload).toEqual(payload([line()]))
  })
})

describe('limits', () => {
  test('20,001 lines are named where they begin, and 65 columns where they end', async () => {
    const many = await oneSheet(rowsWith(...Array.from({ length: 20_001 }, (): RawCell[] => ['I', 'M-84', 1, 0])))
    expect(told(await read(many))).toEqual([expect.stringMatching(/^A20002 .*20,000 lines/)])
    const wide = await oneSheet(rowsWith([...GOOD, ...Array.from({ length: 60 }, () => null), 1]))
    expect(told(await read(wide))).toEqual([expect.stringMatching(/^BM2 .*64 columns/)])
  })

  test('of many problems the first thousand are kept, and all are counted', async () => {
    const reading = await read(await oneSheet(rowsWith(...Array.from({ length: 1_500 }, (): RawCell[] => ['I', 'M-84', '1.234', 0]))))
    expect({ kept: reading.problems.length, found: reading.found }).toEqual({ kept: 1_000, found: 1_500 })
  })

  test('a sheet that is missing from the file', async () => {
    const { 'xl/worksheets/sheet1.xml': _gone, ...parts } = partsOf([{ name: 'Holdings', rows: [] }])
    expect(await refusal(read(await zipped(parts)))).toContain('“Holdings” is missing')
  })
})
