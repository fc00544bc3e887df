import { Section } from '@/app/ui/section.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'
import { currentCaller } from '@/app/viewer.ts'
import { may, type Viewer } from '@/lib/auth/policy.ts'
import { listClarifications } from '@/lib/clarification/queries.ts'
import { STATE_LABEL } from '@/lib/clarification/rules.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { formatDateTime } from '@/lib/shared/format.ts'

/** What was asked about any version of this entry, as far as the reader may know of it. */
export const Clarifications = async ({ filing, viewer }: { filing: string; viewer: Viewer }) => {
  if (!may(viewer.role, 'clarification.read')) return null
  const requests = await listClarifications(await currentCaller(), { filing })
  if (requests.length === 0) return null
  return (
    <Section title="Clarifications" hint="What participants asked about it, of those that you may read.">
      <ul className="text-md">
        {requests.map(({ id, number, title, asking, state, at }) => (
          <li key={id} className="border-b border-rule-2 py-2.5 last:border-0">
            <TextLink href={`/clarifications/${id}`}>{number}</TextLink>: {title}
            <span className="sub">{DESIGNATION[asking]}, {formatDateTime(at)} · {STATE_LABEL[state]}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
