import { DataTable, type Column } from '@/app/ui/data-table.tsx'
import { Sub } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import type { registerFigures } from '@/lib/analysis/queries.ts'
import type { KindName } from '@/lib/filings/kinds/registry.ts'
import { DESIGNATION, PARTICIPANTS, type ParticipantCode } from '@/lib/participants/rules.ts'
import { formatDate, formatNumber } from '@/lib/shared/format.ts'
import { figuresOf, type Figures } from './figures.ts'
import { newestDeclaration, type Held } from './standing.ts'

type Rows = Awaited<ReturnType<typeof registerFigures>>
type Row = { participant: ParticipantCode; counts: Figures; declaration: Held | null; newest: string | null }

const rowsFor = (figures: Rows, held: readonly Held[]): Row[] => PARTICIPANTS.map((participant) => {
  const own = figures.filter((row) => row.participant === participant)
  return {
    participant, counts: figuresOf(own), declaration: newestDeclaration(held, participant),
    newest: own.reduce<string | null>((latest, { newest }) => (!latest || newest > latest ? newest : latest), null),
  }
})

const counted = (key: 'acquisitions' | 'disposals' | 'declarations', label: string, kind: KindName): Column<Row> => ({
  key, label, numeric: true,
  cell: ({ participant, counts: { [key]: entries } }) => (entries > 0
    ? <TextLink href={`/register?participant=${participant}&kind=${kind}&status=filed`}>{formatNumber(entries)}</TextLink>
    : <span className="text-ink-3">none</span>),
})

const columns: Column<Row>[] = [
  {
    key: 'participant', label: 'Participant',
    cell: ({ participant }) => <TextLink href={`/participants/${participant}`}>{DESIGNATION[participant]}</TextLink>,
  },
  {
    key: 'declaration', label: 'Newest declaration of holdings', keep: true,
    cell: ({ declaration }) => (declaration
      ? <>as of <TextLink href={`/register/${declaration.filing}`}>{declaration.asOf}</TextLink></>
      : <span className="text-ink-3">none filed</span>),
  },
  counted('acquisitions', 'Acquisitions', 'notification.acquisition'),
  counted('disposals', 'Disposals', 'notification.disposal'),
  counted('declarations', 'Declarations', 'declaration.holdings'),
  {
    key: 'official', label: 'Official filings', numeric: true,
    cell: ({ counts: { official, verified } }) => (official > 0
      ? <>{formatNumber(official)}<Sub>{verified > 0 ? `${formatNumber(verified)} verified` : 'none verified'}</Sub></>
      : <span className="text-ink-3">none</span>),
  },
  { key: 'newest', label: 'Last filed', numeric: true, nowrap: true, cell: ({ newest }) => newest && formatDate(new Date(newest)) },
]

export const SevenTable = ({ figures, held }: { figures: Rows; held: readonly Held[] }) =>
  <DataTable caption="What each participant has in the register" columns={columns} rows={rowsFor(figures, held)}
    rowKey={({ participant }) => participant} />
