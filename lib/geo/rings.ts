import type { Position } from './area.ts'
import { between } from './line.ts'

type Ring = readonly Position[]
export type Box = readonly [west: number, south: number, east: number, north: number]

export const boxOf = (ring: Ring): Box => {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lon, lat] of ring) {
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  return [west, south, east, north]
}
export const boxesMeet = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]

/** Whether a position lies within a ring, by how often a line to the east of it crosses the ring. */
export const isWithin = ([lon, lat]: Position, ring: Ring): boolean => {
  let within = false
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index, index += 1) {
    const [ax, ay] = ring[before]!
    const [bx, by] = ring[index]!
    if (ay > lat !== by > lat && lon < ax + ((lat - ay) / (by - ay)) * (bx - ax)) within = !within
  }
  return within
}

/** Twice the area of a triangle: above zero where c lies to the left of the way from a to b. */
const turn = (a: Position, b: Position, c: Position): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
const isOn = (a: Position, b: Position, c: Position): boolean =>
  turn(a, b, c) === 0 && Math.min(a[0], b[0]) <= c[0] && c[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= c[1] && c[1] <= Math.max(a[1], b[1])

/** Where the edge from a to b meets the one from c to d, be it at an end of either; null where they keep apart. */
export const crossing = (a: Position, b: Position, c: Position, d: Position): Position | null => {
  const [ofC, ofD, ofA, ofB] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
  if (ofC * ofD < 0 && ofA * ofB < 0) return between(a, b, ofA / (ofA - ofB))
  if (isOn(a, b, c)) return c
  if (isOn(a, b, d)) return d
  if (isOn(c, d, a)) return a
  return isOn(c, d, b) ? b : null
}

const edgeBox = (a: Position, b: Position): Box => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])]

/** A position that two rings share, on an edge of both. */
export const ringsCross = (one: Ring, other: Ring): Position | null => {
  const box = boxOf(one)
  for (let index = 0; index < other.length; index += 1) {
    const [c, d] = [other[index]!, other[(index + 1) % other.length]!]
    const within = edgeBox(c, d)
    if (!boxesMeet(box, within)) continue
    for (let edge = 0; edge < one.length; edge += 1) {
      const [a, b] = [one[edge]!, one[(edge + 1) % one.length]!]
      const at = boxesMeet(edgeBox(a, b), within) ? crossing(a, b, c, d) : null
      if (at) return at
    }
  }
  return null
}
