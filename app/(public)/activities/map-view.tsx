import { RegionMap, type Mapped } from '@/app/map/region-map.tsx'
import type { Legend, MapMark } from '@/app/map/marks.tsx'
import { Section } from '@/app/ui/section.tsx'
import { groupOf, phaseOf, type ActivityGroup, type Listed } from '@/lib/activities/rules.ts'
import { formatNumber, plural } from '@/lib/shared/format.ts'
import { CompiledNote } from '../compiled-note.tsx'
import { ActivityTable, keyOf } from './activity-table.tsx'
import { addressOf, type Filter } from './filter.ts'
import { NothingAhead, TO_COME, type ViewProps } from './list-view.tsx'
import { pageOfRows, Pages } from './paged.tsx'

const MARK: Record<ActivityGroup, MapMark> = { activity: 'circle', deployment: 'square', flight: 'triangle', planned: 'diamond' }
const LEGEND: Legend = [{ mark: 'circle', word: 'Exercises and other activities' }, { mark: 'square', word: 'Deployments' }, { mark: 'triangle', word: 'UAV flights' }]

export const mappedOf = (listed: readonly Listed[]): Mapped[] =>
  listed.flatMap((one) => (one.area ? [{ id: keyOf(one), name: one.name, area: one.area, mark: MARK[groupOf(one)] }] : []))

const daysWords = ({ asked: { from, to } }: Filter): string => {
  if (from && to) return from === to ? `on ${from}` : `from ${from} to ${to}`
  if (from) return `from ${from} on`
  return to ? `until ${to}` : 'now or to come'
}
const unmappedWords = (count: number, total: number): string =>
  (count === 0 ? '' : ` ${count === total ? 'None of them states' : `${formatNumber(count)} of them ${count === 1 ? 'states' : 'state'}`} ${count === total ? 'an' : 'no'} area and ${count === 1 ? 'is' : 'are'} in the list only.`)

/** What takes place on the days filtered; without any, what takes place now or is to come. */
export const MapView = ({ listed, filter, day }: ViewProps) => {
  const { from, to } = filter.asked
  const shown = from || to ? listed : listed.filter((one) => phaseOf(one, day) !== 'over')
  const mapped = mappedOf(shown)
  const rows = pageOfRows(shown, filter.page)
  return <>
    <Section title="Where" hint={`${plural(shown.length, 'entry', 'entries')} ${daysWords(filter)}.${unmappedWords(shown.length - mapped.length, shown.length)}`}>
      <div className="max-w-5xl"><RegionMap items={mapped} legend={LEGEND} what="activities" /></div>
    </Section>
    <Section title="The same in words" hint="By their first day.">
      <ActivityTable caption={from || to ? `What takes place ${daysWords(filter)}` : TO_COME} rows={rows.shown} empty={<NothingAhead filter={filter} />} />
      <Pages of={rows} label="Pages of the list" hrefOf={(page) => addressOf(filter.given, { page })} />
      {rows.shown.some(({ compiled }) => compiled) && <CompiledNote />}
    </Section>
  </>
}
