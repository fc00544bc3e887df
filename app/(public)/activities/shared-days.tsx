import { DataTable } from '@/app/ui/data-table.tsx'
import { Section } from '@/app/ui/section.tsx'
import { Sub } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { isDrawn } from '@/lib/activities/month.ts'
import { sharedDays, type Together } from '@/lib/activities/overlaps.ts'
import { isPlannedOnly, type Listed } from '@/lib/activities/rules.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatList, formatNumber, plural } from '@/lib/shared/format.ts'
import { Days, keyOf } from './activity-table.tsx'

const GROUPS = 20
const NAMES = 4

const Names = ({ group: { some, count } }: { group: Together<Listed> }) => (
  <ul>
    {some.map((one) => (
      <li key={keyOf(one)}>
        <TextLink href={`/register/${one.filing.id}`}>{one.name}</TextLink>, {DESIGNATION[one.participant]}{isPlannedOnly(one) && ', planned'}
      </li>
    ))}
    {count > some.length && <li><Sub>and {formatNumber(count - some.length)} more</Sub></li>}
  </ul>
)

/** What is left out, and why: it would share its days with everything. */
const leftOutWords = (listed: readonly Listed[]): string => {
  const [vague, open] = [listed.filter((one) => one.vague).length, listed.filter((one) => !one.vague && one.endsOn === null).length]
  const what = [vague > 0 ? `${plural(vague, 'entry', 'entries')} known to the year only` : '', open > 0 ? `${formatNumber(open)} without a planned end` : ''].filter(Boolean)
  return what.length > 0 ? ` Left out: ${formatList(what)}.` : ''
}

/** Who is busy at the same time: each group as large as it gets, with the days that all of it shares. */
export const SharedDays = ({ listed }: { listed: readonly Listed[] }) => {
  const groups = sharedDays(listed.filter(isDrawn), NAMES)
  if (groups.length === 0) return null
  const more = groups.length - GROUPS
  return (
    <Section title="On the same days" hint={`What is to come and shares days, with the days that all of a group share.${leftOutWords(listed)}`}>
      <DataTable caption="Activities that share days" rows={groups.slice(0, GROUPS)} rowKey={({ from, to }) => `${from} ${to}`} columns={[
        { key: 'days', label: 'Days shared', nowrap: true, cell: ({ from, to }) => <Days row={{ startsOn: from, endsOn: to, vague: false }} /> },
        { key: 'what', label: 'What', keep: true, cell: (group) => <Names group={group} /> },
        { key: 'count', label: 'How many', numeric: true, cell: ({ count }) => formatNumber(count) },
      ]} />
      {more > 0 && <p className="mt-3 text-sm text-ink-3">And {plural(more, 'group')} on later days: set “From” above to see them.</p>}
    </Section>
  )
}
