import type { Metadata } from 'next'
import { ButtonLink } from '@/app/ui/button.tsx'
import { PageHeader } from '@/app/ui/page-header.tsx'
import { currentCaller, currentViewer } from '@/app/viewer.ts'
import { listActivities } from '@/lib/activities/queries.ts'
import { narrowed, withoutNotified } from '@/lib/activities/rules.ts'
import { may } from '@/lib/auth/policy.ts'
import type { ParticipantCode } from '@/lib/participants/rules.ts'
import { NotUsed } from '../not-used.tsx'
import { today } from '../standing.ts'
import type { SearchParams } from '../typed.ts'
import { Feeds, FeedLinks } from './feeds.tsx'
import { readFilter, type View } from './filter.ts'
import { Filters, ViewTabs } from './filters.tsx'
import { ListView, type ViewProps } from './list-view.tsx'
import { MapView } from './map-view.tsx'
import { MonthView, shownMonth } from './month-view.tsx'

type Props = { searchParams: Promise<SearchParams> }

const VIEW: Record<View, (props: ViewProps) => React.ReactNode> = { list: ListView, month: MonthView, map: MapView }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const filter = readFilter(await searchParams)
  return { title: { list: 'Activities', month: `Activities, ${shownMonth(filter, today())}`, map: 'Activities on the map' }[filter.view] }
}

const Elsewhere = async ({ participant }: { participant: ParticipantCode | undefined }) => <>
  {may((await currentViewer()).role, 'invitation.read') && <ButtonLink tone="quiet" href="/activities/observers">Who observes whom</ButtonLink>}
  <ButtonLink tone="quiet" href={`/activities/calendars${participant ? `#${participant}` : ''}`}>Annual calendars</ButtonLink>
  <ButtonLink tone="quiet" href={`/timeline${participant ? `?participant=${participant}` : ''}`}>Timeline</ButtonLink>
</>

export default async function ActivitiesPage({ searchParams }: Props) {
  const filter = readFilter(await searchParams)
  const { participant } = filter.asked
  const listed = narrowed(withoutNotified(await listActivities(await currentCaller(), { participant })), filter.asked)
  const Shown = VIEW[filter.view]
  return <>
    <FeedLinks participant={participant} />
    <PageHeader title="Activities" actions={<Elsewhere participant={participant} />}
      lead="Exercises, deployments and flights that participants have notified, and what their calendars hold. How long before its first day each was notified stands beside it, for good." />
    <NotUsed problems={filter.wrong} />
    <Filters filter={filter} />
    <ViewTabs filter={filter} />
    <Shown listed={listed} filter={filter} day={today()} />
    <Feeds />
  </>
}
