import type { Metadata } from 'next'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { FilterForm } from '@/app/ui/filter-form.tsx'
import { SelectField, TextField } from '@/app/ui/inputs.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { DESIGNATION, PARTICIPANTS } from '@/lib/participants/rules.ts'
import { listTimeline } from '@/lib/timeline/queries.ts'
import { TIMELINE_SORT_LABEL, TIMELINE_SORTS } from '@/lib/timeline/rules.ts'
import { CompiledNote } from '../compiled-note.tsx'
import { Chronicle } from './chronicle.tsx'
import { readFilter, type SearchParams } from './filter.ts'

export const metadata: Metadata = { title: 'Regional timeline' }

type Props = { searchParams: Promise<SearchParams> }

export default async function TimelinePage({ searchParams }: Props) {
  const { typed, given, problems, isAsked } = readFilter(await searchParams)
  const entries = await listTimeline(await currentCaller(), given)
  const field = (name: keyof typeof typed) => ({ name, defaultValue: typed[name], error: problems[name] })
  return <>
    <PageHeader title="Regional timeline" lead={<>What was agreed, held, bought and reported in the region, newest first. Agreements, activities and acquisitions lead to their filings.
      Incidents are reported by third parties: no participant filed them, and each names its source. What has been withdrawn is left out.</>} />
    <FilterForm key={Object.values(typed).join(' ')} action="/timeline" label="Filter the timeline" reset={isAsked ? '/timeline' : undefined}>
      <SelectField {...field('participant')} label="Participant" placeholder="All seven" options={PARTICIPANTS.map((code) => ({ value: code, label: DESIGNATION[code] }))} />
      <SelectField {...field('sort')} label="Sort" placeholder="Any" options={TIMELINE_SORTS.map((sort) => ({ value: sort, label: TIMELINE_SORT_LABEL[sort] }))} />
      <TextField {...field('from')} label="From year" inputMode="numeric" maxLength={4} />
      <TextField {...field('to')} label="To year" inputMode="numeric" maxLength={4} />
    </FilterForm>
    {entries.length === 0
      ? <EmptyState title="Nothing stands in this part of the timeline">Choose other years, or clear the filter.</EmptyState>
      : <Chronicle entries={entries} />}
    {entries.some(({ compiled, filing }) => compiled && filing) && <CompiledNote />}
  </>
}
