import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { deflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { holdingsCsv, holdingsXlsx } from '../../lib/exchange/write.ts'
import { writeZip } from '../../lib/exchange/zip-write.ts'
import { chanceOf } from './chance.ts'
import { DAY, HEADER } from './given.ts'
import { partsOf, sheetPart } from './raw.ts'

const folder = mkdtempSync(join(tmpdir(), 'batp-sheets-'))
afterAll(() => rmSync(folder, { recursive: true }))
type Measured = { lines?: number | null; found?: number; message?: string | null; bytes?: number; ms: number; cpuMs: number; grownMb: number; peakMb: number }

/** In a process of its own: what this one has grown to says nothing. Time is that of work, not of waiting for a busy machine. */
const measured = async (name: string, bytes: Uint8Array | string, ...how: string[]): Promise<Measured> => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'child.ts'), path, ...how], { env: { ...process.env, NODE_OPTIONS: '' } })
  return JSON.parse(stdout) as Measured
}

const parts = (rows: string[][] = [HEADER, ['I', 'M-84', '1', '0']]) => Object.entries(partsOf([{ name: 'Holdings', rows }]))
const GIGABYTE = 1024 * 1024 * 1024
/** 1 GB of zeros packed to 1 MB. */
const zeros = () => {
  const block = deflateRawSync(Buffer.alloc(16 * 1024 * 1024), { level: 9, finishFlush: 2 })
  return Buffer.concat(Array.from({ length: 8 }, () => block))
}

/** 200 entries that all lie over the same bytes: some 40 kB that state 4 GB. */
const overlapping = async (): Promise<Buffer> => {
  const data = deflateRawSync(Buffer.alloc(20 * 1024 * 1024))
  const zip = Buffer.from(await writeZip(new Map([['a', { data, size: 20 * 1024 * 1024, crc: 0, method: 8 }]])))
  const end = zip.length - 22
  const central = zip.readUInt32LE(end + 16)
  const entry = zip.subarray(central, end)
  const many = Array.from({ length: 200 }, (_, nth) => {
    const named = Buffer.concat([entry.subarray(0, 46), Buffer.from(String.fromCharCode(97 + (nth % 26)))])
    return named
  })
  const closing = Buffer.from(zip.subarray(end))
  closing.writeUInt16LE(200, 8)
  closing.writeUInt16LE(200, 10)
  return Buffer.concat([zip.subarray(0, central), ...many, closing])
}

/** Machines that run this differ by that much; what is meant is the time without it. */
const SLOWER = 3
const EXPECTED = { grownMb: expect.toSatisfy((grown: number) => grown < 200), cpuMs: expect.toSatisfy((ms: number) => ms < 1_000 * SLOWER) }

describe('a bomb is refused in less than a second, and takes less than 200 MB', () => {
  test('entries over each other', async () => {
    const bomb = await overlapping()
    expect(bomb.length).toBeLessThan(45_000)
    expect(await measured('a.xlsx', bomb)).toMatchObject({ ...EXPECTED, message: expect.stringMatching(/damaged|more tightly/) })
  })

  test('a part that states what it unpacks to', async () => {
    const bomb = await writeZip(new Map([...parts(), ['xl/worksheets/sheet1.xml', { data: zeros(), size: GIGABYTE, crc: 0, method: 8 }]]))
    expect(await measured('a.xlsx', bomb)).toMatchObject({ ...EXPECTED, message: expect.stringContaining('more tightly than any table') })
  })

  test('a part that states less than it unpacks to', async () => {
    const bomb = await writeZip(new Map([...parts(), ['xl/worksheets/sheet1.xml', { data: zeros(), size: 20 * 1024 * 1024, crc: 0, method: 8 }]]))
    expect(await measured('a.xlsx', bomb)).toMatchObject({ ...EXPECTED, message: expect.stringMatching(/no well-formed XML|damaged/) })
  })

  test('shared texts without end, and one text without end', async () => {
    const texts = `<sst>${'<si><t/></si>'.repeat(7_000_000)}</sst>`
    expect(await measured('a.xlsx', await packedAt(texts, 'xl/sharedStrings.xml'))).toMatchObject({ message: expect.stringContaining('far more text'), grownMb: EXPECTED.grownMb, cpuMs: expect.toSatisfy((ms: number) => ms < 2_000 * SLOWER) })
    const text = `<sst><si><t>${'a'.repeat(90 * 1024 * 1024)}</t></si></sst>`
    expect(await measured('a.xlsx', await packedAt(text, 'xl/sharedStrings.xml'))).toMatchObject({ ...EXPECTED, message: expect.stringContaining('no well-formed XML') })
  })

  test('a million rows that are blank', async () => {
    const blank = sheetPart({ rows: [HEADER] }).replace('</sheetData>', `${Array.from({ length: 1_000_000 }, (_, row) => `<row r="${row + 2}" s="3"/>`).join('')}</sheetData>`)
    expect(await measured('a.xlsx', await packedAt(blank, 'xl/worksheets/sheet1.xml'))).toMatchObject({ message: expect.stringContaining('far more rows'), grownMb: EXPECTED.grownMb, cpuMs: expect.toSatisfy((ms: number) => ms < 2_000 * SLOWER) })
  })
})

/** States the size that makes it pass as a table would: the bound on what it packs to is tried elsewhere. */
const packedAt = async (text: string, name: string): Promise<Uint8Array> => {
  const data = deflateRawSync(text, { level: 1 })
  return writeZip(new Map<string, string | Uint8Array | { data: Uint8Array; size: number; crc: number; method: number }>([
    ...parts() as [string, string][], [name, { data: Buffer.concat([data, Buffer.alloc(Math.max(0, Math.ceil(Buffer.byteLength(text) / 199) - data.length))]), size: Buffer.byteLength(text), crc: 0, method: 8 }],
  ]))
}

describe('20,000 lines', () => {
  const chance = chanceOf(20)
  const lines = Array.from({ length: 20_000 }, (_, nth) => ({
    category: chance.pick(['I', 'II', 'III', 'IVa', 'SALW']), type: `Тип ${nth} ${chance.below(1_000_000)}`, inService: chance.below(500), inStorage: chance.is(0.1) ? { withheld: 'commercial' } : chance.below(90),
    unit: `Unit ${chance.below(900)}`, site: `Niš ${chance.below(90)}`, remark: `${chance.below(1_000_000_000)} words of a remark`,
  }))
  const declared = { asOf: DAY, remark: null, lines, nil: [] }

  test('are imported in less than 20 s within 300 MB, as a workbook and as CSV', async () => {
    const workbook = await holdingsXlsx(declared, { designation: 'Serbia', source: null })
    for (const [name, bytes] of [['a.xlsx', workbook], ['a.csv', await holdingsCsv(declared)]] as const) {
      const { cpuMs, peakMb, ...rest } = await measured(name, bytes)
      expect(rest).toMatchObject({ lines: 20_000, found: 0 })
      expect(cpuMs).toBeLessThan(20_000)
      expect(peakMb).toBeLessThan(300)
    }
  })

  test('and 5,000 are marked within 300 MB', async () => {
    const wrong = { ...declared, lines: lines.slice(0, 5_000).map((line, nth) => (nth % 10 === 0 ? { ...line, inService: '1.234' } : line)) }
    const { bytes, peakMb } = await measured('a.xlsx', await holdingsXlsx(wrong, { designation: 'Serbia', source: null }), 'marked')
    expect(bytes).toBeGreaterThan(100_000)
    expect(peakMb).toBeLessThan(300)
  })
})
