import { Section } from '@/app/ui/section.tsx'
import { plural } from '@/lib/shared/format.ts'
import { chronicle, monthName, TIMELINE_SORTS, type ChronicleYear, type TimelineEntry, type TimelineSort } from '@/lib/timeline/rules.ts'
import { Entries, SortMark } from './entries.tsx'

const SORT_WORDS: Record<TimelineSort, readonly [string, string]> = {
  agreement: ['agreement', 'agreements'], incident: ['incident, reported by third parties', 'incidents, reported by third parties'],
  activity: ['activity held', 'activities held'], acquisition: ['acquisition contracted', 'acquisitions contracted'],
}
const anchorOf = (year: string | null): string => (year === null ? 'undated' : `y${year}`)

const Counts = ({ entries }: { entries: readonly TimelineEntry[] }) => (
  <ul className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-2">
    {TIMELINE_SORTS.map((sort) => (
      <li key={sort}><SortMark sort={sort}>{plural(entries.filter((one) => one.sort === sort).length, ...SORT_WORDS[sort])}</SortMark></li>
    ))}
  </ul>
)

const Years = ({ years }: { years: readonly ChronicleYear[] }) => (
  <nav aria-label="Years" className="mb-8 text-sm">
    <ul className="flex flex-wrap gap-x-3.5">
      {years.map(({ year }) => <li key={anchorOf(year)}><a href={`#${anchorOf(year)}`} className="flex min-h-7 items-center tabular-nums">{year ?? 'Year not stated'}</a></li>)}
    </ul>
  </nav>
)

const Year = ({ year, count, months }: ChronicleYear) => (
  <div id={anchorOf(year)} className="mb-8 scroll-mt-6">
    <Section title={year ?? 'Year not stated'} actions={<span className="text-ink-3">{plural(count, 'entry', 'entries')}</span>}
      hint={year ? undefined : 'No source says when. They stand here under no day, and in no period.'}>
      {months.map(({ month, entries }) => {
        const name = month ? monthName(month) : 'Day not stated'
        return (
          <div key={month ?? 'undated'} className="mb-5 last:mb-0">
            {year && (month || months.length > 1) && <h3 className="mb-1.5 text-sm font-book text-ink-3">{name}</h3>}
            <Entries entries={entries} label={year ? `${name}, ${year}` : 'Year not stated'} />
          </div>
        )
      })}
    </Section>
  </div>
)

// By years and months, newest first: read like a printed chronicle, each entry with its sort in shape and word.
export const Chronicle = ({ entries }: { entries: readonly TimelineEntry[] }) => {
  const years = chronicle(entries)
  return <><Counts entries={entries} /><Years years={years} />{years.map((year) => <Year key={anchorOf(year.year)} {...year} />)}</>
}
