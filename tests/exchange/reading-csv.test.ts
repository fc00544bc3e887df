import { describe, expect, test } from 'vitest'
import { cells, DAY, HEADER, line, payload, read, readText, refusal, told } from './given.ts'

const GOOD = 'I,M-84,195,16,1. бригада,Niš,ok'
const SAID = payload([line({ unit: '1. бригада', site: 'Niš', remark: 'ok' })])
const sheet = (...rows: string[]) => [HEADER.join(','), ...rows].join('\r\n')

describe('a CSV', () => {
  test.each([',', ';', '\t'])('parted by %j', async (mark) => {
    expect((await readText(sheet(GOOD).replaceAll(',', mark))).payload).toEqual(SAID)
  })
  test.each(['\r\n', '\n', '\r'])('in lines that end in %j', async (end) => {
    expect((await readText(`${sheet(GOOD, '', GOOD).replaceAll('\r\n', end)}${end}${end}`)).payload?.lines).toHaveLength(2)
  })
  test('with a title, the day and a remark above its header, and Excel’s own first line', async () => {
    const reading = await readText(`sep=;\nHoldings\nAs of;1.1.2027\nRemark;"two\nlines; ""quoted"""\n\n${sheet(GOOD).replaceAll(',', ';')}`, { asOf: '' })
    expect(told(reading)).toEqual([])
    expect(reading.payload).toEqual({ ...SAID, remark: 'two\nlines; "quoted"' })
  })
  test('does not count Excel’s own first line, which Excel does not show', async () => {
    expect(cells(await readText('sep=;\r\nCategory;Type;In service;In storage\r\nI;M-84;x;1'))).toEqual(['C2'])
  })
  test('with a name that ends in .tsv', async () => expect((await readText(sheet(GOOD).replaceAll(',', '\t'), { name: 'H.TSV' })).payload).toEqual(SAID))
})

describe('a cell that could be misread is named as a spreadsheet names it', () => {
  test.each<[string, string, string[]]>([
    ['thousands', 'I,M-84,"1,234",1.234', ['C2', 'D2']], ['a blank', 'I,M-84,,16', ['C2']], ['a formula', 'I,=A1,=1+1,@SUM(A1)', ['B2', 'C2', 'D2']], ['a NUL', 'I,M-84,1\u00002,16,a\u0000b', ['C2', 'E2']],
    ['a date', 'I,M-84,2026-01-01,1.1.2026', ['C2', 'D2']], ['a cell too many', `${GOOD},9`, ['H2']], ['TRUE', 'I,M-84,TRUE,#N/A', ['C2', 'D2']], ['a break within', 'I,"M\n84",1,1', ['B2']], ['after a break within', '"I","M-84",1,1,"a\nb"\r\nX,M-84,1,1', ['A3']],
    ['after blank rows', `\r\n\r\n,,,,\r\nX,M-84,1,1`, ['A5']],
  ])('%s', async (_what, rows, expected) => expect(cells(await readText(sheet(rows)))).toEqual(expected))

  test('marks of quotation that do not match', async () => {
    expect(told(await readText(sheet('I,"M"84,1,1')))).toEqual([expect.stringMatching(/^B2 The quotation marks/)])
    expect(told(await readText(sheet(GOOD, 'I,7" gun,1,1')))).toEqual([expect.stringMatching(/^B3 The quotation marks/)])
    expect(cells(await readText(sheet('I,"M-84,1,1', GOOD)))).toEqual(['B2'])
  })
  test('an apostrophe that kept a text a text is taken away, and no other', async () => {
    const reading = await readText(sheet("I,'-84,1,1,'=A1,''=A1,'quoted'"))
    expect(reading.payload?.lines).toEqual([{ category: 'I', type: '-84', inService: 1, inStorage: 1, unit: '=A1', site: "'=A1", remark: "'quoted'" }])
  })
})

describe('the header', () => {
  test('that is not there', async () => expect(told(await readText('I,M-84,195,16'))).toEqual([expect.stringMatching(/^A1 No header/)]))
  test('that lacks a column', async () => expect(told(await readText('Category;Type;In service\nI;M-84;1'))).toEqual(['D1 The header does not name In storage (pieces). Add the column.']))
  test('that can be parted in two ways', async () => expect(await refusal(readText('Category,Type,x;Unit;Site;y\n'))).toContain('more than one mark'))
})

describe('the characters', () => {
  const latin = (text: string) => new Uint8Array([...text].map((letter) => ({ š: 0x9a, ž: 0x9e, č: 0xe8, ć: 0xe6, đ: 0xf0, ë: 0xeb }[letter] ?? letter.charCodeAt(0))))
  const cyrillic = (text: string) => new Uint8Array([...text].map((letter) => {
    const code = letter.charCodeAt(0)
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : ({ ј: 0xbc, љ: 0x9a, њ: 0x9c, ђ: 0x90, ћ: 0x9e, џ: 0x9f, ѓ: 0x83, ќ: 0x9d, ѕ: 0xbe }[letter] ?? code)
  }))
  const wide = (text: string, mark = true) => Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le')
  const serbian = 'Категорија,Тип,У употреби,У складишту,Јединица\r\nI,Тенк М-84,195,16,Ниш'
  const asSerbian = payload([{ category: 'I', type: 'Тенк М-84', inService: 195, inStorage: 16, unit: 'Ниш' }])
  const croatian = 'Kategorija,Tip,U uporabi,U skladištu,Postrojba\r\nI,Čelik,195,16,Požega'.replace('Č', 'č')
  const asCroatian = payload([{ category: 'I', type: 'čelik', inService: 195, inStorage: 16, unit: 'Požega' }])
  const csv = (bytes: Uint8Array, type = '') => read(bytes, { name: 'h.csv', type })

  test('UTF-8 with a mark and without, UTF-16 with a mark and without', async () => {
    for (const bytes of [Buffer.from(`\uFEFF${serbian}`), Buffer.from(serbian), wide(serbian), wide(`Category,Type,In service,In storage\n${'I,M-84,1,0\n'.repeat(3)}`, false)]) expect((await csv(bytes)).problems).toEqual([])
    expect((await csv(wide(serbian))).payload).toEqual(asSerbian)
  })
  test('Windows-1250 and -1251, when declared', async () => {
    expect((await csv(latin(croatian), 'text/csv; charset=windows-1250')).payload).toEqual(asCroatian)
    expect((await csv(cyrillic(serbian), 'text/csv;charset="CP1251"')).payload).toEqual(asSerbian)
  })
  test('and when they can be nothing else', async () => {
    expect((await csv(latin(croatian))).payload).toEqual(asCroatian)
    expect((await csv(cyrillic(serbian))).payload).toEqual(asSerbian)
  })
  test('what could be either is refused', async () => {
    const english = 'Category,Type,In service,In storage,Unit\r\nI,M-84,1,0,'
    expect(await refusal(csv(new Uint8Array([...Buffer.from(english), 0x9a, 0xe8])))).toContain('more than one way')
    expect(await refusal(csv(new Uint8Array([...Buffer.from(english), 0x81, 0x98])))).toContain('more than one way')
  })
  test.each<[string, Uint8Array, string, string]>([
    ['UTF-8 that is none', new Uint8Array([...Buffer.from('Category,'), 0xff]), 'text/csv; charset=utf-8', 'not valid utf-8'], ['a declared set against the mark', wide(serbian), 'text/csv; charset=utf-8', 'begins as utf-16le'],
    ['a set that is not read', Buffer.from(serbian), 'text/csv; charset=koi8-r', 'koi8-r is not read'], ['UTF-16 the other way', new Uint8Array([0xfe, 0xff, 0, 0x41]), '', 'high byte first'],
  ])('%s', async (_what, bytes, type, message) => expect(await refusal(csv(bytes, type))).toContain(message))
})

describe('limits', () => {
  test('20,001 lines, 65 columns, a quotation mark that swallows the file', async () => {
    expect(cells(await readText(sheet(...Array.from({ length: 20_001 }, () => 'I,M-84,1,0'))))).toEqual(['A20002'])
    expect(cells(await readText(sheet(`${GOOD}${','.repeat(58)}x`)))).toEqual(['BM2'])
    expect(told(await readText(sheet(`I,"M-84${',x'.repeat(200_000)}`, 'I,"M-84",1,0')))).toEqual([expect.stringContaining('longer than any row')])
  })
  test('ten million blank rows, or cells, or quotation marks', async () => {
    expect(await refusal(readText(`${sheet(GOOD)}${'\n'.repeat(5_000_000)}`))).toContain('far more rows')
    expect(told(await readText(`${sheet(GOOD)}\n${','.repeat(5_000_000)}`))).toEqual([expect.stringContaining('longer than any row')])
    expect((await readText(`${sheet(GOOD)}\n${'"'.repeat(5_000_001)}`)).found).toBe(1)
  })
  test('the day is that of the request where the file is silent', async () => expect((await readText(sheet(GOOD))).payload?.asOf).toBe(DAY))
})
