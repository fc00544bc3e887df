import geographiclib from 'geographiclib-geodesic'
import { PARTICIPANTS, type ParticipantCode } from '../participants/rules.ts'
import type { Area, Position } from './area.ts'
import { territoryOf } from './boundaries.ts'
import { lineOf, nearestOf, type Line, type Nearest } from './line.ts'
import { boxesMeet, boxOf, isWithin, ringsCross, type Box } from './rings.ts'

const { WGS84 } = geographiclib.Geodesic

/** The geodesic between two positions in km, by Karney's method: right to the nanometre. */
export const geodesicKm = (from: Position, to: Position): number => WGS84.Inverse(from[1], from[0], to[1], to[0]).s12! / 1000

/** Where one is after `km` from a position on a course, in degrees clockwise from north. */
export const positionAt = (from: Position, course: number, km: number): Position => {
  const { lat2, lon2 } = WGS84.Direct(from[1], from[0], course, km * 1000)
  return [lon2!, lat2!]
}

type Land = { rings: readonly (readonly Position[])[]; boxes: Box[]; lines: Line[] }
const lands = new Map<ParticipantCode, Land>()
const landOf = (code: ParticipantCode): Land => {
  const known = lands.get(code)
  if (known) return known
  const rings = territoryOf(code)
  const land = { rings, boxes: rings.map(boxOf), lines: rings.map((ring) => lineOf([...ring, ring[0]!])) }
  lands.set(code, land)
  return land
}

const nearestTo = (line: Line, { lines }: Land): Nearest =>
  lines.map((boundary) => nearestOf(line, boundary)).reduce((best, one) => (one.chordKm < best.chordKm ? one : best))

/** A position that ring and land have in common. */
const shared = (ring: readonly Position[], { rings, boxes }: Land): Position | null => {
  const box = boxOf(ring)
  for (const [index, land] of rings.entries()) {
    if (!boxesMeet(box, boxes[index]!)) continue
    if (isWithin(ring[0]!, land)) return ring[0]!
    if (isWithin(land[0]!, ring)) return land[0]!
    const at = ringsCross(ring, land)
    if (at) return at
  }
  return null
}

/** How far, and between which two positions a map draws the line: the same twice where they overlap. */
export type Distance = { km: number; from: Position; to: Position }

const fromCircle = (centre: Position, radiusKm: number, line: Line, land: Land): Distance => {
  if (shared([centre], land)) return { km: 0, from: centre, to: centre }
  const { to } = nearestTo(line, land)
  const { s12, azi1 } = WGS84.Inverse(centre[1], centre[0], to[1], to[0])
  const km = s12! / 1000 - radiusKm
  return km <= 0 ? { km: 0, from: to, to } : { km, from: positionAt(centre, azi1!, radiusKm), to }
}

const fromOutline = (ring: readonly Position[], line: Line, land: Land): Distance => {
  const at = shared(ring, land)
  if (at) return { km: 0, from: at, to: at }
  const { from, to } = nearestTo(line, land)
  return { km: geodesicKm(from, to), from, to }
}

/** The corners of an outline, each once: the last of a closed ring repeats the first. */
export const cornersOf = ({ polygon }: { polygon: readonly (readonly Position[])[] }): readonly Position[] => polygon[0]!.slice(0, -1)

/**
 * From the area's nearest edge to each participant's land, in km along the geodesic on WGS 84: 0 where they overlap or touch. Territory
 * is land as Natural Earth draws it; waters are nobody's here. The area must be free of problems (`areaProblems`).
 */
export const distancesOf = (area: Area): Record<ParticipantCode, Distance> => {
  const corners = 'centre' in area ? [area.centre] : cornersOf(area)
  const line = lineOf('centre' in area ? corners : [...corners, corners[0]!])
  const measured = PARTICIPANTS.map((code) => [
    code, 'centre' in area ? fromCircle(area.centre, area.radiusKm, line, landOf(code)) : fromOutline(corners, line, landOf(code)),
  ] as const)
  return Object.fromEntries(measured) as Record<ParticipantCode, Distance>
}

/** On whose land an area lies, and whether all of it does. */
export const territoriesOf = (area: Area): { participant: ParticipantCode; wholly: boolean }[] => {
  const distances = distancesOf(area)
  return PARTICIPANTS.filter((code) => distances[code].km === 0).map((participant) => {
    const land = landOf(participant)
    if ('centre' in area) {
      const isInside = shared([area.centre], land) !== null
      const { to } = nearestTo(lineOf([area.centre]), land)
      return { participant, wholly: isInside && geodesicKm(area.centre, to) >= area.radiusKm }
    }
    const corners = cornersOf(area)
    return { participant, wholly: land.rings.some((ring) => corners.every((corner) => isWithin(corner, ring)) && !ringsCross(corners, ring)) }
  })
}
