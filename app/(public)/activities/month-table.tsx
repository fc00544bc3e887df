import { Mark } from '@/app/ui/mark.tsx'
import { cx } from '@/app/ui/cx.ts'
import { Tbody, Td, Th, Thead, Tr } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import type { Bar, Week } from '@/lib/activities/month.ts'
import { groupOf, isPlannedOnly, SORT_LABEL, type Listed } from '@/lib/activities/rules.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatNumber } from '@/lib/shared/format.ts'
import { Days } from './activity-table.tsx'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Whose it is, and what else is not to be told by its looks alone. */
const aboutOf = (one: Listed): string =>
  [DESIGNATION[one.participant], groupOf(one) === 'deployment' || groupOf(one) === 'flight' ? SORT_LABEL[one.sort]?.toLowerCase().replace('uav', 'UAV') : '', isPlannedOnly(one) ? 'planned' : '', one.compiled ? 'compiled' : '']
    .filter(Boolean).join(', ')

const BarCell = ({ bar: { item, at, span, begins, ends } }: { bar: Bar<Listed> }) => (
  <Td colSpan={span} className={`bar-cell at-${at}`}>
    <TextLink href={`/register/${item.filing.id}`} className={cx('bar', isPlannedOnly(item) && 'planned', item.compiled && 'compiled', !begins && 'from-before', !ends && 'goes-on')}>
      {!begins && <Mark kind="previous" className="size-2.5" />}
      <span className="bar-words"><span className="bar-name">{item.name}</span> <span className="bar-about">{aboutOf(item)}</span><span className="bar-days">, <Days row={item} /></span></span>
      {!ends && <Mark kind="next" className="size-2.5" />}
    </TextLink>
  </Td>
)

const Gaps = ({ count }: { count: number }) => Array.from({ length: count }, (_, index) => <Td key={index} className="gap" />)

const Line = ({ line }: { line: readonly Bar<Listed>[] }) => (
  <Tr>
    {line.map((bar, index) => {
      const before = line[index - 1]
      return [<Gaps key="gap" count={bar.at - (before ? before.at + before.span : 0)} />, <BarCell key={bar.at} bar={bar} />]
    })}
    <Gaps count={7 - line.at(-1)!.at - line.at(-1)!.span} />
  </Tr>
)

type Props = { caption: string; month: string; today: string; weeks: readonly Week<Listed>[]; dayHref: (day: string) => string }

const Day = ({ day, month, today }: { day: string; month: string; today: string }) => (
  <Td className={cx('day', !day.startsWith(month) && 'outside', day === today && 'today')}>
    <time dateTime={day}>{day.startsWith(month) ? Number(day.slice(8)) : day.slice(5)}</time>{day === today && ' today'}
  </Td>
)

const WeekRows = ({ week: { number, days, lines, more }, month, today, dayHref }: Omit<Props, 'caption' | 'weeks'> & { week: Week<Listed> }) => {
  const isOver = more.some((count) => count > 0)
  return (
    <Tbody className={lines.length === 0 ? 'nothing' : undefined}>
      <Tr>
        <th scope="row" role="rowheader" rowSpan={1 + lines.length + Number(isOver)} className="week">
          <span className="week-word">Week </span>{number}<span className="week-days">, {days[0]} to {days[6]}</span>
        </th>
        {days.map((day) => <Day key={day} day={day} month={month} today={today} />)}
      </Tr>
      {lines.map((line, index) => <Line key={index} line={line} />)}
      {isOver && (
        <Tr>
          {days.map((day, at) => (more[at] === 0 ? <Gaps key={day} count={1} /> : (
            <Td key={day} className={`more at-${at}`}>
              <TextLink href={dayHref(day)}>and {formatNumber(more[at]!)} more<span className="bar-days"> on {day}</span></TextLink>
            </Td>
          )))}
        </Tr>
      )}
    </Tbody>
  )
}

// A month on paper: weeks are rows, and what takes place lies over its days. On a narrow ground each week is a list (see month.css).
export const MonthTable = ({ caption, weeks, ...rest }: Props) => (
  <div className="month-frame">
    <table role="table" className="month">
      <caption className="sr-only">{caption}</caption>
      <Thead>
        <Tr>
          <Th className="week">Week</Th>
          {WEEKDAYS.map((name) => <Th key={name} abbr={name}>{name.slice(0, 3)}</Th>)}
        </Tr>
      </Thead>
      {weeks.map((week) => <WeekRows key={week.number} week={week} {...rest} />)}
    </table>
  </div>
)
