import { describe, expect, test } from 'vitest'
import { holdingsCsv, holdingsXlsx, totalsCsv, totalsXlsx } from '../../lib/exchange/write.ts'
import { CATEGORIES, CATEGORY_CODES } from '../../lib/taxonomy/rules.ts'
import { FOOTNOTE } from '../../lib/participants/rules.ts'
import { DAY, line, partOf, payload, read } from './given.ts'

const declared = { asOf: DAY, remark: null, lines: [line({ unit: '=HYPERLINK("http://evil.example")' })], nil: ['VI'] }
const about = { designation: 'Kosovo*', source: null }

describe('the workbook to fill in', () => {
  test('offers the categories, checks the quantities, and keeps its header in sight', async () => {
    const sheet = await partOf(await holdingsXlsx(declared, about), 'xl/worksheets/sheet1.xml')
    expect(sheet).toContain('<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>')
    expect(sheet).toContain(`type="list" errorStyle="stop" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="Category"`)
    expect(sheet).toContain(`sqref="A4:A20003"><formula1>"${CATEGORY_CODES.join(',')}"</formula1>`.replaceAll('"I,', '&quot;I,').replace('none"', 'none&quot;'))
    expect(sheet).toMatch(/type="custom" errorStyle="warning"[^>]*sqref="C4:C20003"><formula1>OR\(AND\(ISNUMBER\(C4\),C4&gt;=0/)
    for (const [, prompt] of sheet.matchAll(/ (?:prompt|error)="([^"]*)"/g)) expect(prompt!.length).toBeLessThanOrEqual(255)
    for (const [, title] of sheet.matchAll(/Title="([^"]*)"/g)) expect(title!.length).toBeLessThanOrEqual(32)
  })

  test('holds no formula in any cell, and a text that begins as one is kept a text', async () => {
    const bytes = await holdingsXlsx(declared, about)
    const sheet = await partOf(bytes, 'xl/worksheets/sheet1.xml')
    expect(sheet).not.toContain('<f>')
    expect(sheet).toMatch(/<c r="E4" s="2" t="inlineStr"><is><t xml:space="preserve">=HYPERLINK/)
    expect(await partOf(bytes, 'xl/styles.xml')).toContain('quotePrefix="1"')
  })

  test('has a guide: every column, every category with its definition, nil, blank and withheld, and the footnote where it belongs', async () => {
    const guide = await partOf(await holdingsXlsx(declared, about), 'xl/worksheets/sheet2.xml')
    for (const { code, title } of CATEGORIES) for (const text of [`>${code}<`, title]) expect(guide).toContain(text)
    for (const text of ['Nil', 'Withheld', 'A blank is not a nil', 'withheld: reason', 'У складишту', 'Në shërbim', 'Kosovo*']) expect(guide).toContain(text)
    expect(guide.split(FOOTNOTE)).toHaveLength(2)
    const other = await partOf(await holdingsXlsx(declared, { designation: 'Serbia', source: 'UNROCA' }), 'xl/worksheets/sheet2.xml')
    expect(other).not.toContain(FOOTNOTE)
    expect(other).toContain('Compiled from open sources, not an official filing: UNROCA')
  })

  test('says in a hidden sheet from which template it was made, and says the same each time', async () => {
    const bytes = await holdingsXlsx(declared, about)
    expect(await partOf(bytes, 'xl/workbook.xml')).toContain('<sheet name="_batp" sheetId="3" state="veryHidden"')
    expect(Buffer.from(await holdingsXlsx(declared, about)).equals(Buffer.from(bytes))).toBe(true)
    expect((await read(bytes)).payload).toEqual(payload([declared.lines[0]!], ['VI']))
  })

  test('without a day leaves it to be written', async () => {
    const reading = await read(await holdingsXlsx({ ...declared, asOf: null }, about), { asOf: '' })
    expect(reading.problems.map(({ cell }) => cell)).toEqual(['B1'])
  })
})

describe('a CSV', () => {
  test('is RFC 4180 with a byte order mark, and runs nothing', async () => {
    expect(await holdingsCsv(declared)).toBe('\uFEFFAs of,2027-01-01\r\n\r\nCategory,Type,In service (pieces),In storage (pieces),Unit,Site,Remark\r\n'
      + 'I,M-84,195,16,"\'=HYPERLINK(""http://evil.example"")",,\r\nVI,,nil,nil\r\n')
  })
})

describe('totals', () => {
  const totals = [{ category: 'I' as const, inService: 195, inStorage: 16, withheld: 1 }]
  test('state what is withheld apart from what is zero, and are no declaration', async () => {
    expect(await totalsCsv(DAY, totals)).toContain('Category,In service (pieces),In storage (pieces),"Quantities withheld, not counted"\r\nI,195,16,1\r\n')
    const reading = await read(await totalsXlsx(DAY, totals, about))
    expect(reading.payload).toBeNull()
    expect(reading.problems[1]!.message).toContain('does not name Type')
  })
})
