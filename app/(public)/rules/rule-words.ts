import { formatList, formatNumber, formatPercent, plural } from '@/lib/shared/format.ts'
import { CATEGORY_CODES, isCategory, type CategoryCode } from '@/lib/taxonomy/rules.ts'
import type { listRules } from '@/lib/thresholds/queries.ts'

export type Rule = Awaited<ReturnType<typeof listRules>>[number]
type Figure = { label: string; value?: string; byCategory?: string[] }

const LABEL: Record<string, string> = {
  floor: 'Quantity from', ratio: 'From', units: 'And at least', level: 'Level', share: 'Share of ceiling from',
  contractDays: 'Contract notified within', deliveryDays: 'Delivery notified within', categories: 'Categories',
}

const numberWords = (name: string, value: number): string => {
  if (name.endsWith('Days')) return plural(value, 'day')
  if (name === 'units') return plural(value, 'unit')
  if (name === 'ratio' || name === 'share') return value > 1 ? `${formatNumber(value)} times` : formatPercent(value)
  return formatNumber(value)
}

const place = (code: string) => CATEGORY_CODES.indexOf(code as CategoryCode)

/** A rule's figures, those that differ by category one by one: 'I 10', 'II 20'. */
export const figuresOf = ({ params }: Rule): Figure[] => Object.entries(params).map(([name, value]) => {
  const label = LABEL[name] ?? name
  if (typeof value === 'number') return { label, value: numberWords(name, value) }
  if (Array.isArray(value)) return { label, byCategory: [...value] }
  const inOrder = Object.entries(value).toSorted(([a], [b]) => place(a) - place(b))
  return { label, byCategory: inOrder.map(([code, figure]) => `${code} ${formatNumber(figure as number)}`) }
})

/** Which categories a rule tests; null when it tests every one alike. */
export const categoriesOf = ({ params }: Rule): CategoryCode[] | null => {
  const codesIn = (value: Rule['params'][string]) => (Array.isArray(value) ? [...value] : Object.keys(value))
  const found = Object.values(params).flatMap(codesIn)
  return found.length > 0 ? [...new Set(found.filter(isCategory))] : null
}

const GROUP: Record<string, string> = {
  asking: 'the participant that asked', neighbours: 'adjacent participants and those who watch the filing one', all: 'every other participant', observers: 'observers',
  verifiers: 'verifiers', secretariat: 'the secretariat',
}

/** Who is told when the rule is met. */
export const recipientWords = ({ recipients, allFor }: Rule): string => {
  const groups = [...new Set([...recipients, 'secretariat'])].map((group) => GROUP[group]!)
  return `${formatList(groups)}${allFor ? `; in ${formatList(allFor)} every other participant` : ''}`
}
