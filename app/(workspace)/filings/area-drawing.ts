import type { Area, Position } from '@/lib/geo/area.ts'
import { MAX_RADIUS_KM } from '@/lib/geo/problems.ts'
import { fromView, onView, type Point, type View } from '@/lib/geo/projection.ts'
import { roughKm } from '@/lib/geo/region.ts'

export type Tool = 'circle' | 'outline' | 'move'
/** What follows the pointer, or the cross-hair, until it is let go. */
type Held = { what: 'radius' } | { what: 'centre' } | { what: 'corner'; index: number; byKey: boolean } | { what: 'map'; from: Point }
type Kept = Pick<Drawing, 'area' | 'corners'>

/** `corners` are those of an outline that is not closed yet; the window is its middle, in units of the view, and how closely it is looked at. */
export type Drawing = {
  tool: Tool; area: Area | null; corners: readonly Position[]; held: Held | null; cross: Position
  radiusKm: number; middle: Point; zoom: number; past: readonly Kept[]
}

export type Action =
  | { type: 'tool'; tool: Tool } | { type: 'press'; at: Point; reach: number } | { type: 'drag'; at: Point } | { type: 'release' }
  | { type: 'step'; by: Point } | { type: 'set' } | { type: 'radius'; by: number } | { type: 'remove' } | { type: 'undo' } | { type: 'clear' } | { type: 'drop' }
  | { type: 'zoom'; by: number } | { type: 'size'; km: number } | { type: 'put'; area: Area } | { type: 'goto'; at: Position } | { type: 'begin'; area: Area | null }

export const ZOOMS = [1, 2, 4, 8]
/** How near the cross-hair must come to take hold of something, in units on the screen; a pointer says for itself how well it can point. */
const REACH = 12
const keyReach = ({ zoom }: Drawing): number => REACH / zoom
const PAST = 100
const FIRST_RADIUS_KM = 5

const rounded = ([lon, lat]: Position): Position => [Number(lon.toFixed(4)), Number(lat.toFixed(4))]
const kmOf = (km: number): number => Math.min(MAX_RADIUS_KM, Math.max(0.1, Number(km.toFixed(1))))
export const openCorners = (area: Area | null): readonly Position[] => (area && 'polygon' in area ? area.polygon[0]!.slice(0, -1) : [])
export const closed = (corners: readonly Position[]): Area => ({ polygon: [[...corners, corners[0]!]] })

export const middleOf = (area: Area): Position => {
  if ('centre' in area) return area.centre
  const corners = openCorners(area)
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length
  return rounded([mean(0), mean(1)])
}

export const opened = (view: View, area: Area | null): Drawing => {
  const cross = area ? middleOf(area) : rounded(fromView(view, [view.width / 2, view.height / 2]))
  return {
    tool: area && 'polygon' in area ? 'outline' : 'circle', area, corners: [], held: null, cross, radiusKm: area && 'radiusKm' in area ? area.radiusKm : FIRST_RADIUS_KM,
    middle: onView(view, cross), zoom: area ? 4 : 1, past: [],
  }
}

/** The upper left corner and the size of what is seen, in units of the view; never beyond its edges. */
export const windowOf = ({ width, height }: View, { middle: [x, y], zoom }: Drawing): { left: number; top: number; width: number; height: number } => {
  const [wide, high] = [width / zoom, height / zoom]
  const within = (at: number, size: number, all: number) => Math.min(all - size, Math.max(0, at - size / 2))
  return { left: within(x, wide, width), top: within(y, high, height), width: wide, height: high }
}

const remembering = (state: Drawing, changed: Partial<Drawing>): Drawing => ({
  ...state, ...changed, past: [...state.past, { area: state.area, corners: state.corners }].slice(-PAST),
})

const isNear = (view: View, a: Position, b: Position, reach: number): boolean => {
  const [[x1, y1], [x2, y2]] = [onView(view, a), onView(view, b)]
  return Math.hypot(x2 - x1, y2 - y1) <= reach
}

/** A click that closes, takes hold of a corner, or sets one. */
const atOutline = (view: View, state: Drawing, at: Position, reach: number, byKey: boolean): Drawing => {
  const { corners } = state
  if (corners.length >= 3 && isNear(view, at, corners[0]!, reach)) return remembering(state, { area: closed(corners), corners: [] })
  if (corners.length > 0) return corners.some((corner) => corner[0] === at[0] && corner[1] === at[1]) ? state : remembering(state, { corners: [...corners, at] })
  const index = openCorners(state.area).findIndex((corner) => isNear(view, at, corner, reach))
  if (index >= 0) return remembering(state, { held: { what: 'corner', index, byKey } })
  return remembering(state, { area: null, corners: [at] })
}

const atCircle = (view: View, state: Drawing, at: Position, reach: number): Drawing => {
  const { area } = state
  if (area && 'centre' in area) {
    if (isNear(view, at, area.centre, Math.min(reach, (area.radiusKm * view.perKm) / 2))) return remembering(state, { held: { what: 'centre' } })
    if (Math.abs(roughKm(area.centre, at) - area.radiusKm) * view.perKm <= reach) return remembering(state, { held: { what: 'radius' } })
  }
  return remembering(state, { area: { centre: at, radiusKm: state.radiusKm }, corners: [], held: { what: 'radius' } })
}

const dragged = (view: View, state: Drawing, at: Point): Drawing => {
  const { held, area } = state
  if (!held) return state
  const position = rounded(fromView(view, at))
  if (held.what === 'map') {
    const { left, top, width, height } = windowOf(view, { ...state, middle: [state.middle[0] + held.from[0] - at[0], state.middle[1] + held.from[1] - at[1]] })
    return { ...state, middle: [left + width / 2, top + height / 2] }
  }
  if (held.what === 'corner') return { ...state, cross: position, area: closed(openCorners(area).map((corner, index) => (index === held.index ? position : corner))) }
  if (!area || !('centre' in area)) return state
  if (held.what === 'centre') return { ...state, cross: position, area: { ...area, centre: position } }
  const km = roughKm(area.centre, position)
  // A hand that trembles in a click draws no circle.
  if (km * view.perKm * state.zoom < REACH / 2) return state
  return { ...state, area: { ...area, radiusKm: kmOf(km) }, radiusKm: kmOf(km) }
}

/** The cross-hair moves, what it holds with it, and the window after it. */
const stepped = (view: View, state: Drawing, [dx, dy]: Point): Drawing => {
  const [x, y] = onView(view, state.cross)
  const at: Point = [Math.min(view.width, Math.max(0, x + dx / state.zoom)), Math.min(view.height, Math.max(0, y + dy / state.zoom))]
  const moved = { ...(state.held ? dragged(view, state, at) : state), cross: rounded(fromView(view, at)) }
  const { left, top, width, height } = windowOf(view, moved)
  const isSeen = at[0] > left + width * 0.1 && at[0] < left + width * 0.9 && at[1] > top + height * 0.1 && at[1] < top + height * 0.9
  return isSeen ? moved : { ...moved, middle: at }
}

const set = (view: View, state: Drawing): Drawing => {
  if (state.held) return { ...state, held: null }
  if (state.tool === 'outline') return atOutline(view, state, state.cross, keyReach(state), true)
  return remembering(state, { area: { centre: state.cross, radiusKm: state.radiusKm }, corners: [] })
}

const radiusOf = ({ area, radiusKm }: Drawing): number => (area && 'radiusKm' in area ? area.radiusKm : radiusKm)
/** To whole kilometres, up or down. */
const widened = (from: number, by: number): number => (by > 0 ? Math.floor(from) + by : Math.ceil(from) + by)
const sized = (state: Drawing, km: number): Drawing => {
  const radiusKm = kmOf(km)
  return state.area && 'radiusKm' in state.area ? remembering(state, { radiusKm, area: { ...state.area, radiusKm } }) : { ...state, radiusKm }
}

/** Takes away the corner under the cross-hair, or the last one of an outline that is being drawn. */
const removed = (view: View, state: Drawing): Drawing => {
  if (state.corners.length > 0) return remembering(state, { corners: state.corners.slice(0, -1) })
  const corners = openCorners(state.area)
  const left = corners.filter((corner) => !isNear(view, state.cross, corner, keyReach(state)))
  if (left.length === corners.length) return state
  return remembering(state, left.length >= 3 ? { area: closed(left), held: null } : { area: null, corners: left, held: null })
}

const undone = (state: Drawing): Drawing => {
  const last = state.past.at(-1)
  return last ? { ...state, ...last, held: null, past: state.past.slice(0, -1) } : state
}

const pressed = (view: View, state: Drawing, at: Point, reach: number): Drawing => {
  if (state.tool === 'move') return { ...state, held: { what: 'map', from: at } }
  const position = rounded(fromView(view, at))
  const here = { ...state, cross: position }
  return state.tool === 'circle' ? atCircle(view, here, position, reach) : atOutline(view, here, position, reach, false)
}

export const reduce = (view: View, state: Drawing, action: Action): Drawing => {
  switch (action.type) {
    case 'tool': return { ...(state.corners.length > 0 && action.tool === 'circle' ? remembering(state, { corners: [] }) : state), tool: action.tool, held: null }
    case 'press': return pressed(view, state, action.at, action.reach)
    case 'drag': return dragged(view, state, action.at)
    case 'release': return { ...state, held: null }
    case 'step': return stepped(view, state, action.by)
    case 'set': return set(view, state)
    case 'radius': return sized(state, widened(radiusOf(state), action.by))
    case 'size': return sized(state, action.km)
    case 'remove': return removed(view, state)
    case 'undo': return undone(state)
    case 'begin': return opened(view, action.area)
    case 'drop': return state.corners.length > 0 ? remembering(state, { corners: [] }) : { ...state, held: null }
    case 'clear': return remembering(state, { area: null, corners: [], held: null })
    case 'zoom': {
      const zoom = ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, ZOOMS.indexOf(state.zoom) + action.by))]!
      return { ...state, zoom, middle: onView(view, state.cross) }
    }
    case 'goto': return { ...state, cross: action.at, middle: onView(view, action.at), zoom: Math.max(4, state.zoom) }
    case 'put': {
      const cross = middleOf(action.area)
      const radiusKm = 'radiusKm' in action.area ? action.area.radiusKm : state.radiusKm
      return remembering(state, { area: action.area, corners: [], held: null, cross, radiusKm, middle: onView(view, cross), zoom: Math.max(4, state.zoom) })
    }
  }
}
