import { PARTICIPANTS, type ParticipantCode } from '../participants/rules.ts'
import type { Position } from './area.ts'
import data from './boundaries.json' with { type: 'json' }

/**
 * Lands as lines that neighbours share, so that both always have the same boundary, however coarse it is drawn. A reference below zero
 * is line ~reference backwards, as in TopoJSON. Natural Earth 1:10 m; see data/README.md.
 */
type Ref = number
type Rings = readonly (readonly Ref[])[]
const { origin, step, arcs } = data as { origin: number[]; step: number[]; arcs: number[][] }

const decoded = (steps: readonly number[]): Position[] => {
  const points: Position[] = []
  let [x, y] = [0, 0]
  for (let index = 0; index < steps.length; index += 2) {
    x += steps[index]!
    y += steps[index + 1]!
    points.push([x * step[0]! + origin[0]!, y * step[1]! + origin[1]!])
  }
  return points
}

let decodedLines: Position[][] | null = null
/** Every line once. */
export const boundaryLines = (): readonly (readonly Position[])[] => (decodedLines ??= arcs.map(decoded))

/** Rings of references: the seven together, and all land that a map of the region can show. */
export const SEVEN: Rings = data.seven
export const LAND: Rings = data.land
/** Lines with land on both sides. */
export const SHARED: readonly Ref[] = data.shared

/** Joins lines end to end into a ring; each begins where the one before ended. `lines` may hold them drawn more coarsely. */
export const ringOf = <P>(refs: readonly Ref[], lines: readonly (readonly P[])[]): P[] =>
  refs.flatMap((ref) => (ref < 0 ? lines[~ref]!.toReversed() : lines[ref]!).slice(1))

const territories = new Map<ParticipantCode, Position[][]>()
/** The outer rings of a participant's land, without holes, closed in the sense that the last position precedes the first. */
export const territoryOf = (code: ParticipantCode): readonly (readonly Position[])[] => {
  if (territories.size === 0) for (const one of PARTICIPANTS) territories.set(one, data.territories[one].map((ring) => ringOf(ring, boundaryLines())))
  return territories.get(code)!
}
