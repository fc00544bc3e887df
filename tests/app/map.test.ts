import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { AreaMap } from '../../app/map/area-map.tsx'
import { DrawingGround } from '../../app/map/drawing-ground.tsx'
import type { Legend, MapMark } from '../../app/map/marks.tsx'
import { RegionMap, type Mapped } from '../../app/map/region-map.tsx'
import type { Area } from '../../lib/geo/area.ts'
import { DESIGNATION } from '../../lib/participants/rules.ts'

const MARKS: MapMark[] = ['circle', 'diamond', 'square']
const legend: Legend = [{ mark: 'circle', word: 'Notified' }, { mark: 'diamond', word: 'Late notice' }, { mark: 'square', word: 'Planned' }]
const drawn = (items: Mapped[]): string => renderToStaticMarkup(createElement(RegionMap, { items, legend, what: 'activities' }))
const areaAt = (index: number): Area => {
  const [lon, lat] = [14 + ((index * 7919) % 9000) / 1000, 40 + ((index * 6007) % 6500) / 1000]
  if (index % 5 > 0) return { centre: [lon, lat], radiusKm: 1 + (index % 20) }
  return { polygon: [[[lon, lat], [lon + 0.2, lat], [lon + 0.2, lat + 0.1], [lon, lat]]] }
}
const items = (count: number): Mapped[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), name: `Exercise ${index}`, area: areaAt(index), mark: MARKS[index % 3]! }))

describe('the map of the region', () => {
  test('says what it shows, and names every participant by its designation', () => {
    const svg = drawn(items(2))
    expect(svg).toContain('role="img" aria-label="Map of the seven participants with 2 activities. Exercise 0: ')
    const text = svg.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    for (const name of Object.values(DESIGNATION)) expect(text).toContain(name)
    for (const { word } of legend) expect(text).toContain(word)
  })

  test('draws every boundary in one line of one style', () => {
    expect(drawn([]).match(/stroke-dasharray/g)).toHaveLength(1)
  })

  test('names each beside its mark, on another side where a designation stands in the way', () => {
    const near = (name: string, centre: [number, number], radiusKm: number): Mapped => ({ id: name, name, area: { centre, radiusKm }, mark: 'circle' })
    const svg = drawn([near('Vihor 2027', [19.25, 44.2], 8), near('Durmitor Shield', [19.15, 43], 12), near('Watch over the Una', [16.3, 45.15], 6)])
    for (const name of ['Vihor 2027', 'Durmitor Shield', 'Watch over the Una']) expect(svg).toContain(`>${name}</text>`)
  })

  test('is under 60 KB, and holds no style attribute, script or address', () => {
    const svg = drawn(items(15))
    expect(svg.length).toBeLessThan(60_000)
    expect(svg).not.toMatch(/style=|<script|https?:|href/)
  })

  test('holds 2,000 activities within a second, with every mark that is in a place of its own', () => {
    drawn([])
    const begun = performance.now()
    const svg = drawn(items(2000))
    expect(performance.now() - begun).toBeLessThan(1000)
    expect(svg.match(/M\d+ \d+m/g)!.length).toBeGreaterThan(1900)
    expect(svg).toContain('2,000 activities')
  })
})

describe('the map of an area', () => {
  const svg = renderToStaticMarkup(createElement(AreaMap, { area: { centre: [19.1, 42.55], radiusKm: 12 }, name: 'exercise Adriatic Shield 27' }))

  test('says where it lies and how far from whom, and draws a line to each participant within 150 km', () => {
    expect(svg).toContain('aria-label="Map of exercise Adriatic Shield 27: 12 km around a point 3.8 km west of Danilovgrad, on land of Montenegro; 21 km from Albania, ')
    for (const km of [21, 34, 39, 66, 69, 129]) expect(svg).toContain(`>${km} km</text>`)
  })

  test('has its scale at the right, or at the left where a designation stands at the right', () => {
    expect(svg).toMatch(/H704v-6/)
    const byTheDrina = renderToStaticMarkup(createElement(AreaMap, { area: { centre: [19.25, 44.2], radiusKm: 8 }, name: 'exercise Vihor 2027' }))
    expect(byTheDrina).not.toMatch(/H704v-6/)
    expect(byTheDrina).toMatch(/M1[56](\.\d+)? 578v6H/)
  })

  test('is under 60 KB', () => {
    expect(svg.length).toBeLessThan(60_000)
  })
})

describe('the ground for drawing', () => {
  test('is under 60 KB, draws every boundary in one line, and names all seven on the whole and closer', () => {
    const svg = renderToStaticMarkup(createElement(DrawingGround))
    expect(svg.length).toBeLessThan(60_000)
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(1)
    for (const name of Object.values(DESIGNATION)) expect(svg.split(`>${name.split(' ')[0]}`).length, name).toBeGreaterThan(2)
  })
})
