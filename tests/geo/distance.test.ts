import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Area, Position } from '../../lib/geo/area.ts'
import { distancesOf, geodesicKm, positionAt, territoriesOf } from '../../lib/geo/distance.ts'
import { PARTICIPANTS, type ParticipantCode } from '../../lib/participants/rules.ts'
import { KNOWN } from './known-distances.ts'

const kmOf = (area: Area): Record<string, number> => Object.fromEntries(Object.entries(distancesOf(area)).map(([code, { km }]) => [code, km]))
const circle = (lon: number, lat: number, radiusKm: number): Area => ({ centre: [lon, lat], radiusKm })

const somewhere = fc.tuple(fc.double({ min: 13, max: 24, noNaN: true }), fc.double({ min: 39, max: 47, noNaN: true }))
const radius = fc.double({ min: 0.1, max: 80, noNaN: true })
const roundOutline = (centre: Position, radiusKm: number, corners: number): Area => {
  const ring = Array.from({ length: corners }, (_, index) => positionAt(centre, (index * 360) / corners, radiusKm))
  return { polygon: [[...ring, ring[0]!]] }
}

describe('a distance', () => {
  test.each(KNOWN.map(([area, km], index) => ({ row: index + 1, area, km })))('is what an independent computation gives, area $row', ({ area, km }) => {
    const measured = kmOf(area)
    for (const [index, code] of PARTICIPANTS.entries()) expect(Math.abs(measured[code]! - km[index]!), code).toBeLessThan(0.05)
  })

  test('is the geodesic on WGS 84, not on a sphere: JFK to LHR, as published with GeographicLib', () => {
    expect(geodesicKm([-73.8, 40.6], [-0.5, 51.6])).toBeCloseTo(5551.759, 3)
  })

  test('is never negative, and its line ends on the edge of the area and on the boundary', () => {
    fc.assert(fc.property(somewhere, radius, (centre, radiusKm) => {
      for (const { km, from, to } of Object.values(distancesOf({ centre, radiusKm }))) {
        expect(km).toBeGreaterThanOrEqual(0)
        expect(geodesicKm(from, to)).toBeCloseTo(km, 6)
        expect(geodesicKm(centre, from)).toBeLessThan(radiusKm + 1e-6)
      }
    }), { numRuns: 60 })
  })

  test('changes by no more than one has moved', () => {
    fc.assert(fc.property(somewhere, radius, fc.double({ min: 0, max: 359, noNaN: true }), fc.double({ min: 0, max: 50, noNaN: true }), (centre, radiusKm, course, km) => {
      const [before, after] = [kmOf({ centre, radiusKm }), kmOf({ centre: positionAt(centre, course, km), radiusKm })]
      for (const code of PARTICIPANTS) expect(Math.abs(after[code]! - before[code]!)).toBeLessThan(km + 0.01)
    }), { numRuns: 60 })
  })

  test('is less by what the radius is more', () => {
    fc.assert(fc.property(somewhere, radius, fc.double({ min: 0, max: 50, noNaN: true }), (centre, radiusKm, more) => {
      const [small, large] = [kmOf({ centre, radiusKm }), kmOf({ centre, radiusKm: radiusKm + more })]
      for (const code of PARTICIPANTS) expect(large[code]).toBeCloseTo(Math.max(0, small[code]! - more), 6)
    }), { numRuns: 60 })
  })

  test('of an outline that is nearly a circle is within 1 % of the radius of the circle’s', () => {
    fc.assert(fc.property(somewhere, radius, (centre, radiusKm) => {
      const [round, outline] = [kmOf({ centre, radiusKm }), kmOf(roundOutline(centre, radiusKm, 60))]
      for (const code of PARTICIPANTS) expect(Math.abs(outline[code]! - round[code]!)).toBeLessThan(radiusKm * 0.01 + 0.01)
    }), { numRuns: 40 })
  })

  test('does not depend on which way round, or at which corner, an outline is stated', () => {
    fc.assert(fc.property(somewhere, radius, fc.integer({ min: 3, max: 12 }), (centre, radiusKm, corners) => {
      const ring = (roundOutline(centre, radiusKm, corners) as { polygon: Position[][] }).polygon[0]!
      const open = ring.slice(1)
      const expected = kmOf({ polygon: [ring] })
      const measured = [kmOf({ polygon: [ring.toReversed()] }), kmOf({ polygon: [[...open, open[0]!]] })]
      for (const other of measured) for (const code of PARTICIPANTS) expect(Math.abs(other[code]! - expected[code]!)).toBeLessThan(0.001)
    }), { numRuns: 30 })
  })

  // Ten to eighteen milliseconds alone on the machine; beside other tests it may take three times as long.
  test('is told within 30 ms for the largest outline, once the lands are read', () => {
    const outline = roundOutline([15.2, 42.6], 60, 199)
    distancesOf(outline)
    const times = Array.from({ length: 5 }, () => {
      const begun = performance.now()
      distancesOf(outline)
      return performance.now() - begun
    })
    expect(Math.min(...times)).toBeLessThan(30 * 3)
  })
})

describe('places that people know', () => {
  test.each<[string, Area, ParticipantCode, number, number]>([
    ['Loznica lies a few km from the Drina', circle(19.2238, 44.5338, 0.1), 'BA', 1, 6],
    ['Bajina Bašta lies on the Drina', circle(19.5672, 43.9708, 0.1), 'BA', 0, 2.5],
    ['Prevlaka lies across the mouth of the bay from Montenegro', circle(18.517, 42.397, 0.1), 'ME', 0, 5],
    ['Sarajevo to Montenegro', circle(18.4131, 43.8563, 0.1), 'ME', 45, 70],
    ['Skopje to Kosovo*', circle(21.4314, 41.9965, 0.1), 'XK', 8, 22],
    ['Danilovgrad to Croatia', circle(19.105, 42.55, 0.1), 'HR', 40, 70],
    ['Tirana to North Macedonia', circle(19.8189, 41.3275, 0.1), 'MK', 45, 70],
  ])('%s', (_, area, code, least, most) => {
    const { km } = distancesOf(area)[code]
    expect(km).toBeGreaterThanOrEqual(least)
    expect(km).toBeLessThanOrEqual(most)
  })

  test('Neum parts Croatia from Croatia: 0.5 km around it lies in Bosnia and Herzegovina, and Croatia is near on both sides', () => {
    const distances = distancesOf(circle(17.625, 42.925, 0.5))
    expect(distances.BA.km).toBe(0)
    expect(distances.HR.km).toBeLessThan(10)
  })
})

describe('the land that an area lies on', () => {
  const centre: Position = [20.5, 44]
  const toBoundary = Math.min(...PARTICIPANTS.filter((code) => code !== 'RS').map((code) => distancesOf(circle(centre[0], centre[1], 0.001))[code].km))

  test('is one participant’s until it touches a boundary, and then another’s too', () => {
    expect(territoriesOf({ centre, radiusKm: toBoundary - 0.5 })).toEqual([{ participant: 'RS', wholly: true }])
    expect(territoriesOf({ centre, radiusKm: toBoundary + 0.5 })).toContainEqual({ participant: 'RS', wholly: false })
    expect(territoriesOf({ centre, radiusKm: toBoundary + 0.5 })).toHaveLength(2)
  })

  test('is that of both where an outline lies across the boundary', () => {
    const across: Area = { polygon: [[[19, 44.3], [19.5, 44.3], [19.5, 44.5], [19, 44.5], [19, 44.3]]] }
    expect(territoriesOf(across)).toEqual([{ participant: 'BA', wholly: false }, { participant: 'RS', wholly: false }])
    expect(distancesOf(across)).toMatchObject({ BA: { km: 0 }, RS: { km: 0 } })
  })

  test('is nobody’s at sea', () => {
    expect(territoriesOf(circle(17, 42.3, 10))).toEqual([])
  })

  test('is found where an outline surrounds a whole island, none of its corners on land', () => {
    const around: Area = { polygon: [[[15.9, 42.9], [16.4, 42.9], [16.4, 43.15], [15.9, 43.15], [15.9, 42.9]]] }
    expect(territoriesOf(around)).toEqual([{ participant: 'HR', wholly: false }])
  })
})
