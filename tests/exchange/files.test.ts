import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { formatOf } from '../../lib/exchange/read.ts'
import { MOST_BYTES, openZip, unpacked } from '../../lib/exchange/zip.ts'
import { writeZip } from '../../lib/exchange/zip-write.ts'
import { HEADER, line, payload, read, refusal } from './given.ts'
import { oneSheet, partsOf, sheetPart, stored, zipped, type Parts } from './raw.ts'

const ROWS = [HEADER, ['I', 'M-84', 195, 16]]
const good = () => oneSheet(ROWS)
const parts = (): Parts => partsOf([{ name: 'Holdings', rows: ROWS }])
const withPart = (name: string, content: Parts[string]) => zipped({ ...parts(), [name]: content })
const changed = (name: string, from: string | RegExp, to: string) => withPart(name, String(parts()[name]).replace(from, to))
const ole = (text = '') => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(504), Buffer.from(text, 'utf16le')])

describe('what a file is, is said by its name and its content alike', () => {
  test.each<[string, string, Uint8Array, string]>([
    ['an EXE named .xlsx', 'h.xlsx', Buffer.from('MZ\u0090\u0000'), 'is no workbook'], ['a page named .xlsx', 'h.xlsx', Buffer.from('<html>'), 'is no workbook'], ['a CSV named .xlsx', 'h.xlsx', Buffer.from('Category,Type'), 'is no workbook'],
    ['a ZIP named .csv', 'h.csv', Buffer.from('PK\u0003\u0004'), 'is a workbook or an archive'], ['an old workbook', 'h.xls', ole(), 'old binary format'], ['an old workbook named .xlsx', 'h.xlsx', ole(), 'old binary format'],
    ['a locked workbook', 'h.xlsx', ole('EncryptedPackage'), 'Remove the password'], ['a workbook for macros', 'h.xlsm', Buffer.from('PK\u0003\u0004'), 'for macros'], ['a binary workbook', 'h.xlsb', Buffer.from('PK\u0003\u0004'), 'binary format'],
    ['OpenDocument', 'h.ods', Buffer.from('PK\u0003\u0004'), 'OpenDocument'], ['a picture', 'h.png', Buffer.from('PNG'), 'Only workbooks'], ['no ending', 'holdings', Buffer.from('x'), 'Only workbooks'], ['nothing', 'h.csv', Buffer.alloc(0), 'empty'],
    ['a name of the language', 'h.__proto__', Buffer.from('x'), 'Only workbooks'], ['a path', '../../etc/passwd', Buffer.from('x'), 'Only workbooks'], ['11 MB', 'h.csv', Buffer.alloc(10 * 1024 * 1024 + 1), 'larger than 10 MB'],
  ])('%s is refused, with what to do', async (_what, name, bytes, message) => {
    expect(await refusal(Promise.resolve().then(() => formatOf({ name, bytes })))).toContain(message)
  })

  test('macros are refused whatever the file is called', async () => {
    expect(await refusal(read(await withPart('xl/vbaProject.bin', 'x')))).toContain('holds macros')
    expect(await refusal(read(await withPart('xl/macrosheets/sheet1.xml', 'x')))).toContain('holds macros')
    expect(await refusal(read(await changed('[Content_Types].xml', 'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml', 'vnd.ms-excel.sheet.macroEnabled.main+xml')))).toContain('holds macros')
  })

  test('another kind of document, or none, is no workbook', async () => {
    expect(await refusal(read(await zipped({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' })))).toContain('no workbook')
    expect(await refusal(read(await changed('[Content_Types].xml', 'spreadsheetml.sheet.main+xml', 'wordprocessingml.document.main+xml')))).toContain('no workbook')
    expect(await refusal(read(await changed('_rels/.rels', 'xl/workbook.xml', 'xl/nowhere.xml')))).toContain('no workbook')
    expect(await refusal(read(await zipped({ 'a.txt': 'x' })))).toContain('no workbook')
  })
})

describe('nothing outside of the file is looked up, and no entity is taken', () => {
  const entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
  test.each(['xl/worksheets/sheet1.xml', 'xl/workbook.xml', 'xl/sharedStrings.xml', 'xl/styles.xml', '[Content_Types].xml', '_rels/.rels', 'xl/_rels/workbook.xml.rels'])('a document type in %s', async (name) => {
    expect(await refusal(read(await withPart(name, entity + String(parts()[name]))))).toContain('entities of its own')
  })
  test('an entity that nobody defines', async () => expect(await refusal(read(await changed('xl/worksheets/sheet1.xml', 'M-84', '&e;')))).toContain('no well-formed XML'))
  test('a part elsewhere', async () => {
    const relations = parts()['xl/_rels/workbook.xml.rels'] as string
    expect(await refusal(read(await withPart('xl/_rels/workbook.xml.rels', relations.replace('Target="worksheets/sheet1.xml"', 'Target="http://evil.example/sheet1.xml" TargetMode="External"'))))).toContain('no visible sheet')
    expect(await refusal(read(await withPart('xl/_rels/workbook.xml.rels', relations.replace('worksheets/sheet1.xml', '../../../etc/passwd'))))).toContain('is missing')
  })
})

describe('a part that is no XML', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['that ends early', sheetPart({ rows: ROWS }).slice(0, -20), 'no well-formed XML'], ['in UTF-16', Buffer.from(`\uFEFF${sheetPart({ rows: ROWS })}`, 'utf16le'), 'UTF-8'],
    ['that says it is UTF-16', `<?xml version="1.0" encoding="UTF-16"?>${sheetPart({ rows: ROWS })}`, 'UTF-8'], ['nested a thousand deep', `${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`, 'no well-formed XML'],
    ['of one long comment', `<!--${'x'.repeat(2_000_000)}-->${sheetPart({ rows: ROWS })}`, 'no well-formed XML'], ['of one long attribute', `<a b="${'x'.repeat(2_000_000)}"/>`, 'no well-formed XML'], ['that is binary', Buffer.from([1, 2, 3]), 'no well-formed XML'],
  ])('%s', async (_what, content, message) => {
    expect(await refusal(read(await withPart('xl/worksheets/sheet1.xml', typeof content === 'string' ? stored(content) : content)))).toContain(message)
  })
})

describe('an archive that two programs would read differently', () => {
  const bytes = async (edit: (zip: Buffer, central: number, end: number) => void) => {
    const zip = Buffer.from(await good())
    const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006'))
    edit(zip, zip.readUInt32LE(end + 16), end)
    return zip
  }
  test.each<[string, (zip: Buffer, central: number, end: number) => void, string]>([
    ['with a table of contents that is elsewhere', (zip, central, end) => zip.writeUInt32LE(central + 1, end + 16), 'damaged'], ['that names more than it has', (zip, _central, end) => zip.writeUInt16LE(50, end + 10), 'damaged'],
    ['that names less than it has', (zip, _central, end) => zip.writeUInt16LE(1, end + 10), 'no workbook'], ['whose entry is locked', (zip, central) => zip.writeUInt16LE(1, central + 8), 'Remove the password'],
    ['packed in another way', (zip, central) => zip.writeUInt16LE(12, central + 10), 'damaged'], ['that states too small a size', (zip, central) => zip.writeUInt32LE(10, central + 24), 'damaged'], ['that states too large a size', (zip, central) => zip.writeUInt32LE(100_000, central + 24), 'damaged'],
    ['that states 4 GB', (zip, central) => zip.writeUInt32LE(0xfffffff0, central + 24), 'more tightly than any table'], ['with a wrong sum', (zip, central) => zip.writeUInt32LE(1, central + 16), 'damaged'],
    ['whose entries are named twice', (zip, central) => zip.write('[content_Types].xml', central + 46), 'damaged'], ['whose entries lie in each other', (zip, central) => zip.writeUInt32LE(100, central + 20), 'damaged'],
    ['whose entry lies beyond the end', (zip, central) => zip.writeUInt32LE(0xffffff, central + 42), 'damaged'], ['with bytes behind its end', () => {}, ''],
  ])('%s', async (what, edit, message) => {
    const zip = what.includes('behind its end') ? Buffer.concat([await good(), Buffer.from('x')]) : await bytes(edit)
    expect(await refusal(read(zip))).toContain(message || 'damaged')
  })

  test('cut at any place it is refused, and never read in part', async () => {
    const zip = await good()
    for (let length = 4; length < zip.length; length += 37) expect(await refusal(read(zip.subarray(0, length)))).toMatch(/damaged|no workbook/)
  })

  test('with any byte changed it is refused, or says what it said; or another cell is wrong', async () => {
    const zip = await good()
    for (let at = 4; at < zip.length; at += 11) {
      const flipped = Buffer.from(zip)
      flipped[at]! ^= 0x55
      const reading = await read(flipped).catch((error: Error) => error)
      if (reading instanceof Error) expect(reading.name).toBe('AppError')
      else if (reading.payload) expect(reading.payload).toEqual(payload([line()]))
    }
  })
})

describe('limits of an archive', () => {
  test('201 parts', async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, nth) => [`xl/media/${nth}.bin`, 'x']))
    expect(await refusal(read(await zipped({ ...parts(), ...many })))).toContain('more than 200 parts')
  })

  test('a part that packs to a thousandth, and parts that unpack to more than 100 MB together', async () => {
    expect(await refusal(read(await withPart('xl/media/a.bin', Buffer.alloc(3_000_000))))).toContain('more tightly than any table')
    const data = deflateRawSync(Buffer.alloc(1000))
    const large = { data, size: 60 * 1024 * 1024, crc: 0, method: 8 }
    const padded = { ...large, data: Buffer.concat([data, Buffer.alloc(1024 * 1024)]) }
    expect(await refusal(read(await writeZip(new Map([['a', padded], ['b', padded]]))))).toContain('100 MB')
  })

  test('an entry that grows beyond what it states is left at that point', async () => {
    const data = deflateRawSync(Buffer.alloc(50 * 1024 * 1024))
    const zip = openZip(await writeZip(new Map([['a', { data, size: 100_000, crc: 0, method: 8 }]])))
    let seen = 0
    const work = (async () => { for await (const piece of unpacked(zip, zip.entries.get('a')!)) seen += piece.byteLength })()
    expect(await refusal(work)).toContain('damaged')
    expect(seen).toBeLessThanOrEqual(100_000)
    expect(zip.budget.left).toBeGreaterThan(MOST_BYTES - 300_000)
  })

  test('sizes in the wide fields that some writers always use are read', async () => {
    const zip = Buffer.from(await good())
    const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006'))
    const central = zip.readUInt32LE(end + 16)
    const [nameLength, packed, size] = [zip.readUInt16LE(central + 28), zip.readUInt32LE(central + 20), zip.readUInt32LE(central + 24)]
    const extra = Buffer.alloc(20)
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(16, 2)
    extra.writeBigUInt64LE(BigInt(size), 4)
    extra.writeBigUInt64LE(BigInt(packed), 12)
    zip.writeUInt32LE(0xffffffff, central + 20)
    zip.writeUInt32LE(0xffffffff, central + 24)
    zip.writeUInt16LE(20, central + 30)
    const wide = Buffer.concat([zip.subarray(0, central + 46 + nameLength), extra, zip.subarray(central + 46 + nameLength)])
    expect((await read(wide)).payload).toEqual(payload([line()]))
  })

  test('blank cells without end, and texts without end', async () => {
    const blank = `<row r="2">${'<c/>'.repeat(510_000)}</row>`
    const sheet = sheetPart({ rows: ROWS.slice(0, 1) }).replace('</sheetData>', `${blank}</sheetData>`)
    expect((await read(await withPart('xl/worksheets/sheet1.xml', stored(sheet)))).problems).toEqual([expect.objectContaining({ row: 2, message: expect.stringContaining('far more rows and cells') })])
    expect(await refusal(read(await withPart('xl/sharedStrings.xml', stored(`<sst>${'<si/>'.repeat(201_000)}</sst>`))))).toContain('far more text')
  })

  test('a million sheets, and a hundred thousand merged areas', async () => {
    const sheet = '<sheet name="a" sheetId="1" r:id="rId1"/>'
    expect(await refusal(read(await withPart('xl/workbook.xml', stored(String(parts()['xl/workbook.xml']).replace('<sheets>', `<sheets>${sheet.repeat(100_000)}`)))))).toContain('more than 100 sheets')
    const merged = sheetPart({ rows: ROWS, merged: Array.from({ length: 11_000 }, () => 'J9:K9') })
    expect(await refusal(read(await withPart('xl/worksheets/sheet1.xml', stored(merged))))).toContain('Unmerge all cells')
  })
})
