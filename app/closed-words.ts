import type { Role } from '@/lib/auth/policy.ts'
import type { Audience } from '@/lib/filings/kinds/kind.ts'
import { kindOf, type KindName } from '@/lib/filings/kinds/registry.ts'
import { formatList } from '@/lib/shared/format.ts'
import { labelsOf } from './payload-words.ts'

const READS: Record<Role, Audience> = {
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
export const closedWords = (kind: KindName, role: Role): string | null => {
  const audience = kindOf(kind).audience as Record<string, Audience>
  const own = ORDER.indexOf(READS[role])
  const words = ORDER.slice(own + 1).flatMap((needed) => {
    const names = labelsOf(kind).filter(({ field }) => audience[field] === needed).map(({ field, label }) => CLOSED[field] ?? label.toLowerCase())
    const verb = names.length === 1 && !names[0]!.endsWith('s') ? 'is' : 'are'
    return names.length > 0 ? [`${sentence(formatList(names))} ${verb} for ${WHO[needed]}.`] : []
  })
  return words.length > 0 ? words.join(' ') : null
}
