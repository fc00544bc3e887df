import fc from 'fast-check'

/** Texts as people and programs write them, and as they should not: marks that run, quotes, breaks, apostrophes, escapes of the format. */
const BITS = ['=', '+', '-', '@', "'", '"', ',', ';', '\t', '\n', '\r\n', '\r', ' ', '<', '&', ']]>', '_x000D_', '_x005F_', '\\', '#', '%', ':', 'nil', 'withheld: ', 'нема', 'Ђорђе', 'Niš', 'Tiranë', 'ќ', '🛩', '\u00a0', '\u200b', '1.234', '2026-01-01', 'TRUE', 'M-84', '٣', '＝', 'sep=']
const bit = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...BITS) }, fc.string({ unit: 'grapheme', maxLength: 6 }))
export const words = (max: number) => fc.array(bit, { minLength: 1, maxLength: 6 }).map((bits) => bits.join('').replace(/[^\P{Cc}\t\n\r]/gu, '').slice(0, max).toWellFormed().trim())
  .filter((text) => text !== '')
export const withheld = words(300).filter((text) => [...text].length >= 3).map((reason) => ({ withheld: reason }))
