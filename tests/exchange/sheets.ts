import { cellName } from '../../lib/exchange/cells.ts'
import { FIELD_WORDS, LANGUAGES, NIL_WORDS, WITHHELD_WORDS, type Field, type Words } from '../../lib/exchange/words.ts'
import { CATEGORY_CODES, CATEGORIES } from '../../lib/taxonomy/rules.ts'
import type { Chance } from './chance.ts'
import { DAY } from './given.ts'
import { array, boolean, error, formula, inline, number, STYLE, workbook, type RawCell, type RawSheet } from './raw.ts'

/** A spreadsheet as a person might send it: what was meant, and where it is wrong, if it is. */
export type Sent = { name: string; bytes: Uint8Array; meant: object; fault: string | null; cell: string | null; about: string }

/** A cell before it is known what program writes it: `csv` null where a CSV cannot hold it. */
type Slot = { raw: RawCell; csv: string | null }
type Line = { category: string; type: string; inService: number | { withheld: string }; inStorage: number | { withheld: string }; unit?: string; site?: string; remark?: string }

const blank: Slot = { raw: null, csv: '' }
const text = (value: string): Slot => ({ raw: value, csv: value })
const TYPES = ['M-84', 'Т-72', '=Leopard', '-Gazela', 'BVP M-80A', "'Nora' B-52", 'Ура, "мала"', 'HMMWV', '@S-125', '1.234', '2S1; Gvozdika', 'Bayraktar TB2', 'TRUE', '0012']
const NOTES = ['1. бригада', 'Niš', 'Батајница', 'Pukë, njësia e dytë', 'line one\nline two', 'a, b; c\td', '"quoted"', '+381', '1.234', '=A1', '2026-01-01', '63']
const QUANTITY = ['inService', 'inStorage'] as const
const OPTIONAL = ['unit', 'site', 'remark'] as const

const lineOf = (chance: Chance, categories: readonly string[]): Line => {
  const quantity = () => (chance.is(0.12) ? { withheld: chance.pick(['commercial', 'разлог: тајна', 'neni 7 - sekret']) } : chance.pick([0, 1, 12, chance.below(900), 1_000 + chance.below(8_999), 1_000_000 + chance.below(8_999_999)]))
  const notes = OPTIONAL.filter(() => chance.is(0.3)).map((field) => [field, chance.pick(NOTES)])
  return { category: chance.pick(categories), type: chance.pick(TYPES), inService: quantity(), inStorage: quantity(), ...Object.fromEntries(notes) }
}

const grouped = (value: number, mark: string): string => String(value).replace(/\B(?=(\d{3})+$)/g, mark)
const anyOf = (chance: Chance, words: Words): string => chance.pick(words[chance.pick(LANGUAGES)])

/** The same number as people write it, where there is no doubt about it. */
const numberSlot = (chance: Chance, value: number): Slot => {
  const written = [String(value)]
  if (value === 0) written.push(anyOf(chance, NIL_WORDS))
  if (value >= 1_000) written.push(...[' ', '\u00a0', '\u202f'].map((mark) => grouped(value, mark)))
  if (value >= 1_000_000) written.push(grouped(value, '.'), grouped(value, ','))
  return chance.is(0.5) ? { raw: chance.is(0.3) ? number(value, STYLE.thousands) : value, csv: String(value) } : text(chance.pick(written))
}

const cellOf = (chance: Chance, field: Field, line: Line): Slot => {
  if (field === 'category') return text(chance.is(0.8) ? line.category : chance.pick([line.category.toLowerCase(), CATEGORIES.find(({ code }) => code === line.category)!.title]))
  if (field === 'state') return blank
  const value = line[field]
  if (value === undefined) return blank
  if (typeof value === 'number') return numberSlot(chance, value)
  return text(typeof value === 'string' ? value : `${anyOf(chance, WITHHELD_WORDS)}: ${value.withheld}`)
}

const nilCell = (chance: Chance, field: Field, category: string): Slot => {
  if (field === 'category') return text(category)
  return field === 'inService' || field === 'inStorage' ? numberSlot(chance, 0) : blank
}

const heading = (chance: Chance, field: Field): Slot => {
  const word = anyOf(chance, FIELD_WORDS[field])
  return text(chance.pick([word, word.toUpperCase(), ` ${word} `, word.replaceAll(' ', '  '), `${word} *`]))
}

/** What can be wrong, in one cell of one line; `fields` are those in which it can be. */
const FAULTS: Record<string, { fields: readonly Field[]; slot: Slot }> = {
  'one mark for thousands': { fields: QUANTITY, slot: text('1.234') }, 'the other mark': { fields: QUANTITY, slot: text('1,234') }, 'two kinds of marks': { fields: QUANTITY, slot: text('1.234,00') },
  'a blank': { fields: QUANTITY, slot: blank }, 'a space': { fields: QUANTITY, slot: text(' \u00a0') }, 'decimals': { fields: QUANTITY, slot: { raw: number('12.5'), csv: '12,5' } }, 'a minus': { fields: QUANTITY, slot: { raw: -4, csv: '-4' } },
  'a date': { fields: ['inService', 'inStorage', 'type', 'unit'].filter((field) => field !== 'unit') as Field[], slot: { raw: number(46_023, STYLE.date), csv: null } }, 'a date as text': { fields: QUANTITY, slot: text('01.02.2026') },
  'a percentage': { fields: QUANTITY, slot: { raw: number(1, STYLE.percent), csv: '100%' } }, 'thousands by format': { fields: QUANTITY, slot: { raw: number(12_000, STYLE.scaled), csv: null } }, 'words by format': { fields: QUANTITY, slot: { raw: number(12, STYLE.pieces), csv: null } }, 'TRUE': { fields: QUANTITY, slot: { raw: boolean(true), csv: 'TRUE' } },
  'an error': { fields: ['inService', 'inStorage', 'type', 'category'], slot: { raw: error('#REF!'), csv: null } }, 'a formula': { fields: ['inService', 'inStorage', 'type', 'category'], slot: { raw: formula('A1', 12), csv: '=A1' } },
  'a formula of an area': { fields: QUANTITY, slot: { raw: array('A1', 'ZZ1:ZZ2', 3), csv: null } }, 'a NUL': { fields: ['inService', 'inStorage', 'type'], slot: { raw: inline('1\u00002'), csv: '1\u00002' } }, 'an escaped control character': { fields: ['type', 'inStorage'], slot: { raw: inline('1_x0007_'), csv: '1\u0007' } },
  'withheld for no reason': { fields: QUANTITY, slot: text('withheld') }, 'words': { fields: QUANTITY, slot: text('some') }, 'a dash': { fields: QUANTITY, slot: text('—') }, 'too many': { fields: QUANTITY, slot: { raw: 99_999_999, csv: '99999999' } },
  'no category': { fields: ['category'], slot: blank }, 'an unknown category': { fields: ['category'], slot: text('IV') }, 'a category in Cyrillic': { fields: ['category'], slot: text('Е1') }, 'no type': { fields: ['type'], slot: blank },
  'a type too long': { fields: ['type'], slot: text('Т'.repeat(81)) },
}
const AROUND = ['a column that is none', 'a column twice', 'no such column', 'a cell outside', 'merged cells', 'two sheets', 'no header', 'a nil that has lines'] as const
export const ALL_FAULTS = [...Object.keys(FAULTS), ...AROUND]

type Grid = { cells: Slot[][]; head: number; columns: Field[]; left: number; lineRows: number[] }

const gridOf = (chance: Chance, lines: readonly Line[], nil: readonly string[]): Grid => {
  const used = OPTIONAL.filter((field) => chance.is(0.5) || lines.some((line) => line[field] !== undefined))
  const columns = chance.shuffled<Field>(['category', 'type', ...QUANTITY, ...used])
  const left = chance.is(0.2) ? 1 : 0
  const pad = Array.from({ length: left }, () => blank)
  const cells: Slot[][] = Array.from({ length: chance.is(0.5) ? 0 : chance.below(12) }, (_, row) => (row % 3 === 1 ? [...pad, text('Deklarata e armëve, Декларација')] : []))
  const head = cells.push([...pad, ...columns.map((field) => heading(chance, field))])
  const lineRows: number[] = []
  const rest = [...lines.map((line) => ({ line, code: '' })), ...nil.map((code) => ({ line: null, code }))]
  const order = chance.is(0.5) ? rest : [...rest.slice(lines.length), ...rest.slice(0, lines.length)]
  for (const { line, code } of order) {
    while (chance.is(0.15)) cells.push([])
    const row = cells.push([...pad, ...columns.map((field) => (line ? cellOf(chance, field, line) : nilCell(chance, field, code)))])
    if (line) lineRows.push(row)
  }
  return { cells, head, columns, left, lineRows }
}

type Wrong = { fault: string; cell: string | null; merged?: string; twice?: true }

/** Puts one fault into a grid and says in which cell. */
const spoil = (chance: Chance, grid: Grid, fault: string, isCsv: boolean, nil: readonly string[], lines: readonly Line[]): Wrong | null => {
  const { cells, head, columns, left, lineRows } = grid
  const behind = left + columns.length
  const row = chance.pick(lineRows)
  const inCell = FAULTS[fault]
  if (inCell) {
    if (isCsv && inCell.slot.csv === null) return null
    const column = left + columns.indexOf(chance.pick(inCell.fields))
    const line = lines[lineRows.indexOf(row)]!
    // A line of zeroes without a type would state its category as nil, which is something else, and right.
    if (fault === 'no type' && line.inService === 0 && line.inStorage === 0) return null
    cells[row - 1]![column] = inCell.slot
    return { fault, cell: cellName(column, row) }
  }
  const top = cells[head - 1]!
  if (fault === 'a column that is none' || fault === 'a column twice') {
    top.push(fault === 'a column twice' ? heading(chance, 'type') : text('Municija'))
    cells[row - 1]![behind] = text('9')
    return { fault, cell: cellName(behind, head) }
  }
  if (fault === 'no such column') {
    const at = left + columns.indexOf(chance.pick(['type', ...QUANTITY]))
    for (const one of cells.slice(head - 1)) one.splice(at, 1)
    return { fault, cell: cellName(behind - 1, head) }
  }
  if (fault === 'a cell outside') {
    while (cells[row - 1]!.length < behind + 2) cells[row - 1]!.push(blank)
    cells[row - 1]![behind + 1] = text('x')
    return { fault, cell: cellName(behind + 1, row) }
  }
  if (fault === 'a nil that has lines') {
    const stated = lines.find(({ inService, inStorage, category }) => (inService !== 0 || inStorage !== 0) && !nil.includes(category))
    if (!stated) return null
    const last = cells.push([...Array.from({ length: left }, () => blank), ...columns.map((field) => nilCell(chance, field, stated.category))])
    return { fault, cell: cellName(left + columns.indexOf('category'), last) }
  }
  if (fault === 'no header') {
    top.forEach((slot, column) => { if (slot !== blank) top[column] = text(`Column ${column}`) })
    const first = cells.findIndex((one) => one.some((slot) => slot !== blank))
    return { fault, cell: cellName(cells[first]!.findIndex((slot) => slot !== blank), first + 1) }
  }
  if (isCsv) return null
  if (fault === 'two sheets') return { fault, cell: null, twice: true }
  return { fault, cell: cellName(left, row), merged: `${cellName(left, row)}:${cellName(left + 1, row)}` }
}

const csvOf = (chance: Chance, { cells }: Grid): Uint8Array => {
  const mark = chance.pick([',', ';', '\t'])
  // As a spreadsheet program saves what it shows: an apostrophe keeps a text a text.
  const typed = (value: string): string => (/^[=+\-@]/.test(value) && !/^=A1$|^-4$/.test(value) ? `'${value}` : value)
  const cell = (value: string): string => (/["\r\n]/.test(value) || value.includes(mark) ? `"${value.replaceAll('"', '""')}"` : value)
  const lines = cells.map((row) => row.map((slot) => cell(typed(slot.csv ?? ''))).join(mark)).join(chance.pick(['\r\n', '\n']))
  return chance.pick([() => Buffer.from(lines), () => Buffer.from(`\uFEFF${lines}`), () => Buffer.from(`\uFEFF${lines}`, 'utf16le')])()
}

const EXTRA: RawSheet = { name: 'Белешке', rows: [['Category', 'only in words'], ['I', 'tenkovi']] }

/** One spreadsheet, whole or with the one fault that is asked for; null where the fault does not fit what chance made. */
export const sheetOf = async (chance: Chance, fault: string | null): Promise<Sent | null> => {
  const categories = chance.shuffled(CATEGORY_CODES).slice(0, 8)
  const lines = Array.from({ length: 1 + chance.below(9) }, () => lineOf(chance, categories.slice(0, 5)))
  const nil = categories.slice(5, 5 + chance.below(4))
  const isCsv = chance.is(0.35)
  const grid = gridOf(chance, lines, nil)
  if (isCsv) for (const line of lines) for (const field of ['type', ...OPTIONAL] as const) if (line[field] === '=A1') delete line[field]
  const made = isCsv ? gridOf(chance, lines, nil) : grid
  const wrong = fault === null ? null : spoil(chance, made, fault, isCsv, nil, lines)
  if (fault !== null && !wrong) return null
  const meant = { asOf: DAY, lines, nil }
  const about = JSON.stringify(made.cells.map((row) => row.map(({ csv, raw }) => csv ?? (raw && typeof raw === 'object' ? raw.xml('') : raw))))
  const sent = { meant, fault, cell: wrong?.cell ?? null, about }
  if (isCsv) return { ...sent, name: 'holdings.csv', bytes: csvOf(chance, made) }
  const sheet: RawSheet = { name: 'Списак', rows: made.cells.map((row) => row.map(({ raw }) => raw)), ...(wrong?.merged ? { merged: [wrong.merged] } : {}) }
  const sheets = chance.shuffled([sheet, ...(chance.is(0.3) ? [EXTRA] : []), ...(chance.is(0.2) ? [{ ...sheet, name: 'Стари', state: 'hidden' }] : []), ...(wrong?.twice ? [{ ...sheet, name: 'Копија' }] : [])])
  return { ...sent, name: 'holdings.xlsx', bytes: await workbook(sheets) }
}
