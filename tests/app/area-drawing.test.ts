import { describe, expect, test } from 'vitest'
import { closed, openCorners, opened, reduce, windowOf, type Action, type Drawing } from '../../app/(workspace)/filings/area-drawing.ts'
import { areaInWords, cornersAsText, drawingInWords } from '../../app/(workspace)/filings/area-words.ts'
import { REGION_VIEW as view } from '../../app/map/views.ts'
import type { Area, Position } from '../../lib/geo/area.ts'
import { geodesicKm } from '../../lib/geo/distance.ts'
import { onView, type Point } from '../../lib/geo/projection.ts'

const run = (state: Drawing, ...actions: Action[]): Drawing => actions.reduce((one, action) => reduce(view, one, action), state)
const at = (lon: number, lat: number): Point => onView(view, [lon, lat])
const press = (lon: number, lat: number): Action => ({ type: 'press', at: at(lon, lat), reach: 8 })
const drag = (lon: number, lat: number): Action => ({ type: 'drag', at: at(lon, lat) })
const release: Action = { type: 'release' }
const click = (lon: number, lat: number): Action[] => [press(lon, lat), release]
const nothing = opened(view, null)
const outline: Drawing = { ...nothing, tool: 'outline' }
const triangle: Area = { polygon: [[[19, 44], [20, 44], [20, 45], [19, 44]]] }
const centreOf = ({ area }: Drawing): Position => (area as { centre: Position }).centre
const radiusOf = ({ area }: Drawing): number => (area as { radiusKm: number }).radiusKm

describe('a circle', () => {
  test('is pressed at its middle and dragged to its edge, its radius the distance between them', () => {
    const state = run(nothing, press(19.25, 44.2), drag(19.7, 44.2), release)
    expect(state.area).toMatchObject({ centre: [19.25, 44.2] })
    expect(Math.abs(radiusOf(state) - geodesicKm([19.25, 44.2], [19.7, 44.2]))).toBeLessThan(0.2)
  })

  test('that is only clicked has 5 km, or the radius of the one before', () => {
    expect(run(nothing, ...click(19.25, 44.2)).area).toEqual({ centre: [19.25, 44.2], radiusKm: 5 })
    expect(run(nothing, { type: 'size', km: 8 }, ...click(19.25, 44.2), ...click(17, 43)).area).toEqual({ centre: [17, 43], radiusKm: 8 })
  })

  test('goes where its middle is dragged, and widens where its edge is', () => {
    const wide = run(nothing, { type: 'put', area: { centre: [19, 44], radiusKm: 60 } })
    expect(run(wide, press(19, 44), drag(20, 44.5), release).area).toEqual({ centre: [20, 44.5], radiusKm: 60 })
    const edge = run(wide, press(19.75, 44), drag(20, 44), release)
    expect(centreOf(edge)).toEqual([19, 44])
    expect(radiusOf(edge)).toBeGreaterThan(75)
  })

  test('is set and sized by keys alone', () => {
    const state = run(nothing, { type: 'step', by: [8, 0] }, { type: 'set' }, { type: 'radius', by: 1 }, { type: 'radius', by: 1 }, { type: 'radius', by: -1 })
    expect(state.area).toEqual({ centre: state.cross, radiusKm: 6 })
    expect(state.cross[0]).toBeGreaterThan(nothing.cross[0])
  })

  test('never grows beyond 200 km, nor shrinks to nothing', () => {
    expect(radiusOf(run(nothing, ...click(19, 44), { type: 'size', km: 900 }))).toBe(200)
    expect(radiusOf(run(nothing, ...click(19, 44), ...Array.from({ length: 20 }, (): Action => ({ type: 'radius', by: -1 }))))).toBe(0.1)
  })
})

describe('an outline', () => {
  const three = [...click(19, 44), ...click(20, 44), ...click(20, 45)]

  test('is closed by clicking its first corner, and only from three corners on', () => {
    expect(run(outline, ...three)).toMatchObject({ area: null, corners: [[19, 44], [20, 44], [20, 45]] })
    expect(run(outline, ...three, ...click(19, 44))).toMatchObject({ area: triangle, corners: [] })
    expect(run(outline, ...click(19, 44), ...click(20, 44), ...click(19, 44)).area).toBeNull()
  })

  test('is drawn, closed and changed by keys alone', () => {
    const go = (dx: number, dy: number): Action[] => [{ type: 'step', by: [dx, dy] }, { type: 'set' }]
    const drawn = run(outline, { type: 'set' }, ...go(80, 0), ...go(0, 80), ...go(-80, -80))
    expect(openCorners(drawn.area)).toHaveLength(3)
    const held = run(drawn, { type: 'set' })
    expect(held.held).toMatchObject({ what: 'corner', index: 0 })
    expect(drawingInWords(held)).toMatch(/^Corner 1 is taken up, at .* Enter lets it go\.$/)
    const moved = run(held, { type: 'step', by: [-40, 0] }, { type: 'set' })
    expect(moved.held).toBeNull()
    expect(openCorners(moved.area)[0]![0]).toBeLessThan(openCorners(drawn.area)[0]![0])
  })

  test('has its corners dragged, and taken away down to three', () => {
    const square = run(outline, { type: 'put', area: closed([[19, 44], [20, 44], [20, 45], [19, 45]]) })
    const dragged = run(square, press(20, 45), drag(21, 45.2), release)
    expect(openCorners(dragged.area)).toEqual([[19, 44], [20, 44], [21, 45.2], [19, 45]])
    const fewer = run(dragged, { type: 'remove' })
    expect(openCorners(fewer.area)).toEqual([[19, 44], [20, 44], [19, 45]])
    expect(run(fewer, press(19, 45), release, { type: 'remove' })).toMatchObject({ area: null, corners: [[19, 44], [20, 44]] })
  })

  test('that is unfinished loses its last corner, or all of them', () => {
    expect(run(outline, ...three, { type: 'remove' }).corners).toEqual([[19, 44], [20, 44]])
    expect(run(outline, ...three, { type: 'drop' }).corners).toEqual([])
  })
})

describe('the drawing', () => {
  test('is taken back step by step to where it began', () => {
    const state = run(nothing, ...click(19, 44), { type: 'radius', by: 1 }, press(17, 43), drag(17.5, 43), release, { type: 'clear' })
    const back = [1, 2, 3, 4].map((steps) => run(state, ...Array.from({ length: steps }, (): Action => ({ type: 'undo' }))).area)
    expect(back.map((area) => area && 'radiusKm' in area && area.centre)).toEqual([[17, 43], [19, 44], [19, 44], null])
  })

  test('is looked at closely where the cross-hair is, and the window stays within the map', () => {
    const close = run(nothing, ...click(13.2, 46.5), { type: 'zoom', by: 1 }, { type: 'zoom', by: 1 }, { type: 'zoom', by: 9 })
    expect(close.zoom).toBe(8)
    const { left, top, width, height } = windowOf(view, close)
    expect([left, top].every((edge) => edge >= 0) && left + width <= view.width && top + height <= view.height).toBe(true)
  })

  test('keeps the cross-hair in the window as keys move it', () => {
    const far = run({ ...nothing, zoom: 8 }, ...Array.from({ length: 60 }, (): Action => ({ type: 'step', by: [80, 0] })))
    const [{ left, width }, [x]] = [windowOf(view, far), onView(view, far.cross)]
    expect(x).toBeGreaterThan(left)
    expect(x).toBeLessThanOrEqual(left + width)
  })

  test('goes under the hand that moves the map', () => {
    const close: Drawing = { ...nothing, tool: 'move', zoom: 4 }
    const { left } = windowOf(view, close)
    const moved = run(close, { type: 'press', at: [400, 400], reach: 8 }, { type: 'drag', at: [380, 400] }, release)
    expect(windowOf(view, moved).left).toBeCloseTo(left + 20, 9)
    expect(moved.area).toBeNull()
  })
})

describe('a drawing in words', () => {
  test('says middle, radius and extent', () => {
    expect(areaInWords({ centre: [19.25, 44.2], radiusKm: 8 })).toBe('A circle of 8 km around 44.200° N, 19.250° E; 16 km across.')
    expect(areaInWords(triangle)).toBe('An outline of 3 corners around 44.333° N, 19.667° E; 79 km from west to east, 111 km from south to north.')
  })

  test('says what is missing while there is no area', () => {
    expect(drawingInWords(nothing)).toMatch(/^No area yet; cross-hair at .* radius 5 km\.$/)
    expect(drawingInWords(run(outline, ...click(19, 44), ...click(20, 44)))).toMatch(/^An outline of 2 corners so far; .* At least three are needed\.$/)
  })

  test('gives corners as they can be typed', () => {
    expect(cornersAsText(triangle)).toBe('44, 19\n44, 20\n45, 20')
  })
})
