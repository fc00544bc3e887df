import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { firstDayOf, isDrawn, lastDayOf, monthAfter, monthOf, monthsBeside } from '@/lib/activities/month.ts'
import { daysInWords, isPlannedOnly, narrowed, type Listed } from '@/lib/activities/rules.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatNumber, plural } from '@/lib/shared/format.ts'
import { CompiledNote } from '../compiled-note.tsx'
import { keyOf } from './activity-table.tsx'
import { addressOf, type Filter } from './filter.ts'
import type { ViewProps } from './list-view.tsx'
import { MonthTable } from './month-table.tsx'
import { MONTHS, Months } from './months.tsx'

const LINES = 6
const NAMED = 20

const monthWords = (month: string): string => `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`

const InWords = ({ title, hint, listed, all }: { title: string; hint: string; listed: readonly Listed[]; all: string }) => (listed.length === 0 ? null : (
  <Section title={title} hint={hint}>
    <ul className="space-y-1 text-md">
      {listed.slice(0, NAMED).map((one) => (
        <li key={keyOf(one)}>
          <TextLink href={`/register/${one.filing.id}`}>{one.name}</TextLink>, {DESIGNATION[one.participant]}, {daysInWords(one)}{isPlannedOnly(one) && ', planned'}{one.compiled && ', compiled'}
        </li>
      ))}
      {listed.length > NAMED && <li><TextLink href={all}>and {formatNumber(listed.length - NAMED)} more</TextLink></li>}
    </ul>
  </Section>
))

const Nothing = ({ month, beside: { before, after }, hrefOf }: { month: string; beside: ReturnType<typeof monthsBeside>; hrefOf: (month: string) => string }) => (
  <p className="border-y border-rule py-4 text-ink-2">
    Nothing stands on the days of {monthWords(month)}.
    {before && <> The nearest month before with anything is <TextLink href={hrefOf(before)}>{before}</TextLink>.</>}
    {after && <> The nearest after is <TextLink href={hrefOf(after)}>{after}</TextLink>.</>}
  </p>
)

/** The month asked for; else that of the first day filtered, or this one. */
export const shownMonth = ({ given, asked }: Filter, day: string): string => given.month ?? (asked.from ?? day).slice(0, 7)

export const MonthView = ({ listed, filter, day }: ViewProps) => {
  const month = shownMonth(filter, day)
  const [from, to] = [firstDayOf(month), lastDayOf(month)]
  const inMonth = narrowed(listed, { from, to })
  const drawn = inMonth.filter(isDrawn)
  const hrefOf = (other: string) => addressOf({ ...filter.given, view: 'month', month: other })
  const { month: _month, view: _view, ...given } = filter.given
  const all = addressOf({ ...given, from, to })
  return <>
    <Section title={monthWords(month)} hint={drawn.length > 0 ? `${plural(drawn.length, 'entry', 'entries')} on its days. What is only planned has a dashed outline and says so.` : undefined}
      actions={
        <nav aria-label="Months beside" className="flex gap-x-4">
          <TextLink href={hrefOf(monthAfter(month, -1))} rel="prev">Previous month</TextLink>
          <TextLink href={hrefOf(monthAfter(month, 1))} rel="next">Next month</TextLink>
        </nav>
      }>
      <Months listed={listed} month={month} hrefOf={hrefOf} />
      {drawn.length === 0 && <Nothing month={month} beside={monthsBeside(listed, month)} hrefOf={hrefOf} />}
      <MonthTable caption={monthWords(month)} weeks={monthOf(month, drawn, LINES)} month={month} today={day} dayHref={(one) => addressOf({ ...given, from: one, to: one })} />
    </Section>
    <InWords title="Without a planned end" hint="They began before the month is over and have no last day, so they are on no days above." all={all}
      listed={inMonth.filter((one) => !one.vague && one.endsOn === null)} />
    <InWords title={`Known to the year only, ${month.slice(0, 4)}`} hint="Nobody states on which days." all={all} listed={inMonth.filter((one) => one.vague)} />
    {inMonth.some(({ compiled }) => compiled) && <CompiledNote />}
  </>
}
