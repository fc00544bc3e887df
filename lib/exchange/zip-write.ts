import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'

const deflated = promisify(deflateRaw)
/** 1 January 1980: a file says nothing of when it was made, so the same content is the same file. */
const DOS_DATE = 0x0021

/** Content that is packed already: taken over from another archive. */
type Packed = { data: Uint8Array; size: number; crc: number; method: number }
type Named = Packed & { name: Buffer }

const packed = async (content: Uint8Array): Promise<Packed> =>
  ({ data: await deflated(content), size: content.byteLength, crc: crc32(content), method: 8 })
const packedOf = async (content: Uint8Array | string | Packed): Promise<Packed> => {
  if (typeof content === 'string') return packed(Buffer.from(content, 'utf8'))
  return content instanceof Uint8Array ? packed(content) : content
}

/** What the local and the central header of an entry have in common (APPNOTE 4.3.7, 4.3.12). */
const header = (signature: number, { name, data, size, crc, method }: Named, length: number): Buffer => {
  const out = Buffer.alloc(length)
  const central = signature === 0x02014b50 ? 2 : 0
  out.writeUInt32LE(signature, 0)
  if (central) out.writeUInt16LE(20, 4)
  out.writeUInt16LE(20, 4 + central)
  out.writeUInt16LE(0x0800, 6 + central)
  out.writeUInt16LE(method, 8 + central)
  out.writeUInt16LE(DOS_DATE, 12 + central)
  out.writeUInt32LE(crc, 14 + central)
  out.writeUInt32LE(data.byteLength, 18 + central)
  out.writeUInt32LE(size, 22 + central)
  out.writeUInt16LE(name.byteLength, 26 + central)
  return out
}

/** Parts by their names, in the order given. Small archives only: no more than 65,535 parts and 4 GB. */
export const writeZip = async (parts: ReadonlyMap<string, Uint8Array | string | Packed>): Promise<Uint8Array<ArrayBuffer>> => {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of parts) {
    const entry: Named = { name: Buffer.from(name, 'utf8'), ...(await packedOf(content)) }
    const central = header(0x02014b50, entry, 46)
    central.writeUInt32LE(offset, 42)
    directory.push(central, entry.name)
    const local = [header(0x04034b50, entry, 30), entry.name, Buffer.from(entry.data)]
    files.push(...local)
    offset += local.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }
  const size = directory.reduce((sum, { byteLength }) => sum + byteLength, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.size, 8)
  end.writeUInt16LE(parts.size, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...files, ...directory, end]))
}
