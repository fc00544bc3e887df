import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Area, Position } from '../../lib/geo/area.ts'
import { geodesicKm, positionAt } from '../../lib/geo/distance.ts'
import { movedKm } from '../../lib/geo/moved.ts'

const centre: Position = [19.25, 44.2]
const square = (middle: Position, halfKm: number): Area => {
  const corners = [45, 135, 225, 315].map((course) => positionAt(middle, course, halfKm * Math.SQRT2))
  return { polygon: [[...corners, corners[0]!]] }
}

describe('how far an area has moved', () => {
  test('is how far its centre has, if its size stays', () => {
    expect(movedKm({ centre, radiusKm: 8 }, { centre: positionAt(centre, 70, 10.5), radiusKm: 8 })).toBeCloseTo(10.5, 6)
    expect(movedKm(square(centre, 8), square(positionAt(centre, 90, 10.5), 8))).toBeCloseTo(10.5, 1)
  })

  test('is how much it has grown, if its centre stays', () => {
    expect(movedKm({ centre, radiusKm: 8 }, { centre, radiusKm: 19 })).toBe(11)
  })

  test('is nothing where the new area lies within the old one', () => {
    expect(movedKm({ centre, radiusKm: 20 }, { centre: positionAt(centre, 0, 11), radiusKm: 8.9 })).toBe(0)
    expect(movedKm(square(centre, 20), { centre, radiusKm: 19 })).toBe(0)
    expect(movedKm({ centre, radiusKm: 20 }, square(centre, 14))).toBe(0)
  })

  test('reaches from a circle to the farthest corner of an outline, and from an outline to the far side of a circle', () => {
    expect(movedKm({ centre, radiusKm: 8 }, square(centre, 20))).toBeCloseTo(20 * Math.SQRT2 - 8, 1)
    expect(movedKm(square(centre, 20), { centre, radiusKm: 32 })).toBeCloseTo(12, 1)
  })

  test('an area has not moved from itself, and never further than there and on', () => {
    const circle = fc.record({
      centre: fc.tuple(fc.double({ min: 18, max: 20, noNaN: true }), fc.double({ min: 43, max: 45, noNaN: true })), radiusKm: fc.double({ min: 1, max: 50, noNaN: true }),
    })
    fc.assert(fc.property(circle, circle, circle, (a, b, c) => {
      expect(movedKm(a, a)).toBe(0)
      expect(movedKm(a, c)).toBeLessThanOrEqual(movedKm(a, b) + movedKm(b, c) + 1e-6)
      expect(movedKm(a, b)).toBeLessThanOrEqual(geodesicKm(a.centre, b.centre) + b.radiusKm)
    }))
  })
})
