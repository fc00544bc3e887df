import { EntryLink } from '@/app/entry-link.tsx'
import { toldAt } from '@/app/log-words.ts'
import { DataTable } from '@/app/ui/data-table.tsx'
import { StatusMark } from '@/app/ui/status-mark.tsx'
import { formatDateTime, plural } from '@/lib/shared/format.ts'
import { SEVERITY_LABEL } from '@/lib/alerts/rules.ts'
import type { Caused, Places } from './alerts.tsx'

type Told = Caused['told'][number]

const sentence = (text: string) => text[0]!.toUpperCase() + text.slice(1)

const State = ({ told: { acknowledgedAt, historic } }: { told: Told }) => {
  if (acknowledgedAt) return <StatusMark mark="ok">Acknowledged</StatusMark>
  return historic ? <StatusMark mark="none">From history, not sent</StatusMark> : <StatusMark mark="pending" className="whitespace-nowrap">Not yet</StatusMark>
}

const countWords = (told: readonly Told[]): string => {
  const sent = told.filter(({ historic }) => !historic)
  if (sent.length === 0) return 'This comes from history that was loaded: the alerts stand in the register, and no message was sent.'
  const acknowledged = sent.filter(({ acknowledgedAt }) => acknowledgedAt).length
  return `${acknowledged} of ${plural(sent.length, 'addressee')} ${acknowledged === 1 ? 'has' : 'have'} acknowledged.`
}

const Sent = ({ one, places }: { one: Told; places: Places }) => {
  const { told } = toldAt(one.id, places)
  return <>{formatDateTime(one.issuedAt)}{told !== null && <span className="sub"><EntryLink index={told} /></span>}</>
}

/** That nobody answered is shown as what it is: no entry of it, among so many. */
const Answered = ({ one: { id, historic, acknowledgedAt, acknowledgedBy }, places }: { one: Told; places: Places }) => {
  const { acknowledged, size } = toldAt(id, places)
  if (!acknowledgedAt) return historic ? null : <span className="text-ink-3">No acknowledgement in the tree of {plural(size, 'entry', 'entries')}</span>
  return <>
    {acknowledgedBy}
    <span className="sub">{formatDateTime(acknowledgedAt)}{acknowledged !== null && <>, <EntryLink index={acknowledged} /></>}</span>
  </>
}

type Props = { told: readonly Told[]; seesAll: boolean; places: Places }

/** Who was told, and who has answered for it. An addressee sees its own; the filer and the secretariat see all. */
export const Acknowledgements = ({ told, seesAll, places }: Props) => (
  <div className="keep">
    <h3>{seesAll ? 'Who has acknowledged' : 'Your acknowledgement'}</h3>
    {seesAll && <p className="mb-2 text-md text-ink-2">{countWords(told)}</p>}
    {(!seesAll || told.some(({ historic }) => !historic)) && (
      <DataTable caption="Addressees and their acknowledgement" rows={told} rowKey={({ id }) => id} columns={[
        { key: 'who', label: 'Addressee', cell: ({ name, severity }) => <>{sentence(name)}<span className="sub">{SEVERITY_LABEL[severity]}</span></> },
        { key: 'told', label: 'Told', foldLabel: 'told', nowrap: true, cell: (one) => <Sent one={one} places={places} /> },
        { key: 'state', label: 'State', keep: true, cell: (one) => <State told={one} /> },
        { key: 'by', label: 'Acknowledged', cell: (one) => <Answered one={one} places={places} /> },
      ]} />
    )}
  </div>
)
