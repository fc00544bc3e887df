import { CATEGORIES, type CategoryCode } from '../taxonomy/rules.ts'
import { quoted, readText, type Cell, type Read } from './cells.ts'
import { wordKey, type Field } from './words.ts'

export type Column = { field: Exclude<Field, 'state'>; header: string; what: string; meaning: string; width: number; isNeeded: boolean }

/** The columns of a declaration of holdings, as the register writes them; it reads them in any order. */
export const COLUMNS: readonly Column[] = [
  { field: 'category', header: 'Category', what: 'category', width: 11, isNeeded: true,
    meaning: 'The code of the category, such as IVa. The list below says what each covers.' },
  { field: 'type', header: 'Type', what: 'type or model', width: 30, isNeeded: true,
    meaning: 'The type or model, up to 80 characters. Blank only where a category is nil.' },
  { field: 'inService', header: 'In service (pieces)', what: 'number in service', width: 22, isNeeded: true,
    meaning: 'Pieces in service: a whole number, 0, nil, or “withheld: reason”.' },
  { field: 'inStorage', header: 'In storage (pieces)', what: 'number in storage', width: 22, isNeeded: true,
    meaning: 'Pieces in storage: a whole number, 0, nil, or “withheld: reason”.' },
  { field: 'unit', header: 'Unit', what: 'unit', width: 28, isNeeded: false, meaning: 'The unit that holds them, up to 120 characters. May be blank.' },
  { field: 'site', header: 'Site', what: 'site', width: 24, isNeeded: false,
    meaning: 'Where they are, up to 120 characters; read by verifiers and by yourselves only. May be blank.' },
  { field: 'remark', header: 'Remark', what: 'remark', width: 40, isNeeded: false, meaning: 'A remark on the line, up to 500 characters. May be blank.' },
]
export const STATE_MEANING = 'Not needed. “nil” in it states that nothing of the category is held; the other cells of the row are then blank.'
export const NEEDED = COLUMNS.filter(({ isNeeded }) => isNeeded)
export const columnOf = (field: Column['field']): Column => COLUMNS.find((column) => column.field === field)!

const BY_CODE = new Map(CATEGORIES.map(({ code }) => [code.toLowerCase(), code]))
const BY_NAME = new Map(CATEGORIES.flatMap(({ code, title, name }) => [title, name].map((text): [string, CategoryCode] => [wordKey(text), code])))

/** By its code in any case, by its title, or by both: “IVa”, “Manned combat aircraft”, “IVa – Manned combat aircraft”. */
const categoryIn = (text: string): CategoryCode | undefined => {
  const plain = text.normalize('NFKC').trim()
  const known = BY_CODE.get(plain.toLowerCase()) ?? BY_NAME.get(wordKey(plain))
  if (known) return known
  const [, code = '', rest = ''] = /^(\w+)[\s:.–—-]+(\S.*)$/su.exec(plain) ?? []
  const stated = BY_CODE.get(code.toLowerCase())
  return stated && BY_NAME.get(wordKey(rest)) === stated ? stated : undefined
}

export const readCategory = (cell: Cell | undefined): Read<CategoryCode | undefined> => {
  const read = readText(cell)
  if ('problem' in read || read.value === undefined) return read as Read<undefined>
  const category = categoryIn(read.value)
  if (category) return { value: category }
  const hint = /\p{Script=Cyrillic}/u.test(read.value) ? ' It holds Cyrillic letters: write the code in Latin ones.' : ''
  return { problem: `${quoted(read.value)} is not a category of the register.${hint} Use one of ${CATEGORIES.map(({ code }) => code).join(', ')}.` }
}
