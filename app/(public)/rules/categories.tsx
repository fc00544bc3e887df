import { DataTable } from '@/app/ui/data-table.tsx'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { CATEGORIES } from '@/lib/taxonomy/rules.ts'
import { categoriesOf, type Rule } from './rule-words.ts'

const RuleLinks = ({ rules }: { rules: readonly Rule[] }) => (
  <span className="text-xs">
    {rules.map(({ id }, index) => <span key={id}>{index > 0 && ', '}<a href={`#${id}`} className="whitespace-nowrap">{id}</a></span>)}
  </span>
)

/** Every category with its definition and the thresholds that test it. */
export const Categories = ({ rules }: { rules: readonly Rule[] }) => (
  <div id="categories" className="mb-10 scroll-mt-6">
    <Section title="Categories" hint="Those of the UN Register of Conventional Arms, emerging technologies, and supplementary ones, in short.">
      <DataTable caption="Categories and the thresholds that test them" rows={CATEGORIES} rowKey={({ code }) => code} columns={[
        { key: 'code', label: 'Category', nowrap: true, cell: ({ code }) => (code === 'none' ? 'other' : code) },
        {
          key: 'title', label: 'Title', keep: true,
          cell: ({ code, title, definition }) => <><TextLink href={`/categories/${code}`}>{title}</TextLink><span className="sub max-w-text">{definition}</span></>,
        },
        {
          key: 'rules', label: 'Tested by',
          cell: ({ code }) => {
            const testing = rules.filter((rule) => categoriesOf(rule)?.includes(code))
            return testing.length > 0 ? <RuleLinks rules={testing} /> : <span className="text-ink-3">no threshold by category</span>
          },
        },
      ]} />
    </Section>
  </div>
)
