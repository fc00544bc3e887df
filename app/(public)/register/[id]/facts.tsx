import { DeclaredTable } from '@/app/declared-table.tsx'
import { itemsOf, labelsOf } from '@/app/payload-words.ts'
import { KeyValues } from '@/app/ui/key-values.tsx'
import { Section } from '@/app/ui/section.tsx'
import type { Viewer } from '@/lib/auth/policy.ts'
import type { Audience } from '@/lib/filings/kinds/kind.ts'
import { kindOf } from '@/lib/filings/kinds/registry.ts'
import { formatList } from '@/lib/shared/format.ts'
import type { Filing } from './lead.tsx'

const READS: Record<Viewer['role'], Audience> = {
  public: 'public', observer: 'observer', submitter: 'participant', approver: 'participant', secretariat: 'participant',
  verifier: 'verifier',
}
const WHO: Partial<Record<Audience, string>> = {
  observer: 'observers and participants', participant: 'participants', verifier: 'verifiers and the filing ministry',
}
const ORDER: Audience[] = ['public', 'observer', 'participant', 'verifier']

const CLOSED: Partial<Record<string, string>> = {
  decidedOn: 'date of decision', signedOn: 'date of signature', deliveredOn: 'date of delivery', completedOn: 'date of completion',
}

const sentence = (text: string) => text[0]!.toUpperCase() + text.slice(1)

/** Which fields of the kind the viewer's role does not read, said once: 'Value is for participants.' */
const closedWords = (kind: Filing['entry']['kind'], viewer: Viewer): string | null => {
  const audience = kindOf(kind).audience as Record<string, Audience>
  const own = ORDER.indexOf(READS[viewer.role])
  const words = ORDER.slice(own + 1).flatMap((needed) => {
    const names = labelsOf(kind).filter(({ field }) => audience[field] === needed).map(({ field, label }) => CLOSED[field] ?? label.toLowerCase())
    const verb = names.length === 1 && !names[0]!.endsWith('s') ? 'is' : 'are'
    return names.length > 0 ? [`${sentence(formatList(names))} ${verb} for ${WHO[needed]}.`] : []
  })
  return words.length > 0 ? words.join(' ') : null
}

export const Facts = ({ filing: { entry, version }, viewer }: { filing: Filing; viewer: Viewer }) => {
  const closed = version.full ? null : closedWords(entry.kind, viewer)
  return (
    <Section title={kindOf(entry.kind).title}>
      <KeyValues items={itemsOf(entry.kind, version.payload)} />
      <DeclaredTable kind={entry.kind} payload={version.payload} />
      {closed && <p className="mt-4 max-w-text text-sm text-ink-3">{closed}</p>}
    </Section>
  )
}
