import { z } from 'zod'
import { ACTIVITY_SORTS } from './activity.ts'
import { declared, defineKind } from './kind.ts'
import { Compiled, Country, Year, day, isYearOnly, note, quantity, refusing, text } from './stated.ts'

/** An activity as far as it is planned: a calendar is given when places and strengths may still change (Vienna Document 2011, chapter VII). */
const Planned = z.strictObject({
  name: text('the name of the activity', 160),
  activity: z.enum(ACTIVITY_SORTS, `State what it is: one of ${ACTIVITY_SORTS.join(', ')}.`),
  startsOn: day('the first day planned'),
  endsOn: day('the last day planned'),
  place: text('where it is planned', 200),
  forces: z.array(Country, 'State whose forces take part, by their two-letter codes.').min(1, 'State whose forces take part.').max(60, 'At most 60.'),
  personnel: quantity('planned number of personnel'),
  purpose: note(1000).optional(),
})
export type Planned = z.infer<typeof Planned>

export const CalendarPayload = z.strictObject({
  year: Year,
  activities: z.array(Planned, 'State the planned activities as a list.').max(500, 'At most 500 activities.'),
  /** Nothing is planned: said, not left out. */
  nil: z.boolean('Say whether nothing is planned: true or false.'),
  remark: note(2000).optional(),
  compiled: Compiled.optional(),
}).superRefine(({ year, activities, nil }, ctx) => {
  const refuse = refusing(ctx)
  if (nil && activities.length > 0) refuse(['nil'], 'Activities are named, so the calendar is not nil.')
  if (!nil && activities.length === 0) refuse(['activities'], 'Name the planned activities, or say that nothing is planned.')
  activities.forEach(({ startsOn, endsOn }, index) => {
    for (const [field, stated] of Object.entries({ startsOn, endsOn })) {
      if (isYearOnly(stated)) refuse(['activities', index, field], 'State the full date, YYYY-MM-DD; it may still change.')
    }
    if (endsOn < startsOn) refuse(['activities', index, 'endsOn'], `The last day is before the first, ${startsOn}.`)
    if (Number(startsOn.slice(0, 4)) > year || Number(endsOn.slice(0, 4)) < year) refuse(['activities', index, 'startsOn'], `The activity does not take place in ${year}, the year of this calendar.`)
  })
})
export type CalendarPayload = z.infer<typeof CalendarPayload>

const counted = ({ activities, nil }: CalendarPayload): string => {
  if (nil) return 'nothing is planned'
  return activities.length === 1 ? '1 activity' : `${activities.length} activities`
}

export const calendar = defineKind({
  kind: 'calendar.activities',
  title: 'Calendar of activities',
  verb: 'File the calendar of activities',
  help: 'The activities planned for a year, so that those notified later come as no surprise.',
  schema: CalendarPayload,
  audience: { year: 'public', activities: 'public', nil: 'public', remark: 'observer', compiled: 'public' },
  summary: (payload) => `Calendar of activities for ${payload.year}: ${counted(payload)}`,
  previous: () => null,
  entry: (payload) => declared(`${payload.year}-01-01`, { quantity: payload.activities.length }),
  facts: (payload) => ({ kind: 'calendar.activities' as const, asOf: `${payload.year}-01-01`, year: payload.year }),
  lines: () => [],
  types: () => [],
  countries: (payload) => payload.activities.flatMap(({ forces }, row) => forces.map((code, index) => ({ at: `/activities/${row}/forces/${index}`, code }))),
})
