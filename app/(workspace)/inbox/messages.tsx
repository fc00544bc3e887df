import { listMessages } from '@/lib/messages/queries.ts'
import { formatDateTime } from '@/lib/shared/format.ts'
import { PlainText } from '../../ui/plain-text.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { currentCaller } from '../../viewer.ts'
import { orRefuse } from '../refusals.ts'

const DAYS = 14
const SHOWN = 8

// What participants told each other, and what clocks say of it: answered on the page that each leads to, so it asks for no acknowledgement.
export const Messages = async ({ now }: { now: Date }) => {
  const since = new Date(now.getTime() - DAYS * 86_400_000).toISOString()
  const found = (await orRefuse(listMessages(await currentCaller(), { limit: SHOWN }))).filter(({ at }) => at >= since)
  if (found.length === 0) return null
  return (
    <Section title="Between participants" hint={`Requests for clarification and invitations, of the last ${DAYS} days. They are answered on their own pages.`}>
      <ul className="text-md">
        {found.map(({ id, at, title, words, path }) => (
          <li key={id} className="border-b border-rule-2 py-3 last:border-0">
            <TextLink href={path}>{title}</TextLink>
            <span className="sub"><PlainText>{words}</PlainText> <span className="whitespace-nowrap">{formatDateTime(at)}</span></span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
