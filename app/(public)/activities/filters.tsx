import { FilterForm } from '@/app/ui/filter-form.tsx'
import { DateField, SelectField } from '@/app/ui/inputs.tsx'
import { Tabs } from '@/app/ui/tabs.tsx'
import { addressOf, OPTIONS, VIEWS, type Filter, type View } from './filter.ts'

const VIEW_LABEL: Record<View, string> = { list: 'List', month: 'Month', map: 'Map' }
const PERIOD = { pattern: String.raw`\d{4}(-\d{2}(-\d{2})?)?`, title: 'A day, a month or a year, for example 2027-06-01, 2027-06 or 2027' }

export const Filters = ({ filter: { typed, problems, view, given } }: { filter: Filter }) => {
  const field = (name: 'participant' | 'kind' | 'from' | 'to') => ({ name, defaultValue: typed[name] ?? '', error: problems[name] })
  const { month } = given
  const isNarrowed = [typed.participant, typed.kind, typed.from, typed.to].some(Boolean)
  return (
    <FilterForm key={addressOf(typed)} action="/activities" label="Filter activities" keep={{ view: view === 'list' ? undefined : view, month }}
      reset={isNarrowed ? addressOf({ view, month }) : undefined}>
      <SelectField {...field('participant')} label="Participant" placeholder="All seven" options={OPTIONS.participant} />
      <SelectField {...field('kind')} label="What" placeholder="Everything" options={OPTIONS.kind} />
      <DateField {...field('from')} {...PERIOD} label="From" />
      <DateField {...field('to')} {...PERIOD} label="To" />
    </FilterForm>
  )
}

export const ViewTabs = ({ filter: { given, view } }: { filter: Filter }) => (
  <Tabs label="Views" items={VIEWS.map((each) => ({ href: addressOf({ ...given, view: each }), label: VIEW_LABEL[each], current: each === view }))} />
)
