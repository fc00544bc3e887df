import { kindOf } from '../filings/kinds/registry.ts'
import { CATEGORIES } from '../taxonomy/rules.ts'
import { YES_NO } from './declared-cells.ts'
import { isCategory, type Form, type SheetField } from './declared-sheets.ts'
import { meaningOf, unitOf } from './declared-table.ts'
import { wordsFor } from './declared-words.ts'
import { GUIDE_SHEET, guideTop, headings, quantityRows, row, spellings, type About } from './guide.ts'
import type { OutSheet } from './workbook-write.ts'

const HOW = [
  'Each field stands in a row of its own: its name, and its value beside it. Rows and columns may stand in any order; other fields are refused.',
  'Nothing is imported unless every cell can be read. What cannot is named by its cell, and a marked copy of your file shows it in place.',
  'Write numbers without marks for thousands: 1.234 may be read as one or as a thousand, so it is refused. Write days as YYYY-MM-DD. Formulas are refused: paste their values.',
]
const ofList = ({ list }: Form): string[] => (list ? [`One row for each ${list.one} on the sheet “${list.sheet}”; in a CSV, below the fields. Rows that are blank are passed over.`] : [])

const meaning = (field: SheetField): string => [unitOf(field), meaningOf(field)].filter(Boolean).join('. ')
const fieldRow = (field: SheetField) => row(field.label, meaning(field), spellings(field.words))

const choices = (fields: readonly SheetField[]) => {
  const options = fields.filter((field) => field.what === 'choice' && !isCategory(field)).flatMap(({ label, options: of = {} }) => Object.entries(of).map(([code, said]) => ({ label, code, said })))
  const yes = fields.some(({ what }) => what === 'yes') ? Object.entries(YES_NO).map(([code, said]) => ({ label: 'Yes or No', code, said })) : []
  return [...options, ...yes].map(({ label, code, said }) => row(label, said, [code, spellings(wordsFor(said))].join(', ')))
}

/** What each field means, what may stand in it, and how else it may be written. */
export const declaredGuide = (form: Form, about: About): OutSheet => {
  const asked = form.fields.filter(({ compiledOnly }) => !compiledOnly)
  const columns = form.list?.columns ?? []
  const chosen = choices([...asked, ...columns])
  const block = (title: string, rows: readonly SheetField[]) => (rows.length > 0 ? [headings(title, 'What it means', 'Also read as'), ...rows.map(fieldRow), []] : [])
  return {
    name: GUIDE_SHEET,
    widths: [32, 60, 80],
    rows: [
      ...guideTop(kindOf(form.kind).title, about, [...HOW, ...ofList(form)]),
      ...block('Name of the field', asked), ...block(`Column of “${form.list?.sheet}”`, columns),
      ...(chosen.length > 0 ? [headings('Choice', 'Write', 'Also read as'), ...chosen, []] : []),
      ...(asked.some(({ what }) => what === 'stated') ? [...quantityRows(), []] : []),
      ...(columns.some(isCategory) ? [headings('Category', 'Title', 'What it covers'), ...CATEGORIES.map(({ code, title, definition }) => row(code, title, definition))] : []),
    ],
  }
}
