import type { Metadata } from 'next'
import { listNotices } from '@/lib/alerts/queries.ts'
import { INBOX_DAYS } from '@/lib/alerts/rules.ts'
import { may } from '@/lib/auth/policy.ts'
import { listPlaces } from '@/lib/proof/queries.ts'
import { plural } from '@/lib/shared/format.ts'
import { toldAt } from '../../log-words.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Section } from '../../ui/section.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { currentCaller, currentViewer } from '../../viewer.ts'
import { waitingNotices } from '../arrived.ts'
import { LiveInbox } from '../live-inbox.tsx'
import { NoticeArticle } from '../notice-article.tsx'
import { orRefuse } from '../refusals.ts'
import { Messages } from './messages.tsx'
import { Reminders } from './reminders.tsx'

export const metadata: Metadata = { title: 'Inbox' }

const SHOWN = { waiting: 'Waiting', acknowledged: 'Acknowledged', all: 'All, with history' } as const
type Shown = keyof typeof SHOWN
const PAGE = 20

const EMPTY: Record<Shown, { title: string; text: string }> = {
  waiting: {
    title: 'No alert waits for you',
    text: 'When a filing concerns you it appears here within seconds, with the rule, the figures and the reason, and as an e-mail.',
  },
  acknowledged: {
    title: 'Nothing acknowledged yet',
    text: `What you acknowledge stays here for ${INBOX_DAYS} days, with who acknowledged it and when.`,
  },
  all: {
    title: 'No alert has ever been addressed to you',
    text: 'Alerts from the history that was loaded stand here too, once there are any.',
  },
}

const load = async (shown: Shown, cursor?: string) => {
  const caller = await currentCaller()
  if (shown === 'waiting') return waitingNotices(caller, PAGE, cursor)
  return listNotices(caller, shown === 'all' ? { since: 'all', limit: PAGE, cursor } : { acknowledged: 'true', limit: PAGE, cursor })
}

const leadOf = (total: number, canAcknowledge: boolean): string => {
  if (!canAcknowledge) return 'What was released to observers because a rule says so. Nothing here asks for an answer.'
  return total === 0
    ? 'Everything that concerns you has been acknowledged.'
    : `${plural(total, 'message waits', 'messages wait')} for acknowledgement.`
}

export default async function Inbox({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { show, cursor } = await searchParams
  const viewer = await currentViewer()
  const { role } = viewer
  const mayAcknowledge = may(role, 'alert.acknowledge')
  const shown: Shown = typeof show === 'string' && show in SHOWN ? (show as Shown) : mayAcknowledge ? 'waiting' : 'all'
  const from = typeof cursor === 'string' ? cursor : undefined
  const [page, waiting] = await orRefuse(
    Promise.all([load(shown, from), listNotices(await currentCaller(), { acknowledged: 'false', limit: 1 })]),
  )
  const places = await listPlaces(await currentCaller(), { subjects: page.items.map(({ id }) => id) })
  const notices = page.items.map((notice) => (
    <NoticeArticle key={notice.id} notice={notice} mayAcknowledge={mayAcknowledge && !notice.historic} heading={shown === 'waiting' ? 'h3' : 'h2'} logged={toldAt(notice.id, places)} />
  ))
  const tabs = Object.entries(SHOWN).filter(([key]) => mayAcknowledge || key === 'all')
  return (
    <>
      <LiveInbox waiting={mayAcknowledge ? `${plural(waiting.total, 'message waits', 'messages wait')} for acknowledgement.` : ''} />
      <PageHeader title="Inbox" lead={leadOf(waiting.total, mayAcknowledge)} />
      {tabs.length > 1 && (
        <Tabs
          label="Which messages"
          items={tabs.map(([key, label]) => ({
            href: key === 'waiting' ? '/inbox' : `/inbox?show=${key}`,
            label,
            current: key === shown,
            count: key === 'waiting' ? waiting.total : undefined,
          }))}
        />
      )}
      {shown === 'waiting' && !from && <><Messages now={new Date()} /><Reminders viewer={viewer} /></>}
      {page.items.length === 0 && (
        <EmptyState
          title={EMPTY[shown].title}
          actions={
            <ButtonLink href="/register" tone="quiet">
              Search the register
            </ButtonLink>
          }>
          {EMPTY[shown].text}
        </EmptyState>
      )}
      {shown === 'waiting' && notices.length > 0 ? <Section title="To acknowledge">{notices}</Section> : notices}
      {(from || page.next) && (
        <nav aria-label="Pages" className="mt-4 flex gap-6 text-sm">
          {from && (
            <TextLink href={`/inbox?show=${shown}`} className="flex min-h-9 items-center">
              Newest
            </TextLink>
          )}
          {page.next && (
            <TextLink href={`/inbox?show=${shown}&cursor=${page.next}`} rel="next" className="flex min-h-9 items-center">
              Older messages
            </TextLink>
          )}
        </nav>
      )}
    </>
  )
}
