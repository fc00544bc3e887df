import type { Json } from '../log/canonical.ts'
import { isWithheld } from '../filings/kinds/stated.ts'
import { controlProblem, quoted, readText, whyNot, type Cell, type Read } from './cells.ts'
import { readCategory } from './columns.ts'
import { isCategory, type SheetField } from './declared-sheets.ts'
import { wordsFor } from './declared-words.ts'
import { readAmount, readQuantity } from './quantities.ts'
import { isNilWord, LANGUAGES, wordKey } from './words.ts'
import type { OutCell } from './workbook-write.ts'

export const YES_NO = { yes: 'Yes', no: 'No' } as const
const optionsOf = ({ what, options = {} }: SheetField): Readonly<Record<string, string>> => (what === 'yes' ? YES_NO : options)

/** What may stand in place of a choice: its code, its label, what the label begins with, and its words in other languages. */
const spelled = (code: string, label: string): string[] => [code, label, label.split(':')[0]!, ...LANGUAGES.flatMap((language) => wordsFor(label)[language])]
const CHOICES = new WeakMap<object, ReadonlyMap<string, string>>()
const choicesOf = (field: SheetField): ReadonlyMap<string, string> => {
  const options = optionsOf(field)
  const known = CHOICES.get(options) ?? new Map(Object.entries(options).flatMap(([code, label]) => spelled(code, label).map((word): [string, string] => [wordKey(word), code])))
  CHOICES.set(options, known)
  return known
}
/** A mark such as in “Yes?” says something else. */
const PLAIN_WORDS = /^[\p{L}\p{M}\p{N}\s_:.,'’–—-]+$/u

const readChoice = (field: SheetField, cell: Cell): Read<string | undefined> => {
  const labels = Object.values(optionsOf(field))
  if (cell.is === 'boolean') return { problem: `This is TRUE or FALSE of the spreadsheet. Write ${labels.join(' or ')} as a word.` }
  const read = readText(cell)
  if ('problem' in read || read.value === undefined) return read
  const code = PLAIN_WORDS.test(read.value) ? choicesOf(field).get(wordKey(read.value)) : undefined
  return code === undefined ? { problem: `${quoted(read.value)} is not one of the choices. Write one of these: ${labels.join('; ')}.` } : { value: code }
}

const readYes = (field: SheetField, cell: Cell): Read<boolean | undefined> => {
  if (field.at === 'nil' && cell.is === 'text' && isNilWord(cell.text.trim())) return { value: true }
  const read = readChoice(field, cell)
  return 'problem' in read ? read : { value: read.value === undefined ? undefined : read.value === 'yes' }
}

const readDate = (cell: Cell): Read<string | undefined> => {
  if (cell.is === 'date') return cell.day ? { value: cell.day } : { problem: 'State a day without a time, as YYYY-MM-DD.' }
  if (cell.is === 'number') return { problem: 'This is a number, not a date. Write the day as YYYY-MM-DD.' }
  const read = readText(cell)
  if ('problem' in read || read.value === undefined || /^\d{4}-\d\d-\d\d$/.test(read.value)) return read
  return { problem: `${quoted(read.value)} is not a date that can be read in one way only. Write it as YYYY-MM-DD.` }
}

const readYear = (cell: Cell): Read<number | undefined> => {
  if (cell.is === 'number') return Number.isInteger(cell.value) ? { value: cell.value } : { problem: `${cell.value} is not a year. Write its four digits.` }
  const problem = whyNot(cell)
  if (problem) return { problem: cell.is === 'date' ? 'The spreadsheet shows this as a date. Set the format of the cell to text, and write the year alone.' : problem }
  const read = readText(cell)
  if ('problem' in read || read.value === undefined) return read as Read<undefined>
  return /^\d{4}$/.test(read.value) ? { value: Number(read.value) } : { problem: `${quoted(read.value)} is not a year. Write its four digits.` }
}

const COMPILED = 'Only entries compiled from open sources state this. Remove the row.'

/** What a cell states of a field; undefined where it is blank, which the schema of the kind then judges. */
export const readValue = (field: SheetField, cell: Cell | undefined): Read<Json | undefined> => {
  if (!cell) return { value: undefined }
  const noText = cell.is === 'text' ? controlProblem(cell.text) : null
  if (noText) return { problem: noText }
  if (field.compiledOnly) return { problem: COMPILED }
  if (field.what === 'stated') return field.in === 'currency' ? readAmount(cell) : readQuantity(cell, field.label.toLowerCase())
  if (field.what === 'date') return readDate(cell)
  if (field.what === 'year') return readYear(cell)
  if (field.what === 'yes') return readYes(field, cell)
  if (isCategory(field)) return readCategory(cell)
  return field.what === 'choice' ? readChoice(field, cell) : readText(cell)
}

const text = (value: string | null): OutCell => ({ value, style: 'text' })
/** Whole numbers in a format without marks; others as they are. What is typed into a blank one is then a number. */
const numbered = (value: number | null): OutCell => ({ value, style: value === null || Number.isInteger(value) ? 'count' : 'plain' })

/** What is written of a choice: its label, or its code where a list of labels is longer than a drop-down holds. */
export const shownOf = (field: SheetField): ((code: string) => string) => (isCategory(field) ? (code) => code : (code) => optionsOf(field)[code] ?? code)
export const dropDown = (field: SheetField): string[] | null =>
  (field.what === 'yes' || field.what === 'choice' ? Object.keys(optionsOf(field)).map(shownOf(field)) : null)

/** A value as it is written. A draft may hold what no filing does: it is written as it was typed. */
export const cellFor = (field: SheetField, value: Json | undefined): OutCell => {
  if (isWithheld(value)) return text(`withheld: ${String(value.withheld)}`)
  if (typeof value === 'boolean') return text(value ? YES_NO.yes : YES_NO.no)
  if (typeof value === 'number') return numbered(value)
  if (typeof value === 'string') return text(field.what === 'choice' ? shownOf(field)(value) : value)
  return field.what === 'stated' || field.what === 'year' ? numbered(null) : text(null)
}
