import { ButtonLink } from '@/app/ui/button.tsx'
import { EmptyState } from '@/app/ui/empty-state.tsx'
import { Section } from '@/app/ui/section.tsx'
import { isDrawn } from '@/lib/activities/month.ts'
import { sameDays } from '@/lib/activities/overlaps.ts'
import { phaseOf, type Listed } from '@/lib/activities/rules.ts'
import { plural } from '@/lib/shared/format.ts'
import { CompiledNote } from '../compiled-note.tsx'
import { ActivityTable, NAMED } from './activity-table.tsx'
import { addressOf, type Filter } from './filter.ts'
import { pageOfRows, Pages } from './paged.tsx'
import { SharedDays } from './shared-days.tsx'

export type ViewProps = { listed: readonly Listed[]; filter: Filter; day: string }

export const isFiltered = ({ given: { participant, kind, from, to } }: Filter): boolean => [participant, kind, from, to].some(Boolean)

export const NothingAhead = ({ filter }: { filter: Filter }) => (isFiltered(filter)
  ? <EmptyState title="Nothing that matches is to come" actions={<ButtonLink href={addressOf({ view: filter.view })}>Show all activities</ButtonLink>}>Take out a filter above, or look at other days.</EmptyState>
  : <EmptyState title="Nothing is notified for the days to come">What a participant notifies, or plans in its calendar, appears here at once.</EmptyState>)

export const TO_COME = 'What takes place now or is to come'

export const ListView = ({ listed, filter, day }: ViewProps) => {
  const ahead = listed.filter((one) => phaseOf(one, day) !== 'over')
  const past = listed.filter((one) => phaseOf(one, day) === 'over').toReversed()
  const [coming, held] = [pageOfRows(ahead, filter.page), pageOfRows(past, filter.held)]
  return <>
    <Section title="Now and to come" hint={ahead.length > 0 ? `${plural(ahead.length, 'entry', 'entries')}, by their first day.` : undefined}>
      <ActivityTable caption={TO_COME} rows={coming.shown} same={sameDays(ahead.filter(isDrawn), NAMED)} empty={<NothingAhead filter={filter} />} />
      <Pages of={coming} label="Pages of what is to come" hrefOf={(page) => addressOf(filter.given, { page, held: held.page })} />
    </Section>
    <SharedDays listed={ahead} />
    <Section title="Held" hint={past.length > 0 ? `${plural(past.length, 'entry', 'entries')}, newest first.` : undefined}>
      <ActivityTable caption="What has been held" rows={held.shown}
        empty={<EmptyState title={isFiltered(filter) ? 'Nothing that matches has been held' : 'Nothing yet'}>What is over stands here.</EmptyState>} />
      <Pages of={held} label="Pages of what was held" hrefOf={(page) => addressOf(filter.given, { page: coming.page, held: page })} />
      {held.shown.some(({ compiled }) => compiled) && <CompiledNote />}
    </Section>
  </>
}
