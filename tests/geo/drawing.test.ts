import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baseMapOf, pathOf } from '../../lib/geo/drawing.ts'
import { geodesicKm, positionAt } from '../../lib/geo/distance.ts'
import { labelsIn, labelsOfRegion, townsIn } from '../../lib/geo/labels.ts'
import { fromPlane, fromView, onView, toPlane, viewAround } from '../../lib/geo/projection.ts'
import { territoryOf } from '../../lib/geo/boundaries.ts'
import { isWithin } from '../../lib/geo/rings.ts'
import { PARTICIPANTS } from '../../lib/participants/rules.ts'

const region = viewAround([18.35, 43.1], 850, 720, 720)
const somewhere = fc.tuple(fc.double({ min: 11, max: 26, noNaN: true }), fc.double({ min: 37.5, max: 49, noNaN: true }))

describe('the projection', () => {
  test('is undone by its inverse, anywhere in the region', () => {
    fc.assert(fc.property(somewhere, (position) => {
      for (const [index, degrees] of fromPlane(toPlane(position)).entries()) expect(degrees).toBeCloseTo(position[index]!, 9)
      for (const [index, degrees] of fromView(region, onView(region, position)).entries()) expect(degrees).toBeCloseTo(position[index]!, 9)
    }))
  })

  test('keeps short lengths to within 1.5 %, on every course', () => {
    fc.assert(fc.property(somewhere, fc.double({ min: 0, max: 360, noNaN: true }), (position, course) => {
      const there = positionAt(position, course, 10)
      const [[x1, y1], [x2, y2]] = [toPlane(position), toPlane(there)]
      expect(Math.abs(Math.hypot(x2 - x1, y2 - y1) - geodesicKm(position, there))).toBeLessThan(0.15)
    }))
  })

  test('has north above and east to the right', () => {
    const [[x, y], [east], [, north]] = [toPlane([18.5, 43.5]), toPlane([19.5, 43.5]), toPlane([18.5, 44.5])]
    expect(east).toBeGreaterThan(x)
    expect(north).toBeLessThan(y)
  })
})

describe('the base map', () => {
  const size = (map: object): number => Object.values(map).join('').length

  test('is under 60 KB as a whole and in every window of 320 km', () => {
    expect(size(baseMapOf(region))).toBeLessThan(30_000)
    for (const middle of [[15.5, 44.2], [17, 43], [19.25, 44.2], [20.9, 42.6], [20, 40.5], [22, 46]] as const) {
      const map = baseMapOf(viewAround([...middle], 320, 720, 600))
      expect(size(map)).toBeGreaterThan(500)
      expect(size(map)).toBeLessThan(30_000)
    }
  })

  test('stays within its view but for a margin, and holds nothing that is not a number', () => {
    const numbers = Object.values(baseMapOf(viewAround([19.25, 44.2], 320, 720, 600))).join('')
    expect(numbers).toMatch(/^[Mlz\d\s.-]+$/)
    for (const [, x, y] of numbers.matchAll(/M(-?[\d.]+) ?(-?[\d.]+)l/g)) {
      expect(Number(x)).toBeGreaterThan(-400)
      expect(Number(y)).toBeGreaterThan(-400)
    }
  })

  test('writes steps that add up to where each point is', () => {
    const points = [[0.04, 1.26], [10.31, -0.06], [10.31, 5.55], [-3.2, 0.2]] as const
    const [start, steps] = pathOf(points, true).slice(1, -1).split('l')
    const numbers = (text: string) => [...text.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(Number)
    const moves = [numbers(start!), ...Array.from({ length: 3 }, (_, index) => numbers(steps!).slice(index * 2, index * 2 + 2))]
    let [x, y] = [0, 0]
    for (const [index, [dx, dy]] of moves.entries()) {
      x += dx!
      y += dy!
      expect(Math.abs(x - points[index]![0])).toBeLessThan(0.06)
      expect(Math.abs(y - points[index]![1])).toBeLessThan(0.06)
    }
  })
})

describe('labels', () => {
  test('of the whole region stand on the land that they name', () => {
    for (const { code, at } of labelsOfRegion(region)) expect(territoryOf(code).some((ring) => isWithin(fromView(region, at), ring)), code).toBe(true)
    expect(labelsOfRegion(region).map(({ code }) => code)).toEqual([...PARTICIPANTS])
  })

  test('of a window stand on the land that they name, within the window', () => {
    const view = viewAround([19.1, 42.55], 320, 720, 600)
    const labels = labelsIn(view)
    expect(labels.map(({ code }) => code)).toEqual(['AL', 'BA', 'XK', 'ME', 'MK', 'RS'])
    for (const { code, at } of labels) expect(territoryOf(code).some((ring) => isWithin(fromView(view, at), ring)), code).toBe(true)
  })

  test('of towns keep out of what is taken', () => {
    const view = viewAround([20.46, 44.8], 320, 720, 600)
    expect(townsIn(view, 11, 9, []).map(({ name }) => name)).toContain('Belgrade')
    expect(townsIn(view, 11, 9, [[0, 0, 720, 600]])).toEqual([])
  })
})
