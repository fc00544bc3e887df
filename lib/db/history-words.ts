import { DESIGNATION } from '../participants/rules.ts'
import { formatNumber } from '../shared/format.ts'
import type { Deal } from './history-rows.ts'

/** What a quantity or value says when no source states it: never a zero. */
export const NOT_STATED = { withheld: 'Not stated by the source' } as const

/** The year of the thesis that reports it, for what no source dates. */
export const UNDATED = '2025-12-31T09:00:00Z'

/** When an act that a source dates by `date` (a year, month or day) is entered. Years go by convention: see data/README.md. */
export const enteredAt = (date: string | undefined, act: 'agreed' | 'done'): string => {
  if (!date) return UNDATED
  if (/^\d{4}$/.test(date)) return act === 'agreed' ? `${date}-07-01T10:00:00Z` : `${date}-12-20T10:00:00Z`
  const month = /^(\d{4})-(\d\d)$/.exec(date)
  if (!month) return `${date}T10:00:00Z`
  const lastDay = new Date(Date.UTC(Number(month[1]), Number(month[2]), 0)).getUTCDate()
  return `${date}-${lastDay}T10:00:00Z`
}

/** A payload's date: a day or a year. Of a month only the year can be stated. */
export const statedDate = (date: string | undefined): string | undefined =>
  (date && /^\d{4}-\d\d$/.test(date) ? date.slice(0, 4) : date || undefined)

/** As everyone is named here, whatever a source writes. */
const BARE = new RegExp(`${DESIGNATION.XK.replace('*', '')}(?!\\*)`, 'g')
export const named = (words: string): string => words.replaceAll(BARE, DESIGNATION.XK)

/** Of a compiler's note, its own name for the texts it worked from. */
export const readableNote = (note: string): string => named(note).replace(/\bthe seed(s?)\b/g, 'the working text$1')

const SIPRI = /github:nagehanrdogan\S*(?: trade_register\.csv)? \(SIPRI AT id ([\d, ]+)\)/g
const RANKING = /github:mohammadRawass\S* GlobalFirePower\.csv/g

/** Sources as a reader knows them: SIPRI by name, as its terms ask; the thesis by chapter; the rest as written. */
export const readableSource = (source: string): string => source
  .replaceAll(SIPRI, (_, ids: string) => `SIPRI Arms Transfers Database, deal${ids.includes(',') ? 's' : ''} ${ids}`)
  .replaceAll(RANKING, 'GlobalFirePower, about 2018')
  .replaceAll(/002_\w+\.txt/g, 'Thesis')
  .replaceAll(/(00\d)_\w+\.txt/g, 'Working text $1')

/** Its parts, without the word which of a row's facts each is for. */
const partsOf = (source: string): string[] =>
  readableSource(source).split('; ').map((part) => part.replace(/^(?:years?(?: signed| delivered)?|tanks also):? /, ''))

/** The same in a few words, for a declaration that rests on many. */
export const shortSources = (source: string): string[] => partsOf(source)
  .filter((part) => !/^ch\. |^introduction$|^extended summary$/.test(part))
  .map((part) => part.replace(/^(Thesis|SIPRI Arms Transfers Database)\b.*/, '$1'))
  .map((part) => part.replace(/^https?:\/\/(?:www\.)?([^/]+).*/, '$1'))

const unique = (parts: string[]): string[] => [...new Set(parts.filter(Boolean))]
export const joined = (parts: string[], separator = '; '): string => unique(parts).join(separator)

const nameOf = (deal: Deal): string =>
  /SIPRI AT id/.test(deal.source) ? 'SIPRI' : (/https?:\/\/(?:www\.)?([^/;]+)/.exec(deal.source)?.[1] ?? 'Another source')

/** With a capital, unless it begins with an address, and a full stop. */
const sentence = (text: string): string => {
  const begun = /^[a-z]+[^a-z.]/.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text
  return text === '' || /[.?!]$/.test(begun) ? begun : `${begun}.`
}

/** SIPRI's notes without the reminder that each repeats: that its file does not say gift or purchase. */
const noteOf = (deal: Deal): string => deal.note.replace('mode inferred: the file does not state it', 'mode inferred')

/** What another source says of the same deal. */
const secondOpinion = (deal: Deal): string => {
  const facts = [
    deal.quantity === null ? 'states no number' : `counts ${deal.quantity}`,
    deal.start && `agreed ${deal.start}`,
    deal.end && `delivered ${deal.end}`,
    deal.value && `value ${formatNumber(deal.value.amount)} ${deal.value.currency}`,
  ].filter(Boolean).join(', ')
  const note = noteOf(deal).replace(/(?:; )?mode inferred/, '')
  return `${nameOf(deal)} ${facts} (${deal.id}${note ? `: ${note}` : ''}).`
}

/** Where a deal's figures come from, and how its sources differ. */
export const compiledFrom = (deal: Deal, others: readonly Deal[]): { source: string; note?: string } => {
  const note = [sentence(noteOf(deal)), ...others.map(secondOpinion)].filter(Boolean).join(' ')
  return { source: joined([deal, ...others].flatMap((row) => partsOf(row.source))), ...(note && { note }) }
}
