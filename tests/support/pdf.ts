import { inflateSync } from 'node:zlib'

type Objects = ReadonlyMap<number, { head: string; stream: Buffer | null }>

const objectsOf = (file: Buffer): Objects => {
  const text = file.toString('latin1')
  return new Map([...text.matchAll(/(\d+) 0 obj\n([^]*?)\nendobj/g)].map(([, id, body]) => {
    const at = body!.indexOf('stream\n')
    const raw = at === -1 ? null : Buffer.from(body!.slice(at + 7, body!.lastIndexOf('\nendstream')), 'latin1')
    return [Number(id), { head: at === -1 ? body! : body!.slice(0, at), stream: raw && (body!.includes('/FlateDecode') ? inflateSync(raw) : raw) }]
  }))
}

const unhex = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')

/** Glyphs to letters, by the font's own ToUnicode map: what a reader copies out of the page. */
const lettersOf = (objects: Objects, font: string): Map<string, string> | null => {
  const map = /\/ToUnicode (\d+) 0 R/.exec(font)
  if (!map) return null
  const cmap = objects.get(Number(map[1]))!.stream!.toString('latin1')
  const letters = new Map<string, string>()
  for (const [, from, , list] of cmap.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    [...list!.matchAll(/<([0-9a-f]+)>/gi)].forEach(([, hex], index) => letters.set((parseInt(from!, 16) + index).toString(16).padStart(4, '0'), unhex(hex!)))
  }
  return letters
}

/** The text of each page as it can be selected, a line for each piece that was set. */
export const pagesOf = (body: Uint8Array): string[] => {
  const objects = objectsOf(Buffer.from(body))
  const fonts = new Map<string, Map<string, string> | null>()
  for (const { head } of objects.values()) {
    for (const [, list] of head.matchAll(/\/Font <<\n?([^>]*)>>/g)) {
      for (const [, name, id] of list!.matchAll(/\/(F\d+) (\d+) 0 R/g)) fonts.set(name!, lettersOf(objects, objects.get(Number(id))!.head))
    }
  }
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head))
  return pages.map(({ head }) => {
    const content = objects.get(Number(/\/Contents (\d+) 0 R/.exec(head)![1]))!.stream!.toString('latin1')
    let letters: Map<string, string> | null = null
    return [...content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)].flatMap(([, font, set]) => {
      if (font) letters = fonts.get(font) ?? null
      if (!set) return []
      const hex = [...set.matchAll(/<([0-9a-f]*)>/gi)].map(([, part]) => part!).join('')
      return [letters ? hex.match(/.{4}/g)!.map((glyph) => letters!.get(glyph.toLowerCase()) ?? '\uFFFD').join('') : Buffer.from(hex, 'hex').toString('latin1')]
    }).join('\n')
  })
}
