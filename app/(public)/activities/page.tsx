import type { Metadata } from 'next'
import { RegionMap, type Mapped } from '@/app/map/region-map.tsx'
import type { Legend, MapMark } from '@/app/map/marks.tsx'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { FilterForm } from '@/app/ui/filter-form.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Section } from '@/app/ui/section.tsx'
import { SelectField } from '@/app/ui/inputs.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { listActivities } from '@/lib/activities/queries.ts'
import { phaseOf, withoutNotified, type Listed } from '@/lib/activities/rules.ts'
import { DESIGNATION, isParticipant, PARTICIPANTS } from '@/lib/participants/rules.ts'
import { plural } from '@/lib/shared/format.ts'
import { CompiledNote } from '../compiled-note.tsx'
import { today } from '../standing.ts'
import { ActivityTable } from './activity-table.tsx'

export const metadata: Metadata = { title: 'Activities' }

const MARKS: Partial<Record<Listed['kind'], MapMark>> = { 'notification.activity': 'circle', 'notification.deployment': 'square', 'notification.uav_flight': 'triangle' }
const LEGEND: Legend = [{ mark: 'circle', word: 'Exercises and other activities' }, { mark: 'square', word: 'Deployments' }, { mark: 'triangle', word: 'UAV flights' }]

const mappedOf = (listed: readonly Listed[]): Mapped[] =>
  listed.flatMap(({ filing, line, name, area, kind }) => (area ? [{ id: `${filing.id} ${line}`, name, area, mark: MARKS[kind] ?? 'circle' }] : []))

const FEEDS = [{ of: 'all', name: 'All participants' }, ...PARTICIPANTS.map((code) => ({ of: code, name: DESIGNATION[code] }))]

type Props = { searchParams: Promise<{ participant?: string | string[] }> }

export default async function ActivitiesPage({ searchParams }: Props) {
  const { participant: asked } = await searchParams
  const participant = isParticipant(asked) ? asked : undefined
  const listed = withoutNotified(await listActivities(await currentCaller(), { participant }))
  const day = today()
  const ahead = listed.filter((one) => phaseOf(one, day) !== 'over')
  const past = listed.filter((one) => phaseOf(one, day) === 'over').toReversed()
  const mapped = mappedOf(ahead)
  return <>
    <PageHeader title="Activities" lead="Exercises, deployments and flights that participants have notified, and what their calendars hold. How long before its first day each was notified stands beside it, for good." />
    <FilterForm action="/activities" label="Filter activities" reset={participant ? '/activities' : undefined}>
      <SelectField name="participant" label="Participant" placeholder="All" defaultValue={participant ?? ''} options={PARTICIPANTS.map((code) => ({ value: code, label: DESIGNATION[code] }))} />
    </FilterForm>
    <Section title="Where" hint="Areas of what takes place now or is to come. The list below says the same in words.">
      <div className="max-w-3xl"><RegionMap items={mapped} legend={LEGEND} what="activities" /></div>
    </Section>
    <Section title="Now and to come" hint={ahead.length > 0 ? `${plural(ahead.length, 'entry', 'entries')}, by their first day.` : undefined}>
      <ActivityTable caption="What takes place now or is to come" rows={ahead} among={ahead}
        empty={<EmptyState title="Nothing is notified for the days to come">What a participant notifies, or plans in its calendar, appears here at once.</EmptyState>} />
    </Section>
    <Section title="Held" hint={past.length > 0 ? `${plural(past.length, 'entry', 'entries')}, newest first.` : undefined}>
      <ActivityTable caption="What has been held" rows={past} among={[]} empty={<EmptyState title="Nothing yet">What is over stands here.</EmptyState>} />
      {past.some(({ compiled }) => compiled) && <CompiledNote />}
    </Section>
    <Section title="In your calendar" hint="Feeds for ordinary calendar programs.">
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {FEEDS.map(({ of, name }) => <li key={of}><a href={`/activities/${of}.ics`}>{name}</a></li>)}
      </ul>
    </Section>
  </>
}
