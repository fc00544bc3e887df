import { countUnacknowledged } from '@/lib/alerts/queries.ts'
import { countWaiting } from '@/lib/messages/queries.ts'
import { may, ROLE_LABEL, type Viewer } from '@/lib/auth/policy.ts'
import { DESIGNATION, FOOTNOTE } from '@/lib/participants/rules.ts'
import { leave } from './navigation-actions.ts'
import { Button, ButtonLink } from './ui/button.tsx'
import { SiteFooter } from './ui/site-footer.tsx'
import { SiteHeader } from './ui/site-header.tsx'
import type { NavLink } from './ui/site-nav.tsx'
import { currentCaller, currentViewer } from './viewer.ts'

const REGISTER = { href: '/register', label: 'Register' }
const ACTIVITIES = { href: '/activities', label: 'Activities' }
const TIMELINE = { href: '/timeline', label: 'Regional timeline' }
const PARTICIPANTS = { href: '/participants', label: 'Participants' }
const THRESHOLDS = { href: '/rules', label: 'Thresholds' }
const LOG = { href: '/log', label: 'Log' }
const PUBLIC: NavLink[] = [{ href: '/', label: 'Region' }, REGISTER, ACTIVITIES, PARTICIPANTS, THRESHOLDS, LOG, { href: '/about', label: 'About' }]

const linksFor = (viewer: Viewer, unread: number, requests: number): NavLink[] => [
  { href: '/workspace', label: 'Workspace' },
  { href: '/inbox', label: 'Inbox', count: unread },
  ...(may(viewer.role, 'draft.read') ? [{ href: '/filings', label: 'Filings' }] : []),
  ...(may(viewer.role, 'clarification.read') ? [{ href: '/clarifications', label: 'Clarifications', count: requests }] : []),
  ...(may(viewer.role, 'filing.verify') ? [{ href: '/verify', label: 'Verify' }] : []),
  ...(may(viewer.role, 'audit.read') ? [{ href: '/secretariat', label: 'Secretariat' }] : []),
  REGISTER, ACTIVITIES,
]

/** The head of every page: where one can go, and as whom. */
export const Navigation = async () => {
  const viewer = await currentViewer()
  if (viewer.role === 'public') {
    return <SiteHeader home="/" links={PUBLIC} actions={<ButtonLink tone="plain" href="/sign-in">Sign in</ButtonLink>} />
  }
  const caller = await currentCaller()
  const [unread, { requests }] = await Promise.all([countUnacknowledged(caller, {}), countWaiting(caller, {})])
  const from = viewer.participant ? DESIGNATION[viewer.participant] : (viewer.affiliation ?? viewer.name)
  return (
    <SiteHeader home="/workspace" links={linksFor(viewer, unread, requests)} who={{ title: from, sub: ROLE_LABEL[viewer.role] }}
      actions={<form action={leave}><Button type="submit" tone="plain">Sign out</Button></form>} />
  )
}

/** The foot of every page, with the footnote that belongs to the designation. */
export const Foot = () => (
  <SiteFooter note={FOOTNOTE} links={[
    { href: '/', label: 'Regional picture' }, TIMELINE, PARTICIPANTS, THRESHOLDS, { href: '/log', label: 'The log' }, { href: '/about', label: 'About this register' },
  ]} />
)
