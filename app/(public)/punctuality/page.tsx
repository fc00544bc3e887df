import type { Metadata } from 'next'
import { DataTable } from '@/app/ui/data-table.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { PlainText } from '@/app/ui/plain-text.tsx'
import { Section } from '@/app/ui/section.tsx'
import { Sub } from '@/app/ui/table.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { addresseeName, DESIGNATION, PARTICIPANTS } from '@/lib/participants/rules.ts'
import { listObligations, listReminders } from '@/lib/schedule/queries.ts'
import { punctualityOf, type Obligation } from '@/lib/schedule/rules.ts'
import { formatDateTime, formatDay, formatList } from '@/lib/shared/format.ts'
import { ObligationMark } from '../punctuality.tsx'

export const metadata: Metadata = { title: 'Punctuality' }

type Cycle = { key: string; title: string; asOf: string; dueOn: string; basis: string; kind: Obligation['kind']; owed: Obligation[] }

/** One obligation of one date, as all seven owe it; what is due a while after an act of its own stands by itself. */
const cyclesOf = (obligations: readonly Obligation[]): Cycle[] =>
  [...Map.groupBy(obligations, ({ rule, asOf, kind, dueOn }) => (kind === 'declaration.budget' ? `${rule} ${asOf}` : `${rule} ${asOf} ${dueOn}`))].map(([key, owed]) => {
    const { title, asOf, dueOn, basis, kind } = owed[0]!
    return { key, title, asOf, dueOn, basis, kind, owed }
  }).toSorted((a, b) => a.dueOn.localeCompare(b.dueOn) || a.title.localeCompare(b.title))

const Standing = ({ owed, code }: { owed: readonly Obligation[]; code: (typeof PARTICIPANTS)[number] }) => {
  const own = owed.find(({ participant }) => participant === code)
  if (!own) return <span className="text-ink-3">not filed</span>
  return <>
    <ObligationMark obligation={own} />
    {own.filing && <Sub><TextLink href={`/register/${own.filing.id}`}>{own.filing.number}</TextLink></Sub>}
  </>
}

const Share = ({ owed }: { owed: readonly Obligation[] }) => {
  const share = punctualityOf(owed)
  return share ? <>{share.onTime} of {share.of}<Sub>{share.words.split(', ')[1]}</Sub></> : <span className="text-ink-3">not due yet</span>
}

export default async function PunctualityPage() {
  const caller = await currentCaller()
  const [obligations, reminders] = await Promise.all([listObligations(caller, {}), listReminders(caller, { limit: 21 })])
  const cycles = cyclesOf(obligations)
  const all = punctualityOf(obligations)
  const lead = all
    ? `Of what fell due or was filed in the last twelve months, ${all.words}.`
    : 'Nothing has fallen due yet since the register opened.'
  return <>
    <PageHeader title="Punctuality" lead={`${lead} A due date ends at 23:59:59 in Vienna. What was filed late stays late for good; a nil declaration meets its obligation and says so.`} />
    <Section title="What each participant owes" hint="From a year back to a year ahead.">
      <DataTable caption="Obligations by participant" rows={cycles} rowKey={({ key }) => key} columns={[
        {
          key: 'title', label: 'Obligation',
          cell: ({ title, asOf, dueOn, kind }) => <>{title}<Sub>as of {asOf}{kind === 'declaration.budget' ? '' : <>, due <span className="whitespace-nowrap">{formatDay(dueOn)}</span></>}</Sub></>,
        },
        ...PARTICIPANTS.map((code) => ({
          key: code, label: DESIGNATION[code], foldLabel: `${DESIGNATION[code]}:`, cell: ({ owed }: Cycle) => <Standing owed={owed} code={code} />,
        })),
        { key: 'share', label: 'On time', keep: true, nowrap: true, cell: ({ owed }) => <Share owed={owed} /> },
      ]} />
    </Section>
    <Section title="Reminders" hint="Thirty, fourteen, seven days and one day before; one, seven and thirty days after, when the secretariat and in the end every participant is told.">
      {reminders.length === 0 ? <p className="text-ink-3">Nobody has been reminded yet.</p> : (
        <DataTable caption="Reminders, newest first" rows={reminders} rowKey={({ id }) => id} columns={[
          { key: 'at', label: 'At', nowrap: true, cell: ({ at }) => formatDateTime(at) },
          { key: 'words', label: 'What', keep: true, cell: ({ words }) => <PlainText>{words}</PlainText> },
          { key: 'told', label: 'Told', foldLabel: 'Told:', cell: ({ addressees }) => formatList(addressees.map(addresseeName)) },
        ]} />
      )}
    </Section>
    <Section title="Due dates in your calendar" hint="A feed for ordinary calendar programs; it follows when a due date changes.">
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {PARTICIPANTS.map((code) => <li key={code}><a href={`/calendar/${code}.ics`}>{DESIGNATION[code]}</a></li>)}
      </ul>
    </Section>
    <Section title="What it rests on">
      <ul className="max-w-text list-disc space-y-1 pl-5 text-md text-ink-2">
        {[...Map.groupBy(cycles, ({ basis }) => basis)].map(([basis, own]) => <li key={basis}>{formatList([...new Set(own.map(({ title }) => title))])}: {basis}.</li>)}
      </ul>
    </Section>
  </>
}
