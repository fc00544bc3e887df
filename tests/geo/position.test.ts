import { describe, expect, test } from 'vitest'
import { readPosition } from '../../lib/geo/position.ts'

const read = (text: string): string => {
  const answer = readPosition(text)
  return answer.ok ? `${answer.position[1]} N ${answer.position[0]} E` : answer.message
}

describe('a position is read as people type it', () => {
  test.each([
    '44.2 N 19.25 E', '44.2N,19.25E', 'N44.2 E19.25', '44.2° N, 19.25° E', '44,2 N 19,25 E', '44,2N 19,25E', '44°12′ N, 19°15′ E', '44° 12\' N 19° 15\' E',
    '44 12 0 N 19 15 0 E', '44°12\'00" N 19°15\'00" E', 'N 44 12 00, E 19 15 00', 'E 19°15′ N 44°12′', '44-12-00N 019-15-00E', '19.25 E 44.2 N',
    'lat 44.2, lon 19.25', 'Latitude: 44.2 Longitude: 19.25', '44.2 north, 19.25 east', '44.2, 19.25', '44.2 19.25', '44.2; 19.25', '44,2; 19,25', '44,2, 19,25', '44,2 19,25',
    '44 12 19 15', '(44.2, 19.25)', '[19.25, 44.2]', '19.25 44.2',
  ])('%s', (text) => {
    expect(read(text)).toBe('44.2 N 19.25 E')
  })

  test('to seconds and their tenths', () => {
    expect(read('44 12 30 N 19 15 0 E')).toBe('44.208333 N 19.25 E')
    expect(read('N44°12.5 E019°15.0')).toBe('44.208333 N 19.25 E')
    expect(read('44°12′30.5″N 19°15′E')).toBe('44.208472 N 19.25 E')
  })

  test('and says how it took a pair without letters', () => {
    expect(readPosition('44.2, 19.25')).toMatchObject({ taken: 'Read as latitude 44.2, longitude 19.25.' })
    expect(readPosition('19.25, 44.2')).toMatchObject({ taken: 'Read as longitude 19.25, latitude 44.2: the other order lies outside the region.' })
    expect(readPosition('44.2 N 19.25 E')).toMatchObject({ taken: null })
  })
})

describe('what is no position of the region is answered with a sentence that helps', () => {
  test.each([
    ['', 'Type a position.'],
    ['near Loznica', '“near Loznica” is not read as a position. Write it as 44.2 N 19.25 E'],
    ['44.2', '“44.2” is not read as a position.'],
    ['44.2 N 19.25', 'Write N or S with the latitude and E or W with the longitude, or no letters at all.'],
    ['44.2 N 19.25 N', 'A position has one latitude, N or S, and one longitude, E or W.'],
    ['44 70 N 19 10 E', 'Minutes and seconds are below 60.'],
    ['44.5 12 N 19 10 E', 'Only the last of degrees, minutes and seconds has decimals.'],
    ['91 N 19 E', 'A latitude is at most 90°, and 91° is not.'],
    ['44 N 190 E', 'A longitude is at most 180°, and 190° is not.'],
    ['44.2 S 19.25 E', '44.200° S, 19.250° E lies outside the region, about 9,800 km from Sarajevo.'],
    ['48.85, 2.35', '48.850° N, 2.350° E lies outside the region, about 1,300 km from Sarajevo.'],
    ['19.25 N 44.2 E', '19.250° N, 44.200° E lies outside the region, about 3,600 km from Sarajevo. Latitude and longitude seem swapped: 44.200° N, 19.250° E lies in the region.'],
  ])('%s', (text, message) => {
    expect(read(text).slice(0, message.length)).toBe(message)
  })
})
