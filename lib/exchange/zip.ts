import { createInflateRaw, crc32 } from 'node:zlib'
import { refuseFile } from './refusal.ts'

/** Far above any declaration (20,000 lines are some 10 MB of XML in 20 parts), low enough that unpacking is quick. */
export const MOST_ENTRIES = 200
export const MOST_BYTES = 100 * 1024 * 1024
/** Tables of numbers pack to a tenth or a thirtieth; only what repeats itself without end packs to less than this. */
const MOST_RATIO = 200
const SMALL = 1024 * 1024

/** `name` is how parts are looked up, `written` how the archive names it. */
export type ZipEntry = { name: string; written: string; method: number; packed: number; size: number; crc: number; start: number }
export type Zip = { entries: ReadonlyMap<string, ZipEntry>; bytes: Uint8Array; budget: { left: number } }

const DAMAGED = 'The file is damaged, or no spreadsheet that can be read. Open it in your spreadsheet program and save it anew as XLSX.'
const TOO_LARGE = 'The file unpacks to more than 100 MB, or packs more tightly than any table does. Copy the table into a new, empty workbook and send that.'
const TOO_MANY = `The workbook has more than ${MOST_ENTRIES} parts. Copy the table into a new, empty workbook and send that.`
const damaged = () => refuseFile(DAMAGED)

const [LOCAL, CENTRAL, END, END_64] = [0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50]
const [END_SIZE, END_64_SIZES, MOST_COMMENT] = [22, 56 + 20, 0xffff]
const [ALL_16, ALL_32] = [0xffff, 0xffffffff]

type Directory = { entries: number; start: number; end: number }

/** The end record closes the file to the byte: what two programs could take for two archives is refused. */
const directoryOf = (view: DataView): Directory => {
  for (let at = view.byteLength - END_SIZE; at >= Math.max(0, view.byteLength - END_SIZE - MOST_COMMENT); at -= 1) {
    if (view.getUint32(at, true) !== END || at + END_SIZE + view.getUint16(at + 20, true) !== view.byteLength) continue
    const found = { entries: view.getUint16(at + 10, true), start: view.getUint32(at + 16, true), end: at }
    if (found.entries !== ALL_16 && found.start !== ALL_32) return found
    const wide = at - END_64_SIZES
    if (wide < 0 || view.getUint32(wide, true) !== END_64) throw damaged()
    return { entries: Number(view.getBigUint64(wide + 32, true)), start: Number(view.getBigUint64(wide + 48, true)), end: wide }
  }
  throw damaged()
}

/** Sizes of an entry that states them in the ZIP64 field, as some writers always do. */
const wideSizes = (view: DataView, from: number, to: number, stated: { size: number; packed: number; offset: number }) => {
  const found = { ...stated }
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue
    let field = at + 4
    for (const name of ['size', 'packed', 'offset'] as const) {
      if (stated[name] !== ALL_32) continue
      if (field + 8 > to) throw damaged()
      found[name] = Number(view.getBigUint64(field, true))
      field += 8
    }
  }
  return found
}

/** Names are compared as OPC compares part names: without case; some writers part folders by backslashes. */
export const partName = (name: string): string => name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()

const nameAt = (bytes: Uint8Array, at: number, length: number): string => new TextDecoder().decode(bytes.subarray(at, at + length))

const entryAt = (view: DataView, bytes: Uint8Array, at: number): { entry: ZipEntry; offset: number; next: number } => {
  if (view.getUint32(at, true) !== CENTRAL) throw damaged()
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
  const [nameLength, extraLength, commentLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
  const extra = at + 46 + nameLength
  const { size, packed, offset } = wideSizes(view, extra, extra + extraLength, {
    size: view.getUint32(at + 24, true), packed: view.getUint32(at + 20, true), offset: view.getUint32(at + 42, true),
  })
  if (flags & 1) throw refuseFile('The file is locked with a password. Remove the password and send it again.')
  if (method !== 0 && method !== 8) throw damaged()
  const name = nameAt(bytes, at + 46, nameLength)
  if (view.getUint32(offset, true) !== LOCAL || nameAt(bytes, offset + 30, view.getUint16(offset + 26, true)) !== name) throw damaged()
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const entry = { name: partName(name), written: name, method, packed, size, crc: view.getUint32(at + 16, true), start }
  return { entry, offset, next: extra + extraLength + commentLength }
}

/** The table of contents, checked before a byte is unpacked: number, sizes, ratios, no entry twice, none inside another. */
export const openZip = (bytes: Uint8Array): Zip => {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const directory = directoryOf(view)
    if (directory.entries > MOST_ENTRIES) throw refuseFile(TOO_MANY)
    const entries = new Map<string, ZipEntry>()
    const places: [number, number][] = []
    let at = directory.start
    for (let nth = 0; nth < directory.entries; nth += 1) {
      const { entry, offset, next } = entryAt(view, bytes, at)
      if (entries.has(entry.name)) throw damaged()
      if (entry.size > SMALL && entry.size > MOST_RATIO * entry.packed) throw refuseFile(TOO_LARGE)
      entries.set(entry.name, entry)
      places.push([offset, entry.start + entry.packed])
      at = next
    }
    if (at > directory.end) throw damaged()
    places.toSorted((a, b) => a[0] - b[0]).reduce((end, [from, to]) => {
      if (from < end || to > directory.start) throw damaged()
      return to
    }, 0)
    if ([...entries.values()].reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) throw refuseFile(TOO_LARGE)
    return { entries, bytes, budget: { left: MOST_BYTES } }
  } catch (error) {
    if (error instanceof RangeError) throw damaged()
    throw error
  }
}

/** An entry as it lies there, to be put into another archive unread. */
export const packedAs = ({ bytes }: Zip, { method, packed, size, crc, start }: ZipEntry) => ({ data: bytes.subarray(start, start + packed), method, size, crc })

const CHUNK = 64 * 1024

/** An entry, piece by piece. What was stated is held against what comes: an entry that grows beyond it is not unpacked further. */
export async function* unpacked({ bytes, budget }: Zip, { method, packed, size, crc, start }: ZipEntry): AsyncGenerator<Uint8Array> {
  const data = bytes.subarray(start, start + packed)
  let [seen, sum] = [0, 0]
  const pieces = method === 0 ? stored(data) : inflated(data)
  for await (const piece of pieces) {
    seen += piece.byteLength
    budget.left -= piece.byteLength
    if (seen > size) throw damaged()
    if (budget.left < 0) throw refuseFile(TOO_LARGE)
    sum = crc32(piece, sum)
    yield piece
  }
  if (seen !== size || sum !== crc) throw damaged()
}

function* stored(data: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < data.byteLength; at += CHUNK) yield data.subarray(at, at + CHUNK)
}

async function* inflated(data: Uint8Array): AsyncGenerator<Uint8Array> {
  const stream = createInflateRaw({ chunkSize: CHUNK })
  try {
    stream.end(data)
    for await (const piece of stream) yield piece as Uint8Array
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('Z_')) throw damaged()
    throw error
  } finally {
    stream.destroy()
  }
}
