import { listFilings } from '@/lib/filings/queries.ts'
import type { Viewer } from '@/lib/auth/policy.ts'
import { DESIGNATION } from '@/lib/participants/rules.ts'
import { verificationQueue } from '@/lib/verification/queries.ts'
import { Columns } from '../../ui/columns.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { currentCaller } from '../../viewer.ts'
import { waitingNotices } from '../arrived.ts'
import { QueueTable } from '../queue-table.tsx'
import { RecentFilings } from '../recent-filings.tsx'
import { orRefuse } from '../refusals.ts'
import { Arrived } from './arrived.tsx'
import { Opening } from './opening.tsx'
import { countWords } from './words.ts'

const load = async () => {
  const caller = await currentCaller()
  return orRefuse(
    Promise.all([
      waitingNotices(caller, 5),
      verificationQueue(caller, { limit: 10 }),
      listFilings(caller, { verification: 'verified', limit: 5 }),
    ]),
  )
}

export const Verifier = async ({ viewer, now }: { viewer: Viewer; now: Date }) => {
  const [arrived, queue, verified] = await load()
  const second = queue.items.filter(({ signatures }) => signatures > 0).length
  const sentences = [
    queue.total > 0 ? `${countWords(queue.total, 'entry waits', 'entries wait')} for verification.` : 'No entry waits for your signature.',
    second > 0 && `${countWords(second, 'needs', 'need')} only a second signature.`,
    arrived.total > 0 && `${countWords(arrived.total, 'message waits', 'messages wait')} for acknowledgement.`,
  ]
  return (
    <>
      <Opening now={now} sentences={sentences} waiting={arrived.total} />
      <Columns
        label="How verification works"
        aside={
          <Section title="Two signatures">
            <div className="text-md text-ink-2">
              <p>An entry is decided when two verifiers agree. The first signature alone leaves it pending.</p>
              <p>
                {viewer.participant
                  ? `You come from ${DESIGNATION[viewer.participant]}: its entries are not in your queue, as nobody verifies their own.`
                  : 'You come from none of the seven participants, so you may sign entries of each.'}
              </p>
              <p>A new version of an entry opens its verification again.</p>
            </div>
          </Section>
        }>
        <Section title="To verify" actions={queue.total > queue.items.length && <TextLink href="/verify">All {queue.total}</TextLink>}>
          <QueueTable items={queue.items} now={now} />
        </Section>
        {arrived.items.length > 0 && <Arrived notices={arrived.items} total={arrived.total} mayAcknowledge />}
        {verified.items.length > 0 && (
          <Section title="Verified last">
            <RecentFilings caption="Verified last" entries={verified.items} withParticipant />
          </Section>
        )}
      </Columns>
    </>
  )
}
