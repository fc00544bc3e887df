import { PARTICIPANTS, type ParticipantCode } from '../participants/rules.ts'
import type { Position } from './area.ts'
import { territoryOf } from './boundaries.ts'
import { placesIn } from './places.ts'
import { fromView, onView, type Point, type View } from './projection.ts'
import { boxOf, isWithin } from './rings.ts'

/** Where a designation stands on a map of the whole region: by hand, where the land is widest. */
const WHOLE: Record<ParticipantCode, Position> = {
  AL: [20.05, 41.05], BA: [17.75, 44.25], HR: [16.45, 45.55], XK: [20.9, 42.55], ME: [19.3, 42.85], MK: [21.65, 41.5], RS: [20.75, 44.1],
}
const COLUMNS = 24
/** A label needs this much land around its middle, as a share of the view's width. */
const ROOM = 0.035

/** The middle of the seen part of a land: of a grid of points on it, the one farthest from its boundary and from the edge of the view. */
const middleIn = (view: View, code: ParticipantCode): Point | null => {
  const rings = territoryOf(code).map((ring) => ({ ring, box: boxOf(ring), points: ring.map((position) => onView(view, position)) }))
  const pitch = view.width / COLUMNS
  let [best, room]: [Point | null, number] = [null, view.width * ROOM]
  for (let x = pitch; x < view.width; x += pitch) {
    for (let y = pitch; y < view.height; y += pitch) {
      const at = fromView(view, [x, y])
      const toEdge = Math.min(x / 2, (view.width - x) / 2, y, view.height - y)
      if (toEdge <= room) continue
      const on = rings.find(({ ring, box }) => at[0] > box[0] && at[0] < box[2] && at[1] > box[1] && at[1] < box[3] && isWithin(at, ring))
      if (!on) continue
      const around = on.points.reduce((least, [px, py]) => Math.min(least, (px - x) ** 2 + (py - y) ** 2), toEdge ** 2)
      if (around > room ** 2) [best, room] = [[x, y], Math.sqrt(around)]
    }
  }
  return best
}

export type Label = { code: ParticipantCode; at: Point }
export const labelsOfRegion = (view: View): Label[] => PARTICIPANTS.map((code) => ({ code, at: onView(view, WHOLE[code]) }))
export const labelsIn = (view: View): Label[] => PARTICIPANTS.flatMap((code) => {
  const at = middleIn(view, code)
  return at ? [{ code, at }] : []
})

export type Box = readonly [left: number, top: number, right: number, bottom: number]
export const meet = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
/** Roughly what text takes up; `size` is the height of its letters in units of the view. */
export const textBox = ([x, y]: Point, text: string, size: number, anchor: 'start' | 'middle' | 'end'): Box => {
  const width = text.length * size * 0.58
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  return [left, y - size, left + width, y + size * 0.3]
}

export type TownLabel = { name: string; at: Point; anchor: 'start' | 'end' }

const GAP = 6
/** What a dot and the name beside it take up. */
const townBox = ([x, y]: Point, name: string, size: number, anchor: 'start' | 'end'): Box => {
  const [left, top, right, bottom] = textBox([x + (anchor === 'start' ? GAP : -GAP), y + size / 3], name, size, anchor)
  return [Math.min(left, x - 4), top - 3, Math.max(right, x + 4), bottom + 3]
}

/** Towns to find one's way by: the largest first, and of those alike the nearest to the middle, as many as do not touch what is drawn already. */
export const townsIn = (view: View, size: number, most: number, taken: readonly Box[]): TownLabel[] => {
  const off = ({ at: [x, y] }: { at: Point }) => Math.hypot(x - view.width / 2, y - view.height / 2)
  const seen = placesIn(view, 1).map((place) => ({ place, at: onView(view, place.position) })).toSorted((a, b) => b.place.size - a.place.size || off(a) - off(b))
  const boxes = [...taken]
  const isFree = (box: Box) => box[0] > 4 && box[1] > 4 && box[2] < view.width - 4 && box[3] < view.height - 4 && !boxes.some((other) => meet(other, box))
  const labels: TownLabel[] = []
  for (const { place: { name }, at } of seen) {
    if (labels.length === most) break
    const anchor = (['start', 'end'] as const).find((side) => isFree(townBox(at, name, size, side)))
    if (!anchor) continue
    boxes.push(townBox(at, name, size, anchor))
    labels.push({ name, at, anchor })
  }
  return labels
}
