import type { Position } from './area.ts'

/** What the register is about: the seven with some 150 km around them. No latitude in it is also a longitude in it, so the two cannot be mistaken. */
export const REGION = { west: 11, south: 37.5, east: 26, north: 49 } as const
const SARAJEVO: Position = [18.413, 43.856]

export const isInRegion = ([lon, lat]: Position): boolean => lon >= REGION.west && lon <= REGION.east && lat >= REGION.south && lat <= REGION.north
/** Latitude and longitude in the other order, which is the right one. */
export const isSwapped = ([lon, lat]: Position): boolean => !isInRegion([lon, lat]) && isInRegion([lat, lon])

const RADIANS = Math.PI / 180
/** On a sphere: good for words and for limits on size, not for distances (`geodesicKm`). */
export const roughKm = ([lon1, lat1]: Position, [lon2, lat2]: Position): number => {
  const [dLat, dLon] = [((lat2 - lat1) * RADIANS) / 2, ((lon2 - lon1) * RADIANS) / 2]
  const h = Math.sin(dLat) ** 2 + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * Math.sin(dLon) ** 2
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)))
}

const hundredsOf = (km: number): string => (Math.round(km / 100) * 100).toLocaleString('en-US')

const axis = (degrees: number, plus: string, minus: string): string => `${Math.abs(degrees).toFixed(3)}° ${degrees < 0 ? minus : plus}`
/** '44.200° N, 19.250° E': latitude first, as people say it; half a hundred metres exact. */
export const positionWords = ([lon, lat]: Position): string => `${axis(lat, 'N', 'S')}, ${axis(lon, 'E', 'W')}`

/** Says of a position outside the region where it lies, and, if only the order is wrong, the pair that was meant. */
export const outsideWords = (position: Position, pair: (position: Position) => string): string => {
  const where = `${positionWords(position)} lies outside the region, about ${hundredsOf(roughKm(position, SARAJEVO))} km from Sarajevo.`
  if (!isSwapped(position)) return `${where} The register takes areas between ${REGION.west}° and ${REGION.east}° E, ${REGION.south}° and ${REGION.north}° N.`
  return `${where} Latitude and longitude seem swapped: ${pair([position[1], position[0]])} lies in the region.`
}
