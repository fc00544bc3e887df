import type { Metadata } from 'next'
import { DataTable } from '@/app/ui/data-table.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Section } from '@/app/ui/section.tsx'
import { StatusMark } from '@/app/ui/status-mark.tsx'
import { Tabs } from '@/app/ui/tabs.tsx'
import { Sub } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { CalendarYear } from '@/lib/activities/input.ts'
import { listCalendars } from '@/lib/activities/queries.ts'
import type { YearCalendar } from '@/lib/activities/yearly.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import { NotUsed } from '../../not-used.tsx'
import { today } from '../../standing.ts'
import { textOf, type SearchParams } from '../../typed.ts'
import { filedWords } from './words.ts'
import { OneCalendar, Without } from './year-calendar.tsx'

type Props = { searchParams: Promise<SearchParams> }

/** From October on the year to come is what is being planned. */
const usualYear = (day: string): number => Number(day.slice(0, 4)) + Number(day.slice(5, 7) >= '10')
const yearOf = (params: SearchParams, day: string) => {
  const typed = textOf(params.year)
  const { success, error } = CalendarYear.safeParse(typed || String(usualYear(day)))
  return success ? { year: Number(typed || usualYear(day)), wrong: [] } : { year: usualYear(day), wrong: [`Year “${typed.slice(0, 60)}”: ${error.issues[0]!.message}`] }
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return { title: `Calendars of activities for ${yearOf(await searchParams, today()).year}` }
}

const Filed = ({ calendar }: { calendar: YearCalendar }) => {
  const { mark, words } = filedWords(calendar)
  return <><StatusMark mark={mark}>{words}</StatusMark>{calendar.filing && <Sub><TextLink href={`/register/${calendar.filing.id}`}>{calendar.filing.number}</TextLink></Sub>}</>
}
/** What is counted against a calendar, where there is one. */
const against = (count: (calendar: YearCalendar) => number) => (calendar: YearCalendar) =>
  (calendar.filing ? formatNumber(count(calendar)) : <span className="text-ink-3"><span aria-hidden="true">–</span><span className="sr-only">no calendar</span></span>)

const dueWords = (year: number, due: YearCalendar['due'] | undefined, day: string): string =>
  (due ? `The calendar for ${year} ${due.on < day ? 'was' : 'is'} to be filed by ${due.on}, 23:59:59 in Vienna.` : `Nobody owed a calendar for ${year}: the obligation began later.`)

export default async function CalendarsPage({ searchParams }: Props) {
  const day = today()
  const { year, wrong } = yearOf(await searchParams, day)
  const calendars = await listCalendars(await currentCaller(), { year })
  const years = [year - 1, year, year + 1].filter((each) => each >= 1900 && each <= 2099)
  return <>
    <PageHeader breadcrumb={[{ href: '/activities', label: 'Activities' }, { label: 'Annual calendars' }]} title={`Calendars of activities for ${year}`}
      lead={`What each participant said it would do in ${year}, held against what it has notified. ${dueWords(year, calendars[0]?.due, day)}`} />
    <NotUsed problems={wrong} />
    <Tabs label="Years" items={years.map((each) => ({ href: `/activities/calendars?year=${each}`, label: String(each), current: each === year }))} />
    <Section title="All seven" hint="An activity is in a calendar under the same name or on days that overlap, since names and places change. What is planned counts as notified under the same name. Below the thresholds no notice is owed; readiness exercises without warning are in no calendar.">
      <DataTable caption={`Calendars for ${year}`} rows={calendars} rowKey={({ participant }) => participant} columns={[
        { key: 'participant', label: 'Participant', cell: ({ participant }) => <a href={`#${participant}`}>{DESIGNATION[participant]}</a> },
        { key: 'filed', label: 'Calendar', keep: true, cell: (calendar) => <Filed calendar={calendar} /> },
        { key: 'planned', label: 'Planned', numeric: true, foldLabel: 'Planned:', cell: against(({ planned }) => planned.length) },
        { key: 'notified', label: 'Of these notified', numeric: true, foldLabel: 'Of these notified:', cell: against(({ planned }) => planned.filter(({ notified }) => notified).length) },
        { key: 'passed', label: 'Passed without a notice', numeric: true, foldLabel: 'Passed without a notice:', cell: against(({ planned }) => planned.filter(({ notified, passed }) => !notified && passed).length) },
        { key: 'outside', label: 'Outside the calendar', numeric: true, foldLabel: 'Outside the calendar:', cell: against(({ outside }) => outside?.length ?? 0) },
      ]} />
    </Section>
    {calendars.filter(({ filing }) => filing).map((calendar) => <OneCalendar key={calendar.participant} calendar={calendar} day={day} />)}
    <Without calendars={calendars.filter(({ filing }) => !filing)} year={year} />
  </>
}
