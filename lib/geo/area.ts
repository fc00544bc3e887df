import { z } from 'zod'
import { areaProblems } from './problems.ts'

const PAIR = 'State a position as [longitude, latitude], in degrees, such as [19.25, 44.2].'
/** Longitude and latitude in degrees, WGS 84, in that order (RFC 7946 3.1.1). */
const Position = z.tuple([z.number('State the longitude as a number of degrees.'), z.number('State the latitude as a number of degrees.')], PAIR)
export type Position = z.infer<typeof Position>

const Circle = z.strictObject({ centre: Position, radiusKm: z.number('State the radius in kilometres, as a number.') })
const RINGS = 'State the outline as the coordinates of a GeoJSON polygon: [[[longitude, latitude], …]].'
const Outline = z.strictObject({ polygon: z.array(z.array(Position, RINGS), RINGS) })
/** Where something takes place: a circle, or the rings of a GeoJSON polygon, of which there is one. */
export type Area = z.infer<typeof Circle> | z.infer<typeof Outline>

const SHAPE = 'State the area as {"centre": [longitude, latitude], "radiusKm": 8}, or as {"polygon": [[[longitude, latitude], …]]}.'
/** Circle and outline are told apart by what is stated, so that a slip within one is named, and not the shape of both asked for. */
const slipIn = (input: unknown): string => {
  if (typeof input !== 'object' || input === null || ('centre' in input && 'polygon' in input)) return SHAPE
  const issue = ('polygon' in input ? Outline : Circle).safeParse(input).error?.issues[0]
  if (!issue || !('polygon' in input || 'centre' in input || 'radiusKm' in input)) return SHAPE
  if (issue.code === 'unrecognized_keys') return `“${issue.keys[0]!.slice(0, 80)}” is not a field of an area. ${SHAPE}`
  return `${issue.path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join(' ')}: ${issue.message}`
}
export const Area = z.union([Circle, Outline], { error: ({ input }) => slipIn(input) }).superRefine((area, ctx) => {
  for (const { path, message } of areaProblems(area)) ctx.addIssue({ code: 'custom', path, message, input: undefined })
})
