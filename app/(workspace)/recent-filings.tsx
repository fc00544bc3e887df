import type { ReactNode } from 'react'
import type { countTold } from '@/lib/alerts/queries.ts'
import type { EntryView } from '@/lib/filings/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatDate, plural } from '@/lib/shared/format.ts'
import { FilingMark, VerificationMark } from '../marks.tsx'
import type { Column } from '../ui/data-table.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { PlainText } from '../ui/plain-text.tsx'
import { Sub } from '../ui/table.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { ageWords } from '../age-words.ts'

type Told = Awaited<ReturnType<typeof countTold>>[number]

const toldWords = (told: Told | undefined): string => {
  if (!told || told.told === 0) return 'Nobody had to be told'
  if (told.acknowledged === told.told) return `Told ${told.told}; all have acknowledged`
  const who = told.acknowledged === 0 ? 'none has' : plural(told.acknowledged, 'has', 'have')
  return `Told ${told.told}; ${who} acknowledged`
}

type Props = {
  caption: string
  entries: readonly EntryView[]
  told?: readonly Told[]
  now?: Date
  withParticipant?: boolean
  empty?: ReactNode
}

// Filings in a few columns: what, how far verified, who has been told. `now` adds how long ago, `withParticipant` whose.
export const RecentFilings = ({ caption, entries, told, now, withParticipant, empty }: Props) => {
  const columns: (Column<EntryView> | false | undefined)[] = [
    { key: 'number', label: 'Filing', nowrap: true, cell: (entry) => <TextLink href={`/register/${entry.id}`}>{entry.number}</TextLink> },
    withParticipant && { key: 'participant', label: 'Participant', cell: (entry) => DESIGNATION[entry.participant] },
    {
      key: 'subject',
      label: 'Subject',
      keep: true,
      cell: (entry) => (
        <>
          <PlainText>{entry.summary}</PlainText>
          {entry.compiled && <Sub>Compiled from open sources</Sub>}
          {told && !entry.compiled && <Sub>{toldWords(told.find(({ filingId }) => filingId === entry.id))}</Sub>}
        </>
      ),
    },
    {
      key: 'state',
      label: 'State',
      cell: (entry) =>
        entry.status === 'withdrawn' ? (
          <FilingMark status="withdrawn" />
        ) : (
          <VerificationMark status={entry.verification} signatures={entry.signatures} earlier={entry.earlier} />
        ),
    },
    now
      ? { key: 'since', label: 'Since', numeric: true, cell: (entry) => ageWords(entry.filedAt, now) }
      : { key: 'filed', label: 'Filed', numeric: true, cell: (entry) => formatDate(entry.filedAt) },
  ]
  return <DataTable caption={caption} rows={entries} rowKey={({ id }) => id} columns={columns.filter((column) => !!column)} empty={empty} />
}
