import { startDeclaration } from '@/lib/declarations/queries.ts'
import { totalsOf, type CategoryTotal, type HoldingsPayload } from '@/lib/filings/kinds/holdings.ts'
import { kindOf } from '@/lib/filings/kinds/registry.ts'
import { getFiling, type getDraft, type Preview } from '@/lib/filings/queries.ts'
import { formatNumber, plural } from '@/lib/shared/format.ts'
import { CATEGORY_CODES, type CategoryCode } from '@/lib/taxonomy/rules.ts'
import { categoryLabel, changesBetween } from '../../payload-words.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Diff } from '../../ui/diff.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Section } from '../../ui/section.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Sub } from '../../ui/table.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { currentCaller } from '../../viewer.ts'
import { orRefuse } from '../refusals.ts'

type Draft = Awaited<ReturnType<typeof getDraft>>
type Row = { category: CategoryCode; before: CategoryTotal | undefined; now: CategoryTotal | undefined; jumps: Preview['alerts'] }

const MOST = 200
const sum = ({ inService, inStorage }: CategoryTotal) => inService + inStorage
const Figure = ({ total }: { total: CategoryTotal | undefined }) => {
  if (!total) return <span className="text-ink-3">not declared</span>
  return <>{formatNumber(sum(total))}{total.withheld > 0 && <Sub>{plural(total.withheld, 'figure')} withheld</Sub>}</>
}
const Change = ({ before, now }: Row) => {
  if (!before || !now || before.withheld + now.withheld > 0) return <span className="text-ink-3">–</span>
  const change = sum(now) - sum(before)
  return change === 0 ? <span className="text-ink-3">none</span> : <b>{change > 0 ? '+' : '−'} {formatNumber(Math.abs(change))}</b>
}

/** A payload that is no declaration yet has no totals; what is wrong with it is said elsewhere. */
const totalsIn = (payload: Draft['payload']): CategoryTotal[] => {
  const parsed = kindOf('declaration.holdings').schema.safeParse(payload)
  return parsed.success ? totalsOf(parsed.data as HoldingsPayload) : []
}

const rowsOf = (before: readonly CategoryTotal[], now: readonly CategoryTotal[], alerts: Preview['alerts']): Row[] =>
  CATEGORY_CODES.flatMap((category) => {
    const [was, is] = [before, now].map((totals) => totals.find((total) => total.category === category))
    return was || is ? [{ category, before: was, now: is, jumps: alerts.filter((alert) => alert.category === category) }] : []
  })

// A declaration of holdings as its approver reads it: against the last one, by category and then line by line, jumps in the rules' own words.
export const AgainstLast = async ({ draft, preview }: { draft: Draft; preview: Preview }) => {
  const caller = await currentCaller()
  const asOf = draft.payload.asOf
  if (typeof asOf !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(asOf)) return null
  const { previous } = await orRefuse(startDeclaration(caller, { asOf }))
  if (!previous) return <Section title="Against the last declaration"><p className="text-ink-2">This is the first declaration of holdings: there is nothing to hold it against.</p></Section>
  const { version } = await orRefuse(getFiling(caller, { id: previous.id }))
  const rows = rowsOf(previous.totals, totalsIn(draft.payload), preview.alerts)
  const changes = changesBetween('declaration.holdings', { ...version.payload, asOf }, draft.payload)
  return (
    <Section title="Against the last declaration" hint={<>Against <TextLink href={`/register/${previous.id}`}>{previous.number}</TextLink>, as of {previous.asOf}. What a rule says of a jump stands beside it.</>}>
      <DataTable caption="Totals by category, against the last declaration" rows={rows} rowKey={({ category }) => category} columns={[
        { key: 'category', label: 'Category', cell: ({ category, jumps }) => <>{categoryLabel(category)}{jumps.map((alert) => <span key={alert.rule} className="sub flex gap-1.5"><Mark kind="discrepancy" /><span>{alert.explanation}</span></span>)}</> },
        { key: 'before', label: previous.asOf, numeric: true, cell: ({ before }) => <Figure total={before} /> },
        { key: 'now', label: asOf, numeric: true, keep: true, cell: ({ now }) => <Figure total={now} /> },
        { key: 'change', label: 'Change', numeric: true, keep: true, cell: (row) => <Change {...row} /> },
      ]} />
      <div className="mt-5">
        {changes.length === 0 ? <p className="text-ink-2">No line is stated differently.</p> : (
          <Disclosure summary={`Line by line: ${plural(changes.length, 'change')}`}>
            <Diff changes={changes.slice(0, MOST)} />
            {changes.length > MOST && <p className="text-sm text-ink-3">And {formatNumber(changes.length - MOST)} more.</p>}
          </Disclosure>
        )}
      </div>
    </Section>
  )
}
