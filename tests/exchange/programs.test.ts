import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cells, DAY, read, refusal, told } from './given.ts'

const file = (name: string) => read(readFileSync(join(import.meta.dirname, 'files', name)), { name, asOf: '' })

const CROATIAN = {
  asOf: DAY,
  lines: [
    { category: 'I', type: 'M-84 A4', inService: 75, inStorage: 8, unit: 'Kraljica Vila', site: 'Vinkovci', remark: 'nakon remonta' },
    { category: 'III', type: 'PzH 2000', inService: 16, inStorage: 0, unit: 'Topničko-raketna pukovnija', site: 'Slunj' },
    { category: 'IVa', type: 'Rafale F3-R', inService: 12, inStorage: 0, site: 'Zagreb, "Pleso"', remark: '=nije formula' },
    { category: 'Va', type: 'Kiowa', inService: { withheld: 'sigurnost' }, inStorage: 16, remark: 'redak 1\nredak 2' },
  ],
  nil: ['VI', 'IVb'],
}

describe('what other programs write', () => {
  test.each(['exceljs.xlsx', 'openpyxl.xlsx', 'xlsxwriter.xlsx', 'xlsxwriter-stream.xlsx', 'libreoffice.xlsx'])('%s imports to what it says', async (name) => {
    const reading = await file(name)
    expect(told(reading)).toEqual([])
    expect(reading.payload).toEqual(CROATIAN)
  })

  // LibreOffice breaks lines by LF alone; the CR of what we wrote is its loss.
  test('what we wrote imports to the same after LibreOffice opened and saved it', async () => {
    expect((await file('ours-libreoffice.xlsx')).payload).toEqual({
      asOf: '2026-01-01', remark: '=1+1 "q"\n;', nil: ['VI', 'II'],
      lines: [
        { category: 'I', type: '=SUM(A1)', inService: 0, inStorage: 0, unit: "'=x", site: 'Ниш, "a"', remark: 'line1\nline2' },
        { category: 'IVa', type: '-M', inService: { withheld: 'a: b\nc' }, inStorage: 12, unit: '_x000D_', remark: 'x' },
      ],
    })
  })

  test.each(['libreoffice-utf8.csv', 'libreoffice-1250.csv'])('%s: a date with slashes and a text that begins as a formula are named, all else is read', async (name) => {
    expect(cells(await file(name))).toEqual(['G7', 'B2'])
  })

  test.each(['faults-openpyxl.xlsx', 'faults-libreoffice.xlsx'])('%s: every cell that could be misread is named', async (name) => {
    const reading = await file(name)
    expect(cells(reading)).toEqual(['D2', 'D3', 'C4', 'C5', 'D5', 'C6', 'D6', 'E6', 'C7', 'D7', 'C9', 'E8', 'A1'])
    expect(reading.payload).toBeNull()
  })

  test('XLS and ODS are refused with what to do, under their own names and under others', async () => {
    expect(await refusal(file('libreoffice.xls'))).toContain('old binary format')
    expect(await refusal(file('libreoffice.ods'))).toContain('OpenDocument')
    const ods = readFileSync(join(import.meta.dirname, 'files/libreoffice.ods'))
    expect(await refusal(read(ods, { name: 'h.xlsx' }))).toContain('no workbook')
  })
})
