import { boundaryLines, LAND, ringOf, SEVEN, SHARED } from './boundaries.ts'
import { toPlane, type Point, type View } from './projection.ts'

/** What is off by less than this many units, or smaller, nobody sees. */
const SEEN = 0.6
const LEAST_ISLAND = 3
/** Beyond the edge, so that where land is cut off is never drawn. */
const MARGIN = 8

let projected: (readonly Point[])[] | null = null
const planeLines = (): readonly (readonly Point[])[] => (projected ??= boundaryLines().map((line) => line.map(toPlane)))

const offLine = ([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const length = Math.hypot(bx - ax, by - ay)
  return length === 0 ? Math.hypot(px - ax, py - ay) : Math.abs((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / length
}

/** Douglas and Peucker. Ends stay, so that lines which met still meet; a closed line is split at the point farthest from its ends. */
const thinned = (points: readonly Point[], tolerance: number): Point[] => {
  const kept = new Uint8Array(points.length)
  kept[0] = kept[points.length - 1] = 1
  const spans: [number, number][] = [[0, points.length - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span
    let [far, most] = [0, tolerance]
    for (let index = from + 1; index < to; index += 1) {
      const off = offLine(points[index]!, points[from]!, points[to]!)
      if (off > most) [far, most] = [index, off]
    }
    if (far === 0) continue
    kept[far] = 1
    spans.push([from, far], [far, to])
  }
  return points.filter((_, index) => kept[index] === 1)
}

type Edge = { axis: 0 | 1; at: number; keep: 1 | -1 }
const edgesOf = ({ width, height }: View): Edge[] => [
  { axis: 0, at: -MARGIN, keep: 1 }, { axis: 0, at: width + MARGIN, keep: -1 }, { axis: 1, at: -MARGIN, keep: 1 }, { axis: 1, at: height + MARGIN, keep: -1 },
]
const crossingOf = (a: Point, b: Point, { axis, at }: Edge): Point => {
  const share = (at - a[axis]) / (b[axis] - a[axis])
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}

/** Sutherland and Hodgman: a ring cut off at the edges of the view. */
const cutRing = (ring: readonly Point[], view: View): readonly Point[] => edgesOf(view).reduce<readonly Point[]>((points, edge) => {
  const isIn = (point: Point) => (point[edge.axis] - edge.at) * edge.keep >= 0
  return points.flatMap((point, index) => {
    const before = points.at(index - 1)!
    const entering = isIn(point) === isIn(before) ? [] : [crossingOf(before, point, edge)]
    return isIn(point) ? [...entering, point] : entering
  })
}, ring)

/** The parts of a line of which some of each piece may lie in the view. */
const partsIn = (line: readonly Point[], { width, height }: View): Point[][] => {
  const parts: Point[][] = []
  let open = false
  for (let index = 1; index < line.length; index += 1) {
    const [[ax, ay], [bx, by]] = [line[index - 1]!, line[index]!]
    const seen = Math.max(ax, bx) > -MARGIN && Math.min(ax, bx) < width + MARGIN && Math.max(ay, by) > -MARGIN && Math.min(ay, by) < height + MARGIN
    if (seen && !open) parts.push([line[index - 1]!])
    if (seen) parts.at(-1)!.push(line[index]!)
    open = seen
  }
  return parts
}

const tenths = (value: number): string => String(value / 10).replace(/^(-?)0\./, '$1.')
const step = (dx: number, dy: number): string => `${tenths(dx)}${dy < 0 ? '' : ' '}${tenths(dy)}`

/** Path data with relative steps in tenths, which is a third of the size of absolute ones. */
export const pathOf = (points: readonly Point[], closed: boolean): string => {
  let [x, y] = points[0]!.map((value) => Math.round(value * 10)) as [number, number]
  const start = `M${step(x, y)}l`
  const steps = points.slice(1).flatMap((point) => {
    const [dx, dy] = [Math.round(point[0] * 10) - x, Math.round(point[1] * 10) - y]
    ;[x, y] = [x + dx, y + dy]
    return dx === 0 && dy === 0 ? [] : [step(dx, dy)]
  })
  return steps.length === 0 ? '' : `${start}${steps.map((one, index) => (index === 0 || one.startsWith('-') ? one : ` ${one}`)).join('')}${closed ? 'z' : ''}`
}

const areaOf = (ring: readonly Point[]): number =>
  Math.abs(ring.reduce((sum, [x, y], index) => sum + x * ring[(index + 1) % ring.length]![1] - ring[(index + 1) % ring.length]![0] * y, 0)) / 2

/** All land, the land of the seven, and the boundaries between lands, as path data for a view. */
export type BaseMap = { land: string; seven: string; boundaries: string }

/** `detail` says how many times as closely it may be looked at. */
export const baseMapOf = (view: View, detail = 1): BaseMap => {
  const lines = planeLines().map((line) => thinned(line, SEEN / detail / view.perKm).map(([x, y]): Point => [(x - view.left) * view.perKm, (y - view.top) * view.perKm]))
  const rings = (refs: typeof LAND): string => refs.map((ring) => cutRing(ringOf(ring, lines), view))
    .filter((ring) => ring.length > 2 && areaOf(ring) > LEAST_ISLAND / detail).map((ring) => pathOf(ring, true)).join('')
  const boundaries = SHARED.flatMap((ref) => partsIn(lines[ref]!, view)).map((part) => pathOf(part, false)).join('')
  return { land: rings(LAND), seven: rings(SEVEN), boundaries }
}
