import type { Area, Position } from './area.ts'
import { cornersOf, geodesicKm, positionAt } from './distance.ts'
import { lineOf, nearestOf } from './line.ts'
import { isWithin } from './rings.ts'

const EVERY_DEGREES = 3

/** Positions of an area among which the one farthest from anything is found: its edge, closely enough. */
const edgeOf = (area: Area): readonly Position[] => {
  if ('polygon' in area) return lineOf([...cornersOf(area), cornersOf(area)[0]!]).positions
  return Array.from({ length: 360 / EVERY_DEGREES }, (_, index) => positionAt(area.centre, index * EVERY_DEGREES, area.radiusKm))
}

const awayFrom = (area: Area): ((position: Position) => number) => {
  if ('centre' in area) return (position) => Math.max(0, geodesicKm(position, area.centre) - area.radiusKm)
  const corners = cornersOf(area)
  const line = lineOf([...corners, corners[0]!])
  return (position) => {
    if (isWithin(position, corners)) return 0
    return geodesicKm(position, nearestOf(lineOf([position]), line).to)
  }
}

/**
 * How far an area has moved: the greatest distance of any point of the new area from the old one, in km. An area can move by its
 * centre, by growing, or by both; what those who were told before must hear is how far it now reaches beyond the ground that they
 * were told of. Within that ground (a smaller area, a part of it) nothing is new, and it has not moved.
 */
export const movedKm = (before: Area, after: Area): number => {
  if ('centre' in before && 'centre' in after) return Math.max(0, geodesicKm(before.centre, after.centre) + after.radiusKm - before.radiusKm)
  const away = awayFrom(before)
  return edgeOf(after).reduce((most, position) => Math.max(most, away(position)), 0)
}
