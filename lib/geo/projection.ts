import type { Position } from './area.ts'

/**
 * Lambert's conformal conic on a sphere, true along 41° and 46° N: within the region lengths are right to half a percent and circles stay
 * circles. For drawing and for reading where a pointer is; distances are never taken from it.
 */
const RADIANS = Math.PI / 180
const RADIUS = 6371
const EAST = 18.5 * RADIANS
const [SOUTH, NORTH] = [41 * RADIANS, 46 * RADIANS]
const spread = (lat: number): number => Math.tan(Math.PI / 4 + lat / 2)
const N = Math.log(Math.cos(SOUTH) / Math.cos(NORTH)) / Math.log(spread(NORTH) / spread(SOUTH))
const F = (RADIUS * Math.cos(SOUTH) * spread(SOUTH) ** N) / N
const ORIGIN = F / spread(43.5 * RADIANS) ** N

/** East and south of 43.5° N, 18.5° E, in km on the map. */
export type Point = readonly [x: number, y: number]

export const toPlane = ([lon, lat]: Position): Point => {
  const rho = F / spread(lat * RADIANS) ** N
  const angle = N * (lon * RADIANS - EAST)
  return [rho * Math.sin(angle), rho * Math.cos(angle) - ORIGIN]
}

export const fromPlane = ([x, y]: Point): Position => {
  const south = ORIGIN + y
  const lon = EAST + Math.atan2(x, south) / N
  const lat = 2 * Math.atan((F / Math.hypot(x, south)) ** (1 / N)) - Math.PI / 2
  return [lon / RADIANS, lat / RADIANS]
}

/** A window on the plane: its upper left corner in km, how many units one kilometre has, and its size in units. */
export type View = { left: number; top: number; perKm: number; width: number; height: number }

export const onView = ({ left, top, perKm }: View, position: Position): Point => {
  const [x, y] = toPlane(position)
  return [(x - left) * perKm, (y - top) * perKm]
}
export const fromView = ({ left, top, perKm }: View, [x, y]: Point): Position => fromPlane([x / perKm + left, y / perKm + top])

/** What shows a square of `km` about a position, and more to the sides if it is wider than high. */
export const viewAround = (position: Position, km: number, width: number, height: number): View => {
  const perKm = Math.min(width, height) / km
  const [x, y] = toPlane(position)
  return { left: x - width / perKm / 2, top: y - height / perKm / 2, perKm, width, height }
}
