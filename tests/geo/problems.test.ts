import { describe, expect, test } from 'vitest'
import { Area } from '../../lib/geo/area.ts'

const problemsOf = (area: unknown): string[] => Area.safeParse(area).error?.issues.map(({ path, message }) => `${path.join('/')}: ${message}`) ?? []
const outline = (...ring: unknown[]) => ({ polygon: [ring] })
const circle = (centre: unknown, radiusKm: unknown = 8) => ({ centre, radiusKm })

describe('an area without problems', () => {
  test.each([
    ['a circle', circle([19.25, 44.2])],
    ['a circle of the greatest radius', circle([19.25, 44.2], 200)],
    ['a triangle', outline([19, 44], [20, 44], [20, 45], [19, 44])],
    ['a triangle the other way round', outline([19, 44], [20, 45], [20, 44], [19, 44])],
    ['an outline with a corner on a straight edge', outline([19, 44], [19.5, 44], [20, 44], [20, 45], [19, 44])],
    ['200 positions', outline(...Array.from({ length: 200 }, (_, i) => [19 + Math.cos((i % 199) / 31.67), 44 + Math.sin((i % 199) / 31.67)]))],
  ])('%s', (_, area) => {
    expect(problemsOf(area)).toEqual([])
  })
})

describe('an area is refused, with where it is wrong and what would be right', () => {
  test.each([
    ['nothing', null, ': State the area as {"centre"'],
    ['both shapes at once', { ...circle([19, 44]), polygon: [] }, ': State the area as {"centre"'],
    ['radius as text', circle([19.25, 44.2], '8'), ': radiusKm: State the radius in kilometres, as a number.'],
    ['radius missing', { centre: [19.25, 44.2] }, ': radiusKm: State the radius'],
    ['a centre of one number', circle([19.25]), ': centre: State a position as [longitude, latitude]'],
    ['text for a corner', outline([19, 44], [20, 'x'], [20, 45], [19, 44]), ': polygon 1 2 2: State the latitude'],
    ['a whole GeoJSON object', { polygon: { type: 'Polygon' } }, ': polygon: State the outline as the coordinates'],
    ['radius 0', circle([19.25, 44.2], 0), 'radiusKm: A radius is above 0 and at most 200 km, and 0 is not.'],
    ['radius 200.5', circle([19.25, 44.2], 200.5), 'radiusKm: A radius is above 0 and at most 200 km, and 200.5 is not.'],
    ['latitude 99', circle([19.25, 99]), 'centre: A latitude lies between -90° and 90°, and 99 does not.'],
    ['longitude 190', circle([190, 44]), 'centre: A longitude lies between -180° and 180°, and 190 does not.'],
    ['Paris', circle([2.35, 48.85]), 'centre: 48.850° N, 2.350° E lies outside the region, about 1,300 km from Sarajevo.'],
    ['three positions', outline([19, 44], [20, 44], [19, 44]), 'polygon/0: An outline has at least three corners'],
    ['an open ring', outline([19, 44], [20, 44], [20, 45], [19, 45]), 'polygon/0/3: The outline is not closed. End it with its first position, [19, 44].'],
    ['no ring', { polygon: [] }, 'polygon: State the ring of the outline'],
    ['a hole', { polygon: [[[19, 44], [20, 44], [20, 45], [19, 44]], [[19.5, 44.2], [19.6, 44.2], [19.6, 44.3], [19.5, 44.2]]] }, 'polygon: An area is one outline without holes; 2 rings'],
    ['201 positions', outline(...Array.from({ length: 201 }, () => [19, 44])), 'polygon/0: The outline has 201 positions; at most 200'],
    ['a corner stated twice', outline([19, 44], [20, 44], [20, 44], [20, 45], [19, 44]), 'polygon/0/2: Corner 3 repeats the one before.'],
    ['a bow tie', outline([19, 44], [20, 45], [20, 44], [19, 45], [19, 44]),
      'polygon/0/2: The outline crosses itself: edge 3 (corner 3 to corner 4) meets edge 1 (corner 1 to corner 2).'],
    ['a corner on another edge', outline([19, 44], [20, 44], [19.5, 44.5], [19.5, 44], [19, 44.5], [19, 44]), 'polygon/0/2: The outline crosses itself: edge 3'],
    ['an outline without width', outline([19, 44], [20, 44], [19.5, 44], [19, 44]), 'polygon/0/1: The outline crosses itself: edge 2'],
    ['a last edge that folds back', outline([19, 44], [20, 44], [20, 45], [19.5, 44], [19, 44]), 'polygon/0/2: The outline crosses itself: edge 3'],
    ['half the region', outline([12, 44], [25, 44], [20, 46], [12, 44]), 'polygon/0: The outline is 1,039 km across; an area is at most 400 km across.'],
  ])('%s', (_, area, message) => {
    const problems = problemsOf(area)
    expect(problems).toHaveLength(1)
    expect(problems[0]!.slice(0, message.length)).toBe(message)
  })

  test('a centre with latitude and longitude swapped is told the pair that was meant', () => {
    expect(problemsOf(circle([44.2, 19.25]))).toEqual([
      'centre: 19.250° N, 44.200° E lies outside the region, about 3,600 km from Sarajevo. Latitude and longitude seem swapped: [19.25, 44.2] lies in the region.',
    ])
  })

  test('an outline with every corner swapped is told so once, one with one such corner at that corner', () => {
    expect(problemsOf(outline([44, 19], [44, 20], [45, 20], [44, 19]))).toEqual([expect.stringMatching(/^polygon\/0: No corner.*seem swapped: \[19, 44\] lies in the region\.$/)])
    expect(problemsOf(outline([19, 44], [20, 44], [45, 20], [19, 44]))).toEqual([expect.stringMatching(/^polygon\/0\/2: .*seem swapped: \[20, 45\] lies in the region\.$/)])
  })

  test('a circle wrong in two places is told both', () => {
    expect(problemsOf(circle([2.35, 48.85], -1))).toHaveLength(2)
  })
})
