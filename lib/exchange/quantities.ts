import type { Quantity } from '../filings/kinds/stated.ts'
import { controlProblem, quoted, whyNot, type Cell, type Read } from './cells.ts'
import { isNilWord, withheldReason } from './words.ts'

const ALL_DIGITS = /^\d{1,15}$/
/** Thousands apart by one kind of space: ordinary, no-break, figure, thin or narrow no-break. */
const BY_SPACES = /^[1-9]\d{0,2}([ \u00a0\u2007\u2009\u202f])\d{3}(?:\1\d{3}){0,3}$/
/** Twice the same mark can only part thousands; once it may be the decimal mark of the other half of Europe. */
const BY_MARKS = /^[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3}){1,3}$/
const EITHER = /^[1-9]\d{0,2}[.,]\d{3}$/
const DECIMALS = /^\d+[.,]\d+$/
const DASHES = /^[-–—−]+$/

const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** A whole number as people write it. What two readers could take for two numbers is refused. */
export const readWhole = (text: string): Read<number> => {
  if (ALL_DIGITS.test(text)) return { value: Number(text) }
  if (BY_SPACES.test(text) || BY_MARKS.test(text)) return { value: Number(digitsOf(text)) }
  if (EITHER.test(text)) {
    return { problem: `${quoted(text)} can be read as ${digitsOf(text)} or as ${text.replace(',', '.')}. Write ${digitsOf(text)} if that is meant.` }
  }
  if (DECIMALS.test(text)) return { problem: `${quoted(text)} has decimals. Write a whole number.` }
  if (DASHES.test(text)) return { problem: 'A dash says neither nil nor withheld. Write 0 for nil, or “withheld: reason”.' }
  if (text.startsWith('=')) return { problem: 'This is written as a formula. Write the number itself.' }
  return { problem: `${quoted(text)} is not a number. Write a whole number, 0 for nil, or “withheld: reason”.` }
}

/** As many digits a number holds whatever they are; of more only some. */
const EXACT = 15
const NO_REASON = 'Say why it is withheld: “withheld: reason”, the reason in 3 to 300 characters.'

/** A number in words or digits: nil (which is 0), withheld with its reason, or what `read` takes for a number. Undefined where blank. */
const readText = (cell: Cell, read: (text: string) => Read<number>): Read<Quantity | undefined> => {
  if (cell.is !== 'text') return { problem: whyNot(cell)! }
  const text = cell.text.trim()
  if (text === '') return { value: undefined }
  const problem = controlProblem(text)
  if (problem) return { problem }
  if (isNilWord(text)) return { value: 0 }
  const reason = withheldReason(text)
  if (reason === '') return { problem: NO_REASON }
  return reason === null ? read(text) : { value: { withheld: reason } }
}

/** A quantity of a declaration: a number, the word nil (which is 0), or withheld with its reason. A blank is a problem. */
export const readQuantity = (cell: Cell | undefined, what: string): Read<Quantity> => {
  const blank = { problem: `The ${what} is blank. Write a whole number, 0 for nil, or “withheld: reason”. A blank is not a nil.` }
  if (!cell) return blank
  if (cell.is === 'number') return Number.isInteger(cell.value) ? { value: cell.value + 0 } : { problem: `${cell.value} is not a whole number.` }
  const read = readText(cell, readWhole)
  return 'value' in read && read.value === undefined ? blank : (read as Read<Quantity>)
}

/** Money as people write it: a whole number, or with decimals that cannot be thousands. */
const readMoney = (text: string): Read<number> => {
  const plain = text.replace(',', '.')
  const isExact = digitsOf(text).length <= EXACT || String(Number(plain)) === plain
  if (((DECIMALS.test(text) && !EITHER.test(text)) || /^\d{16}$/.test(text)) && isExact) return { value: Number(plain) }
  const read = readWhole(text)
  return 'value' in read || !/^\d[\d.,\s]*[a-z]+$/i.test(text) ? read : { problem: `${quoted(text)} is not a number. Write the amount in full units, such as 331000000.` }
}

/** An amount of money in full units, nil, or withheld with its reason. */
export const readAmount = (cell: Cell): Read<Quantity | undefined> =>
  (cell.is === 'number' ? { value: cell.value + 0 } : readText(cell, readMoney))

/** An amount as text that is read in one way only: three decimals could be thousands. */
export const plainAmount = (amount: number): number | string => (EITHER.test(String(amount)) ? `${amount}0` : amount)
