import type { ReactNode } from 'react'
import { ShapeMark, type MapMark } from '@/app/map/marks.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatList } from '@/lib/shared/format.ts'
import { isDisputed, TIMELINE_SORT_LABEL, type TimelineEntry, type TimelineSort } from '@/lib/timeline/rules.ts'

/** In one tone for all: the shape and the word say which it is, and none is louder than another. */
const SHAPE = { agreement: 'square', incident: 'triangle', activity: 'circle', acquisition: 'diamond' } as const satisfies Record<TimelineSort, MapMark>

export const SortMark = ({ sort, children }: { sort: TimelineSort; children: ReactNode }) => (
  <span className="inline-flex items-center gap-1.5 whitespace-nowrap"><ShapeMark mark={SHAPE[sort]} className="fill-ink-3" />{children}</span>
)

const SHOWN = 5
/** Who it is between: all of the seven, then others as far as there is room. */
const between = ({ participants, others, sort }: TimelineEntry): string => {
  const seven = participants.map((code) => DESIGNATION[code])
  const outside = others.length > SHOWN ? [...others.slice(0, SHOWN - 1), `${others.length - SHOWN + 1} others`] : others
  if (outside.length === 0) return formatList(seven)
  return sort === 'acquisition' ? `${formatList(seven)}, from ${formatList(outside)}` : `${formatList(seven)}, with ${formatList(outside)}`
}

const Day = ({ date, until }: TimelineEntry) => (
  <>
    {date === null ? 'not stated' : <time dateTime={date}>{date}</time>}
    {until && <span className="sm:block sm:text-xs sm:text-ink-3"> to <time dateTime={until}>{until}</time></span>}
  </>
)

/** Web addresses break anywhere, or they would push the page aside. */
const Reported = ({ entry }: { entry: TimelineEntry }) => (
  <p className="mt-1! text-xs wrap-anywhere text-ink-3">
    {isDisputed(entry) ? 'Reported by third parties, and disputed.' : 'Reported by third parties.'}{entry.note && ` ${entry.note}${/[.?!]$/.test(entry.note) ? '' : '.'}`} Source: {entry.source}
  </p>
)

const Entry = ({ entry }: { entry: TimelineEntry }) => {
  const { id, sort, title, what, place, filing, compiled } = entry
  const parties = between(entry)
  const isSaid = [parties, what].some((words) => words.toLowerCase() === place?.toLowerCase())
  const sub = [parties, !isSaid && place, what, compiled && filing && 'compiled'].filter(Boolean).join(' · ')
  return (
    <li id={filing ? undefined : id} className="keep grid scroll-mt-6 grid-cols-[auto_minmax(0,1fr)] gap-x-5 border-t border-rule py-2.5 target:bg-sheet sm:grid-cols-[6rem_7.5rem_minmax(0,1fr)]">
      <p className="text-md whitespace-nowrap tabular-nums max-sm:text-sm max-sm:text-ink-2"><Day {...entry} /></p>
      <p className="mt-0! text-sm text-ink-2 max-sm:justify-self-end"><SortMark sort={sort}>{TIMELINE_SORT_LABEL[sort]}</SortMark></p>
      <div className="min-w-0 max-sm:col-span-2 max-sm:mt-0.5">
        <p className="text-md">{filing ? <TextLink href={`/register/${filing.id}`} reference={filing.number}>{title}</TextLink> : <>{title} <a href={`#${id}`} aria-label={`${id}, the address of this incident`} className="text-xs">{id}</a></>}</p>
        <p className="mt-0.5! text-sm text-ink-2">{sub}</p>
        {!filing && <Reported entry={entry} />}
      </div>
    </li>
  )
}

export const Entries = ({ entries, label }: { entries: readonly TimelineEntry[]; label: string }) => (
  <ol aria-label={label}>{entries.map((entry) => <Entry key={entry.id} entry={entry} />)}</ol>
)
