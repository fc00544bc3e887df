import { DataTable } from '@/app/ui/data-table.tsx'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import type { DeclaredEntry } from '@/lib/analysis/queries.ts'
import { BUDGET_BASIS_LABEL, type BudgetBasis } from '@/lib/filings/kinds/budget.ts'
import { KIND_NAMES } from '@/lib/filings/kinds/registry.ts'
import { isDeclaration, KIND_WORDS } from '@/lib/filings/kinds/words.ts'
import { DESIGNATION, type ParticipantCode } from '@/lib/participants/rules.ts'

/** '2026-01-01', or of a budget its year and basis: '2026, adopted'. */
const forWhat = ({ kind, asOf, mode }: DeclaredEntry): string =>
  (kind === 'declaration.budget' ? [asOf.slice(0, 4), mode && BUDGET_BASIS_LABEL[mode as BudgetBasis].toLowerCase()].filter(Boolean).join(', ') : asOf)

const One = ({ entry }: { entry: DeclaredEntry }) => (
  <li className="whitespace-nowrap">
    <TextLink href={`/register/${entry.filing}`} title={entry.number}>{forWhat(entry)}</TextLink>
    {entry.status === 'withdrawn' && <span className="text-ink-3"> withdrawn</span>}
    {entry.compiled && <span className="text-ink-3"> compiled</span>}
  </li>
)

// Each declaration and statement there is, in a line a kind: nothing is left to be searched for.
export const EveryDeclaration = ({ code, entries }: { code: ParticipantCode; entries: readonly DeclaredEntry[] }) => {
  const kinds = KIND_NAMES.filter(isDeclaration).map((kind) => ({ kind, own: entries.filter((entry) => entry.kind === kind) }))
  return (
    <Section className="mt-10" title="Every declaration" hint="By what each is for, the newest first: each leads to its filing, with every version of it.">
      <DataTable caption={`Every declaration of ${DESIGNATION[code]}`} rows={entries.length > 0 ? kinds : []} rowKey={({ kind }) => kind}
        empty={<EmptyState title="Nothing has been declared yet">A declaration appears here as soon as it is filed.</EmptyState>}
        columns={[
          { key: 'kind', label: 'Kind', cell: ({ kind }) => KIND_WORDS[kind].plural },
          {
            key: 'filings', label: 'Filed', keep: true,
            cell: ({ own }) => (own.length === 0 ? <span className="text-ink-3">none</span>
              : <ul className="flex flex-wrap gap-x-4 gap-y-1">{own.map((entry) => <One key={entry.filing} entry={entry} />)}</ul>),
          },
        ]} />
    </Section>
  )
}
