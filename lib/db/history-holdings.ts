import { CATEGORY_CODES, type CategoryCode } from '../taxonomy/rules.ts'
import type { ParticipantCode } from '../participants/rules.ts'
import type { Book, DerivedRow, HistoricFiling, HoldingRow } from './history-rows.ts'
import { NOT_STATED, joined, shortSources } from './history-words.ts'

/** The figures of rows by their id: of an acquisition what it delivered, of a disposal what left. Null when not stated. */
export type Figures = ReadonlyMap<string, { quantity: number | null; source: string }>

const TERM = /([+-]?)\s*([A-Z]\d+)/g

const figureOf = (figures: Figures, id: string): { quantity: number | null; source: string } => {
  const figure = figures.get(id)
  if (!figure) throw new Error(`derived.csv: there is no ${id}`)
  return figure
}

/** `H026 - D012` in numbers. Null when the basis is empty or one of its figures is not known. */
export const derive = (basis: string, figures: Figures): number | null => {
  let sum: number | null = basis ? 0 : null
  for (const [, sign, id] of basis.matchAll(TERM)) {
    const { quantity } = figureOf(figures, id!)
    sum = sum === null || quantity === null ? null : sum + (sign === '-' ? -quantity : quantity)
  }
  if (sum !== null && sum < 0) throw new Error(`${basis} is negative`)
  return sum
}

/** `dated`: its remark says of itself for when it holds. */
type Entry = HoldingRow & { remark: string; dated: boolean; sources: string[] }

const told = (row: HoldingRow): Entry => ({ ...row, remark: row.note, dated: false, sources: shortSources(row.source) })

const worked = (row: DerivedRow, figures: Figures): Entry => {
  const sources = [...row.basis.matchAll(TERM)].flatMap(([, , id]) => shortSources(figureOf(figures, id!).source))
  const unsaid = { stored: false, storageUnknown: false, source: '', note: '' }
  return { ...row, ...unsaid, item: row.type, quantity: derive(row.basis, figures), remark: row.why, dated: true, sources }
}

/** What is known of a participant, category by category, as years go by. */
type State = Map<CategoryCode, Map<string, Entry>>

const take = (state: State, entries: readonly Entry[]): void => {
  for (const { category, use } of entries) if (use === 'total') state.set(category, new Map())
  for (const entry of entries) {
    if (entry.use !== 'total' && entry.use !== 'line') continue
    state.set(entry.category, (state.get(entry.category) ?? new Map<string, Entry>()).set(entry.type, entry))
  }
}

const aside = ({ use, item, quantity, note }: Entry): string => {
  const figure = quantity === null ? `${item}, number not stated` : `${item} ${quantity}`
  const more = note && note.toLowerCase() !== 'number not stated' ? ` (${note})` : ''
  return `${use === 'part' ? 'Among them' : 'Also reported, not counted'}: ${figure}${more}`
}

const sentences = (parts: string[]): string => parts.filter(Boolean).map((part) => part.replace(/\.$/, '')).join('. ')

const lineOf = (entry: Entry, year: number, asides: string[]) => {
  const remark = sentences([entry.year < year && !entry.dated ? `As reported for ${entry.year}` : '', entry.remark, ...asides])
  const known = entry.quantity
  return {
    category: entry.category, type: entry.type,
    inService: known === null ? NOT_STATED : entry.stored ? 0 : known,
    inStorage: known === null || entry.storageUnknown ? NOT_STATED : entry.stored ? known : 0,
    ...(remark && { remark }),
  }
}

const declarationOf = (participant: ParticipantCode, year: number, state: State, entries: readonly Entry[]): HistoricFiling => {
  const lines: ReturnType<typeof lineOf>[] = []
  const nil: CategoryCode[] = []
  const loose: string[] = []
  for (const category of CATEGORY_CODES) {
    const asides = entries.filter((entry) => entry.category === category && (entry.use === 'part' || entry.use === 'note')).map(aside)
    const known = [...(state.get(category)?.values() ?? [])]
    const held = known.filter((entry) => entry.quantity !== 0)
    if (known.length > 0 && held.length === 0) nil.push(category)
    if (held.length === 0) loose.push(...asides.map((text) => `${category}: ${text}`))
    else loose.push(...known.filter((entry) => entry.quantity === 0).map((entry) => `None: ${entry.type}`))
    lines.push(...held.map((entry, index) => lineOf(entry, year, index === 0 ? asides : [])))
  }
  const standing = [...state.values()].flatMap((types) => [...types.values()])
  const carriedNil = nil.filter((category) => [...state.get(category)!.values()].every((entry) => entry.year < year))
  const note = sentences([
    `Rows ${entries.map((entry) => entry.id).join(', ')}`,
    standing.some((entry) => entry.year < year) ? 'What no row states for this year is carried from earlier ones' : '',
    carriedNil.length > 0 ? `Nil carried: ${carriedNil.join(', ')}` : '',
    ...loose,
  ])
  const source = joined([...entries, ...standing].flatMap((entry) => entry.sources))
  return {
    ref: `H.${participant}.${year}`,
    participant,
    kind: 'declaration.holdings',
    payload: { asOf: `${year}-12-31`, lines, nil, compiled: { source, note } },
    filedAt: `${year}-12-31T12:00:00Z`,
  }
}

/** One declaration for each participant and year that a row of holdings.csv states, the fullest picture known by then. */
export const declarationFilings = (book: Book, deals: Figures): HistoricFiling[] => {
  const figures = new Map([...deals, ...book.holdings.map((row) => [row.id, row] as const)])
  const entries = [...book.holdings.map(told), ...book.derived.map((row) => worked(row, figures))]
  return [...new Set(book.holdings.map((row) => row.participant))].flatMap((participant) => {
    const state: State = new Map()
    const years = new Set(book.holdings.filter((row) => row.participant === participant).map((row) => row.year))
    return [...years].toSorted((a, b) => a - b).map((year) => {
      const ofYear = entries.filter((entry) => entry.participant === participant && entry.year === year)
      take(state, ofYear)
      return declarationOf(participant, year, state, ofYear)
    })
  })
}
