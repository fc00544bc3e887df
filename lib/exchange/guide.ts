import { CATEGORIES } from '../taxonomy/rules.ts'
import { FOOTNOTE } from '../participants/rules.ts'
import { COLUMNS, STATE_MEANING } from './columns.ts'
import { FIELD_WORDS, LABEL_WORDS, LANGUAGES, NIL_WORDS, WITHHELD_WORDS, type Words } from './words.ts'
import type { OutCell, OutSheet } from './workbook-write.ts'

/** A change that was notified since the last declaration, by its filing, in words. */
export type Since = { filing: string; on: string; words: string }
/** What a workbook is about: whose declaration, where its content comes from, and what was notified since. */
export type About = { designation: string; source: string | null; since?: readonly Since[] }

export const row = (...values: (string | null)[]): OutCell[] => values.map((value) => ({ value, style: 'wrapped' }))
export const headings = (...values: string[]): OutCell[] => values.map((value) => ({ value, style: 'header' }))
const title = (value: string): OutCell[] => [{ value, style: 'title' }]

const HOW = [
  'One line for each type, and for each unit or site where you part them. Rows that are blank are passed over; '
    + 'columns may stand in any order; other columns are refused.',
  'Nothing is imported unless every cell can be read. What cannot is named by its cell, and a marked copy of your file shows it in place.',
  'Write numbers without marks for thousands: 1.234 may be read as one or as a thousand, so it is refused. Formulas are refused: paste their values.',
]
type State = [name: string, write: string, says: string]
const states = (nil: string, blank: string): State[] => [
  ['Nil', '0, or nil', nil],
  ['Withheld', 'withheld: reason', 'There is a number, and you do not state it. The reason has 3 to 300 characters. It is never counted as zero.'],
  ['Blank', '', `Nothing is said. A blank is not a nil, and ${blank} is not accepted.`],
]
const OF_LINES = states('Nothing is held. For a whole category: a row with the category, no type, and nil in both quantities.', 'a line with a blank quantity')
const OF_FIELDS = states('There is none.', 'a blank number')

export const spellings = (words: Words): string => [...new Set(LANGUAGES.flatMap((language) => words[language]))].join(', ')
const META: [string, string, Words][] = [
  ['As of', 'Above the header: the day of the declaration, as YYYY-MM-DD. The day itself stands beside it.', LABEL_WORDS.asOf],
  ['Remark', 'Above the header: a remark on the whole declaration, up to 2000 characters. May be left out.', LABEL_WORDS.remark],
]

export const GUIDE_SHEET = 'Guide'

/** Whose it is, what it is made of, and how to fill it in. */
export const guideTop = (name: string, { designation, source }: About, how: readonly string[]): OutCell[][] => [
  title(name),
  row('Participant', designation),
  ...(source ? [row('Source', `Compiled from open sources, not an official filing: ${source}`)] : []),
  ...(designation.includes('*') ? [row(null, FOOTNOTE)] : []),
  [],
  ...how.map((line) => row(null, line)),
  [],
]
/** Nil, withheld and blank, and the words for the first two. */
export const quantityRows = (of: readonly State[] = OF_FIELDS): OutCell[][] => [
  headings('Quantity', 'Write', 'What it says'),
  ...of.map((state) => row(...state)),
  row('nil', null, spellings(NIL_WORDS)),
  row('withheld', null, spellings(WITHHELD_WORDS)),
]

/** What each column means, what may stand in it, and what each category covers. */
export const guideSheet = ({ since = [], ...about }: About): OutSheet => ({
  name: GUIDE_SHEET,
  widths: [24, 54, 80],
  rows: [
    ...guideTop('Declaration of holdings', about, HOW),
    ...(since.length > 0 ? [headings('Notified since', 'What the lines hold of it', 'On'), ...since.map(({ filing, words, on }) => row(filing, words, on)), []] : []),
    headings('Column', 'What it means', 'Also read as'),
    ...META.map(([name, meaning, words]) => row(name, meaning, spellings(words))),
    ...COLUMNS.map(({ header, meaning, field }) => row(header, meaning, spellings(FIELD_WORDS[field]))),
    row('State', STATE_MEANING, spellings(FIELD_WORDS.state)),
    [],
    ...quantityRows(OF_LINES),
    [],
    headings('Category', 'Title', 'What it covers'),
    ...CATEGORIES.map(({ code, title: name, definition }) => row(code, name, definition)),
  ],
})
