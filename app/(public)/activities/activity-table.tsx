import { Fragment, type ReactNode } from 'react'
import { DataTable } from '@/app/ui/data-table.tsx'
import { StatusMark } from '@/app/ui/status-mark.tsx'
import { Sub } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import type { SameDays } from '@/lib/activities/overlaps.ts'
import { daysInWords, isPlannedOnly, isShort, noticeInWords, SORT_LABEL, type Listed } from '@/lib/activities/rules.ts'
import { KIND_WORDS } from '@/lib/filings/kinds/words.ts'
import { describeArea } from '@/lib/geo/words.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatList, formatNumber } from '@/lib/shared/format.ts'
import { countryName } from '@/lib/taxonomy/countries.ts'

export const keyOf = ({ filing, line }: Listed) => `${filing.id} ${line}`
/** Of what takes place on the same days, so many are named. */
export const NAMED = 2

/** With whom others take part, as far as they are known. */
const besides = ({ forces, participant }: Listed): string => {
  const others = forces.filter((code) => code !== participant).map(countryName)
  return others.length > 4 ? `with ${formatList([...others.slice(0, 3), `${others.length - 3} others`])}` : others.length > 0 ? `with ${formatList(others)}` : ''
}

/** Where there is no room for both days in a line, the line breaks between them and not within one. */
export const Days = ({ row }: { row: Parameters<typeof daysInWords>[0] }) => daysInWords(row).split(' to ').map((day, index) => (
  <Fragment key={day}>{index > 0 && ' to '}<span className="whitespace-nowrap">{day}</span></Fragment>
))

const Notice = ({ row }: { row: Listed }) => {
  const words = noticeInWords(row)
  if (isPlannedOnly(row)) return <span className="text-ink-3">planned</span>
  if (words === null) return <span className="whitespace-nowrap text-ink-3">{row.compiled ? 'not notified' : 'none asked'}</span>
  return isShort(row) ? <StatusMark mark="late">{words}</StatusMark> : <>{words}</>
}

/** What lasts a whole year or for good shares its days with everything: that says nothing. */
const OnSameDays = ({ same }: { same: SameDays<Listed> | undefined }) => {
  if (!same) return <span className="text-ink-3">not compared</span>
  if (same.count === 0) return <span className="text-ink-3">nothing else</span>
  return <>{same.some.map(({ name }) => name).join('; ')}{same.count > same.some.length && <Sub>and {formatNumber(same.count - same.some.length)} more</Sub>}</>
}

const whereOf = ({ place, area }: Listed): string | null => place ?? (area && describeArea(area))

type Props = { caption: string; rows: readonly Listed[]; same?: ReadonlyMap<Listed, SameDays<Listed>>; empty: ReactNode }

// What takes place, one after the other. `same`: what else is on the days of each; without it the column is left out.
export const ActivityTable = ({ caption, rows, same, empty }: Props) => (
  <DataTable caption={caption} rows={rows} rowKey={keyOf} empty={empty} columns={[
    { key: 'days', label: 'Days', nowrap: true, cell: (row) => <Days row={row} /> },
    {
      key: 'what', label: 'What', keep: true,
      cell: (row) => <><TextLink href={`/register/${row.filing.id}`}>{row.name}</TextLink><Sub>{[SORT_LABEL[row.sort] ?? KIND_WORDS[row.kind].noun, whereOf(row), besides(row)].filter(Boolean).join(', ')}</Sub></>,
    },
    { key: 'participant', label: 'Participant', cell: ({ participant }) => DESIGNATION[participant] },
    { key: 'personnel', label: 'Personnel', numeric: true, foldLabel: 'Personnel:', cell: ({ personnel }) => (personnel === null ? <span className="text-ink-3">not stated</span> : formatNumber(personnel)) },
    { key: 'notice', label: 'Notice', foldLabel: 'Notice:', cell: (row) => <Notice row={row} /> },
    ...(same ? [{ key: 'same', label: 'On the same days', foldLabel: 'On the same days:', cell: (row: Listed) => <OnSameDays same={same.get(row)} /> }] : []),
  ]} />
)
