import { EmptyState } from '../../ui/empty-state.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { NoticeArticle, type Notice } from '../notice-article.tsx'

type Props = { notices: readonly Notice[]; total: number; mayAcknowledge: boolean }

export const Arrived = ({ notices, total, mayAcknowledge }: Props) => (
  <Section title="Arrived" actions={<TextLink href="/inbox">{total > notices.length ? `All ${total} messages` : 'Inbox'}</TextLink>}>
    {notices.length === 0 && (
      <EmptyState title="Nothing has arrived">
        When a filing concerns you it appears here within seconds, with the rule, the figures and the reason, and as an e-mail.
      </EmptyState>
    )}
    {notices.map((notice) => (
      <NoticeArticle key={notice.id} notice={notice} mayAcknowledge={mayAcknowledge} />
    ))}
  </Section>
)
