import { listFilings } from '@/lib/filings/queries.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { listNotices } from '@/lib/alerts/queries.ts'
import { currentCaller } from '../../viewer.ts'
import { RecentFilings } from '../recent-filings.tsx'
import { orRefuse } from '../refusals.ts'
import { Arrived } from './arrived.tsx'
import { Opening } from './opening.tsx'
import { countWords } from './words.ts'

const load = async () => {
  const caller = await currentCaller()
  return orRefuse(Promise.all([listNotices(caller, { limit: 5 }), listFilings(caller, { limit: 12 })]))
}

export const Observer = async ({ now }: { now: Date }) => {
  const [arrived, recent] = await load()
  const lately = recent.items.filter(({ filedAt }) => now.getTime() - Date.parse(filedAt) < 30 * 86_400_000).length
  const sentences = [
    `${countWords(lately, 'filing was', 'filings were')} released in the last 30 days${lately === recent.items.length ? ' or more' : ''}.`,
    arrived.total > 0 && `${countWords(arrived.total, 'alert is', 'alerts are')} addressed to observers.`,
  ]
  return (
    <>
      <Opening now={now} sentences={sentences} waiting={0} actions={<ButtonLink href="/register">Search the register</ButtonLink>} />
      {arrived.items.length > 0 && <Arrived notices={arrived.items} total={arrived.total} mayAcknowledge={false} />}
      <Section
        title="Released lately"
        actions={
          <>
            <TextLink href="/register">The whole register</TextLink>
            <ButtonLink href="/register.csv" tone="plain" download>
              Download CSV
            </ButtonLink>
          </>
        }>
        <RecentFilings
          caption="Filings released lately"
          entries={recent.items}
          withParticipant
          empty={
            <EmptyState title="Nothing released yet">What participants file is released to observers at once; it appears here.</EmptyState>
          }
        />
      </Section>
    </>
  )
}
