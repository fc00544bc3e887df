import type { Position } from './area.ts'

/** Semi-major axis in km and first eccentricity squared of WGS 84. */
const A = 6378.137
const E2 = 0.00669437999014
const RADIANS = Math.PI / 180

/** Edges are straight in longitude and latitude (RFC 7946 3.1.1). Cut this short, a chord leaves the surface by two metres. */
const LONGEST_KM = 10
const IN_CHUNK = 16

export type Vector = readonly [number, number, number]
type Chunk = { from: number; to: number; centre: Vector; radiusKm: number }
/** Points on the ellipsoid in geocentric km, joined one to the next, in chunks that tell at a glance how far they may be. */
export type Line = { positions: Position[]; at: Vector[]; chunks: Chunk[] }

const geocentric = ([lon, lat]: Position): Vector => {
  const [sin, cos] = [Math.sin(lat * RADIANS), Math.cos(lat * RADIANS)]
  const n = A / Math.sqrt(1 - E2 * sin * sin)
  return [n * cos * Math.cos(lon * RADIANS), n * cos * Math.sin(lon * RADIANS), n * (1 - E2) * sin]
}

export const chordKm = (a: Vector, b: Vector): number => {
  const [dx, dy, dz] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
  return Math.sqrt(dx * dx + dy * dy + dz * dz)
}
/** Where `share` of the way from a to b lies, in longitude and latitude. */
export const between = (a: Position, b: Position, share: number): Position => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]

const cutShort = (positions: readonly Position[]): Position[] => positions.flatMap((position, index) => {
  const next = positions[index + 1]
  if (!next) return [position]
  const pieces = Math.max(1, Math.ceil(chordKm(geocentric(position), geocentric(next)) / LONGEST_KM))
  return Array.from({ length: pieces }, (_, piece) => between(position, next, piece / pieces))
})

const chunkOf = (at: readonly Vector[], from: number): Chunk => {
  const points = at.slice(from, from + IN_CHUNK + 1)
  const mean = (axis: 0 | 1 | 2) => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  const centre: Vector = [mean(0), mean(1), mean(2)]
  return { from, to: from + points.length - 1, centre, radiusKm: Math.max(...points.map((point) => chordKm(point, centre))) }
}

/** A path through positions; a single one is a line without length. */
export const lineOf = (path: readonly Position[]): Line => {
  const positions = cutShort(path)
  const at = positions.map(geocentric)
  const starts = Array.from({ length: Math.max(1, Math.ceil((at.length - 1) / IN_CHUNK)) }, (_, index) => index * IN_CHUNK)
  return { positions, at, chunks: starts.map((from) => chunkOf(at, from)) }
}

/** Chord from a point to the piece of a line from `index` to the next point, and how far along it. */
const toPiece = (point: Vector, at: readonly Vector[], index: number): [chord: number, share: number] => {
  const [a, b] = [at[index]!, at[index + 1] ?? at[index]!]
  const [dx, dy, dz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
  const length = dx * dx + dy * dy + dz * dz
  const along = length === 0 ? 0 : ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy + (point[2] - a[2]) * dz) / length
  const share = Math.min(1, Math.max(0, along))
  return [chordKm(point, [a[0] + dx * share, a[1] + dy * share, a[2] + dz * share]), share]
}

export type Nearest = { chordKm: number; from: Position; to: Position }

const fromPoints = (a: Line, inA: Chunk, b: Line, inB: Chunk, best: Nearest): Nearest => {
  let nearest = best
  for (let i = inA.from; i <= inA.to; i += 1) {
    for (let j = inB.from; j < Math.max(inB.to, inB.from + 1); j += 1) {
      const [chord, share] = toPiece(a.at[i]!, b.at, j)
      if (chord < nearest.chordKm) nearest = { chordKm: chord, from: a.positions[i]!, to: between(b.positions[j]!, b.positions[j + 1] ?? b.positions[j]!, share) }
    }
  }
  return nearest
}

const swapped = ({ chordKm: chord, from, to }: Nearest): Nearest => ({ chordKm: chord, from: to, to: from })

/**
 * The nearest points of two lines that do not cross: one of the two is a corner. Chunks that cannot be nearer are passed over. By the
 * chord in three dimensions, which puts distances in the same order as the geodesic does, but for some metres in 1,000 km.
 */
export const nearestOf = (a: Line, b: Line): Nearest => {
  const pairs = a.chunks.flatMap((inA) => b.chunks.map((inB) => ({ inA, inB, least: chordKm(inA.centre, inB.centre) - inA.radiusKm - inB.radiusKm })))
  let nearest: Nearest = { chordKm: Infinity, from: a.positions[0]!, to: b.positions[0]! }
  for (const { inA, inB, least } of pairs.toSorted((one, other) => one.least - other.least)) {
    if (least >= nearest.chordKm) break
    nearest = fromPoints(a, inA, b, inB, nearest)
    nearest = swapped(fromPoints(b, inB, a, inA, swapped(nearest)))
  }
  return nearest
}
