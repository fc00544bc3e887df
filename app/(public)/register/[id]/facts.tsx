import { DeclaredTable } from '@/app/declared-table.tsx'
import { closedWords } from '@/app/closed-words.ts'
import { placeId } from '@/app/places.ts'
import { itemsOf } from '@/app/payload-words.ts'
import { KeyValues } from '@/app/ui/key-values.tsx'
import { Section } from '@/app/ui/section.tsx'
import type { Viewer } from '@/lib/auth/policy.ts'
import { kindOf } from '@/lib/filings/kinds/registry.ts'
import type { Filing } from './lead.tsx'

export const Facts = ({ filing: { entry, version }, viewer }: { filing: Filing; viewer: Viewer }) => {
  const closed = version.full ? null : closedWords(entry.kind, viewer.role)
  return (
    <Section title={kindOf(entry.kind).title}>
      <KeyValues items={itemsOf(entry.kind, version.payload).map(({ label, value, at }) => ({ label, value, id: placeId(at) }))} />
      <DeclaredTable kind={entry.kind} payload={version.payload} />
      {closed && <p className="mt-4 max-w-text text-sm text-ink-3">{closed}</p>}
    </Section>
  )
}
