import { DataTable } from '@/app/ui/data-table.tsx'
import { Section } from '@/app/ui/section.tsx'
import { StatusMark } from '@/app/ui/status-mark.tsx'
import { Sub } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { daysInWords, phaseOf } from '@/lib/activities/rules.ts'
import type { PlannedOne, YearCalendar } from '@/lib/activities/yearly.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatNumber, plural } from '@/lib/shared/format.ts'
import { Days, keyOf } from '../activity-table.tsx'
import { becameWords, filedWords } from './words.ts'

const Became = ({ one }: { one: PlannedOne }) => {
  const { mark, words } = becameWords(one)
  const { planned, notified } = one
  return <>
    <StatusMark mark={mark}>{words}</StatusMark>
    {notified && <Sub><TextLink href={`/register/${notified.filing.id}`}>{notified.filing.number}</TextLink>{daysInWords(notified) !== daysInWords(planned) && <>, <Days row={notified} /></>}</Sub>}
  </>
}

const Planned = ({ calendar: { participant, year, planned } }: { calendar: YearCalendar }) => (
  <DataTable showCaption caption={`Planned for ${year}`} rows={planned} rowKey={({ planned: one }) => keyOf(one)}
    empty={<p className="text-md text-ink-2">{DESIGNATION[participant]} has stated that nothing is planned for {year}.</p>} columns={[
      { key: 'days', label: 'Days', nowrap: true, cell: ({ planned: one }) => <Days row={one} /> },
      { key: 'what', label: 'What', keep: true, cell: ({ planned: one }) => <>{one.name}{one.place && <Sub>{one.place}</Sub>}</> },
      { key: 'personnel', label: 'Personnel', numeric: true, foldLabel: 'Personnel:', cell: ({ planned: { personnel } }) => (personnel === null ? <span className="text-ink-3">not stated</span> : formatNumber(personnel)) },
      { key: 'became', label: 'What became of it', foldLabel: 'Since:', cell: (one) => <Became one={one} /> },
    ]} />
)

const Outside = ({ calendar: { outside, year }, day }: { calendar: YearCalendar; day: string }) => (outside === null ? null : (
  <div className="mt-5">
    <DataTable showCaption caption={`Notified for ${year} and not in the calendar`} rows={outside} rowKey={keyOf}
      empty={<p className="text-md text-ink-2">Nothing has been notified for {year} that the calendar does not hold.</p>} columns={[
        { key: 'days', label: 'Days', nowrap: true, cell: (row) => <Days row={row} /> },
        { key: 'what', label: 'What', keep: true, cell: (row) => <TextLink href={`/register/${row.filing.id}`}>{row.name}</TextLink> },
        {
          key: 'stands', label: 'How it stands', foldLabel: 'Stands:',
          cell: (row) => <StatusMark mark="discrepancy" tone="warn">{phaseOf(row, day) === 'to come' ? 'notified outside the calendar' : 'held outside the calendar'}</StatusMark>,
        },
      ]} />
  </div>
))

const HISTORY = 'What open sources tell of history was never in a calendar, and says nothing about who planned what.'

/** Who has no calendar of the year: nothing is held against one that is not there. */
export const Without = ({ calendars, year }: { calendars: readonly YearCalendar[]; year: number }) => (calendars.length === 0 ? null : (
  <Section title="No calendar filed" hint={`Nothing is held against a calendar that is not there. ${HISTORY}`}>
    <ul className="space-y-1.5 text-md">
      {calendars.map(({ participant, compiled }) => (
        <li key={participant} id={participant} className="scroll-mt-6">
          <TextLink href={`/activities?participant=${participant}&from=${year}&to=${year}`}>{DESIGNATION[participant]}</TextLink>
          {compiled > 0 && `: ${plural(compiled, 'activity', 'activities')} of ${year} known from open sources`}
        </li>
      ))}
    </ul>
  </Section>
))

/** One participant's calendar of a year, where it is filed: what was planned, and what became of it. */
export const OneCalendar = ({ calendar, day }: { calendar: YearCalendar; day: string }) => {
  const { participant, filing } = calendar
  const { mark, words } = filedWords(calendar)
  return (
    <div id={participant} className="mb-10 scroll-mt-6">
      <Section title={DESIGNATION[participant]} actions={<TextLink href={`/activities?participant=${participant}`}>All its activities</TextLink>}
        hint={<><StatusMark mark={mark}>{words}</StatusMark>{filing && <>, as <TextLink href={`/register/${filing.id}`}>{filing.number}</TextLink></>}</>}>
        <Planned calendar={calendar} />
        <Outside calendar={calendar} day={day} />
      </Section>
    </div>
  )
}
