import type { Metadata } from 'next'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { plural } from '@/lib/shared/format.ts'
import { listCeilings, listRules } from '@/lib/thresholds/queries.ts'
import { rulesInForce } from '@/lib/thresholds/rules.ts'
import { Categories } from './categories.tsx'
import { Ceilings } from './ceilings.tsx'
import { RuleText } from './rule-text.tsx'

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
      {plural(inForce.length, 'threshold is', 'thresholds are')} in force. A filing that meets one causes an alert, which says the rule
      and its version, what was measured, the threshold, its basis, who is told and why. The participant that files is never among the
      recipients; the secretariat always is. A new version of a threshold has a decision and a date, and the old one stays readable.
    </>} />
    {groups.map(({ prefix, title, rules: shown }) => (
      <Section key={prefix} title={title}>
        <div className="grid gap-x-12 gap-y-2 lg:grid-cols-2">
          {shown.map((rule) => <RuleText key={rule.id} rule={rule} versions={rules.filter(({ id }) => id === rule.id)} />)}
        </div>
      </Section>
    ))}
    <Ceilings limits={limits} />
    <Categories rules={inForce} />
    <p className="text-sm text-ink-3">
      Words used here are explained in <TextLink href="/about#words">About</TextLink>. The same as JSON:{' '}
      {DATA.map(({ href, label }, index) => <span key={href}>{index > 0 && ', '}<a href={href}>{label}</a></span>)}.
    </p>
  </>
}
