import type { Position } from './area.ts'
import { isInRegion, outsideWords, positionWords } from './region.ts'

/** `taken` says in words how it was read, where that had to be chosen. */
export type ReadPosition = { ok: true; position: Position; taken: string | null } | { ok: false; message: string }

const EXAMPLES = 'Write it as 44.2 N 19.25 E, 44°12′ N 19°15′ E, or 44.2, 19.25.'
const refusal = (message: string): ReadPosition => ({ ok: false, message })

type Axis = { degrees: number; letter: string | null }

/** Degrees, minutes and seconds as one number; only the last of them may have decimals. */
const degreesOf = (parts: readonly string[], sign: number): number | string => {
  const numbers = parts.map(Number)
  if (numbers.slice(1).some((part) => part >= 60)) return `Minutes and seconds are below 60. ${EXAMPLES}`
  if (parts.slice(0, -1).some((part) => part.includes('.'))) return `Only the last of degrees, minutes and seconds has decimals. ${EXAMPLES}`
  return Number((sign * numbers.reduce((sum, part, index) => sum + part / 60 ** index, 0)).toFixed(6))
}

const NUMBER = String.raw`\d+(?:\.\d+)?`
const PART = new RegExp(NUMBER, 'g')

const axisOf = (text: string): Axis | string => {
  const letters = text.match(/[NSEW]/g) ?? []
  const parts = text.match(PART) ?? []
  if (letters.length > 1 || parts.length < 1 || parts.length > 3) return `“${text.trim()}” is not one latitude or longitude. ${EXAMPLES}`
  const letter = letters[0] ?? null
  const degrees = degreesOf(parts, /[SW]/.test(text) !== /-\s*\d/.test(text) ? -1 : 1)
  return typeof degrees === 'string' ? degrees : { degrees, letter }
}

/** Signs and letters as people and programs write them, made one. */
const tidy = (text: string): string =>
  text.normalize('NFKC').toUpperCase().replaceAll(/[−–—]/g, '-').replaceAll(/\b(NORTH|SOUTH|EAST|WEST)\b/g, (word) => word[0]!)
    .replaceAll(/\b(LATITUDE|LONGITUDE|LAT|LONG?|DEGREES?|DEG)\b[.:=]?/g, ' ').replaceAll(/[°º˚'"′″’”‘“`]/g, ' ').replaceAll(/[()[\]]/g, ' ')
    .replaceAll(/(\d)-(?=\d)/g, '$1 ').trim()

/** A comma between digits is a decimal comma where the text has other marks that part the two numbers, or two such commas. */
const decimals = (text: string): string => {
  const commas = text.match(/\d,\d/g)?.length ?? 0
  const isDecimal = commas >= 2 || (commas === 1 && (/[;/]|,\s/.test(text) || /[NSEW]/.test(text.replace(/^[NSEW]/, '').replace(/[NSEW]$/, ''))))
  return isDecimal ? text.replaceAll(/(\d),(\d)/g, '$1.$2') : text
}

const halves = (text: string): [string, string] | null => {
  const parted = text.split(/[,;/]/).map((half) => half.trim()).filter(Boolean)
  if (parted.length === 2) return [parted[0]!, parted[1]!]
  if (parted.length !== 1) return null
  const second = text.slice(1).search(/[NSEW]/) + 1
  if (/^[NSEW]/.test(text) && second > 0) return [text.slice(0, second), text.slice(second)]
  const first = text.search(/[NSEW]/) + 1
  if (first > 0) return [text.slice(0, first), text.slice(first)]
  const numbers = text.match(new RegExp(String.raw`-?\s*${NUMBER}`, 'g')) ?? []
  if (numbers.length % 2 === 1 || numbers.length === 0) return null
  return [numbers.slice(0, numbers.length / 2).join(' '), numbers.slice(numbers.length / 2).join(' ')]
}

const notInRegion = (position: Position): ReadPosition => {
  if (Math.abs(position[1]) > 90) return refusal(`A latitude is at most 90°, and ${position[1]}° is not. ${EXAMPLES}`)
  if (Math.abs(position[0]) > 180) return refusal(`A longitude is at most 180°, and ${position[0]}° is not. ${EXAMPLES}`)
  return refusal(outsideWords(position, positionWords))
}

const bare = (first: number, second: number): ReadPosition => {
  const asSaid: Position = [second, first]
  const turned: Position = [first, second]
  if (isInRegion(asSaid)) return { ok: true, position: asSaid, taken: `Read as latitude ${first}, longitude ${second}.` }
  if (isInRegion(turned)) return { ok: true, position: turned, taken: `Read as longitude ${first}, latitude ${second}: the other order lies outside the region.` }
  return notInRegion(asSaid)
}

const lettered = (a: Axis, b: Axis): ReadPosition => {
  const isNorth = ({ letter }: Axis) => letter === 'N' || letter === 'S'
  if (a.letter === null || b.letter === null || isNorth(a) === isNorth(b)) return refusal(`A position has one latitude, N or S, and one longitude, E or W. ${EXAMPLES}`)
  const position: Position = isNorth(a) ? [b.degrees, a.degrees] : [a.degrees, b.degrees]
  return isInRegion(position) ? { ok: true, position, taken: null } : notInRegion(position)
}

/** A position as people type it. A bare pair is latitude and longitude, unless only the other order lies in the region; the answer says which. */
export const readPosition = (text: string): ReadPosition => {
  const tidied = decimals(tidy(text))
  if (tidied === '') return refusal(`Type a position. ${EXAMPLES}`)
  const letters = tidied.match(/[A-Z]/g) ?? []
  if (letters.length === 1 && 'NSEW'.includes(letters[0]!)) return refusal(`Write N or S with the latitude and E or W with the longitude, or no letters at all. ${EXAMPLES}`)
  const both = /^[NSEW\d\s.,;/-]+$/.test(tidied) ? halves(tidied) : null
  if (!both) return refusal(`“${text.trim().slice(0, 60)}” is not read as a position. ${EXAMPLES}`)
  const [a, b] = [axisOf(both[0]), axisOf(both[1])]
  if (typeof a === 'string') return refusal(a)
  if (typeof b === 'string') return refusal(b)
  return a.letter === null && b.letter === null ? bare(a.degrees, b.degrees) : lettered(a, b)
}
