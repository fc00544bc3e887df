import type { Area } from '../geo/area.ts'
import { distancesOf } from '../geo/distance.ts'
import { kmWords } from '../geo/words.ts'
import { DESIGNATION, PARTICIPANTS, type ParticipantCode } from '../participants/rules.ts'

/** Who is near an area: km from its nearest edge to the territory, 0 where it lies on it. */
export type Near = { participant: ParticipantCode; km: number }

/** Those whose territory is within the distance, nearest first; never the participant itself. */
export const within = (area: Area | null, km: number, self: ParticipantCode): Near[] => {
  if (!area) return []
  const distances = distancesOf(area)
  return PARTICIPANTS.filter((code) => code !== self && distances[code].km <= km)
    .map((participant) => ({ participant, km: distances[participant].km })).toSorted((a, b) => a.km - b.km)
}

/** Why each is told. */
export const nearOf = (found: readonly Near[]): Map<ParticipantCode, string> =>
  new Map(found.map(({ participant, km }) => [participant, km === 0 ? 'the area lies on its territory' : `the area is ${kmWords(km)} from its territory`]))

/** '24 km from Croatia; on the territory of Serbia' */
export const nearMeasured = (found: readonly Near[]): string =>
  found.map(({ participant, km }) => (km === 0 ? `on the territory of ${DESIGNATION[participant]}` : `${kmWords(km)} from ${DESIGNATION[participant]}`)).join('; ')
