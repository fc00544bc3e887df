import { VerificationMark } from '@/app/marks.tsx'
import type { Column } from '@/app/ui/data-table.tsx'
import { PlainText } from '@/app/ui/plain-text.tsx'
import { StatusMark } from '@/app/ui/status-mark.tsx'
import { Sub } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { SORT_LABEL } from '@/lib/activities/rules.ts'
import { AGREEMENT_SORT_LABEL, type AgreementSort } from '@/lib/filings/kinds/agreement.ts'
import { ACQUISITION_MODE_LABEL, STAGE_LABEL, type AcquisitionMode, type Stage } from '@/lib/filings/kinds/acquisition.ts'
import { DISPOSAL_MODE_LABEL, type DisposalMode } from '@/lib/filings/kinds/disposal.ts'
import { kindOf } from '@/lib/filings/kinds/registry.ts'
import { isAgreement, isDeclaration, takesPlace } from '@/lib/filings/kinds/words.ts'
import type { EntryView } from '@/lib/filings/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatDate, formatNumber } from '@/lib/shared/format.ts'

const effectOf = ({ mode, replaces }: EntryView) => (replaces ? `replaces ${replaces}` : mode === 'upgrade' ? 'upgrade' : 'adds')

const whatOf = (entry: EntryView): { title: string; sub: string } => {
  if (isDeclaration(entry.kind)) return { title: entry.summary.split(': ')[0]!, sub: entry.summary.split(': ').at(-1)! }
  if (takesPlace(entry.kind)) return { title: entry.summary, sub: SORT_LABEL[entry.mode ?? ''] ?? kindOf(entry.kind).title }
  if (isAgreement(entry.kind)) return { title: entry.summary, sub: AGREEMENT_SORT_LABEL[entry.mode as AgreementSort] }
  const about = entry.kind === 'notification.disposal' ? 'disposal' : effectOf(entry)
  return { title: entry.type ?? entry.summary, sub: `${entry.category === 'none' ? 'Outside the categories' : entry.category} · ${about}` }
}

const Quantity = ({ entry }: { entry: EntryView }) => {
  if (entry.kind === 'declaration.holdings') return <span className="text-xs text-ink-3">by category</span>
  if (isDeclaration(entry.kind) || isAgreement(entry.kind) || takesPlace(entry.kind)) return null
  if (entry.quantity === null) return <span className="text-ink-3">withheld</span>
  const partly = entry.stage === 'first_delivery' && entry.delivered !== null
  return <>{formatNumber(entry.quantity)}{partly && <Sub>{formatNumber(entry.delivered!)} delivered</Sub>}</>
}

const Counterpart = ({ entry }: { entry: EntryView }) => {
  if (isAgreement(entry.kind)) return null
  if (entry.counterpartName) return entry.kind === 'notification.disposal' ? `to ${entry.counterpartName}` : entry.counterpartName
  return entry.kind === 'notification.acquisition' ? <span className="text-ink-3">withheld</span> : null
}

const years = ({ deliveries }: EntryView) =>
  deliveries && (deliveries.from === deliveries.to ? String(deliveries.from) : `${deliveries.from} to ${deliveries.to}`)

const STATED: Record<string, string> = { declaration: 'Declared', statement: 'Stated', calendar: 'Planned' }

const StageCell = ({ entry }: { entry: EntryView }) => {
  if (entry.status === 'withdrawn') return <StatusMark mark="withdrawn">Withdrawn</StatusMark>
  if (takesPlace(entry.kind)) return entry.compiled ? 'Reported' : 'Notified'
  if (isAgreement(entry.kind)) return entry.compiled ? 'Reported' : 'Filed'
  if (isDeclaration(entry.kind)) return STATED[entry.kind.split('.')[0]!]
  if (entry.kind === 'notification.disposal') return DISPOSAL_MODE_LABEL[entry.mode as DisposalMode]
  const mode = entry.mode === 'purchase' ? null : ACQUISITION_MODE_LABEL[entry.mode as AcquisitionMode]
  const sub = [mode, years(entry)].filter(Boolean).join(' · ')
  return <>{STAGE_LABEL[entry.stage as Stage]}{sub && <Sub>{sub}</Sub>}</>
}

/** Columns of a table of entries; keys are the register's sorts. */
export const FILING_COLUMNS = {
  number: {
    key: 'number', label: 'Filing', nowrap: true, sortable: true,
    cell: (entry) => <><TextLink href={`/register/${entry.id}`}>{entry.number}</TextLink>{entry.compiled && <Sub>compiled</Sub>}</>,
  },
  participant: { key: 'participant', label: 'Participant', sortable: true, cell: (entry) => DESIGNATION[entry.participant] },
  what: {
    key: 'type', label: 'What', keep: true, sortable: true,
    cell: (entry) => <><PlainText>{whatOf(entry).title}</PlainText><Sub>{whatOf(entry).sub}</Sub></>,
  },
  quantity: { key: 'quantity', label: 'Quantity', numeric: true, keep: true, sortable: true, cell: (entry) => <Quantity entry={entry} /> },
  counterpart: { key: 'counterpart', label: 'Supplier, recipient', cell: (entry) => <Counterpart entry={entry} /> },
  stage: { key: 'stage', label: 'Stage', cell: (entry) => <StageCell entry={entry} /> },
  verification: {
    key: 'verification', label: 'Verification', nowrap: true,
    cell: (entry) => <VerificationMark status={entry.verification} signatures={entry.signatures} earlier={entry.earlier} />,
  },
  filed: { key: 'filedAt', label: 'Filed', numeric: true, nowrap: true, sortable: true, cell: (entry) => formatDate(entry.filedAt) },
} satisfies Record<string, Column<EntryView>>

/** Without links to sort by: for a short list that has an order of its own. */
export const plain = (...columns: Column<EntryView>[]): Column<EntryView>[] => columns.map((column) => ({ ...column, sortable: false }))
