import type { ParticipantCode } from '../participants/rules.ts'
import type { Position } from './area.ts'
import listed from './places.json' with { type: 'json' }
import { onView, type View } from './projection.ts'
import { roughKm } from './region.ts'

/** 2 a city (50,000 people and more), 1 a town, 0 a smaller place. */
export type Place = { name: string; participant: ParticipantCode; position: Position; size: 0 | 1 | 2 }

const CYRILLIC = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', ђ: 'đ', ѓ: 'gj', е: 'e', ж: 'ž', з: 'z', ѕ: 'dz', и: 'i', ј: 'j', к: 'k', л: 'l', љ: 'lj', м: 'm',
  н: 'n', њ: 'nj', о: 'o', п: 'p', р: 'r', с: 's', т: 't', ћ: 'ć', ќ: 'kj', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'č', џ: 'dž', ш: 'š',
} as Record<string, string>

/** As names are compared: small, in Latin letters, without marks; đ is d, be it written dj or ð. */
export const plainName = (text: string): string =>
  [...text.toLowerCase()].map((letter) => CYRILLIC[letter] ?? letter).join('').normalize('NFD').replaceAll(/\p{M}/gu, '')
    .replaceAll(/dj|đ|ð/g, 'd').replaceAll(/[^a-z0-9]+/g, ' ').trim()

type Row = [name: string, participant: ParticipantCode, lon: number, lat: number, size: 0 | 1 | 2, also?: string]
type Known = Place & { names: string[] }
let known: Known[] | null = null
const places = (): readonly Known[] => (known ??= (listed as unknown as Row[]).map(([name, participant, lon, lat, size, also]) => (
  { name, participant, position: [lon, lat], size, names: [name, ...(also?.split(', ') ?? [])].map(plainName) }
)))

/** How well a name answers to what is looked for: 0 the same, 1 begins so, 2 a word in it begins so, 3 holds it; null not at all. */
const fit = (name: string, sought: string): number | null => {
  if (name === sought) return 0
  if (name.startsWith(sought)) return 1
  if (name.includes(` ${sought}`)) return 2
  return name.includes(sought) ? 3 : null
}

const shown = ({ name, participant, position, size }: Known): Place => ({ name, participant, position, size })

/** Places by name, best first; marks and alphabets do not matter. Among equals the larger come first, then by name. */
export const findPlaces = (words: string, limit = 8): Place[] => {
  const sought = plainName(words)
  if (sought === '') return []
  const found = places().flatMap((place) => {
    const fits = place.names.map((name) => fit(name, sought)).filter((one) => one !== null)
    return fits.length === 0 ? [] : [{ place, fit: Math.min(...fits) }]
  })
  return found.toSorted((a, b) => a.fit - b.fit || b.place.size - a.place.size || a.place.name.localeCompare(b.place.name, 'en'))
    .slice(0, limit).map(({ place }) => shown(place))
}

/** The nearest place of at least a size, and how far it is. */
export const nearestPlace = (position: Position, size: 0 | 1 | 2): { place: Place; km: number } => {
  const nearest = { place: places()[0]!, km: Infinity }
  for (const place of places()) {
    const km = place.size >= size ? roughKm(position, place.position) : Infinity
    if (km < nearest.km) Object.assign(nearest, { place, km })
  }
  return { place: shown(nearest.place), km: nearest.km }
}

/** Places of at least a size within a view. */
export const placesIn = (view: View, size: 0 | 1 | 2): Place[] => places().filter((place) => {
  if (place.size < size) return false
  const [x, y] = onView(view, place.position)
  return x > 0 && x < view.width && y > 0 && y < view.height
}).map(shown)
