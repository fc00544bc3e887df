import { formatNumber } from '../shared/format.ts'
import type { Area, Position } from './area.ts'
import { isInRegion, isSwapped, outsideWords, roughKm } from './region.ts'
import { crossing } from './rings.ts'

export type AreaProblem = { path: (string | number)[]; message: string }

export const MAX_RADIUS_KM = 200
export const MAX_POSITIONS = 200
const MAX_ACROSS_KM = 2 * MAX_RADIUS_KM
const LIKE_THIS = 'State positions as [longitude, latitude] in degrees, such as [19.25, 44.2].'

const pairOf = ([lon, lat]: Position): string => `[${lon}, ${lat}]`
const same = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1]

const rangeProblem = ([lon, lat]: Position): string | null => {
  if (!(Math.abs(lat) <= 90)) {
    const turned = isSwapped([lon, lat]) ? ` Latitude and longitude seem swapped: ${pairOf([lat, lon])} lies in the region.` : ''
    return `A latitude lies between -90° and 90°, and ${lat} does not.${turned || ` ${LIKE_THIS}`}`
  }
  return Math.abs(lon) <= 180 ? null : `A longitude lies between -180° and 180°, and ${lon} does not. ${LIKE_THIS}`
}

const placeProblem = (position: Position): string | null => rangeProblem(position) ?? (isInRegion(position) ? null : outsideWords(position, pairOf))

const radiusProblem = (radiusKm: number): string | null => {
  if (radiusKm > 0 && radiusKm <= MAX_RADIUS_KM) return null
  return `A radius is above 0 and at most ${MAX_RADIUS_KM} km, and ${formatNumber(radiusKm)} is not.`
}

/** All corners wrong in the same way are one mistake, said once. */
const placeProblems = (ring: readonly Position[]): AreaProblem[] => {
  const wrong = ring.flatMap((position, index) => {
    const message = placeProblem(position)
    return message === null ? [] : [{ path: ['polygon', 0, index], message }]
  })
  if (wrong.length < ring.length) return wrong.slice(0, 5)
  return [{ path: ['polygon', 0], message: `No corner of the outline is where it should be. The first: ${wrong[0]!.message}` }]
}

const edgeWords = (index: number, count: number): string => `edge ${index + 1} (corner ${index + 1} to corner ${((index + 1) % count) + 1})`

/** Where two edges next to each other turn back on themselves, they share more than the corner between them. */
const foldsBack = (a: Position, b: Position, c: Position): boolean => {
  const turn = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
  return turn === 0 && (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0
}

const edgesMeet = (corners: readonly Position[], first: number, second: number): boolean => {
  const at = (index: number) => corners[index % corners.length]!
  if (second === first + 1) return foldsBack(at(first), at(second), at(second + 1))
  if (first === 0 && second === corners.length - 1) return foldsBack(at(second), at(0), at(1))
  return crossing(at(first), at(first + 1), at(second), at(second + 1)) !== null
}

const crossingProblem = (corners: readonly Position[]): AreaProblem[] => {
  for (let second = 1; second < corners.length; second += 1) {
    for (let first = 0; first < second; first += 1) {
      if (!edgesMeet(corners, first, second)) continue
      const [one, other] = [edgeWords(first, corners.length), edgeWords(second, corners.length)]
      return [{ path: ['polygon', 0, second], message: `The outline crosses itself: ${other} meets ${one}. State the corners in the order in which one walks around the area.` }]
    }
  }
  return []
}

const acrossKm = (corners: readonly Position[]): number => Math.max(...corners.flatMap((one) => corners.map((other) => roughKm(one, other))))

const sizeProblem = (corners: readonly Position[]): AreaProblem[] => {
  const across = acrossKm(corners)
  if (across <= MAX_ACROSS_KM) return []
  return [{ path: ['polygon', 0], message: `The outline is ${formatNumber(Math.round(across))} km across; an area is at most ${MAX_ACROSS_KM} km across. State where the activity itself takes place.` }]
}

const formProblems = (ring: readonly Position[]): AreaProblem[] => {
  const path = ['polygon', 0]
  if (ring.length > MAX_POSITIONS) return [{ path, message: `The outline has ${formatNumber(ring.length)} positions; at most ${MAX_POSITIONS} are taken. Leave out corners that matter little.` }]
  if (ring.length < 4) return [{ path, message: `An outline has at least three corners, and its first position again at the end: 4 positions or more, not ${ring.length}.` }]
  if (!same(ring[0]!, ring.at(-1)!)) {
    return [{ path: [...path, ring.length - 1], message: `The outline is not closed. End it with its first position, ${pairOf(ring[0]!)}.` }]
  }
  const twice = ring.findIndex((position, index) => index > 0 && same(position, ring[index - 1]!))
  return twice < 0 ? [] : [{ path: [...path, twice], message: `Corner ${twice + 1} repeats the one before. State each corner once.` }]
}

const outlineProblems = (polygon: readonly (readonly Position[])[]): AreaProblem[] => {
  if (polygon.length !== 1) {
    return [{ path: ['polygon'], message: polygon.length === 0
      ? 'State the ring of the outline: [[[longitude, latitude], …]].'
      : `An area is one outline without holes; ${polygon.length} rings are stated. State the outer ring alone.` }]
  }
  const ring = polygon[0]!
  const form = formProblems(ring)
  if (form.length > 0) return form
  const places = placeProblems(ring)
  if (places.length > 0) return places
  const corners = ring.slice(0, -1)
  return [...crossingProblem(corners), ...sizeProblem(corners)]
}

/** What is wrong with an area, and what would be right. Paths begin within the area. */
export const areaProblems = (area: Area): AreaProblem[] => {
  if ('polygon' in area) return outlineProblems(area.polygon)
  const [place, radius] = [placeProblem(area.centre), radiusProblem(area.radiusKm)]
  return [
    ...(place === null ? [] : [{ path: ['centre'], message: place }]),
    ...(radius === null ? [] : [{ path: ['radiusKm'], message: radius }]),
  ]
}
