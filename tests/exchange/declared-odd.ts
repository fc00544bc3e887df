import { cellName } from '../../lib/exchange/cells.ts'
import { formOf, HEADINGS, type Form, type SheetField } from '../../lib/exchange/declared-sheets.ts'
import { wordsFor } from '../../lib/exchange/declared-words.ts'
import { LANGUAGES, NIL_WORDS, WITHHELD_WORDS, type Words } from '../../lib/exchange/words.ts'
import type { DeclaredKind } from '../../lib/filings/kinds/declared-fields.ts'
import { CATEGORY_CODES } from '../../lib/taxonomy/rules.ts'
import type { Chance } from './chance.ts'
import { boolean, error, formula, inline, number, STYLE, workbook, type RawCell, type RawSheet } from './raw.ts'

/** A spreadsheet of another declaration as a person might send it: what was meant, and where it is wrong, if it is. */
export type Odd = { kind: DeclaredKind; name: string; bytes: Uint8Array; meant: object; fault: string | null; sheet: string | null; cell: string | null; about: string }

/** A cell before it is known what program writes it: `csv` null where a CSV cannot hold it. */
type Slot = { raw: RawCell; csv: string | null }
type Value = string | number | boolean | { withheld: string } | undefined

const blank: Slot = { raw: null, csv: '' }
const text = (value: string): Slot => ({ raw: value, csv: value })
const anyOf = (chance: Chance, words: Words): string => {
  const known = words[chance.pick(LANGUAGES)]
  return chance.pick(known.length > 0 ? known : words.English)
}
const TEXTS = ['1. бригада', 'Niš', 'Pukë, njësia e dytë', 'line one\nline two', 'a, b; c\td', '"quoted"', '+381 11 3006 311', '1.234', '2026-01-01', 'nil', "'Nora'", '=A1', 'Yes', '63']
const DAYS: [string, number][] = [['2027-01-01', 46_388], ['2026-12-31', 46_387], ['2025-02-28', 45_716]]
const NAMES = ['Land Force', '1. бригада', 'Garda', 'Air wing 204', '=Base', 'Batalioni i dytë', '0012']
const wordOf = (chance: Chance) => chance.pick(TEXTS)
const dayOf = (chance: Chance) => chance.pick(DAYS)[0]
const personsOf = (chance: Chance) => (chance.is(0.15) ? { withheld: chance.pick(['тајна', 'neni 7 - sekret', 'commercial']) } : chance.pick([0, 12, chance.below(900), 1_000 + chance.below(30_000), 1_000_000 + chance.below(8_000_000)]))
const yesOf = (chance: Chance) => chance.is(0.5)
const some = (chance: Chance, part: number, fields: Record<string, Value>) => (chance.is(part) ? fields : {})

const MEANT: Record<DeclaredKind, (chance: Chance) => Record<string, unknown>> = {
  'declaration.personnel': (chance) => ({
    asOf: dayOf(chance), active: { land: personsOf(chance), air: personsOf(chance), naval: personsOf(chance), joint: personsOf(chance) }, authorised: personsOf(chance), reserve: personsOf(chance),
    specialForces: personsOf(chance), paramilitary: personsOf(chance), ...some(chance, 0.5, { remark: wordOf(chance) }),
  }),
  'declaration.budget': (chance) => ({
    year: 2020 + chance.below(9), basis: chance.pick(['adopted', 'executed', 'planned']), currency: chance.pick(['EUR', 'RSD']), adoptedOn: dayOf(chance), total: 40_000_000 + chance.below(1_000_000),
    personnel: chance.pick([0, 1_234_567, 99.5, { withheld: 'тајна' }]), operations: personsOf(chance), procurement: chance.pick([1_000, 12.25, 7_654_321]), research: personsOf(chance), gdp: 9_000_000_000 + chance.below(1_000),
  }),
  'declaration.structure': (chance) => {
    const names = chance.shuffled(NAMES).slice(0, 1 + chance.below(6))
    return {
      asOf: dayOf(chance), ...some(chance, 0.5, { remark: wordOf(chance) }),
      units: names.map((name, nth) => ({ name, level: chance.pick(['command', 'brigade', 'battalion', 'base']), location: wordOf(chance), ...(nth > 0 && chance.is(0.6) ? { superior: names[chance.below(nth)] } : {}), ...some(chance, 0.3, { remark: wordOf(chance) }) })),
    }
  },
  'statement.cyber': (chance) => ({
    asOf: dayOf(chance), capability: chance.pick(['yes', 'no', 'undisclosed']), command: wordOf(chance), doctrinePublic: yesOf(chance), legalBasis: wordOf(chance), parliamentaryOversight: yesOf(chance), contact: wordOf(chance),
    pledge: yesOf(chance), norms: wordOf(chance), ...some(chance, 0.5, { reviewedOn: dayOf(chance) }),
  }),
  'statement.autonomy': (chance) => ({
    asOf: dayOf(chance), pledge: yesOf(chance), ...some(chance, 0.5, { remark: wordOf(chance) }),
    systems: Array.from({ length: 1 + chance.below(4) }, () => ({ name: wordOf(chance), category: chance.pick(CATEGORY_CODES), level: chance.pick(['semi_autonomous', 'supervised', 'autonomous']), legalReview: yesOf(chance) })),
  }),
  'statement.surveillance': (chance) => (chance.is(0.3) ? { asOf: dayOf(chance), uses: [], nil: true } : {
    asOf: dayOf(chance), parliamentToldOn: dayOf(chance),
    uses: Array.from({ length: 1 + chance.below(4) }, () => ({ system: wordOf(chance), mode: chance.pick(['real_time', 'after_the_fact']), faceRecognition: yesOf(chance), ...some(chance, 0.5, { site: wordOf(chance) }) })),
  }),
}

const grouped = (value: number, mark: string): string => String(value).replace(/\B(?=(\d{3})+$)/g, mark)

/** The same number as people write it, where there is no doubt about it. */
const numberSlot = (chance: Chance, value: number): Slot => {
  const written = [String(value)]
  if (value === 0) written.push(anyOf(chance, NIL_WORDS))
  if (!Number.isInteger(value)) written.push(String(value).replace('.', ','))
  else if (value >= 1_000) written.push(...[' ', '\u00a0', '\u202f'].map((mark) => grouped(value, mark)), ...(value >= 1_000_000 ? [grouped(value, '.'), grouped(value, ',')] : []))
  return chance.is(0.5) ? { raw: chance.is(0.3) ? number(value, STYLE.thousands) : value, csv: String(value) } : text(chance.pick(written))
}

const slotOf = (chance: Chance, { what, at, options = {} }: SheetField, value: Value): Slot => {
  if (value === undefined) return blank
  if (typeof value === 'object') return text(`${anyOf(chance, WITHHELD_WORDS)}: ${value.withheld}`)
  if (typeof value === 'boolean') return text(anyOf(chance, wordsFor(value ? 'Yes' : 'No')))
  if (what === 'year') return chance.is(0.5) ? { raw: value as number, csv: String(value) } : text(String(value))
  if (typeof value === 'number') return numberSlot(chance, value)
  if (what === 'date' && chance.is(0.4)) return { raw: number(DAYS.find(([day]) => day === value)![1], chance.pick([STYLE.date, STYLE.ownDate])), csv: value }
  if (what !== 'choice') return text(value)
  if (at === 'category') return text(chance.pick([value, value.toLowerCase()]))
  const label = options[value]!
  return text(chance.pick([value, label, label.toUpperCase(), anyOf(chance, wordsFor(label))]))
}

type Fault = { fits: (field: SheetField) => boolean; slot: Slot }
const isStated = ({ what }: SheetField) => what === 'stated'
const isPersons = (field: SheetField) => isStated(field) && field.in === 'persons'
const isMoney = (field: SheetField) => isStated(field) && field.in === 'currency'
const isDate = ({ what }: SheetField) => what === 'date'
const isChoice = ({ what }: SheetField) => what === 'yes' || what === 'choice'
const isAny = ({ compiledOnly }: SheetField) => !compiledOnly
const isNeeded = (field: SheetField) => isAny(field) && !field.optional
/** What can be wrong in one cell. */
const FAULTS: Record<string, Fault> = {
  'one mark for thousands': { fits: isStated, slot: text('1.234') }, 'the other mark': { fits: isStated, slot: text('1,234') }, 'both marks': { fits: isStated, slot: text('1.234,00') }, 'a blank': { fits: isNeeded, slot: blank }, 'a space': { fits: isNeeded, slot: text(' \u00a0') },
  'decimals of persons': { fits: isPersons, slot: { raw: number('12.5'), csv: '12,5' } }, 'millions in words': { fits: isMoney, slot: text('331 m') }, 'a minus': { fits: isStated, slot: { raw: -4, csv: '-4' } }, 'a dash': { fits: isStated, slot: text('—') },
  'withheld for no reason': { fits: isStated, slot: text('withheld') }, 'words': { fits: isStated, slot: text('some') }, 'a percentage': { fits: isStated, slot: { raw: number(1, STYLE.percent), csv: '100%' } }, 'thousands by format': { fits: isStated, slot: { raw: number(12_000, STYLE.scaled), csv: null } },
  'words by format': { fits: isStated, slot: { raw: number(12, STYLE.pieces), csv: null } }, 'a date for a number': { fits: isStated, slot: { raw: number(46_388, STYLE.date), csv: '01.01.2027' } },
  'a day by dots': { fits: isDate, slot: text('1.2.2026') }, 'a day by slashes': { fits: isDate, slot: text('1/2/2026') }, 'a day that is none': { fits: isDate, slot: text('2026-02-31') }, 'a bare year': { fits: isDate, slot: text('2026') }, 'a serial number': { fits: isDate, slot: { raw: 46_388, csv: '46388' } },
  'a day with a time': { fits: isDate, slot: { raw: number(46_388.5, STYLE.date), csv: '2027-01-01 12:00' } }, 'two digits of a year': { fits: ({ what }) => what === 'year', slot: { raw: 27, csv: '27' } }, 'a date for a year': { fits: ({ what }) => what === 'year', slot: { raw: number(46_388, STYLE.date), csv: '2027-01-01' } },
  'perhaps': { fits: isChoice, slot: text('perhaps') }, 'a doubtful word': { fits: isChoice, slot: text('Yes?') }, 'TRUE': { fits: isChoice, slot: { raw: boolean(true), csv: 'TRUE' } }, 'a number for a choice': { fits: isChoice, slot: { raw: 1, csv: '1' } },
  'a formula': { fits: isAny, slot: { raw: formula('A1', 12), csv: '=A1' } }, 'an error': { fits: isAny, slot: { raw: error('#REF!'), csv: null } }, 'a NUL': { fits: isAny, slot: { raw: inline('1\u00002'), csv: '1\u00002' } }, 'an escaped control character': { fits: isAny, slot: { raw: inline('1_x0007_'), csv: '1\u0007' } },
}
const AROUND = ['a field that is none', 'a field twice', 'no row of a field', 'a value beside no name', 'a formula for a name', 'a column that is none', 'no such column', 'a cell outside', 'merged cells', 'two sheets', 'no header', 'a name twice', 'a nil that has rows', 'what only sources state'] as const
export const ODD_FAULTS = [...Object.keys(FAULTS), ...AROUND]

type Line = { slots: Slot[]; field?: SheetField; row?: number }
type Grid = { head: Slot[]; lines: Line[]; columns: SheetField[]; left: number; above: Line[] }

const at = (meant: Record<string, unknown>, path: string): Value => path.split('/').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], meant) as Value
const padded = (left: number, slots: Slot[]): Slot[] => [...Array.from({ length: left }, () => blank), ...slots]
const headed = (chance: Chance, words: Words): Slot => {
  const word = anyOf(chance, words)
  return text(chance.pick([word, word.toUpperCase(), ` ${word} `, `${word} *`]))
}

/** Fields in any order; in which columns their names and values stand is in `order`. */
type Fields = { grid: Grid; nameAt: number; valueAt: number }
const fieldsOf = (chance: Chance, form: Form, meant: Record<string, unknown>): Fields => {
  const left = chance.is(0.2) ? 1 : 0
  const order = chance.shuffled(['field', 'value', ...(chance.is(0.5) ? ['unit'] : []), ...(chance.is(0.5) ? ['meaning'] : [])] as (keyof typeof HEADINGS)[])
  const stated = form.fields.filter((field) => !field.compiledOnly && (!field.optional || at(meant, field.at) !== undefined || chance.is(0.5)))
  const lines = chance.shuffled(stated).flatMap((field): Line[] => {
    const slots = order.map((name) => (name === 'field' ? headed(chance, field.words) : name === 'value' ? slotOf(chance, field, at(meant, field.at)) : text('note')))
    return [...(chance.is(0.15) ? [{ slots: [] }] : []), { slots: padded(left, slots), field }]
  })
  const above = Array.from({ length: chance.below(6) }, (_, row): Line => ({ slots: row % 3 === 1 ? [text('Deklarata, Декларација 2027')] : [] }))
  return { grid: { head: padded(left, order.map((name) => headed(chance, wordsFor(HEADINGS[name])))), lines, columns: [], left, above }, nameAt: left + order.indexOf('field'), valueAt: left + order.indexOf('value') }
}

const listOf = (chance: Chance, form: Form, meant: Record<string, unknown>): Grid | null => {
  if (!form.list) return null
  const rows = meant[form.list.at] as Record<string, Value>[]
  const columns = chance.shuffled(form.list.columns.filter((field) => !field.optional || rows.some((row) => row[field.at] !== undefined) || chance.is(0.5)))
  const lines = rows.flatMap((row, nth): Line[] => [...(chance.is(0.15) ? [{ slots: [] }] : []), { slots: columns.map((field) => slotOf(chance, field, row[field.at])), row: nth }])
  return { head: columns.map(({ words }) => headed(chance, words)), lines, columns, left: 0, above: [] }
}

type Wrong = { cell: [line: 'head' | Line, column: number, grid: 'fields' | 'list']; merged?: true } | { twice: true } | { noHeader: true }

/** Puts one fault into the tables and says in which cell it is; null where it does not fit what chance made. */
const spoil = (chance: Chance, form: Form, { grid, nameAt, valueAt }: Fields, list: Grid | null, fault: string, isCsv: boolean, meant: Record<string, unknown>): Wrong | null => {
  const stated = grid.lines.filter(({ field }) => field)
  const rows = list?.lines.filter(({ row }) => row !== undefined) ?? []
  const inCell = FAULTS[fault]
  if (inCell) {
    if (isCsv && inCell.slot.csv === null) return null
    const inFields = stated.filter(({ field }) => inCell.fits(field!) && (field!.at !== 'nil' || fault !== 'TRUE')).map((line) => ({ line, column: valueAt, of: 'fields' as const }))
    const inList = rows.flatMap((line) => list!.columns.map((field, column) => ({ line, column, field }))).filter(({ field }) => inCell.fits(field)).map(({ line, column }) => ({ line, column, of: 'list' as const }))
    const place = [...inFields, ...inList].length > 0 ? chance.pick([...inFields, ...inList]) : null
    if (!place) return null
    // A row of one column that is blanked is no row.
    place.line.slots[place.column] = inCell.slot
    return { cell: [place.line, place.column, place.of] }
  }
  const some = chance.pick(stated)
  const put = (line: Line): Line => { grid.lines.push(line); return line }
  const row = (name: Slot, value: Slot): Line => {
    const slots = Array.from({ length: Math.max(nameAt, valueAt) + 1 }, () => blank)
    slots[nameAt] = name
    slots[valueAt] = value
    return { slots }
  }
  if (fault === 'a field that is none') return { cell: [put(row(text('Ammunition'), text('9'))), nameAt, 'fields'] }
  if (fault === 'a field twice') return { cell: [put(row(headed(chance, some.field!.words), blank)), nameAt, 'fields'] }
  if (fault === 'a value beside no name') return { cell: [put(row(blank, text('9'))), valueAt, 'fields'] }
  if (fault === 'a formula for a name') return isCsv ? null : { cell: [put(row({ raw: formula('A1', 'Remark'), csv: null }, text('9'))), nameAt, 'fields'] }
  if (fault === 'what only sources state') {
    const field = form.fields.find(({ compiledOnly }) => compiledOnly)
    return field ? { cell: [put(row(text(field.label), text('9'))), valueAt, 'fields'] } : null
  }
  if (fault === 'no row of a field') {
    const without = stated.find(({ field }) => !field!.optional)!
    grid.lines.splice(grid.lines.indexOf(without), 1)
    return { cell: ['head', valueAt, 'fields'] }
  }
  if (fault === 'a column that is none') {
    const of = list && chance.is(0.5) ? list : grid
    of.head.push(text('Municija'))
    return { cell: ['head', of.head.length - 1, of === grid ? 'fields' : 'list'] }
  }
  if (fault === 'no such column') {
    if (!list || rows.length === 0) return null
    const column = list.columns.findIndex((field) => !field.optional)
    for (const slots of [list.head, ...list.lines.map((line) => line.slots)]) slots.splice(column, 1)
    return { cell: ['head', list.head.length, 'list'] }
  }
  if (fault === 'a cell outside') {
    while (some.slots.length < grid.head.length + 2) some.slots.push(blank)
    some.slots[grid.head.length + 1] = text('x')
    return { cell: [some, grid.head.length + 1, 'fields'] }
  }
  if (fault === 'a name twice') {
    if (form.kind !== 'declaration.structure') return null
    const again = { slots: list!.columns.map((field) => (field.optional ? blank : slotOf(chance, field, (meant.units as Record<string, Value>[])[0]![field.at]))), row: 99 }
    list!.lines.unshift(again)
    // The last of them is the one that others are subordinate to.
    return { cell: [again, list!.columns.findIndex((field) => field.at === 'name'), 'list'] }
  }
  if (fault === 'a nil that has rows') {
    const line = stated.find(({ field }) => field!.at === 'nil')
    if (!line || rows.length === 0) return null
    line.slots[valueAt] = text(chance.pick(['Yes', 'nil', 'да']))
    return { cell: [line, valueAt, 'fields'] }
  }
  if (fault === 'no header') {
    grid.head[valueAt] = text('Column')
    return { noHeader: true }
  }
  if (isCsv) return null
  return fault === 'two sheets' ? { twice: true } : { cell: [some, grid.left, 'fields'], merged: true }
}

const csvOf = (chance: Chance, lines: readonly Line[]): Uint8Array => {
  const mark = chance.pick([',', ';', '\t'])
  const typed = (value: string): string => (/^[=+\-@]/.test(value) && !/^-4$/.test(value) ? `'${value}` : value)
  const cell = (value: string): string => (/["\r\n]/.test(value) || value.includes(mark) ? `"${value.replaceAll('"', '""')}"` : value)
  const written = lines.map(({ slots }) => slots.map((slot) => cell(slot === FAULTS['a formula']!.slot ? slot.csv! : typed(slot.csv ?? ''))).join(mark)).join(chance.pick(['\r\n', '\n']))
  return chance.pick([() => Buffer.from(written), () => Buffer.from(`\uFEFF${written}`), () => Buffer.from(`\uFEFF${written}`, 'utf16le')])()
}

const EXTRA: RawSheet = { name: 'Белешке', rows: [['Field', 'only in words'], ['Date', 'tomorrow'], [formula('A1', 1)]] }

/** One spreadsheet, whole or with the one fault that is asked for; null where the fault does not fit what chance made. */
export const oddOf = async (chance: Chance, kind: DeclaredKind, fault: string | null): Promise<Odd | null> => {
  const form = formOf(kind)
  const meant = MEANT[kind](chance)
  const isCsv = chance.is(0.35)
  const fields = fieldsOf(chance, form, meant)
  const list = listOf(chance, form, meant)
  const wrong = fault === null ? null : spoil(chance, form, fields, list, fault, isCsv, meant)
  if (fault !== null && !wrong) return null
  const isOne = isCsv || chance.is(0.3)
  const headLine: Line = { slots: fields.grid.head }
  const listHead: Line = { slots: list?.head ?? [] }
  const first = [...fields.grid.above, headLine, ...fields.grid.lines]
  const second = list ? [listHead, ...list.lines] : []
  const one = [...first, ...(isOne ? [{ slots: [] }, ...second] : [])]
  const place = (): { sheet: string | null; cell: string | null } => {
    if (!wrong || 'twice' in wrong) return { sheet: null, cell: null }
    if ('noHeader' in wrong) {
      const found = one.find(({ slots }) => slots.some((slot) => slot !== blank))!
      return { sheet: isCsv ? null : 'Списак', cell: cellName(found.slots.findIndex((slot) => slot !== blank), one.indexOf(found) + 1) }
    }
    const [line, column, of] = wrong.cell
    const lines = of === 'fields' || isOne ? one : second
    const at = line === 'head' ? (of === 'fields' ? headLine : listHead) : line
    return { sheet: isCsv ? null : of === 'fields' || isOne ? 'Списак' : 'Листа', cell: cellName(column, lines.indexOf(at) + 1) }
  }
  const about = `${kind} ${fault} ${JSON.stringify([one, second].map((lines) => lines.map(({ slots }) => slots.map(({ csv, raw }) => csv ?? (raw && typeof raw === 'object' ? raw.xml('') : raw)))))}`
  const sent = { kind, meant, fault, about, ...place() }
  if (isCsv) return { ...sent, name: 'd.csv', bytes: csvOf(chance, one) }
  const raw = (lines: readonly Line[]): RawCell[][] => lines.map(({ slots }) => slots.map((slot) => slot.raw))
  const isMerged = wrong !== null && 'merged' in wrong && wrong.merged
  const mergedRow = isMerged ? /\d+$/.exec(sent.cell!)![0] : ''
  const main: RawSheet = { name: 'Списак', rows: raw(one), ...(isMerged ? { merged: [`${sent.cell}:${cellName(fields.grid.left + 1, Number(mergedRow))}`] } : {}) }
  const sheets = chance.shuffled([
    main, ...(list && !isOne ? [{ name: 'Листа', rows: raw(second) }] : []), ...(chance.is(0.3) ? [EXTRA] : []), ...(chance.is(0.2) ? [{ ...main, name: 'Стари', state: 'hidden' }] : []),
    ...(wrong && 'twice' in wrong ? [{ ...main, name: 'Копија' }] : []),
  ])
  return { ...sent, name: 'd.xlsx', bytes: await workbook(sheets) }
}
