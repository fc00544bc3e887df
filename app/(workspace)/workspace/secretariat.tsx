import { countDeliveries, countTold, listUnacknowledged } from '@/lib/alerts/queries.ts'
import { listFilings } from '@/lib/filings/queries.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { listObligations } from '@/lib/schedule/queries.ts'
import { plural } from '@/lib/shared/format.ts'
import { Agenda } from '../../ui/agenda.tsx'
import { Columns } from '../../ui/columns.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Section } from '../../ui/section.tsx'
import { StatusMark } from '../../ui/status-mark.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { currentCaller } from '../../viewer.ts'
import { waitingNotices } from '../arrived.ts'
import { RecentFilings } from '../recent-filings.tsx'
import { orRefuse } from '../refusals.ts'
import { UnacknowledgedTable } from '../unacknowledged-table.tsx'
import { Arrived } from './arrived.tsx'
import { Opening } from './opening.tsx'
import { countWords } from './words.ts'

const load = async () => {
  const caller = await currentCaller()
  const [arrived, recent, unread, states, obligations] = await orRefuse(
    Promise.all([
      waitingNotices(caller, 3),
      listFilings(caller, { limit: 20 }),
      listUnacknowledged(caller, { limit: 200 }),
      countDeliveries(caller, {}),
      listObligations(caller, {}),
    ]),
  )
  const entries = recent.items.filter(({ compiled }) => !compiled).slice(0, 8)
  const failed = states.filter(({ state }) => state === 'failed' || state === 'retrying').reduce((sum, { count }) => sum + count, 0)
  const late = obligations.filter(({ state }) => state === 'late')
  return { arrived, unread, entries, failed, late, told: await countTold(caller, { filingIds: entries.map(({ id }) => id) }) }
}

const Late = ({ late }: { late: Awaited<ReturnType<typeof load>>['late'] }) => (
  <Section title="Late">
    {late.length === 0 && <EmptyState title="Nothing is late">Every obligation whose date has passed has been met.</EmptyState>}
    {late.length > 0 && (
      <Agenda
        label="Late obligations"
        items={late.slice(0, 12).map((obligation) => ({
          at: obligation.dueOn,
          title: (
            <>
              {DESIGNATION[obligation.participant]}: {obligation.title.toLowerCase()}, as of {obligation.asOf}
            </>
          ),
          sub: <StatusMark mark="late">Late by {plural(-obligation.daysLeft, 'day')}</StatusMark>,
        }))}
      />
    )}
  </Section>
)

export const Secretariat = async ({ now }: { now: Date }) => {
  const { arrived, unread, entries, failed, late, told } = await load()
  const sentences = [
    unread.total > 0
      ? `${countWords(unread.total, 'message has', 'messages have')} not been acknowledged.`
      : 'Every message has been acknowledged.',
    failed > 0 && `${countWords(failed, 'delivery has', 'deliveries have')} failed.`,
    late.length > 0 ? `${countWords(late.length, 'declaration is', 'declarations are')} late.` : 'No declaration is late.',
  ]
  return (
    <>
      <Opening now={now} sentences={sentences} waiting={arrived.total} />
      <Columns
        label="Late and deliveries"
        aside={
          <>
            <Late late={late} />
            <Section title="Deliveries" actions={<TextLink href="/secretariat/deliveries">Delivery log</TextLink>}>
              <p className="text-md text-ink-2">
                {failed > 0 ? (
                  <StatusMark mark="discrepancy">{plural(failed, 'delivery', 'deliveries')} failed or being retried</StatusMark>
                ) : (
                  <StatusMark mark="ok">No delivery has failed</StatusMark>
                )}
              </p>
            </Section>
          </>
        }>
        <Section title="Not acknowledged yet" hint="The longest waiting first.">
          <UnacknowledgedTable items={unread.items} now={now} most={6} />
        </Section>
        <Section title="Filed lately" actions={<TextLink href="/register">The whole register</TextLink>}>
          <RecentFilings
            caption="Filed lately"
            entries={entries}
            told={told}
            withParticipant
            empty={
              <EmptyState title="Nothing has been filed yet">
                What the register holds so far is history, compiled from open sources.
              </EmptyState>
            }
          />
        </Section>
        {arrived.items.length > 0 && <Arrived notices={arrived.items} total={arrived.total} mayAcknowledge />}
      </Columns>
    </>
  )
}
