import { describe, expect, test } from 'vitest'
import { formOf, HEADINGS, keysOf, type SheetField } from '../../lib/exchange/declared-sheets.ts'
import { TRANSLATED, wordsFor } from '../../lib/exchange/declared-words.ts'
import { declaredCsv, declaredXlsx } from '../../lib/exchange/declared-write.ts'
import { markedFile } from '../../lib/exchange/files.ts'
import { readGiven } from '../../lib/exchange/read.ts'
import { readAmount } from '../../lib/exchange/quantities.ts'
import { wordKey } from '../../lib/exchange/words.ts'
import { holdingsXlsx } from '../../lib/exchange/write.ts'
import { DECLARED_KINDS, type DeclaredKind } from '../../lib/filings/kinds/declared-fields.ts'
import { FOOTNOTE } from '../../lib/participants/rules.ts'
import { bytesOf, partOf, refusal } from './given.ts'
import { formula, number, STYLE, workbook, type RawCell } from './raw.ts'

const about = { designation: 'Kosovo*', source: null }
const PERSONNEL: [string, RawCell][] = [
  ['As of', '2027-01-01'], ['Land forces', 9000], ['Air force and air defence', 1200], ['Naval forces', 'nil'], ['Joint and common', 'withheld: тајна'],
  ['Authorised strength', '12 000'], ['Reserve', 0], ['Special forces', 300], ['Paramilitary forces', '0'],
]
const SAID = {
  asOf: '2027-01-01', active: { land: 9000, air: 1200, naval: 0, joint: { withheld: 'тајна' } }, authorised: 12_000, reserve: 0, specialForces: 300, paramilitary: 0,
}
const personnel = (rows: RawCell[][], asOf?: string) =>
  workbook([{ name: 'P', rows: [['Field', 'Value'], ...rows] }]).then((bytes) => readGiven('declaration.personnel', { name: 'p.xlsx', type: '', bytes }, asOf))
const told = ({ problems }: { problems: { sheet: string | null; cell: string | null; message: string }[] }) => problems.map(({ cell, message }) => `${cell} ${message}`)
const csv = (kind: DeclaredKind, text: string, asOf?: string) => readGiven(kind, { name: 'd.csv', type: '', bytes: bytesOf(text) }, asOf)

describe('the words of the tables', () => {
  test.each(DECLARED_KINDS)('no word of a %s means two fields or two columns, in no language', (kind) => {
    const { fields, list } = formOf(kind)
    for (const all of [fields, list?.columns ?? []]) {
      const keys = all.flatMap(({ words }) => [...keysOf(words)])
      expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
    }
  })

  test('no word means two choices of a field, and none a heading and another', () => {
    const choices = (field: SheetField) => Object.values(field.options ?? {}).flatMap((label) => [...new Set(Object.values(wordsFor(label)).flat().map(wordKey))])
    for (const kind of DECLARED_KINDS) for (const field of [...formOf(kind).fields, ...(formOf(kind).list?.columns ?? [])]) {
      const keys = choices(field)
      expect({ field: field.label, twice: keys.filter((key, at) => keys.indexOf(key) !== at) }).toEqual({ field: field.label, twice: [] })
    }
    const headings = Object.values(HEADINGS).flatMap((label) => [...keysOf(wordsFor(label))])
    expect(new Set(headings).size).toBe(headings.length)
  })

  test('every translation is of something that stands in a table', () => {
    const used = new Set([...Object.values(HEADINGS), 'Yes', 'No', ...DECLARED_KINDS.flatMap((kind) =>
      [...formOf(kind).fields, ...(formOf(kind).list?.columns ?? [])].flatMap(({ label, options = {} }) => [label, ...Object.values(options)]))])
    expect(Object.keys(TRANSLATED).filter((label) => !used.has(label))).toEqual([])
  })
})

describe('the workbook to fill in', () => {
  test.each(DECLARED_KINDS)('of a %s asks for every field, and reads back as blank where nothing is stated', async (kind) => {
    const bytes = await declaredXlsx(formOf(kind), {}, true, about)
    const { payload, problems } = await readGiven(kind, { name: 'd.xlsx', type: '', bytes })
    expect(payload).toBeNull()
    for (const { message } of problems) expect(message).toMatch(/^(State|Say|Name) /)
    const sheet = await partOf(bytes, 'xl/worksheets/sheet1.xml')
    for (const { label, compiledOnly } of formOf(kind).fields) expect({ label, isAsked: sheet.includes(`>${label}<`) }).toEqual({ label, isAsked: !compiledOnly })
  })

  test('offers closed lists, checks numbers, keeps headers in sight, and holds a guide with the footnote', async () => {
    const bytes = await declaredXlsx(formOf('declaration.structure'), {}, true, about)
    const units = await partOf(bytes, 'xl/worksheets/sheet2.xml')
    expect(units).toContain('<formula1>&quot;Command,Corps,Division,Brigade,')
    expect(units).toContain('sqref="B2:B2001"')
    for (const part of [units, await partOf(bytes, 'xl/worksheets/sheet1.xml')]) expect(part).toContain('state="frozen"')
    const guide = await partOf(bytes, 'xl/worksheets/sheet3.xml')
    for (const text of [FOOTNOTE, 'Komanda', 'Peacetime location', 'Мирнодопска локација']) expect(guide).toContain(text)
    const money = await partOf(await declaredXlsx(formOf('declaration.budget'), {}, true, about), 'xl/worksheets/sheet1.xml')
    expect(money).toContain('ISNUMBER(B6)')
    expect(await partOf(await declaredXlsx(formOf('statement.autonomy'), {}, true, about), 'xl/worksheets/sheet2.xml')).toContain('&quot;Semi-autonomous: engages only what a person picked,')
  })

  test('is of its kind: sent as another it is refused, and so is one of holdings', async () => {
    const bytes = await declaredXlsx(formOf('statement.cyber'), {}, true, about)
    expect(await refusal(readGiven('statement.autonomy', { name: 'd.xlsx', type: '', bytes }))).toContain('template of “statement.cyber”')
    expect(await refusal(readGiven('declaration.holdings', { name: 'd.xlsx', type: '', bytes }))).toContain('template of “statement.cyber”')
    const holdings = await holdingsXlsx({ asOf: null, remark: null, lines: [], nil: [] }, about)
    expect(await refusal(readGiven('statement.cyber', { name: 'd.xlsx', type: '', bytes: holdings }))).toContain('“declaration.holdings”')
  })
})

describe('an amount written as text', () => {
  const amount = (text: string) => readAmount({ is: 'text', text })
  test.each<[string, number]>([
    ['0', 0], ['nil', 0], ['нула', 0], ['331000000', 331_000_000], ['331 000 000', 331_000_000], ['1.234.567', 1_234_567], ['2.75', 2.75], ['2,75', 2.75], ['0,500', 0.5], ['1234.567', 1234.567], ['12.3450', 12.345],
    ['1000000000000000', 1e15], ['0.30000000000000004', 0.1 + 0.2],
  ])('%j is read', (text, value) => expect(amount(text)).toEqual({ value }))

  test.each(['1.234', '1,234', '999,999', '1.234,56', '1,234.56', '331 m', '2.7 bn', '1e6', '-5', '+5', '5 EUR', '€5', '9999999999999999', '12345678901234567.89', '—', 'withheld', '1 234,5'])(
    '%j is refused, and never read', (text) => expect(amount(text)).toEqual({ problem: expect.any(String) }))
})

describe('a sheet of fields', () => {
  test('nil, blank and withheld are three things', async () => {
    expect((await personnel(PERSONNEL)).payload).toEqual(SAID)
    expect(told(await personnel(PERSONNEL.map(([name, value]) => [name, name === 'Reserve' ? null : value])))).toEqual([expect.stringMatching(/^B8 .*A blank is not a nil/)])
  })

  test('a date is a cell of one, or YYYY-MM-DD', async () => {
    const on = (value: RawCell) => personnel(PERSONNEL.map(([name, stated]) => [name, name === 'As of' ? value : stated]))
    expect((await on(number(46_388, STYLE.ownDate))).payload).toEqual(SAID)
    for (const value of ['1.1.2027', '2027', number(46_388), formula('TODAY()', 46_388), number(46_388.5, STYLE.date)]) expect(told(await on(value))).toEqual([expect.stringMatching(/^B2 /)])
  })

  test('the day may come from beside the file; where they differ nothing is taken, and a budget has its year of it', async () => {
    expect((await personnel(PERSONNEL.slice(1), '2027-01-01')).payload).toEqual(SAID)
    expect(told(await personnel(PERSONNEL, '2026-01-01'))).toEqual(['B2 The sheet says 2027-01-01, but 2026-01-01 is being stated. Correct the one that is wrong.'])
    const budget = 'Field,Value\nBudget year,2027\nBasis,planned\nCurrency,EUR\nTotal,10\nPersonnel,1\nOperations and maintenance,1\nProcurement,1\nResearch and development,"1,5"\nGross domestic product,nil\n'
    expect(told(await csv('declaration.budget', budget, '2027-01-01'))).toEqual(['B10 The gross domestic product is less than the budget: state both in full units of the same currency.'])
    expect((await csv('declaration.budget', budget.replace('nil', '1 000 000'), '2027-06-01')).payload).toMatchObject({ year: 2027, research: 1.5, gdp: 1_000_000 })
    expect(told(await csv('declaration.budget', budget.replace('nil', '100'), '2028-01-01'))).toEqual([expect.stringMatching(/^B2 The sheet says 2027, but 2028/)])
  })

  test('several problems are told in the order of the sheet, one for each cell', async () => {
    const rows = PERSONNEL.map(([name, value]): RawCell[] => [name, name === 'Land forces' ? '1.234' : name === 'Reserve' ? formula('1+1', 2) : value])
    expect(told(await personnel([...rows, ['Ammunition', 1], ['Active strength', 9]])).map((text) => text.slice(0, 12))).toEqual(['B3 “1.234” c', 'B8 This is a', 'A11 “Ammunit', 'B12 Only ent'])
  })

  test('what lacks all its rows is asked for by name, and a list that is not there by its columns', async () => {
    expect(told(await personnel([['As of', '2027-01-01']]))).toHaveLength(8)
    expect(told(await csv('declaration.structure', 'Field,Value\nAs of,2027-01-01\n'))).toEqual(['B1 There is no table headed Name, Level, Peacetime location. State at least one formation or unit.'])
    expect((await csv('statement.autonomy', 'Field,Value\nAs of,2027-01-01\nPledge,да\nThere is no such system,nil\n')).payload).toEqual({ asOf: '2027-01-01', pledge: true, systems: [], nil: true })
  })
})

describe('the marked copy', () => {
  const structure: RawCell[][] = [['Name', 'Level', 'Peacetime location'], ['Land Force', 'army', 'Niš'], ['1. бригада', 'brigade', null]]
  test('of a workbook marks both sheets, each with notes of its own', async () => {
    const bytes = await workbook([{ name: 'One', rows: [['Field', 'Value'], ['As of', '1.1.2027']] }, { name: 'Two', rows: structure }])
    const { body, name } = await markedFile('declaration.structure', { name: 'd.xlsx', type: '', bytes }, undefined)
    expect(name).toBe('batp-structure-marked.xlsx')
    const marked = body as Uint8Array
    const read = await readGiven('declaration.structure', { name, type: '', bytes: marked })
    expect(read.problems.map(({ sheet, cell }) => `${sheet} ${cell}`)).toEqual(['One B2', 'Two B2', 'Two C3'])
    expect([await partOf(marked, 'xl/comments1.xml'), await partOf(marked, 'xl/comments2.xml')].map((part) => [...part.matchAll(/<comment ref="(\w+)"/g)].map(([, cell]) => cell))).toEqual([['B2'], ['B2', 'C3']])
    const types = await partOf(marked, '[content_types].xml')
    expect(types.match(/Extension="vml"/g)).toHaveLength(1)
    const again = (await markedFile('declaration.structure', { name, type: '', bytes: marked }, undefined)).body as Uint8Array
    expect((await readGiven('declaration.structure', { name, type: '', bytes: again })).problems).toEqual(read.problems)
  })

  test('of a CSV has its column in both tables, and is read like the original', async () => {
    const text = 'Field;Value\r\nAs of;1.1.2027\r\n\r\nName;Level;Peacetime location\r\nLand Force;army;Niš\r\n'
    const marked = String((await markedFile('declaration.structure', { name: 'd.csv', type: '', bytes: bytesOf(text) }, undefined)).body)
    const lines = marked.split('\r\n')
    expect(lines[0]).toBe('\uFEFFField;Value;;Problems')
    expect(lines[1]).toMatch(/^As of;1\.1\.2027;;B2: “1\.1\.2027” is not a date/)
    expect(lines[3]).toBe('Name;Level;Peacetime location;Problems')
    expect(lines[4]).toMatch(/^Land Force;army;Niš;"B5: “army” is not one of the choices/)
    expect((await csv('declaration.structure', marked)).problems.map(({ cell }) => cell)).toEqual(['B2', 'B5'])
    expect((await csv('declaration.structure', marked.replace('1.1.2027', '2027-01-01').replace('army', 'Komanda'))).payload).toEqual({ asOf: '2027-01-01', units: [{ name: 'Land Force', level: 'command', location: 'Niš' }] })
  })
})

describe('large files', () => {
  const units = (many: number) => Array.from({ length: many }, (_, nth) => ({ name: `${nth}. bataljon`, level: 'battalion', location: 'Niš', ...(nth > 0 ? { superior: `${Math.floor(nth / 2)}. bataljon` } : {}) }))
  test('2,000 units come back the same within seconds, and one more is one too many', async () => {
    const stated = { asOf: '2027-01-01', units: units(2_000) }
    const started = performance.now()
    const bytes = await declaredXlsx(formOf('declaration.structure'), stated, true, about)
    expect((await readGiven('declaration.structure', { name: 'd.xlsx', type: '', bytes })).payload).toEqual(stated)
    expect(performance.now() - started).toBeLessThan(20_000)
    expect(told(await csv('declaration.structure', await declaredCsv(formOf('declaration.structure'), { ...stated, units: units(2_001) }, true)))).toEqual(['A5 At most 2,000 formations and units.'])
  })

  test('far more cells than a declaration has are refused, before they are all held', async () => {
    const rows = Array.from({ length: 4_100 }, () => Array.from({ length: 50 }, () => 1))
    const bytes = await workbook([{ name: 'P', rows: [['Field', 'Value'], ...rows] }])
    expect(told(await readGiven('declaration.personnel', { name: 'p.xlsx', type: '', bytes }))).toEqual([expect.stringMatching(/^[A-Z]+4\d{3} The sheet has far more rows and cells than a declaration/)])
    expect(await refusal(csv('declaration.personnel', `Field,Value\n${rows.map((row) => row.join(',')).join('\n')}`))).toContain('far more rows than a declaration')
    expect(told(await csv('declaration.personnel', `Field,Value\n${','.repeat(70)}9\n`))).toEqual([expect.stringMatching(/^BS2 A sheet may have 64 columns/)])
  })
})

test('a draft is written as it was typed, and what is wrong with it is told when it comes back', async () => {
  const draft = { asOf: 'soon', active: { land: 'many', air: { withheld: 'x' } }, reserve: 3 }
  const text = await declaredCsv(formOf('declaration.personnel'), draft, true)
  expect((await csv('declaration.personnel', text)).problems.map(({ cell }) => cell)).toEqual(['B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B9', 'B10'])
})
