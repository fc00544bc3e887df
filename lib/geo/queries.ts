import { z } from 'zod'
import { query } from '../auth/guard.ts'
import { PARTICIPANTS } from '../participants/rules.ts'
import { Area } from './area.ts'
import { distancesOf, territoriesOf } from './distance.ts'
import { findPlaces } from './places.ts'
import { describeArea } from './words.ts'

/** Where an area lies, in words, on whose land, and how far from each participant, the nearest first. */
export const measureArea = query({
  name: 'geo.distances', permission: 'draft.write', input: z.strictObject({ area: Area }),
  run: async (_ctx, { area }) => {
    const distances = distancesOf(area)
    return {
      where: describeArea(area),
      territories: territoriesOf(area),
      distances: PARTICIPANTS.map((participant) => ({ participant, km: distances[participant].km })).toSorted((a, b) => a.km - b.km),
    }
  },
})

export const searchPlaces = query({
  name: 'geo.places', permission: 'draft.write',
  input: z.strictObject({ q: z.string('Type the name of a place.').trim().max(80, 'At most 80 characters.') }),
  run: async (_ctx, { q }) => findPlaces(q),
})
