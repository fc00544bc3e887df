import type { Metadata } from 'next'
import { DataTable } from '@/app/ui/data-table.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { plural } from '@/lib/shared/format.ts'
import { CATEGORIES } from '@/lib/taxonomy/rules.ts'
import { listCeilings, listRules } from '@/lib/thresholds/queries.ts'
import { rulesInForce } from '@/lib/thresholds/rules.ts'
import { Ceilings } from './ceilings.tsx'
import { RuleText } from './rule-text.tsx'
import { categoriesOf } from './rule-words.ts'

export const metadata: Metadata = { title: 'Thresholds' }

const GROUPS = [
  { prefix: 'acquisition.', title: 'On acquisitions' },
  { prefix: 'holdings.', title: 'On declarations of holdings' },
]

const DATA = [{ href: '/api/v1/rules', label: 'thresholds' }, { href: '/api/v1/categories', label: 'categories' }]

export default async function RulesPage() {
  const caller = await currentCaller()
  const [rules, limits] = await Promise.all([listRules(caller, {}), listCeilings(caller, {})])
  const inForce = rulesInForce(rules, new Date().toISOString())
  const groups = GROUPS.map((group) => ({ ...group, rules: inForce.filter(({ id }) => id.startsWith(group.prefix)) }))
  return <>
    <PageHeader title="Thresholds" lead={<>
      {plural(inForce.length, 'threshold is', 'thresholds are')} in force. A filing that meets one causes an alert, which says the rule and its version,
      what was measured, the threshold, its basis, who is told and why. The participant that files is never among the recipients; the secretariat
      always is. The thresholds are data of the register: a new version has a decision and a date, and the old one stays readable.
    </>} />
    {groups.map(({ prefix, title, rules: shown }) => (
      <Section key={prefix} title={title}>
        <div className="grid gap-x-12 gap-y-2 lg:grid-cols-2">
          {shown.map((rule) => <RuleText key={rule.id} rule={rule} versions={rules.filter(({ id }) => id === rule.id)} />)}
        </div>
      </Section>
    ))}
    <Ceilings limits={limits} />
    <Section title="Categories" hint="Those of the UN Register of Conventional Arms, emerging technologies, and supplementary ones. Definitions in short.">
      <DataTable caption="Categories, their definitions and the thresholds that test them" rows={CATEGORIES} rowKey={({ code }) => code} columns={[
        { key: 'code', label: 'Category', nowrap: true, cell: ({ code }) => (code === 'none' ? 'other' : code) },
        { key: 'title', label: 'Title', keep: true, cell: ({ title, definition }) => <>{title}<span className="sub max-w-text">{definition}</span></> },
        {
          key: 'rules', label: 'Tested by',
          cell: ({ code }) => {
            const testing = inForce.filter((rule) => categoriesOf(rule)?.includes(code))
            return testing.length === 0 ? <span className="text-ink-3">no threshold by category</span> : (
              <span className="text-xs">
                {testing.map(({ id }, index) => <span key={id}>{index > 0 && ', '}<a href={`#${id}`} className="whitespace-nowrap">{id}</a></span>)}
              </span>
            )
          },
        },
      ]} />
    </Section>
    <p className="text-sm text-ink-3">
      Words used here are explained in <TextLink href="/about#words">About</TextLink>. The same as JSON: {DATA.map(({ href, label }, index) =>
        <span key={href}>{index > 0 && ', '}<a href={href}>{label}</a></span>)}.
    </p>
  </>
}
