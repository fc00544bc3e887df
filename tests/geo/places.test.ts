import { describe, expect, test } from 'vitest'
import type { Area } from '../../lib/geo/area.ts'
import { territoryOf } from '../../lib/geo/boundaries.ts'
import { distancesOf } from '../../lib/geo/distance.ts'
import { findPlaces, plainName } from '../../lib/geo/places.ts'
import listed from '../../lib/geo/places.json' with { type: 'json' }
import { isWithin } from '../../lib/geo/rings.ts'
import { centroidOf, describeArea, kmWords } from '../../lib/geo/words.ts'
import { PARTICIPANTS, type ParticipantCode } from '../../lib/participants/rules.ts'

const names = (words: string): string[] => findPlaces(words, 5).map(({ name, participant }) => `${name} ${participant}`)

describe('a place is found', () => {
  test.each([
    ['bajina basta', 'Bajina Bašta RS'], ['Bajina Bašta', 'Bajina Bašta RS'], ['BAJINA', 'Bajina Bašta RS'], ['Лозница', 'Loznica RS'], ['Шабац', 'Šabac RS'],
    ['djakovica', 'Gjakovë XK'], ['Đakovica', 'Gjakovë XK'], ['gjakove', 'Gjakovë XK'], ['Peja', 'Pejë XK'], ['Peć', 'Pejë XK'], ['Prishtina', 'Pristina XK'],
    ['shkodra', 'Shkodër AL'], ['Тетово', 'Tetovo MK'], ['tetove', 'Tetovo MK'], ['Beograd', 'Belgrade RS'], ['banja luka', 'Banja Luka BA'], ['herceg', 'Herceg Novi ME'],
  ])('%s', (words, best) => {
    expect(names(words)[0]).toBe(best)
  })

  test('with the larger first among those that fit alike', () => {
    expect(names('prilep')).toEqual(['Prilep MK', 'Prilep XK'])
    expect(names('novi')[0]).toMatch(/Novi (Pazar|Sad) RS/)
  })

  test('and nothing for no words, marks alone, or a name that is nowhere', () => {
    expect(['', '  ', '!?', 'Somewhere'].flatMap(names)).toEqual([])
  })

  test('by what a name is when marks, case and alphabet are left aside', () => {
    expect(['Ђаковица', 'Đakovica', 'DJAKOVICA', 'Ðakovica'].map(plainName)).toEqual(['dakovica', 'dakovica', 'dakovica', 'dakovica'])
  })
})

describe('the list of places', () => {
  test('holds towns of all seven, each on the land of its participant or within 4 km of it', () => {
    const rows = listed as unknown as [string, ParticipantCode, number, number, number][]
    expect(new Set(rows.map(([, code]) => code))).toEqual(new Set(PARTICIPANTS))
    const stray = rows.filter(([, code, lon, lat]) => !territoryOf(code).some((ring) => isWithin([lon, lat], ring))
      && distancesOf({ centre: [lon, lat], radiusKm: 0.001 })[code].km > 4)
    expect(stray).toEqual([])
  })
})

describe('an area in words', () => {
  test.each<[string, Area, string]>([
    ['a town', { centre: [19.2238, 44.5338], radiusKm: 2.5 }, '2.5 km around Loznica'],
    ['near a town', { centre: [19.5, 43.9], radiusKm: 8 }, '8 km around a point 9.5 km south-west of Bajina Bašta'],
    ['at sea', { centre: [17.2, 42.1], radiusKm: 8 }, '8 km around 42.100° N, 17.200° E'],
    ['an outline', { polygon: [[[19, 42.5], [19.2, 42.5], [19.2, 42.6], [19, 42.6], [19, 42.5]]] }, '16 by 11 km around a point 3.8 km west of Danilovgrad'],
  ])('%s', (_, area, words) => {
    expect(describeArea(area)).toBe(words)
  })

  test('has its middle where a plate of its shape would balance, wherever its corners crowd', () => {
    const [lon, lat] = centroidOf({ polygon: [[[19, 44], [20, 44], [20, 45], [19, 45], [19, 44.3], [19, 44.2], [19, 44.1], [19, 44]]] })
    expect(lon).toBeCloseTo(19.5, 9)
    expect(lat).toBeCloseTo(44.5, 9)
  })

  test('has tenths of a kilometre below ten', () => {
    expect([0, 2.35, 9.94, 9.96, 63.4].map(kmWords)).toEqual(['0 km', '2.4 km', '9.9 km', '10 km', '63 km'])
  })
})
