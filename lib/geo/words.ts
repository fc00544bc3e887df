import type { Area, Position } from './area.ts'
import { cornersOf, geodesicKm } from './distance.ts'
import { nearestPlace } from './places.ts'
import { positionWords } from './region.ts'
import { boxOf } from './rings.ts'

const COURSES = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west']
const IN_TOWN_KM = 2
const KNOWN_KM = 40

/** The middle of a circle; of an outline the point on which a plate of its shape would balance. */
export const centroidOf = (area: Area): Position => {
  if ('centre' in area) return area.centre
  const corners = cornersOf(area)
  const [lon0, lat0] = corners[0]!
  let [twice, lon, lat] = [0, 0, 0]
  for (const [index, [x, y]] of corners.entries()) {
    const [nextX, nextY] = corners[(index + 1) % corners.length]!
    const piece = (x - lon0) * (nextY - lat0) - (nextX - lon0) * (y - lat0)
    twice += piece
    lon += piece * (x + nextX - 2 * lon0)
    lat += piece * (y + nextY - 2 * lat0)
  }
  return [lon0 + lon / (3 * twice), lat0 + lat / (3 * twice)]
}

/** 2.4 km, 63 km: tenths where they matter. */
export const kmWords = (km: number): string => `${km < 9.95 ? km.toFixed(1).replace(/\.0$/, '') : km.toFixed(0)} km`

const courseFrom = ([lon1, lat1]: Position, [lon2, lat2]: Position): string => {
  const east = (lon2 - lon1) * Math.cos((lat1 * Math.PI) / 180)
  return COURSES[Math.round((Math.atan2(east, lat2 - lat1) * 4) / Math.PI + 8) % 8]!
}

/** 'Bajina Bašta', '12 km north-east of Bajina Bašta', or, far from any, '42.100° N, 17.200° E'. A town is told before a village. */
export const whereWords = (position: Position): string => {
  const [town, any] = [nearestPlace(position, 1), nearestPlace(position, 0)]
  const { place, km } = any.km < IN_TOWN_KM || town.km > KNOWN_KM ? any : town
  if (km > KNOWN_KM) return positionWords(position)
  return km < IN_TOWN_KM ? place.name : `${kmWords(km)} ${courseFrom(place.position, position)} of ${place.name}`
}

/** How far an outline reaches from west to east and from south to north, in km. */
export const extentOf = (area: Extract<Area, { polygon: unknown }>): { eastKm: number; northKm: number } => {
  const [west, south, east, north] = boxOf(area.polygon[0]!)
  const [middleLon, middleLat] = [(west + east) / 2, (south + north) / 2]
  return { eastKm: geodesicKm([west, middleLat], [east, middleLat]), northKm: geodesicKm([middleLon, south], [middleLon, north]) }
}

/** '8 km around a point 12 km north-east of Bajina Bašta', '24 by 11 km around Danilovgrad', '8 km around 42.100° N, 17.200° E'. */
export const describeArea = (area: Area): string => {
  const where = whereWords(centroidOf(area))
  const around = / of /.test(where) && /^\d/.test(where) ? `a point ${where}` : where
  if ('centre' in area) return `${kmWords(area.radiusKm)} around ${around}`
  const { eastKm, northKm } = extentOf(area)
  return `${kmWords(eastKm).replace(' km', '')} by ${kmWords(northKm)} around ${around}`
}
