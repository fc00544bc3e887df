import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areaOf, asTyped, cellName, kept, neutral, placeOf, type Cell } from '../../lib/exchange/cells.ts'
import { readCategory } from '../../lib/exchange/columns.ts'
import { dayOf, shownBy } from '../../lib/exchange/formats.ts'
import { readDay } from '../../lib/exchange/head.ts'
import { readQuantity, readWhole } from '../../lib/exchange/quantities.ts'
import { FIELD_WORDS, fieldOf, isNilWord, LABEL_WORDS, labelOf, LANGUAGES, NIL_WORDS, withheldReason, WITHHELD_WORDS, wordKey, type Words } from '../../lib/exchange/words.ts'
import { CATEGORY_CODES } from '../../lib/taxonomy/rules.ts'

const typed = (text: string): Cell => ({ is: 'text', text })

describe('a number written as text', () => {
  test.each<[string, number]>([
    ['0', 0], ['12', 12], ['007', 7], ['1234', 1234], ['1 234', 1234], ['1\u00a0234', 1234], ['1\u202f234', 1234], ['12 345 678', 12_345_678],
    ['1.234.567', 1_234_567], ['1,234,567', 1_234_567],
  ])('%j is %d', (text, value) => expect(readWhole(text)).toEqual({ value }))

  test.each([
    '1.234', '1,234', '12.345', '999,999', '0.123', '0,5', '12,0', '12.0', '1,234.00', '1.234,00', '1.234,567', '1,234.567', '1 234.567', '1 23', '1  234', '01 234',
    '1234 567', '1.23.456', '1.234.56', "1'234", '+12', '-12', '12-', '1e3', '0x10', '12 pcs', '12.', '.5', '½', '१२', '１２', 'twelve', '-', '—', 'n/a', '?', '=1+1', '#REF!',
    '12.04.2026', '2026-04-12', '4/12', '1_000', '9'.repeat(16),
  ])('%j is refused, and never read', (text) => expect(readWhole(text)).toEqual({ problem: expect.any(String) }))

  test('one mark for thousands is said to be either', () => {
    expect(readWhole('1.234')).toEqual({ problem: '“1.234” can be read as 1234 or as 1.234. Write 1234 if that is meant.' })
    expect(readWhole('12,345')).toEqual({ problem: '“12,345” can be read as 12345 or as 12.345. Write 12345 if that is meant.' })
  })
})

describe('a quantity', () => {
  const what = 'number in service'
  test.each<[string, Cell | undefined, unknown]>([
    ['0', typed(' 0 '), 0], ['a number', { is: 'number', value: 12, plain: false }, 12], ['minus zero', { is: 'number', value: -0, plain: true }, 0],
    ['nil', typed('Nil'), 0], ['nil in Serbian', typed(' НЕМА '), 0], ['withheld', typed('withheld: commercial'), { withheld: 'commercial' }],
    ['withheld in Croatian', typed('Uskraćeno : razlog: tajna'), { withheld: 'razlog: tajna' }], ['withheld by a dash', typed('withheld – readiness'), { withheld: 'readiness' }],
    ['withheld in Macedonian', typed('не се наведува: безбедност'), { withheld: 'безбедност' }],
  ])('%s', (_what, cell, value) => expect(readQuantity(cell, what)).toEqual({ value }))

  test.each<[string, Cell | undefined, string]>([
    ['a blank', undefined, 'A blank is not a nil'], ['spaces', typed(' \u00a0 '), 'A blank is not a nil'], ['withheld alone', typed('withheld'), 'Say why'], ['withheld with a colon', typed('withheld:'), 'Say why'],
    ['nil with a doubt', typed('nil?'), 'not a number'], ['nil with an exception', typed('nil (but for 3)'), 'not a number'], ['half', { is: 'number', value: 0.5, plain: true }, '0.5 is not a whole number'],
    ['a formula', { is: 'formula' }, 'paste it as a value'], ['a date', { is: 'date', day: '2026-01-01' }, 'as a date'], ['a percentage', { is: 'percent' }, 'percentage'],
    ['thousands by format', { is: 'scaled' }, 'divided by a thousand'], ['TRUE', { is: 'boolean' }, 'TRUE or FALSE'], ['#N/A', { is: 'error' }, 'error'], ['a NUL', typed('1\u00002'), 'control character'],
    ['a dash', typed('–'), 'neither nil nor withheld'], ['a number with words', { is: 'worded' }, 'adds words'],
  ])('%s is refused', (_what, cell, message) => expect(readQuantity(cell, what)).toEqual({ problem: expect.stringContaining(message) }))
})

describe('words', () => {
  const all = (table: Record<string, Words>) => Object.entries(table).flatMap(([name, of]) => LANGUAGES.flatMap((language) => of[language].map((word) => ({ name, language, word }))))

  test.each(all(FIELD_WORDS))('“$word” ($language) heads $name, whatever its case and spaces, and nothing else', ({ name, word }) => {
    for (const written of [word, word.toUpperCase(), ` ${word.toLowerCase()} `, word.replaceAll(' ', '\u00a0 '), `${word} *`, `${word} (pcs)`]) expect(fieldOf(written)).toBe(name)
  })

  test('no word heads two columns, and none is both nil and withheld', () => {
    const meant = Map.groupBy(all(FIELD_WORDS), ({ word }) => wordKey(word))
    expect([...meant.values()].filter((uses) => new Set(uses.map(({ name }) => name)).size > 1)).toEqual([])
    for (const language of LANGUAGES) for (const word of NIL_WORDS[language]) expect({ nil: isNilWord(word), withheld: withheldReason(word) }).toEqual({ nil: true, withheld: null })
    for (const language of LANGUAGES) for (const word of WITHHELD_WORDS[language]) expect({ nil: isNilWord(word), withheld: withheldReason(`${word}: a reason`) }).toEqual({ nil: false, withheld: 'a reason' })
    for (const { name, word } of all(LABEL_WORDS)) expect(labelOf(`${word}:`)).toBe(name)
  })

  test.each<[string, unknown]>([
    ['IVa', 'IVa'], [' iva ', 'IVa'], ['Ⅱ', 'II'], ['manned combat aircraft', 'IVa'], ['Battle tanks', 'I'], ['I – Battle tanks', 'I'], ['NONE', 'none'], ['e9', 'E9'],
  ])('category %j is %s', (text, value) => expect(readCategory(typed(text))).toEqual({ value }))

  test.each(['IV', 'IVc', 'tanks', 'I, II', 'I – Warships', 'Е1', '1', 'Total'])('category %j is none', (text) => {
    expect(readCategory(typed(text))).toEqual({ problem: expect.stringContaining(`Use one of ${CATEGORY_CODES.join(', ')}`) })
  })
  test('a code in Cyrillic letters is told apart', () => expect(readCategory(typed('Е1'))).toEqual({ problem: expect.stringContaining('Cyrillic') }))

  test('texts that are long and mean take no time', () => {
    for (const bit of ['a', ' ', '-', '1.', '1 ', ':', '=', "'", '(', 'нема ', 'I-', '\u00a0', '9']) for (const end of ['', '!', 'x:', '"']) {
      const text = bit.repeat(50_000) + end
      const started = process.cpuUsage()
      for (const read of [readWhole, isNilWord, withheldReason, fieldOf, neutral, asTyped, kept]) read(text)
      for (const cell of [typed(text)]) { readQuantity(cell, 'x'); readCategory(cell); readDay(cell) }
      const { user, system } = process.cpuUsage(started)
      expect(user + system).toBeLessThan(200_000)
    }
  })

  test.each<[string, unknown]>([
    ['2026-01-01', { value: '2026-01-01' }], ['1.1.2026', { value: '2026-01-01' }], ['01. 02. 2026.', { value: '2026-02-01' }], ['01/02/2026', { problem: expect.any(String) }], ['1.1.26', { problem: expect.any(String) }],
    ['2026', { problem: expect.any(String) }],
  ])('day %j', (text, read) => expect(readDay(typed(text))).toEqual(read))
})

describe('what a format shows', () => {
  test.each<[number, string | undefined, string]>([
    [0, undefined, 'plain'], [1, undefined, 'plain'], [2, undefined, 'number'], [3, undefined, 'number'], [9, undefined, 'percent'], [14, undefined, 'date'], [22, undefined, 'date'], [49, undefined, 'plain'],
    [164, 'General', 'plain'], [164, 'General" kom"', 'worded'], [164, '0" thousand"', 'worded'], [164, '"1"0', 'worded'], [164, '0;0;"nil"', 'number'], [164, '0" – "', 'number'], [164, '#,##0', 'number'], [164, '#,##0,', 'scaled'], [164, '0.0,,"m"', 'scaled'], [164, '0%', 'percent'], [164, 'dd.mm.yyyy', 'date'], [164, '[h]:mm', 'date'],
    [164, '[Red]#,##0', 'number'], [164, '#,##0" days"', 'worded'], [164, '#,##0\\ \\k\\o\\m', 'worded'], [164, '_-* #,##0_-;\\-* #,##0_-;_-* "-"??_-;_-@_-', 'number'], [164, '[$-41A]d. mmmm yyyy', 'date'],
  ])('%i %j: %s', (id, code, shown) => expect(shownBy(id, code)).toBe(shown))

  test.each<[number, boolean, string | null]>([[46_023, false, '2026-01-01'], [44_561, true, '2026-01-01'], [46_023.5, false, null], [0, false, null], [-1, false, null], [1e9, false, null]])(
    'day %d (1904: %s) is %s', (serial, from1904, day) => expect(dayOf(serial, from1904)).toBe(day))
})

describe('places and apostrophes', () => {
  test.each<[string, number, number]>([['A1', 0, 1], ['Z9', 25, 9], ['AA10', 26, 10], ['XFD1048576', 16_383, 1_048_576]])('%s', (name, column, row) => {
    expect(cellName(column, row)).toBe(name)
    expect(placeOf(name)).toEqual({ column, row })
  })
  test.each(['', 'A', '1', 'A0', 'a1', 'A1B', 'ABCD1', 'A12345678'])('%j is no place', (name) => expect(placeOf(name)).toBeNull())
  test('an area is the same from either corner', () => expect(areaOf('C5:A2')).toEqual(areaOf('A2:C5')))

  test('what is made neutral begins with no mark that a spreadsheet runs, and is what it was when read', () => {
    const text = fc.tuple(fc.constantFrom('', '=', '+', '-', '@', "'", "''", "'=", "''=", '\t', '＝', "'a"), fc.string({ unit: 'grapheme' })).map((parts) => parts.join(''))
    fc.assert(fc.property(text, (given) => {
      expect([...'=+-@\t\r\n\0＋－＝＠']).not.toContain(neutral(given)[0])
      expect(asTyped(neutral(given))).toBe(given)
      expect(asTyped(kept(given))).toBe(given)
    }), { seed: 41, numRuns: 2_000 })
  })
})
