import type { Metadata } from 'next'
import { plural } from '@/lib/shared/format.ts'
import { verificationQueue } from '@/lib/verification/queries.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { currentCaller } from '../../viewer.ts'
import { QueueTable } from '../queue-table.tsx'
import { orRefuse } from '../refusals.ts'

export const metadata: Metadata = { title: 'Verify' }

export default async function Verify() {
  const queue = await orRefuse(verificationQueue(await currentCaller(), { limit: 200 }))
  const second = queue.items.filter(({ signatures }) => signatures > 0).length
  return (
    <>
      <PageHeader
        title="Verify"
        lead={
          <>
            {queue.total === 0
              ? 'Nothing waits for your signature.'
              : `${plural(queue.total, 'entry waits', 'entries wait')} for verification.`}
            {second > 0 && ` ${plural(second, 'needs', 'need')} only a second signature.`} Two verifiers who agree decide an entry; entries
            of your own participant are never among yours.
          </>
        }
      />
      <QueueTable items={queue.items} now={new Date()} />
    </>
  )
}
